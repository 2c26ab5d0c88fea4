"""Reading order of a page: pieces of text with their places to lines, columns one after the other.

The cut is the recursive XY cut (Nagy, Seth 1984), guided by gutters: a vertical strip that several rows leave free
parts columns of prose; short pieces beside each other are cells of a table row and stay on one line.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_ROWS_AT_LEAST = 3
_PROSE = 18  # characters: a column's pieces are longer, a table's cells shorter
_GUTTER = 0.8  # of the height of a line
_CELL_GAP = 0.9
_PARAGRAPH_GAP = 1.35  # of the usual distance between lines
_MAX_ROWS = 500  # a page with more is no page of prose: its rows are read as they come


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters side by side on one line, in page units from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


Row = list[Piece]


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The lines of a page in reading order; an empty one parts paragraphs, a tab the cells of a table row."""
    lines: list[str] = []
    for block in _blocks(_rows(pieces)):
        if lines:
            lines.append("")
        lines += _lines_of_block(block)
    return lines


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces whose middles lie within one another's height, from top to bottom, each row from left to right."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom, piece.left)):
        if rows and piece.top < (rows[-1][-1].top + rows[-1][-1].bottom) / 2 and not _covers(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _covers(row: Row, piece: Piece) -> bool:
    return any(
        min(piece.right, other.right) - max(piece.left, other.left) > piece.height for other in row[-4:]
    )


def _blocks(rows: list[Row]) -> list[list[Row]]:
    """`rows` cut into blocks that are read one after the other."""
    columns = _columns(rows) if len(rows) <= _MAX_ROWS else None
    if columns is None:
        return [rows] if rows else []
    first, last, gutter = columns
    left = [[piece for piece in row if piece.right <= gutter] for row in rows[first:last]]
    right = [[piece for piece in row if piece.right > gutter] for row in rows[first:last]]
    return [
        *_blocks(rows[:first]),
        *_blocks([row for row in left if row]),
        *_blocks([row for row in right if row]),
        *_blocks(rows[last:]),
    ]


def _columns(rows: list[Row]) -> tuple[int, int, float] | None:
    """The longest stretch of rows (first, last + 1) that a gutter parts into columns, and where the gutter is."""
    best: tuple[int, int, float] | None = None
    tried: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        for one, other in itertools.pairwise(row):
            if other.left - one.right < _GUTTER * one.height:
                continue
            first, last, gutter = _stretch(rows, index, one.right, other.left)
            if (first, last) in tried or (best and last - first <= best[1] - best[0]):
                continue
            tried.add((first, last))
            if _is_prose(rows[first:last], gutter):
                best = first, last, gutter
    return best


def _stretch(rows: list[Row], index: int, low: float, high: float) -> tuple[int, int, float]:
    """How far up and down from row `index` the strip from `low` to `high`, or part of it, stays free."""
    last = index + 1
    while last < len(rows) and (strip := _free(rows[last], low, high)):
        low, high = strip
        last += 1
    first = index
    while first > 0 and (strip := _free(rows[first - 1], low, high)):
        low, high = strip
        first -= 1
    return first, last, (low + high) / 2


def _free(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """The part of the strip that no piece of `row` touches, if it is still a gutter."""
    for piece in row:
        if piece.right <= low or piece.left >= high:
            continue
        if piece.left - low >= high - piece.right:
            high = piece.left
        else:
            low = piece.right
    return (low, high) if high - low >= _GUTTER * row[0].height else None


def _is_prose(rows: list[Row], gutter: float) -> bool:
    for side in (
        [piece for row in rows for piece in row if piece.right <= gutter],
        [piece for row in rows for piece in row if piece.right > gutter],
    ):
        if len(side) < _ROWS_AT_LEAST or median(len(piece.text) for piece in side) < _PROSE:
            return False
    return True


def _lines_of_block(rows: list[Row]) -> list[str]:
    tops = [row[0].top for row in rows]
    distances = [below - above for above, below in itertools.pairwise(tops)]
    usual = median(distances) if distances else 0.0
    heights = median(row[0].height for row in rows)
    usual = min(usual, 1.8 * heights)  # where most lines are paragraphs of their own, the middle is no guide
    lines = []
    for number, row in enumerate(rows):
        if number and distances[number - 1] > _PARAGRAPH_GAP * usual * _larger(
            rows[number - 1], row, heights
        ):
            lines.append("")
        lines.append(_line(row))
    return lines


def _larger(one: Row, other: Row, usual: float) -> float:
    """How many times as high as usual both rows are, at least one: a headline's lines lie that much further apart."""
    return max(1.0, min(one[0].height, other[0].height) / usual) if usual else 1.0


def _line(row: Row) -> str:
    text = row[0].text
    for one, other in itertools.pairwise(row):
        text += ("\t" if other.left - one.right > _CELL_GAP * one.height else " ") + other.text
    return text
