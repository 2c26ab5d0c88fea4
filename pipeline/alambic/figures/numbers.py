"""Reads one number at a token: digits or words, with the magnitude that multiplies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from alambic.figures.tokens import NUMBER, WORD, Block, Token
from alambic.knowledge import rows

_WORDS = {word: (float(value), role) for word, value, role in rows("alambic.figures", "number_words.txt")}
MAGNITUDES = {word: value for word, (value, role) in _WORDS.items() if role == "magnitude"}
STARTERS = frozenset(_WORDS)  # words that may begin a number, compound ones (`vingt-deux`) aside
_AFTER_ZERO = frozenset(["pour", "pourcent", "%", "euro", "euros", "€", "degré", "degrés", "franc"])
_COLLECTIVES = {word: value for word, (value, role) in _WORDS.items() if role == "collective"}
_CARDINALS = {
    word: entry for word, entry in _WORDS.items() if entry[1] not in ("magnitude", "collective", "zero")
}
_BLANK = re.compile(r"[\s'’]")
_ONE_MARK = re.compile(r"(\d{1,3})([.,])(\d{3})$")
_MANY_MARKS = re.compile(r"\d{1,3}(?:\.\d{3})++(?:,\d+)?$|\d{1,3}(?:,\d{3})++(?:\.\d+)?$")


@dataclass(slots=True)
class Number:
    """A number read from tokens `first` to `last` (exclusive).

    `scale` is the magnitude word's worth (1 if none): `value` includes it. `of` says that what is counted follows
    with «de» (`trois millions de`). `about` is true for a collective (`une dizaine`). `whole` is the other reading
    of a number such as `1,234`, and `doubt` then names the doubt.
    """

    first: int
    last: int
    value: float
    scale: float = 1.0
    of: bool = False
    about: bool = False
    words: bool = False
    whole: float | None = None
    doubt: str | None = None


_COMMA_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:,\d{3}){2,}|,\d{3}\.\d)")
_DOT_DECIMAL = re.compile(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?![\d.])\s?(?:%|[MKk]?€|million|billion)")
_COMMA_DECIMAL = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])")


class Marks:
    """How a text writes numbers, from those in it that can be read in one way only; looked at when first asked for.

    >>> Marks("1,234,567 units").english
    True
    """

    def __init__(self, text: str = "") -> None:
        self._text = text

    @cached_property
    def english(self) -> bool:
        """Whether commas part thousands and dots decimals."""
        if _COMMA_THOUSANDS.search(self._text):
            return True
        return bool(_DOT_DECIMAL.search(self._text)) and not _COMMA_DECIMAL.search(self._text)


def starts(token: Token) -> bool:
    """Whether a number may begin at this token."""
    if token.kind == NUMBER:
        return True
    low = token.low
    return token.kind == WORD and (low in _WORDS or ("-" in low and low.split("-", 1)[0] in _CARDINALS))


def read(block: Block, index: int, marks: Marks) -> Number | None:
    """The number that begins at token `index`, with its magnitude, or `None`.

    >>> from alambic.figures.tokens import tokenise
    >>> text = "quatre-vingt-dix mille euros"
    >>> read(tokenise(text, 0, len(text)), 0, Marks()).value
    90000.0
    """
    number = _digits(block, index, marks) if block[index].kind == NUMBER else _words(block, index)
    if number is None:
        return None
    _skip_repetition(block, number, marks)
    return _magnified(block, number)


def _skip_repetition(block: Block, number: Number, marks: Marks) -> None:
    """`sept (7) ans`, `30 (trente) jours`: contracts write a number twice."""
    index = number.last + 1
    if block.low(number.last) != "(" or not starts(block.at(index)):
        return
    again = _digits(block, index, marks) if block[index].kind == NUMBER else _words(block, index)
    if again is not None and again.value == number.value and block.low(again.last) == ")":
        number.last = again.last + 1


def _digits(block: Block, index: int, marks: Marks) -> Number | None:
    text = _BLANK.sub("", block[index].text)
    if text[0] == "0" and len(text) > 1 and text[1].isdigit():
        return None
    number = Number(index, index + 1, 0.0)
    one = _ONE_MARK.match(text)
    if one and text == block[index].text and one[1] != "0":
        whole, decimal = float(one[1] + one[3]), float(f"{one[1]}.{one[3]}")
        # French writes thousands with a dot and decimals with a comma; a text that shows the English habit
        # elsewhere is read its own way.
        thousands = marks.english if one[2] == "," else not marks.english
        number.value = whole if thousands else decimal
        number.whole = whole
        number.doubt = f"{text}: read as {number.value:.15g}, could be {decimal if thousands else whole:.15g}"
    elif _MANY_MARKS.match(text):
        comma_last = text.rfind(",") > text.rfind(".")
        if text.count(",") > 1 or (not comma_last and "," in text):
            number.value = float(text.replace(",", ""))
        else:
            number.value = float(text.replace(".", "").replace(",", "."))
    elif sum(map(text.count, ".,")) > 1:
        return None
    else:
        number.value = float(text.replace(",", "."))
    return number


def _words(block: Block, index: int) -> Number | None:
    low = block.low(index)
    if low in MAGNITUDES:
        return None
    if low == "zéro":  # elsewhere it makes names: «zéro déchet»
        return Number(index, index + 1, 0.0, words=True) if block.low(index + 1) in _AFTER_ZERO else None
    if low in _COLLECTIVES or low in ("un", "une", "la", "demi"):
        return _collective(block, index, 1.0, index)
    return _cardinal(block, index)


def _collective(block: Block, index: int, times: float, first: int) -> Number | None:
    """`une dizaine`, `deux centaines`, `un demi-million`; `un` before a magnitude, `un à deux`."""
    low = block.low(index)
    if low in ("un", "une"):
        following = block.low(index + 1)
        if following in MAGNITUDES or (following == "pour" and block.low(index + 2) in ("cent", "mille")):
            return Number(index, index + 1, 1.0, words=True)
        if following in ("à", "ou") and starts(block.at(index + 2)):
            return Number(index, index + 1, 1.0, words=True)
        if following in ("demi", "bon", "petit", "bonne", "petite", "demie"):
            return _collective(block, index + 1, 1.0, index)
        if following in _COLLECTIVES:
            return _collective(block, index + 1, 1.0, index)
        return None
    if low in ("demi", "bon", "petit", "bonne", "petite", "demie"):
        half = 0.5 if low.startswith("demi") else 1.0
        following = block.low(index + 1)
        if following in MAGNITUDES and half == 0.5:
            return Number(first, index + 1, 0.5, words=True)
        if following in _COLLECTIVES:
            return _collective(block, index + 1, half, first)
        return None
    if low in _COLLECTIVES:
        if first == index and block.low(index - 1) not in ("la", "cette"):
            return None
        exact = low.startswith("demi-m") or (low.startswith("douzaine") and times > 1)
        return Number(first, index + 1, times * _COLLECTIVES[low], of=True, about=not exact, words=True)
    return None


def _parts(token: Token) -> list[str]:
    return token.low.split("-") if "-" in token.low else [token.low]


def _cardinal(block: Block, index: int) -> Number | None:
    """A cardinal in words; the rules are those of the spoken French numerals, Swiss and Belgian ones included."""
    total, group, room, stop = 0.0, 0.0, "all", index
    while True:
        token = block.at(stop)
        if token.kind != WORD:
            break
        if token.low == "et":
            following = block.low(stop + 1)
            if following not in ("un", "une", "onze") or not (group % 100 >= 20 and group % 10 == 0):
                break
            step = _combined(total, group, room, "onze" if following == "onze" else "un", True)
            if step is None:
                break
            total, group, room = step
            stop += 2
            continue
        state = (total, group, room)
        for part in _parts(token):
            if part == "et":
                continue
            step = _combined(*state, part, "-" in token.low)
            if step is None:
                break
            state = step
        else:
            total, group, room = state
            stop += 1
            continue
        break
    if stop == index:
        return None
    number = Number(index, stop, total + group, words=True)
    if block.low(stop) in _COLLECTIVES and number.value < 100 and block.low(stop) != "quarantaine":
        return _collective(block, stop, number.value, index)
    return number


def _combined(
    total: float, group: float, room: str, word: str, joined: bool
) -> tuple[float, float, str] | None:
    """The state after one more word. `room` is what may still be added below a hundred."""
    if word not in _CARDINALS:
        return None
    value, role = _CARDINALS[word]
    if role == "thousand":
        return None if total else ((group or 1.0) * 1000, 0.0, "all")
    if role == "hundred":
        if (group >= 10 and not 10 < group < 20) or (word == "cents" and not group):
            return None
        return total, (group or 1.0) * 100, "all"
    if word in ("un", "une") and not joined and not group and not total:
        return None
    if value == 20 and room == "four":
        return total, group - 4 + 80, "sixty"
    if room == "all" and group % 100 == 0:
        if role == "unit":
            return total, group + value, "four" if value == 4 else "none"
        if role == "teen":
            return total, group + value, "ten" if value == 10 else "none"
        return total, group + value, "sixty" if value == 60 else "units"
    if role == "unit" and (room in ("units", "sixty") or (room == "ten" and value >= 7)):
        return total, group + value, "none"
    if role == "teen" and room == "sixty":
        return total, group + value, "ten" if value == 10 else "none"
    return None


def _magnified(block: Block, number: Number) -> Number:
    """With the magnitude that follows: `3 milliards`, `une trentaine de millions`, `deux millions trois cent mille`."""
    index = number.last
    if number.of and block.low(index) in ("de", "d'"):
        following = block.low(index + 1)
        if following in MAGNITUDES or following == "milliers":
            _scale(number, MAGNITUDES.get(following, 1000.0), index + 2)
        return number
    low = block.low(index)
    glued = block.at(index).glued
    if low in MAGNITUDES and not (glued and number.words):
        _scale(number, MAGNITUDES[low], index + 1)
        _add_rest(block, number)
    elif low == "mille" and not number.words:
        _scale(number, 1000.0, index + 1)
        number.of = False
        following = block.low(number.last)
        if following in MAGNITUDES:  # «2 mille milliards»
            _scale(number, MAGNITUDES[following], number.last + 1)
    elif low == "milliers" and block.low(index + 1) in ("de", "d'"):
        _scale(number, 1000.0, index + 1)
    return number


def _scale(number: Number, scale: float, last: int) -> None:
    number.value = round(number.value * scale, 6)
    number.whole = number.doubt = None
    number.scale, number.last, number.of = scale, last, True


def _add_rest(block: Block, number: Number) -> None:
    """`trois millions et demi`, `deux millions trois cent mille`, `1 million 200 mille`."""
    if block.low(number.last) == "et" and block.low(number.last + 1) in ("demi", "demie"):
        number.value += number.scale / 2
        number.last += 2
        return
    following = block.at(number.last)
    if following.kind == NUMBER and block.low(number.last + 1) in MAGNITUDES:
        rest = _digits(block, number.last, Marks())  # «1 milliard 200 millions»
        scale = MAGNITUDES[block.low(number.last + 1)]
        if rest is not None and rest.value * scale < number.scale:
            number.value += rest.value * scale
            number.last += 2
    elif number.words and following.kind == WORD:
        rest = _cardinal(block, number.last)
        if rest is not None:
            if block.low(rest.last) in MAGNITUDES and MAGNITUDES[block.low(rest.last)] < number.scale:
                rest.value *= MAGNITUDES[block.low(rest.last)]
                rest.last += 1
                number.of = True
            else:
                number.of = False
            if rest.value < number.scale:
                number.value += rest.value
                number.last = rest.last
            else:
                number.of = True
