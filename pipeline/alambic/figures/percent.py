"""Percentages and points: what follows the number."""

from __future__ import annotations

from dataclasses import dataclass

from alambic.figures import heads
from alambic.figures.lexicon import Phrases
from alambic.figures.numbers import Number
from alambic.figures.tokens import WORD, Block
from alambic.knowledge import rows

_FORMS: Phrases[tuple[str, float]] = Phrases(
    (form.strip(), (unit, float(factor)))
    for unit, factor, forms in rows("alambic.figures", "percent.txt")
    for form in forms.split(";")
)


@dataclass(frozen=True, slots=True)
class Rate:
    """`unit` is `%` or `point`; `factor` what one of the written units is worth in it."""

    unit: str
    factor: float
    last: int


def after(block: Block, index: int, number: Number) -> Rate | None:
    """The percent sign or the points that begin at token `index`.

    >>> from alambic.figures.tokens import tokenise
    >>> after(tokenise("25 points de base", 0, 17), 1, Number(0, 1, 25.0))
    Rate(unit='point', factor=0.01, last=4)
    """
    found = _FORMS.after(block, index)
    if not found:
        return None
    (unit, factor), last = found
    following = block.at(last)
    if (
        number.value == 100
        and following.kind == WORD
        and following.text[0].isupper()
        and not following.text.isupper()
    ):
        return None  # «100 % Santé» is a name
    if unit == "point" and number.value > 100 and number.value.is_integer() and factor == 1:
        return None  # of a ranking
    if unit == "point" and last == index + 1 and block.at(index).kind == WORD:
        if heads.compound(block, index):
            return None
        following = block.at(last)
        if (
            following.kind == WORD
            and number.value >= 2
            and number.value.is_integer()
            and heads.is_plural_word(following)
        ):
            return None
    return Rate(unit, factor, last)
