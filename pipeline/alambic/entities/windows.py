"""Cuts the pieces of a text into windows of bounded length."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alambic.entities.pieces import Pieces

_SHORTEST = 0.4  # of a window's size: no place nearer to its beginning is cut at


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
