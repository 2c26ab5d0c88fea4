"""Cuts texts into the pieces that the model reads, and pieces into windows of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_LONGEST = 5_000  # characters cut into pieces at once: bounds memory where a text has no line breaks
_SHORTEST = 0.4  # of a window's size: no place nearer to its beginning is cut at
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


def cut_pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """The pieces of `text`, in its order."""
    ids: list[int] = []
    places: list[tuple[NDArray[np.int32], int]] = []
    breaks: list[int] = []
    for start, end, begins_line in _stretches(text):
        if begins_line and ids:
            breaks.append(len(ids))
            ids.append(END)
            places.append((np.zeros((1, 2), dtype=np.int32), start))
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        ids += encoding.ids
        places.append((np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2), start))
    if not ids:
        none = np.zeros(0, dtype=np.int32)
        return Pieces(none, none, none, none.astype(np.int8))
    offsets = np.concatenate([place + start for place, start in places])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    characters = np.minimum(codes, _TABLE)
    starts, ends = _trimmed(characters, offsets[:, 0], offsets[:, 1])
    cuts = np.zeros(len(ids), dtype=np.int8)
    stops = _IS_STOP[characters[np.maximum(ends[:-1], 1) - 1]]
    cuts[1:] = np.where(starts[1:] > ends[:-1], np.where(stops, _SENTENCE, _WORD), _INSIDE)
    cuts[breaks] = _BREAK
    return Pieces(np.array(ids, dtype=np.int32), starts, ends, cuts)


def windows(pieces: Pieces, size: int) -> Iterator[tuple[int, int]]:
    """Stretches (start, end) of at most `size` pieces that cover `pieces`, cut at the best place near their end."""
    start, count = 0, len(pieces.ids)
    while start < count:
        end = min(count, start + size)
        if end < count:
            first = start + int(size * _SHORTEST) + 1
            end = end - int(np.argmax(pieces.cuts[first : end + 1][::-1]))
        yield start, end
        start = end


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
