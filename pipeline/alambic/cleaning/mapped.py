"""A text together with where each of its characters came from."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import repeat

import numpy as np

Edit = tuple[int, int, str]
"""Replace the characters from `start` up to `end` of the current text by a string."""


class MappedText:
    """`text`, and for each of its characters the stretch of the raw text that it was read from.

    The stretches are in order: both their starts and their ends never fall from one character to the next.

    >>> mapped = MappedText.identity("ef\\ufb01cace").edit([(2, 3, "fi")])
    >>> mapped.text, mapped.raw_span(2, 4)
    ('efficace', (2, 3))
    """

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, text: str, starts: array[int], ends: array[int]) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends

    @classmethod
    def identity(cls, raw: str) -> MappedText:
        """`raw` as it is, each character mapped to itself."""
        places = np.arange(len(raw) + 1, dtype="L")
        return cls(raw, array("L", places[:-1].tobytes()), array("L", places[1:].tobytes()))

    def edit(self, edits: Iterable[Edit]) -> MappedText:
        """The text after `edits`, which are in order, do not overlap, and replace at least one character each.

        A replacement as long as what it replaces is mapped character by character; any other one is mapped as a
        whole to the whole stretch.
        """
        pieces: list[str] = []
        starts, ends = array("L"), array("L")
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            starts += self._starts[done:start]
            ends += self._ends[done:start]
            if len(new) == end - start:
                starts += self._starts[start:end]
                ends += self._ends[start:end]
            elif new:
                starts.extend(repeat(self._starts[start], len(new)))
                ends.extend(repeat(self._ends[end - 1], len(new)))
            done = end
        if done == 0:
            return self
        pieces.append(self.text[done:])
        return MappedText("".join(pieces), starts + self._starts[done:], ends + self._ends[done:])

    def respelled(self, text: str) -> MappedText:
        """With other characters in the places of some, one for one."""
        if len(text) != len(self.text):
            raise ValueError(f"A text of {len(text)} characters cannot stand for one of {len(self.text)}.")
        return self if text == self.text else MappedText(text, self._starts, self._ends)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of the non-empty span `start`–`end` of `text`."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(
                f"The span {start}–{end} is empty or outside the text of {len(self.text)} characters."
            )
        return self._starts[start], self._ends[end - 1]

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `text` of what was read from the raw span `start`–`end`; empty if nothing was kept."""
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))
