"""Parquet tables of releases cut into stretches that any machine can read by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa

from alambic.readers.columns import Columns, name_of, opened_parquet, parquet_rows, release_of
from alambic.readers.names import UniqueNames
from alambic.readers.source import Input, Rejected, Unreadable


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` rows of `table`, from row `first` (from 1), which is row `skip` (from 0) of its row group `group`.

    `renamed` has the names of the rows whose own name an earlier row or file has. `n_bytes` is what the rows hold,
    by the footer.
    """

    table: Input
    group: int
    skip: int
    first: int
    count: int
    n_bytes: int
    renamed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Footer:
    """Of each row group of `table`: its rows and its bytes, uncompressed."""

    table: Input
    groups: tuple[tuple[int, int], ...]

    @property
    def n_rows(self) -> int:
        """The rows of the table."""
        return sum(rows for rows, _ in self.groups)


def footer(table: Input, columns: Columns) -> Footer:
    """What the footer of `table` says; nothing else of it is read.

    Raises `Unreadable` where it is no Parquet file, lacks the text's column, or cannot be opened.
    """
    try:
        with opened_parquet(table, columns) as file:
            groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
            return Footer(table, tuple((group.num_rows, group.total_byte_size) for group in groups))
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error})", "mend the file") from None


def stretches(
    footer: Footer, columns: Columns, names: UniqueNames | None, rows: int, n_bytes: int
) -> Iterator[Stretch]:
    """The table of `footer` in stretches of at most `rows` rows and about `n_bytes` bytes, in order.

    With `names`, each row's name is claimed there, for which the identifiers' column is read; without, rows have
    the table's name and their number, which no other row has.
    """
    renamed = _renamed(footer.table, columns, names) if names else {}
    first = 1
    for group, (in_group, size) in enumerate(footer.groups):
        a_row = size / in_group if in_group else 0
        step = max(1, min(rows, int(n_bytes / a_row) if a_row else rows))
        for skip in range(0, in_group, step):
            count = min(step, in_group - skip)
            new = {n: renamed[n] for n in range(first, first + count) if n in renamed} if renamed else {}
            yield Stretch(footer.table, group, skip, first, count, int(count * a_row), new)
            first += count


def _renamed(table: Input, columns: Columns, names: UniqueNames) -> dict[int, str]:
    renamed = {}
    with opened_parquet(table, columns) as file:
        told: Iterable[Any] = (None for _ in range(file.metadata.num_rows))
        if columns.id is not None and columns.id in file.schema_arrow.names:
            told = (row[columns.id] for row in parquet_rows(file, Columns(text=columns.id, id=columns.id)))
        for number, identifier in enumerate(told, start=1):
            name = name_of(table, number, identifier)
            unique = names.claim(name)
            if unique != name:
                renamed[number] = unique
    return renamed


def _claimed(stretch: Stretch, number: int) -> Callable[[str], str]:
    return lambda name: stretch.renamed.get(number, name)


def read(stretch: Stretch, columns: Columns) -> Iterator[Input | Rejected]:
    """The releases of `stretch`, as `alambic.readers.columns.rows` gives them for the whole table."""
    number = stretch.first - 1
    try:
        with opened_parquet(stretch.table, columns) as file:
            rows = parquet_rows(file, columns, stretch.group)
            for number, row in enumerate(
                islice(rows, stretch.skip, stretch.skip + stretch.count), start=stretch.first
            ):
                yield release_of(stretch.table, columns, _claimed(stretch, number), number, row)
    except Unreadable as fault:
        yield Rejected(stretch.table.doc_id, stretch.table.source, "reading", fault.reason, fault.remedy)
    except (pa.ArrowException, OSError, UnicodeError, ValueError) as error:
        yield Rejected(
            stretch.table.doc_id,
            stretch.table.source,
            "reading",
            f"after row {number} it cannot be read ({error})",
            "mend the file",
        )
