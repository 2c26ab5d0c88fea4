"""Cuts texts into the pieces that the model reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

BEGIN = 0
"""Id of the piece that stands before a window."""
PAD = 1
"""Id of what fills a batch up."""
END = 2
"""Id of the piece that stands after a window, and for each line break within it."""

_LINE = re.compile(r"[^\n\r]+")
_LETTERS = r"!-;=-~\u00C0-\u0131\u0134-\u013E\u0141-\u0148\u014A-\u017E\u0180-\u01C3\u01CD-\u01F0\u01F4-\u024F«»’‘“”–—€°•"
"""Characters that are their own normal form, of which none opens a special piece."""
_PLAIN = re.compile(f"[{_LETTERS}]{{1,40}}(?: [{_LETTERS}]{{1,40}})*")
"""A line of words whose pieces depend on nothing beside them: no blank or mark comes into being within one."""
_WORD_OF_LINE = re.compile(" ?[^ ]+")  # with its blank, where the tokenizer lets a piece begin
_WORDS = 1 << 15  # words whose pieces are kept: some 15 MB
_LONGEST = 5_000  # characters cut into pieces at once: bounds memory where a text has no line breaks
_TABLE = 0x3001  # characters above are neither blanks nor stops
_IS_BLANK = np.array([chr(code).isspace() for code in range(_TABLE)] + [False])
_IS_STOP = np.array([chr(code) in ".!?»" for code in range(_TABLE)] + [False])
_INSIDE, _WORD, _SENTENCE, _BREAK = range(4)  # how good the place before a piece is for a cut


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text: ids, offsets into the text (blanks at the edges excluded), and where to cut.

    A line break is a piece of its own, of no length. `cuts[i]` says how good a cut before piece `i` is: 0 inside a
    word, 1 between words, 2 between sentences, 3 between lines.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    cuts: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _Cut:
    """The pieces of a word or a line, with offsets into it."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


_BROKEN = _Cut((END,), (0,), (0,))


class Cutter:
    """Cuts texts by `tokenizer`; words of plain letters without its normaliser, and from memory when met again."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._bare = Tokenizer(tokenizer.model)  # the same model, without the normaliser, which is slow
        self._bare.pre_tokenizer = tokenizer.pre_tokenizer
        self._word = lru_cache(_WORDS)(lambda word: _cut(self._bare, word))

    def pieces(self, text: str) -> Pieces:
        """The pieces of `text`, in its order."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        places: list[int] = []
        counts: list[int] = []
        breaks: list[int] = []

        def add(cut: _Cut, place: int) -> None:
            nonlocal ids, starts, ends
            ids += cut.ids
            starts += cut.starts
            ends += cut.ends
            places.append(place)
            counts.append(len(cut.ids))

        for start, end, begins_line in _stretches(text):
            if begins_line and ids:
                breaks.append(len(ids))
                add(_BROKEN, start)
            if _PLAIN.fullmatch(text, start, end):
                for word in _WORD_OF_LINE.findall(text, start, end):
                    add(self._word(word), start)
                    start += len(word)
            else:
                add(_cut(self._tokenizer, text[start:end]), start)
        if not ids:
            none = np.zeros(0, dtype=np.int32)
            return Pieces(none, none, none, none.astype(np.int8))
        shift = np.repeat(np.array(places, dtype=np.int32), counts)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        characters = np.minimum(codes, _TABLE)
        first, last = _trimmed(
            characters, np.array(starts, dtype=np.int32) + shift, np.array(ends, dtype=np.int32) + shift
        )
        cuts = np.zeros(len(ids), dtype=np.int8)
        stops = _IS_STOP[characters[np.maximum(last[:-1], 1) - 1]]
        cuts[1:] = np.where(first[1:] > last[:-1], np.where(stops, _SENTENCE, _WORD), _INSIDE)
        cuts[breaks] = _BREAK
        return Pieces(np.array(ids, dtype=np.int32), first, last, cuts)


def _cut(tokenizer: Tokenizer, text: str) -> _Cut:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts, ends = zip(*encoding.offsets, strict=True) if encoding.offsets else ((), ())
    return _Cut(tuple(encoding.ids), starts, ends)


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a line begins there) of the lines of `text`, long ones in several parts cut at blanks."""
    for line in _LINE.finditer(text):
        start, last = line.span()
        begins_line = True
        while start < last:
            end = min(last, start + _LONGEST)
            if end < last:
                blank = text.rfind(" ", start + 1, end)
                end = blank if blank > 0 else end
            yield start, end, begins_line
            start, begins_line = end, False


def _trimmed(
    characters: NDArray[np.uint32], starts: NDArray[np.int32], ends: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The offsets moved inwards over blanks; a stretch of blanks alone becomes empty."""
    count = len(characters)
    places = np.arange(count, dtype=np.int32)
    blank = _IS_BLANK[characters]
    after = np.append(np.minimum.accumulate(np.where(blank, count, places)[::-1])[::-1], count)
    before = np.append(0, np.maximum.accumulate(np.where(blank, 0, places + 1)))
    moved = np.minimum(after[starts], ends)
    return moved.astype(np.int32), np.maximum(before[ends], moved).astype(np.int32)
