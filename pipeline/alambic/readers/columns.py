"""Tables that hold a release a row: CSV, JSON lines, Parquet."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from alambic.readers import store
from alambic.readers.decoding import decode
from alambic.readers.names import UniqueNames
from alambic.readers.source import Input, Rejected, Unreadable, holds_words

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_STATED_DELIMITER = re.compile(r"sep=(.)\r?")  # a first line that Excel understands
_LONGEST_LINE = 50_000_000
_ENCODING_SAMPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds the text, which the identifier, which the day of publication (`None`: there is
    none).
    """

    text: str = "text"
    id: str | None = None
    date: str | None = None


def rows(item: Input, columns: Columns, names: UniqueNames) -> Iterator[Input | Rejected]:
    """The releases in the table `item`, one a row, read as a stream.

    A row without text, or a line that cannot be parsed, is a `Rejected` and the rest goes on. `doc_id` is the
    identifier column's value, or the table's `doc_id` and the row's number (from 1); `names` makes it unique.
    """
    number = 0
    try:
        for number, row in enumerate(_READERS[item.suffix](item, columns), start=1):
            yield release_of(item, columns, names.claim, number, row)
        if not number:
            raise Unreadable("it has no rows", "check that it was saved whole")
    except Unreadable as fault:
        yield Rejected(item.doc_id, item.source, "reading", fault.reason, fault.remedy)
    except (OSError, csv.Error, UnicodeError, ValueError) as error:
        where = f"after row {number} " if number else ""
        yield Rejected(
            item.doc_id, item.source, "reading", f"{where}it cannot be read ({error})", "mend the file"
        )


def release_of(
    item: Input,
    columns: Columns,
    claim: Callable[[str], str],
    number: int,
    row: Mapping[str, Any] | Unreadable,
) -> Input | Rejected:
    """The release in row `number` (from 1) of the table `item`; `claim` makes its name unique."""
    source = f"{item.source}#{number}"
    if isinstance(row, Unreadable):
        return Rejected(f"{item.doc_id}/{number}", source, "reading", row.reason, row.remedy)
    doc_id = claim(name_of(item, number, row.get(columns.id) if columns.id else None))
    try:
        text = _release(row.get(columns.text))
    except Unreadable as fault:
        return Rejected(
            doc_id, source, "reading", f"its column {columns.text!r}: {fault.reason}", fault.remedy
        )
    published = _day(row.get(columns.date)) if columns.date else None
    return Input(
        doc_id, source, text=text, n_bytes=len(text), published=published, metadata={"row": str(number)}
    )


def name_of(item: Input, number: int, identifier: Any) -> str:
    """The name of row `number` of the table `item`, before it is made unique: its `identifier`, if it has one."""
    return _text(identifier).strip() or f"{item.doc_id}/{number}"


def _release(cell: Any) -> str:
    """The text in the cell of the text's column. Raises `Unreadable` where there is none."""
    if isinstance(cell, bytes):
        return decode(cell).text
    if not isinstance(cell, str | None):
        raise Unreadable(
            f"it holds no text ({type(cell).__name__})", "name the text's column with --text-column"
        )
    text = _text(cell)
    if not text.strip():
        raise Unreadable("it is empty", "leave the row out")
    if not holds_words(text):
        raise Unreadable("it holds no words", "leave the row out")
    return text


def _text(cell: Any) -> str:
    """A cell as text; halves of surrogate pairs, which JSON can hold but no file, become U+FFFD."""
    if cell is None:
        return ""
    return str(cell).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _day(cell: Any) -> date | None:
    """The day that a cell holds: a date, an ISO text, or day/month/year as the French write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell).strip()
    try:
        if french := _FRENCH_DAY.match(text):
            day, month, year = (int(part) for part in french.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _json_lines(item: Input, columns: Columns) -> Iterator[Mapping[str, Any] | Unreadable]:
    with open(item.path, "rb") as file:
        first = True
        while line := file.readline(_LONGEST_LINE):
            if not line.strip():
                continue
            was_first, first = first, False
            try:
                row = json.loads(decode(line).text)
            except (ValueError, RecursionError, Unreadable):
                if was_first and line.lstrip(b"\xef\xbb\xbf \t").startswith(b"["):
                    raise Unreadable("it is one JSON array", "write one JSON object a line") from None
                yield Unreadable("the line is not JSON", "write one JSON object a line")
                continue
            if not isinstance(row, dict):
                yield Unreadable("the line is no JSON object", "write one JSON object a line")
            elif columns.text not in row:
                yield _no_column(columns.text, row)
            else:
                yield row


def _csv(item: Input, columns: Columns) -> Iterator[Mapping[str, Any] | Unreadable]:
    with open(item.path, "rb") as file:
        sample = decode(file.read(_ENCODING_SAMPLE))
    encoding = "utf-8-sig" if sample.encoding == "utf-8" else sample.encoding
    header = sample.text.partition("\n")[0]
    stated = _STATED_DELIMITER.fullmatch(header)
    delimiter = stated.group(1) if stated else max(",;\t|", key=header.count)
    csv.field_size_limit(_LONGEST_LINE)
    with open(item.path, encoding=encoding, errors="replace", newline="") as stream:
        lines = _Lines(stream)
        if stated:
            next(lines)
        table = csv.DictReader(lines, delimiter=delimiter)
        table.fieldnames = [name.strip() for name in table.fieldnames or ()]
        if columns.text not in (table.fieldnames or ()):
            raise _no_column(columns.text, dict.fromkeys(table.fieldnames or ()))
        for row in table:
            if lines.ended:  # within the row
                yield Unreadable(
                    "a quotation mark in it is not closed, so that all that follows is one cell",
                    "close the mark, or double it",
                )
            else:
                yield row


class _Lines(Iterator[str]):
    """The lines of `stream`; `ended` says that more were asked for than there are."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._lines = iter(stream)
        self.ended = False

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise


def _parquet(item: Input, columns: Columns) -> Iterator[Mapping[str, Any]]:
    with opened_parquet(item, columns) as file:
        yield from parquet_rows(file, columns)


def opened_parquet(item: Input, columns: Columns) -> pq.ParquetFile:
    """The Parquet table `item`. Raises `Unreadable` where it is none or lacks the text's column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    system, path = store.opened(item.path)
    try:
        file = pq.ParquetFile(system.open_input_file(path))
    except pa.ArrowException as error:
        raise Unreadable(f"it is no Parquet file ({error})", "write it again") from None
    if columns.text not in file.schema_arrow.names:
        raise _no_column(columns.text, dict.fromkeys(file.schema_arrow.names))
    return file


def parquet_rows(
    file: pq.ParquetFile, columns: Columns, group: int | None = None
) -> Iterator[Mapping[str, Any]]:
    """The rows of `file`, or of one of its row groups, as a stream; no other columns than those named are read."""
    wanted = [name for name in (columns.text, columns.id, columns.date) if name in file.schema_arrow.names]
    groups = None if group is None else [group]
    for batch in file.iter_batches(batch_size=64, row_groups=groups, columns=wanted):
        yield from batch.to_pylist()


def _no_column(name: str, row: Mapping[str, Any]) -> Unreadable:
    there = ", ".join(str(key) for key in list(row)[:12]) or "none"
    return Unreadable(
        f"it has no column {name!r} (its columns: {there})", "name the text's column with --text-column"
    )


_READERS = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv, ".parquet": _parquet}
