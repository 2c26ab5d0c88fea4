"""The words of a text, folded, with their places: what every look-up of names runs on.

A word is a run of letters, digits and underscores. Its folded form has no case, no accents and no ligatures, so that
`ÉNERGIE`, `Energie` and `énergie` are one word. Names are sequences of folded words; what stands between the
words (blanks, hyphens, apostrophes, dots) is judged apart, by `close_gap`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from alambic.folding import Letters, bare

_WORD = re.compile(r"\w+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
APOSTROPHES = "'’ʼ"
_MARKS_INSIDE = set("-–‑&+./·" + APOSTROPHES)
_LONGEST_GAP = 4


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` without case, accents, ligatures and kinds of apostrophe.

    >>> fold("L’Œuvre Écarlate")
    "l'oeuvre ecarlate"
    """
    if text.isascii():
        return text.lower()
    return text.lower().translate(_FOLDED)


def _folded(letter: str) -> str:
    return "".join("'" if c in APOSTROPHES else c for c in bare(letter.translate(_LIGATURES)))


_FOLDED = Letters(_folded)


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name.

    >>> words_of("Hauts-de-France")
    ('hauts', 'de', 'france')
    """
    return tuple(fold(word) for word in _WORD.findall(text))


def close_gap(gap: str) -> bool:
    """Whether two words with `gap` between them may belong to one name: blanks, one line break, joining marks.

    >>> close_gap("-"), close_gap(" & "), close_gap(", "), close_gap("\\n\\n")
    (True, True, False, False)
    """
    if gap == " ":
        return True
    if len(gap) > _LONGEST_GAP and gap.strip(" \t\xa0\u202f"):
        return False
    return gap.count("\n") < 2 and all(c in _MARKS_INSIDE or c.isspace() for c in gap)


class Words:
    """The words of one text: `starts`, `ends` (offsets into it) and `folded`, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.folded = [fold(text[start:end]) for start, end in spans]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.folded):
            self._places[word].append(place)

    def __len__(self) -> int:
        return len(self.starts)

    def inside(self, start: int, end: int) -> range:
        """The numbers of the words that lie between two offsets."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))

    def before(self, start: int) -> int:
        """The number of the last word that ends at or before an offset, -1 if there is none."""
        return bisect_right(self.ends, start) - 1

    def after(self, end: int) -> int:
        """The number of the first word that starts at or after an offset, `len(self)` if there is none."""
        return bisect_left(self.starts, end)

    def count(self, word: str) -> int:
        """How often a folded word stands in the text."""
        return len(self._places.get(word, ()))

    def places(self, word: str) -> list[int]:
        """The numbers of the words that fold to `word`."""
        return self._places.get(word, [])

    def find(self, name: tuple[str, ...]) -> Iterator[range]:
        """Where a sequence of folded words stands, nothing but joining marks and blanks inside it."""
        if not name:
            return
        counts = [self.count(word) for word in name]
        rarest = counts.index(min(counts))
        for place in self.places(name[rarest]):
            first = place - rarest
            last = first + len(name)
            if first < 0 or last > len(self) or tuple(self.folded[first:last]) != name:
                continue
            if all(close_gap(self.text[self.ends[i] : self.starts[i + 1]]) for i in range(first, last - 1)):
                yield range(first, last)
