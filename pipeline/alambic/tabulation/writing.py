"""Tables to a folder, in any of the formats, all or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol

import pyarrow as pa


class Format(StrEnum):
    """A format that tables are written in."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    DUCKDB = "duckdb"


_RAW = "texts"
_FAITHFUL = frozenset({Format.PARQUET, Format.JSONL, Format.DUCKDB})


class TableWriter(Protocol):
    """Writes tables in one format; `files` are the names of what it makes."""

    files: list[str]

    def write(self, table: str, rows: pa.Table) -> None: ...
    def close(self) -> None: ...


def _writer(form: Format) -> Callable[[Path, list[str]], TableWriter]:
    # Each format's library is loaded only where it is written.
    match form:
        case Format.PARQUET:
            from alambic.tabulation.parquet import ParquetWriter

            return ParquetWriter
        case Format.CSV:
            from alambic.tabulation.delimited import CsvWriter

            return CsvWriter
        case Format.JSONL:
            from alambic.tabulation.jsonlines import JsonLinesWriter

            return JsonLinesWriter
        case Format.XLSX:
            from alambic.tabulation.workbook import WorkbookWriter

            return WorkbookWriter
        case Format.DUCKDB:
            from alambic.tabulation.database import DatabaseWriter

            return DatabaseWriter


def _shares(formats: Iterable[Format], tables: Sequence[str]) -> dict[Format, list[str]]:
    """The tables that each format holds: raw texts go where every character is kept, to Parquet if nowhere else.

    A guard against formulas, a cell's greatest length or its line ends would break the offsets into them.
    """
    shares = {form: [table for table in tables if form in _FAITHFUL or table != _RAW] for form in formats}
    if _RAW in tables and not any(_RAW in share for share in shares.values()):
        shares.setdefault(Format.PARQUET, []).append(_RAW)
    return shares


class TablesWriter:
    """Writes tables under temporary names in `workshop` and moves them into `folder` when all are whole.

    A context manager: leaving it by an exception, or being killed, leaves what `folder` held before.
    `workshop` must be on the same file system as `folder`.
    """

    def __init__(
        self, folder: Path, workshop: Path, formats: Sequence[Format], tables: Sequence[str]
    ) -> None:
        self._folder = folder
        self._workshop = workshop
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir(parents=True)
        self._writers = [
            (_writer(form)(workshop, list(of_form)), of_form)
            for form, of_form in _shares(dict.fromkeys(formats), tables).items()
        ]
        self.rows = dict.fromkeys(tables, 0)

    @property
    def files(self) -> list[str]:
        """The names of the files that the tables are in."""
        return [name for writer, _ in self._writers for name in writer.files]

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`, in every format."""
        self.rows[table] += rows.num_rows
        for writer, tables in self._writers:
            if table in tables:
                writer.write(table, rows)

    def __enter__(self) -> TablesWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for writer, _ in self._writers:
                writer.close()
            if kind is None:
                for name in self.files:
                    os.replace(self._workshop / name, self._folder / name)
        finally:
            shutil.rmtree(self._workshop, ignore_errors=True)
