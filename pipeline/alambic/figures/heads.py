"""The noun that a count counts: its head, past the adjectives that stand before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alambic.figures import inclusive
from alambic.figures.lexicon import Phrases
from alambic.figures.singular import is_plural, singular
from alambic.figures.tokens import WORD, Block, Token
from alambic.knowledge import rows, words

ADJECTIVES: dict[str, bool] = {}
for _forms, _use in rows("alambic.figures", "adjectives.txt"):
    for _form in _forms.split(";"):
        ADJECTIVES[_form.strip()] = _use == "noun"
FUNCTION_WORDS = frozenset(words("alambic.figures", "function_words.txt"))
_NEVER_HEADS = frozenset(words("alambic.figures", "not_counted.txt"))
_COMPOUNDS: Phrases[str] = Phrases(
    (plural, single) for plural, single in rows("alambic.figures", "compounds.txt")
)
_NOUNS_IN_E = frozenset(words("alambic.figures", "nouns_in_e.txt"))
_FEMININE_TE = ("ités", "étés", "etés", "autés", "ertés", "ultés", "ontés", "iétés")
_WHOLES = frozenset(["ces", "ses", "nos", "leurs", "vos", "mes"])
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_OPENING = frozenset('«"“')
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
        elif block.low(index) not in ADJECTIVES:
            return None
    if _is_term(block, index):
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
        mixed = inclusive.read(block, position)
        if mixed:
            return Head(singular(mixed[0]), position, mixed[1])
        low = token.low
        if low == "plus" and block.low(position + 1) in ADJECTIVES:
            continue  # «les dix plus grandes villes»
        if low in _WHOLES and block.low(position - 1) == "de" and position == index + 1:
            continue  # «trois de ces entreprises»
        if low == "de" and position == index and block.low(index + 1) in _WHOLES:
            continue
        if low in ADJECTIVES and not (low in ("vieux",) and not plural):
            if ADJECTIVES[low] and is_plural(low) == plural:
                adjective = Head(singular(low), position, position + 1)
            if _is_adjective_here(block, position, plural):
                continue
            break
        if _is_noun(block, token, position, plural):
            return Head(_unit(block, token, position), position, position + 1)
        break
    return adjective


def _is_term(block: Block, index: int) -> bool:
    """`neuf ans dont six fermes`: the years of a lease or a sentence that cannot be cut short."""
    return block.low(index) in ("ferme", "fermes") and block.low(index - 2) == "dont"


def _is_adjective_here(block: Block, position: int, plural: bool) -> bool:
    following = block.at(position + 1)
    if following.kind != WORD:
        return False
    if following.low in ("et", "ou") and block.low(position + 2) in ADJECTIVES:
        return False
    if ADJECTIVES[block.low(position)] and following.low in _NATIONS and following.text[0].islower():
        return False  # «27 jeunes ukrainiens»
    return following.low in ADJECTIVES or _is_noun(block, following, position + 1, plural)


def _is_noun(block: Block, token: Token, position: int, plural: bool) -> bool:
    low, text = token.low, token.text
    if low in FUNCTION_WORDS or low in _NEVER_HEADS or text[-1] in "'’" or len(text) < 2:
        return False
    if text.isupper():
        return (
            plural
            and not _ROMAN.fullmatch(text)
            and (is_plural(low) or _is_acronym(text))
            and not _is_participle(low)
        )
    if any(char.isdigit() for char in text):
        return False
    if text[0].isupper() and low not in _NATIONS:
        return False
    if plural:
        return is_plural(low) and (_determined(block, position) or not _is_participle(low))
    return not is_plural(low) or low[-1] not in "sx" or singular(low) == low


def _determined(block: Block, position: int) -> bool:
    """Whether «les», «nos»… stand before the number: «les 22 nominés» counts them, «dont 22 nominés» does not."""
    return block.low(position - 2) in ("les", "ces", "nos", "ses", "leurs", "aux", "vos", "mes")


def _is_participle(low: str) -> bool:
    """Whether a plural in -és or -ées is a participle («45 créés»), which counts what was named before."""
    if low.endswith("és"):
        stem = low[:-1]
    elif low.endswith("ées"):
        stem = low[:-2]
    else:
        return False
    if "-" in low:
        return False
    return stem not in _NOUNS_IN_E and low[:-1] not in _NOUNS_IN_E and not low.endswith(_FEMININE_TE)


def _is_acronym(text: str) -> bool:
    return 2 <= len(text) <= 5 and text.isalpha()


def _unit(block: Block, token: Token, position: int) -> str:
    text = token.text
    if text.isupper():
        return text if _is_acronym(text) and not _in_capitals(block, token, position) else singular(token.low)
    partner = block.low(position + 2)
    if block.low(position + 1) in ("et", "ou", "/") and inclusive.is_masculine_of(token.low, partner):
        return singular(partner)  # «nos collaboratrices et collaborateurs»
    return text[0] + singular(token.low)[1:]


def _in_capitals(block: Block, token: Token, position: int) -> bool:
    """Whether a plural in capitals stands among capitals, where they make no acronym of it (`LA MAISON EN 4 DATES`)."""
    if not is_plural(token.low):
        return False
    around = [block.at(at) for at in range(position - 4, position + 5) if at != position]
    words_around = [near for near in around if near.kind == WORD]
    near = [block.at(position + step) for step in (-2, -1, 1, 2)]
    return any(one.kind == WORD and len(one.text) > 2 and one.text.isupper() for one in near) or (
        len(words_around) > 1 and all(one.text.isupper() for one in words_around)
    )


_NATIONS = frozenset(words("alambic.figures", "nations.txt"))


def compound(block: Block, index: int) -> bool:
    """Whether a noun of several words that cannot be split begins at token `index` (`points de vente`)."""
    return _COMPOUNDS.after(block, index) is not None


def is_plural_word(token: Token) -> bool:
    """Whether a word can be a plural noun or adjective, and no function word."""
    return token.low not in FUNCTION_WORDS and token.text[-1] not in "'’" and is_plural(token.low)
