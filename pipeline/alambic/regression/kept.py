"""What a snapshot keeps of a release: the rows of its tables, without what changes though nothing has changed.

Left out are the recogniser's confidence, which moves with the processor; where the file lay and what it says of
itself; where a span ends, which its start and its text tell; and identifiers, which are numbered in the order of the
text, so that one more name shifts them all. A column that refers to another row by its identifier keeps that row's
name in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = dict[str, Any]

SPANS = ("entities", "figures", "dates", "quotes")
NAMES = ("people", "organisations")
TABLES = ("releases", *SPANS, *NAMES, "rejected")
"""The tables that are kept, in the order in which they are written and told."""

_LEFT_OUT = {"id", "doc_id", "source", "sha256", "metadata", "confidence", "entity_id", "end"}
_REFERENCES = {"speaker_id", "employer_id"}
_LAST = ("start", "sentence")
_SEVERAL = " ; "
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one release by table (`TABLES`), and the SHA-256 of its raw text, `None` where none was read.

    A cell that says nothing (`None`, an empty text or list) is not in its row. Offsets refer to the raw text.
    """

    doc_id: str
    sha256: str | None = None
    tables: Mapping[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """The rows of `table`, in order of place or name."""
        return self.tables.get(table, [])


def kept(tables: Mapping[str, Iterable[Row]]) -> dict[str, Kept]:
    """The releases whose rows, as `alambic.tabulation.rows` makes them or a run's files give them, are in `tables`.

    >>> figure = {"doc_id": "a", "id": "a:figure:9-14", "start": 9, "end": 14, "text": "12 M€", "value": 12e6}
    >>> release = {"doc_id": "a", "sha256": "0" * 64, "n_words": 80, "n_figures": 1, "title": None}
    >>> found = kept({"releases": [release], "figures": [figure]})["a"]
    >>> found.rows("figures"), found.rows("releases")
    ([{'text': '12 M€', 'value': 12000000, 'start': 9}], [{'n_words': 80}])
    """
    names = {
        row["entity_id"]: row["name"] for table in NAMES for row in tables.get(table, ()) if row["entity_id"]
    }
    hashes: dict[str, str] = {row["doc_id"]: row["sha256"] for row in tables.get("releases", ())}
    of_release: dict[str, dict[str, list[Row]]] = defaultdict(dict)
    for table in TABLES:
        for row in tables.get(table, ()):
            of_release[row["doc_id"]].setdefault(table, []).append(_row(row, names))
    return {
        doc_id: Kept(
            doc_id, hashes.get(doc_id), {table: sorted(rows, key=_order) for table, rows in found.items()}
        )
        for doc_id, found in of_release.items()
    }


def _row(row: Row, names: Mapping[str, str]) -> Row:
    cells = {
        column: _cell(_named(cell, names) if column in _REFERENCES else cell)
        for column, cell in row.items()
        if column not in _LEFT_OUT and (column == "n_words" or not column.startswith("n_"))
    }
    ordered = [column for column in cells if column not in _LAST] + [name for name in _LAST if name in cells]
    return {column: cells[column] for column in ordered if cells[column] not in (None, "", [])}


def _named(cell: str | None, names: Mapping[str, str]) -> str | None:
    return None if cell is None else _SEVERAL.join(names.get(one, one) for one in cell.split(_SEVERAL))


def _cell(cell: Any) -> Any:
    match cell:
        case float():
            # Whole numbers as such; others to what measures mean, for sums in another order differ in the last digits.
            return int(cell) if cell.is_integer() and abs(cell) < 1e15 else float(f"{cell:.{_DIGITS}g}")
        case date():
            return cell.isoformat()
        case list() | tuple():
            return list(cell)
    return cell


def _order(row: Row) -> tuple[Any, ...]:
    return (
        row.get("start", 0),
        len(row.get("text", "")),
        row.get("name", ""),
        sorted((column, repr(cell)) for column, cell in row.items()),
    )
