"""Numbers that measure nothing: phones, references, versions, ordinals, times of day, dates, scores, names."""

from __future__ import annotations

import re

from alambic.figures.lexicon import Phrases
from alambic.figures.tokens import NUMBER, WORD, Block
from alambic.knowledge import words

_REFERENCES: Phrases[bool] = Phrases((phrase, True) for phrase in words("alambic.figures", "exclusions.txt"))
_MONTHS = frozenset("janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
                    "décembre decembre janv févr fév avr juil sept oct nov déc dec".split())  # fmt: skip
_ORDINAL = re.compile(r"(?:er|ère|re|ers|ères|e|è|es|ème|eme|èmes|emes|ième|ieme|ièmes|d|nd|nde|ᵉ|ᵉʳ|ᵉʳᵉ|ᵉˢ|ème|bis|ter|th|st|rd)$", re.I)
_CLOCK = re.compile(r"h\d\d?(?:min)?$", re.I)
_CLOCK_CUES = frozenset("à dès vers avant après jusqu'à jusqu' entre midi".split())


def excluded(block: Block, index: int, last: int) -> int | None:
    """If the number at tokens `index` to `last` is no amount: the token where reading may go on, else `None`."""
    token = block[index]
    following = block.at(last)
    if token.kind == NUMBER:
        digits = _digit_run(block, index)
        if digits is not None:
            return digits
        before = block.at(index - 1)
        if token.glued and _is_joined(block, index):
            return last
        if following.glued and following.kind == WORD:
            if _ORDINAL.match(following.text):
                return last + 1
            if _CLOCK.match(following.text):
                return last + 1
        if following.text in ("°", "º") and following.glued and block.at(last + 1).kind == WORD and not block.at(last + 1).text.startswith(("C", "F", "K", "c")):
            return last
        if following.text in (")", ".") and index == 0 and last == 1 and block.at(last + 1).kind == WORD:
            return last
        if before.text == "/" and before.glued or following.text == "/" and following.glued and block.at(last + 1).kind == NUMBER:
            return last
        if following.text == ":" and following.glued and block.at(last + 1).kind == NUMBER and block.at(last + 1).glued:
            return last + 2
    if _REFERENCES.before(block, index):
        return last
    if block.low(last) in _MONTHS:
        return last
    return _clock(block, index, last)


def _is_joined(block: Block, index: int) -> bool:
    """`Covid-19`, `A-320`, `#12`, `@3`, `www.x.fr/12`, `R2.1`: the number is the end of something longer."""
    before = block.at(index - 1)
    if before.kind == WORD:
        return before.text[-1] not in "'’"
    if before.text in "-‑_" and before.glued and before.text:
        earlier = block.at(index - 2)
        return earlier.kind == WORD and earlier.text[-1] not in "'’"
    return before.text in ("#", "@", "_", "&", "\\", "=") or before.text in (".", ",", "/") and before.glued


def _digit_run(block: Block, index: int) -> int | None:
    """The end of a run of digit groups that is a phone number, an identifier or a card number."""
    position, groups, has_plus = index, 0, block.at(index - 1).text == "+"
    while True:
        token = block.at(position)
        if token.kind == NUMBER and len(token.text.replace(" ", "")) <= 12 and "," not in token.text:
            groups += 1
            position += 1
            if block.at(position).text in (".", "-", "/") and block.at(position).glued and block.at(position + 1).kind == NUMBER and block.at(position + 1).glued:
                position += 1
            elif block.at(position).kind != NUMBER and not (block.at(position).text == "(" and block.at(position + 1).text == "0"):
                break
            elif block.at(position).text == "(":
                position += 3
        else:
            break
        if groups > 12:
            break
    first = block[index].text
    if first.startswith("0") and len(first) > 1 and first[1].isdigit():
        return position
    if groups >= 4 and (has_plus or len(first) <= 3):
        return position
    if has_plus and groups >= 2 and len(first) <= 3 and all(len(t.text) <= 3 for t in block[index + 1 : position] if t.kind == NUMBER):
        return position if groups >= 3 else None
    return None


def _clock(block: Block, index: int, last: int) -> int | None:
    """`à 18 h`, `de 9 heures à 18 heures`, `dès 8h`: a time of day where a duration is not meant."""
    if block.low(last) not in ("h", "heures", "heure"):
        return None
    before = block.low(index - 1)
    following = block.at(last + 1)
    if following.kind == NUMBER and len(following.text) == 2 and following.text.isdigit() and int(following.text) < 60:
        return last + 2
    if block[index].kind == NUMBER and not block[index].text.isdigit():
        return None
    if block[index].kind == NUMBER and int(block[index].text) > 24:
        return None
    if following.low == "sur" and block.at(last + 2).text in ("24", "7"):
        return last + 3
    if before in ("à", "dès", "vers") and following.low not in ("de", "d'", "du", "par", "en"):
        return last + 1
    if before in ("de", "entre", "avant", "après", "et", "-", "–", "/") and following.low in ("à", "et", "-", "–"):
        return last + 1
    if before in _CLOCK_CUES and following.low not in ("de", "d'", "du", "par"):
        return last + 1
    return None


def is_year(text: str, value: float) -> bool:
    """Whether a number in digits is written as a year is."""
    return len(text) == 4 and text.isdigit() and 1800 <= value <= 2100
