"""Nouns written for women and men at once: `étudiant·es`, `salarié(e)s`, `directeurs-trices`, `lycéennes et lycéens`."""

from __future__ import annotations

from alambic.figures.tokens import WORD, Block

_POINTS = frozenset("·•‧∙.(")
_ENDINGS = frozenset(
    "e es s ne nes rice rices trice trices euse euses ère ères ière ières ive ives ve ves le les se ses ice ices sse sses".split()
)
_AFTER_HYPHEN = _ENDINGS - {"le", "les", "se", "ses", "s"}
# Feminine and masculine plural endings.
_PAIRS = (
    ("trices", "teurs"),
    ("rices", "eurs"),
    ("euses", "eurs"),
    ("euses", "eux"),
    ("nnes", "ns"),
    ("ères", "ers"),
    ("ives", "ifs"),
    ("elles", "els"),
    ("esses", "es"),
    ("ses", "s"),
    ("es", "s"),
)


def read(block: Block, index: int) -> tuple[str, int] | None:
    """The masculine form of a noun at token `index` that carries a feminine ending too, and the token after it.

    >>> from alambic.figures.tokens import tokenise
    >>> read(tokenise("12 salarié·e·s", 0, 14), 1)
    ('salarié', 6)
    """
    token = block.at(index)
    stem, *endings = token.low.split("-")
    if endings and len(stem) > 3 and _AFTER_HYPHEN.issuperset(endings[:1]) and _ENDINGS.issuperset(endings):
        return stem, index + 1
    last = index + 1
    while (
        block.at(last).text in _POINTS
        and block.at(last).glued
        and block.at(last + 1).glued
        and block.at(last + 1).kind == WORD
        and block.at(last + 1).text in _ENDINGS
    ):
        closing = block.at(last).text == "("
        if closing and block.at(last + 2).text != ")":
            break
        last += 2 + closing
        if closing and block.at(last).glued and block.at(last).text == "s":
            return token.low, last + 1
    return (token.low, last) if last > index + 1 else None


def is_masculine_of(feminine: str, masculine: str) -> bool:
    """Whether a plural noun is the masculine of another.

    >>> is_masculine_of("fondatrices", "fondateurs"), is_masculine_of("communes", "commerçants")
    (True, False)
    """
    return any(
        feminine.endswith(ending) and masculine == feminine.removesuffix(ending) + other
        for ending, other in _PAIRS
    )
