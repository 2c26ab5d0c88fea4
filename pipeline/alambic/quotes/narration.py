"""The text around quotes, made easy to read: one apostrophe, one blank, wrapped lines joined, quoted words masked.

Every rewriting keeps the length, so that offsets stay those of the given text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from alambic.knowledge import words
from alambic.quotes.marks import Marked
from alambic.record import Entity

MASK = "¤"
_EVEN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " "})
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")
_TOKEN = re.compile(
    r"""
      ¤+
    | (?=[adpqADPQ])(?i:p\.?-?d\.?-?g\b\.? | aujourd'hui | quelqu'un | d'abord | d'ailleurs | d'accord)
    | [^\W\d_][\w·]*(?:[-‑](?=[^\W_])[\w·]+)*'?
    | \d+(?:[.,]\d+)*
    | \n+
    | \.{3}
    | [^\s\w]
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"(?:[.!?…]+[)\"]*(?=\s+[^a-zà-öø-ÿœ\s])|\n)")
_LAST_WORD = re.compile(r"[\w.°]+\Z")
_DOTTED = re.compile(r"(?:\w\.)+\w")  # the last letter of `r.e.`, `p.-d.g.`
_WRAP = 55  # characters; a shorter line was not broken because it was full


class Token(NamedTuple):
    """A word, number or sign; `low` is its lower-case form, masked words are one token."""

    start: int
    end: int
    text: str
    low: str

    @property
    def masked(self) -> bool:
        return self.text[0] == MASK


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("alambic.sentences", "abbreviations.txt"))


_IN_PERSON = re.compile(
    r"\b(?:je|nous|on|notre|nos|mon|ma|mes|moi|vous|votre|vos|c'est|c'était)\b|\b[jm]'", re.IGNORECASE
)


def in_person(words: str) -> bool:
    """Whether words speak of or to somebody (`nous y croyons`), as titles seldom do."""
    return bool(_IN_PERSON.search(words))


def even(text: str) -> str:
    """`text` with one kind of apostrophe and blank, wrapped lines joined; the same length.

    A line break is a wrap where the line was full, or the next goes on in lower case; other breaks stay.
    """
    flat = text.translate(_EVEN)
    pieces: list[str] = []
    at = start = 0
    for found in _LINE_END.finditer(flat):
        line = found.start() - start
        after = flat[found.end() : found.end() + 1]
        last = flat[found.start() - 1 : found.start()]
        wrapped = line > 0 and after not in ("", "\n") and last not in '.!?…:;»”"' and line >= _WRAP
        wrapped = (
            wrapped or (line > 20 and after.islower() and last not in ".!?…") or after in ("»", "”", ",")
        )
        wrapped = wrapped or (line >= _WRAP and last in ',»”"' and after.islower())
        wrapped = wrapped and after not in "•*-–—\n"
        if wrapped and after in '«“"' and flat.find("\n", found.end()) - found.end() > line + 10:
            wrapped = False  # a title line above a quote: a full line would have been as long
        if wrapped and found.group().count("\n") == 1:
            pieces += flat[at : found.start()], " " * (found.end() - found.start())
            at = found.end()
        start = found.end()
    pieces.append(flat[at:])
    return "".join(pieces)


class Narration:
    """A text, its marked stretches masked, its sentences, and the entities by where they start.

    `flat` shows all words, `masked` shows every marked stretch as a run of `¤`.
    """

    def __init__(self, text: str, flat: str, marked: Sequence[Marked], entities: Sequence[Entity]) -> None:
        self.text = text
        self.flat = flat
        pieces: list[str] = []
        at = 0
        for stretch in marked:
            if stretch.outer_start < at:
                continue
            pieces += flat[at : stretch.outer_start], MASK * (stretch.outer_end - stretch.outer_start)
            at = stretch.outer_end
        pieces.append(flat[at:])
        self.masked = "".join(pieces)
        self.marked = marked
        self._outer = [stretch.outer_start for stretch in marked]
        self.entities = sorted(entities, key=lambda e: (e.start, -e.end))
        self.starts = [entity.start for entity in self.entities]
        self.by_start: dict[int, Entity] = {}
        for entity in self.entities:
            self.by_start.setdefault(entity.start, entity)
        self._ends = self._sentence_ends()

    def _sentence_ends(self) -> list[int]:
        ends: list[int] = []
        for found in _SENTENCE_END.finditer(self.masked):
            if found.group() == ".":
                word = _LAST_WORD.search(self.masked, max(0, found.start() - 24), found.start())
                if word and (
                    _DOTTED.fullmatch(word.group())
                    or word.group() in _abbreviations()
                    or (len(word.group()) == 1 and word.group().isupper())
                ):
                    continue
            ends.append(found.end())
        for stretch in self.marked:  # « Il est temps. » Le maire …
            after = self.masked[stretch.outer_end : stretch.outer_end + 2]
            if (
                self.flat[stretch.end - 1] in ".!?…"
                and len(after) == 2
                and after[0].isspace()
                and after[1].isupper()
            ):
                ends.append(stretch.outer_end)
        return sorted(set(ends))

    def sentence_start(self, position: int) -> int:
        """Where the sentence begins that `position` stands in."""
        at = bisect_right(self._ends, position) - 1
        return self._ends[at] if at >= 0 else 0

    def sentence_end(self, position: int) -> int:
        """Where the sentence ends that `position` stands in."""
        at = bisect_left(self._ends, position + 1)
        return self._ends[at] if at < len(self._ends) else len(self.masked)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """All sentences, in order."""
        start = 0
        for end in (*self._ends, len(self.masked)):
            if end > start:
                yield start, end
            start = end

    def marked_before(self, position: int, count: int) -> int:
        """Where the marked stretch ends that is the last but `count` before `position`, 0 if there are fewer."""
        at = bisect_left(self._outer, position) - count
        return self.marked[at - 1].outer_end if at > 0 else 0

    def entities_between(self, start: int, end: int) -> list[Entity]:
        """The mentions that start in this stretch, in order."""
        return self.entities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def line(self, position: int) -> tuple[int, int]:
        """The line (as joined) that `position` stands in."""
        start = self.masked.rfind("\n", 0, position) + 1
        end = self.masked.find("\n", position)
        return start, len(self.masked) if end < 0 else end


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch, with offsets into the whole text.

    >>> [token.text for token in tokens("ajoute-t-il, d'après l'ADEME", 0, 28)]
    ['ajoute-t-il', ',', "d'", 'après', "l'", 'ADEME']
    """
    return [Token(*m.span(), word := m.group(), word.lower()) for m in _TOKEN.finditer(text, start, end)]
