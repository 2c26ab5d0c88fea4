"""The noun that a count counts: its head, past the adjectives that stand before it."""

from __future__ import annotations

from dataclasses import dataclass

from alambic.figures.lexicon import Phrases
from alambic.figures.singular import is_plural, singular
from alambic.figures.tokens import WORD, Block, Token
from alambic.knowledge import rows, words

_ADJECTIVES: dict[str, bool] = {}
for _forms, _use in rows("alambic.figures", "adjectives.txt"):
    for _form in _forms.split(";"):
        _ADJECTIVES[_form.strip()] = _use == "noun"
FUNCTION_WORDS = frozenset(words("alambic.figures", "function_words.txt"))
_NEVER_HEADS = frozenset(words("alambic.figures", "not_counted.txt"))
_COMPOUNDS: Phrases[str] = Phrases((plural, single) for plural, single in rows("alambic.figures", "compounds.txt"))
_OPENING = frozenset("«\"“")
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Head:
    """`unit` in the singular; the noun stands at tokens `first` to `last` (exclusive)."""

    unit: str
    first: int
    last: int


def after(block: Block, index: int, value: float, of: bool) -> Head | None:
    """The head noun of a count whose number ends before token `index`.

    `of` if «de» stands between (`une dizaine de brevets`). A number of two or more asks for a plural, which is what
    tells a noun from the verb, preposition or name that may stand there as well.

    >>> from alambic.figures.tokens import tokenise
    >>> after(tokenise("40 nouveaux sites industriels", 0, 29), 1, 40, False)
    Head(unit='site', first=2, last=3)
    """
    if of:
        if block.low(index) in ("de", "d'", "des"):
            index += 1
        elif block.low(index) not in _ADJECTIVES:
            return None
    plural = value >= 2
    adjective: Head | None = None
    for position in range(index, index + _LOOK_AHEAD):
        token = block.at(position)
        if token.text in _OPENING and position == index:
            continue
        compound = _COMPOUNDS.after(block, position)
        if compound:
            return Head(compound[0], position, compound[1])
        if token.kind != WORD:
            break
        low = token.low
        if low in _ADJECTIVES and not (low in ("vieux",) and not plural):
            if _ADJECTIVES[low] and is_plural(low) == plural:
                adjective = Head(singular(low), position, position + 1)
            if _is_adjective_here(block, position, plural):
                continue
            break
        if _is_noun(block, token, position, plural):
            return Head(_unit(token), position, position + 1)
        break
    return adjective


def _is_adjective_here(block: Block, position: int, plural: bool) -> bool:
    following = block.at(position + 1)
    if following.kind != WORD:
        return False
    if following.low in ("et", "ou") and block.low(position + 2) in _ADJECTIVES:
        return False
    return following.low in _ADJECTIVES or _is_noun(block, following, position + 1, plural)


def _is_noun(block: Block, token: Token, position: int, plural: bool) -> bool:
    low, text = token.low, token.text
    if low in FUNCTION_WORDS or low in _NEVER_HEADS or text[-1] in "'’" or len(text) < 2:
        return False
    if text.isupper() and len(text) > 1:
        return _is_acronym(text) or not plural or is_plural(low) if plural else False
    if any(char.isdigit() for char in text):
        return False
    if text[0].isupper() and low not in _NATIONS:
        return False
    if plural:
        return is_plural(low)
    return not is_plural(low) or low[-1] not in "sx" or singular(low) == low


def _is_acronym(text: str) -> bool:
    return 2 <= len(text) <= 5 and text.isalpha()


def _unit(token: Token) -> str:
    text = token.text
    if text.isupper():
        return text if _is_acronym(text) and not is_plural(token.low) else singular(token.low)
    return text[0] + singular(token.low)[1:]


_NATIONS = frozenset(words("alambic.figures", "nations.txt"))


def compound(block: Block, index: int) -> bool:
    """Whether a noun of several words that cannot be split begins at token `index` (`points de vente`)."""
    return _COMPOUNDS.after(block, index) is not None


def is_plural_word(token: Token) -> bool:
    """Whether a word can be a plural noun or adjective, and no function word."""
    return token.low not in FUNCTION_WORDS and token.text[-1] not in "'’" and is_plural(token.low)
