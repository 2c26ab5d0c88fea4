"""Whether a figure is exact, approximate (`environ`), a least (`plus de`) or a most (`jusqu'à`)."""

from __future__ import annotations

from typing import cast

from alambic.figures.lexicon import Phrases
from alambic.figures.tokens import WORD, Block
from alambic.knowledge import rows
from alambic.record import Modifier

_ROWS = [
    (cast(Modifier, modifier), side, phrase.strip())
    for modifier, side, phrases in rows("alambic.figures", "modifiers.txt")
    for phrase in phrases.split(";")
]
_BEFORE: Phrases[Modifier] = Phrases(
    (phrase, modifier) for modifier, side, phrase in _ROWS if side == "before"
)
_AFTER: Phrases[Modifier] = Phrases((phrase, modifier) for modifier, side, phrase in _ROWS if side == "after")
_SUPERLATIVES = frozenset("profond haut bas tard tôt près loin vite fort large juste froid chaud".split())
# Words that may stand between the modifier and the number.
_BETWEEN = frozenset(["les", "des", "à", "le", "la", "(", "«", "entre"])


def before(block: Block, index: int) -> Modifier | None:
    """The modifier written before the figure that begins at token `index`.

    >>> from alambic.figures.tokens import tokenise
    >>> before(tokenise("plus de 40 sites", 0, 16), 2)
    'min'
    """
    found = _BEFORE.before(block, index)
    if found and found[1] == 0 and block[0].text == ">":
        return None  # a bullet
    if found and block.at(found[1]).text == ">" and block.at(found[1] - 1).text in ("=", "-", "–"):
        return None  # an arrow
    if not found and block.low(index - 1) in _BETWEEN:
        found = _BEFORE.before(block, index - 1)
    if found and found[0] == "about" and block.low(index - 1) == "de" and block.low(index - 2) == "autour":
        # «s'articule autour de trois axes»: a small count is no estimate.
        number = block[index]
        if (
            number.kind == WORD
            and "-" not in number.low
            and number.low not in ("mille", "un", "une", "vingt", "cent")
        ):
            return None
    return found[0] if found else None


def skip_before(block: Block, index: int) -> int:
    """Where the modifier written before the figure at token `index` begins; `index` itself if there is none."""
    found = _BEFORE.before(block, index)
    return found[1] if found else index


def after(block: Block, index: int) -> Modifier | None:
    """The modifier written after the figure that ends before token `index` (`200 salariés au minimum`)."""
    found = _AFTER.after(block, index)
    if not found and block.at(index).text in ("(", ","):
        found = _AFTER.after(block, index + 1)
        if found and block.at(found[1]).text not in (")", ",", ".", "", ";"):
            found = None
    if not found:
        return None
    modifier, last = found
    following = block.at(last)
    if block.low(index) == "au" and following.low in _SUPERLATIVES:
        return None  # «2 100 m au plus profond»
    # «3 sites, environ 200 emplois»: a modifier that a number follows belongs to that number.
    if following.kind == 1 or following.low in ("un", "une", "de", "d'", "les", "des") or (block.low(index) in (
        "environ", "minimum", "maximum") and following.text == "de"):  # fmt: skip
        return None
    return modifier
