"""Cuts a text into atoms and writes their kinds as a string, one letter an atom.

The grammar (`grammar.py`) then reads that string: a pattern over kinds says what a French date looks like without
naming any month or word, and the words stay in the data files beside this one. Cutting and looking up run in C
(`findall`, `map` over a dictionary), in one pass, so that text without dates costs almost nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from alambic.folding import Letters, bare
from alambic.knowledge import rows

PACKAGE = "alambic.dates"

# Letters, digits, blanks, or any one other character; an accent written apart stays with its letter.
ATOM = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+|\s+|.", re.DOTALL)

# Kinds of words, as words.txt names them -> the letter that stands for the kind.
KINDS = {
    "month": "M", "short_month": "m", "weekday": "W", "short_weekday": "w", "season": "S", "holiday": "h",
    "deictic": "A", "day": "j", "week": "k", "weekend": "z", "month_unit": "b", "quarter": "Q", "half": "H",
    "year_unit": "a",
    "years_unit": "B", "fiscal": "E", "fortnight": "q", "units": "è", "school_start": "r", "ordinal": "O", "number": "N",
    "next": "P", "last": "L", "last_ones": "D", "previous": "V", "following": "é", "tens": "f", "thousand": "U", "running": "C", "this": "c", "part": "F",
    "the": "l", "of": "e", "of_the": "u", "at": "p", "at_the": "x", "between": "v", "and": "t",
    "since": "g", "verb_a": "Z", "hour": "J", "day_part": "I", "here": "ç", "first_mark": "R", "rank_mark": "i",
    "quarter_letter": "T", "half_letter": "s", "months_letter": "G",
}  # fmt: skip
WORD, NAME, CONTINUED = "X", "K", "~"  # another word, another capitalised word, the rest of a longer atom
SMALL, DAY, PAIR, YEAR, OLD_YEAR, DIGITS = "n", "d", "o", "Y", "y", "9"
BLANK, LINE, GAP, PARAGRAPH = " ", "_", "|", "¶"
SAME = frozenset(',./()[]:;!?&%+@#"«»*|=°>')


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """`word` without case or accents, its apostrophes straight, its blanks single.

    >>> fold("DÉCEMBRE"), fold("Aujourd’hui")
    ('decembre', "aujourd'hui")
    """
    return " ".join(word.lower().translate(_FOLDED).split())


_FOLDED = Letters(lambda letter: bare(letter).replace("’", "'").replace("ʼ", "'").replace("œ", "oe"))


def _entries() -> list[tuple[str, str, str]]:
    """All the words of the data files: kind, value, written form."""
    found = [("month", row[0], form) for row in rows(PACKAGE, "months.txt") for form in row[1].split()]
    found += [("short_month", row[0], form) for row in rows(PACKAGE, "months.txt") for form in row[2].split()]
    found += [("weekday", row[0], form) for row in rows(PACKAGE, "weekdays.txt") for form in row[1].split()]
    found += [("short_weekday", row[0], row[2]) for row in rows(PACKAGE, "weekdays.txt")]
    found += [("season", f"{row[1]}-{row[2]}", row[0]) for row in rows(PACKAGE, "seasons.txt")]
    found += [("holiday", row[1], row[0]) for row in rows(PACKAGE, "holidays.txt")]
    for kind, value, forms in rows(PACKAGE, "words.txt"):
        found += [(kind, value, form.strip()) for form in forms.split(" / ")]
    return found


def _pieces(form: str) -> list[str]:
    return [piece if piece.strip() else " " for piece in ATOM.findall(fold(form))]


# Words as they are written, then without accents: `dès` is not `des`, but `FEVRIER` is `février`.
EXACT: dict[str, tuple[str, str]] = {}  # word in lower case -> (letter, value)
FOLDED: dict[str, tuple[str, str]] = {}  # folded word -> (letter, value)
PHRASES: dict[
    str, list[tuple[list[str], str, str]]
] = {}  # first word -> (all pieces, letter, value), longest first
for _kind, _value, _form in _entries():
    _parts = _pieces(_form)
    if len(_parts) == 1:
        EXACT[_form.lower()] = (KINDS[_kind], _value)
        FOLDED.setdefault(_parts[0], (KINDS[_kind], _value))
    else:
        PHRASES.setdefault(_parts[0], []).append((_parts, KINDS[_kind], _value))
for _choices in PHRASES.values():
    _choices.sort(key=lambda choice: -len(choice[0]))

# Capital letters before or after a digit: `T3 2025`, `3T25`, `S1`, `H1`, `9M 2025`.
LETTERS = {"T": "T", "Q": "T", "S": "s", "H": "s", "M": "G"}
HEAD = "\x00"  # marks, before phrases are joined, a word that may begin one


class _Kinds(dict[str, str]):
    """Atom -> letter, worked out at the first sight of each atom."""

    def __missing__(self, atom: str) -> str:
        if len(self) > 100_000:  # a long run must not fill the memory with every number it met
            self.clear()
        letter = self[atom] = _letter(atom)
        return letter


def _letter(atom: str) -> str:
    first = atom[0]
    if first.isdigit():
        return _digits(atom)
    if first.isspace():
        lines = atom.count("\n") or atom.count("\r")
        if lines > 1:
            return PARAGRAPH
        if lines:
            return LINE
        return GAP if len(atom) > 2 or "\t" in atom else BLANK
    if first.isalpha():
        if atom in LETTERS:
            return LETTERS[atom]
        if fold(atom) in PHRASES:
            return HEAD
        known = _known(atom)
        if known is not None:
            return known[0]
        return NAME if first.isupper() else WORD
    if first in "'’ʼ":
        return "'"
    if first in "-‐‑\u00ad":
        return "-"
    if first in "–—−":
        return "–"
    if first in "→➔➜":
        return ">"
    return first if first in SAME else "*"


def _known(word: str) -> tuple[str, str] | None:
    return EXACT.get(word.lower()) or FOLDED.get(fold(word))


def _digits(atom: str) -> str:
    if not atom.isascii():
        return DIGITS
    number = int(atom) if len(atom) <= 4 else -1
    if len(atom) <= 2:
        return SMALL if 1 <= number <= 12 else DAY if 13 <= number <= 31 else PAIR
    if len(atom) == 4 and 1000 <= number < 2200:
        return YEAR if 1900 <= number < 2100 else OLD_YEAR
    return DIGITS


_KINDS = _Kinds()


class Reading:
    """A text cut into atoms.

    `atoms` are the pieces (they join to the text), `kinds` has one letter for each, `starts` their offsets in
    `text` with one more for the end.

    >>> Reading("le 3 mai 2025").kinds
    'l n M Y'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.atoms: list[str] = ATOM.findall(text)
        kinds = "".join(map(_KINDS.__getitem__, self.atoms))
        self._joined: dict[int, str] = {}
        self.kinds = self._join(kinds) if HEAD in kinds else kinds
        self.starts = [0, *accumulate(map(len, self.atoms))]

    def _join(self, kinds: str) -> str:
        """Makes one atom of each phrase of the data files (`aujourd'hui`, `lundi de Pâques`)."""
        letters = list(kinds)
        at = kinds.find(HEAD)
        while at >= 0:
            size = self._phrase(letters, at)
            at = kinds.find(HEAD, at + size)
        return "".join(letters)

    def _phrase(self, letters: list[str], at: int) -> int:
        head = fold(self.atoms[at])
        for pieces, letter, value in PHRASES[head]:
            size = len(pieces)
            if at + size > len(letters):
                continue
            if all(_fits(piece, self.atoms[at + k]) for k, piece in enumerate(pieces[1:], 1)):
                letters[at : at + size] = [letter] + [CONTINUED] * (size - 1)
                self._joined[at] = value
                return size
        known = _known(self.atoms[at])
        letters[at] = known[0] if known else NAME if self.atoms[at][0].isupper() else WORD
        return 1

    def value(self, at: int) -> str:
        """What the data files say of the atom at index `at`; digits stand for themselves."""
        if at in self._joined:
            return self._joined[at]
        atom = self.atoms[at]
        known = None if atom[0].isdigit() else _known(atom)
        return known[1] if known else atom

    def index(self, offset: int) -> int:
        """The index of the atom that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1


def _fits(piece: str, atom: str) -> bool:
    if piece == " " or piece == "-":  # `Saint-Valentin`, `Saint Valentin`
        return atom in "-‐‑" or (atom.isspace() and atom.count("\n") < 2)
    return fold(atom) == piece
