"""Reads the tables of a run back, in whichever format they were written, one release at a time."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from alambic.report.faults import ReportFault
from alambic.tabulation.formulas import is_formula
from alambic.tabulation.schemas import TABLES, arrow_schema

Row = dict[str, Any]

MANIFEST = "run.json"
SEVERAL = " ; "
"""Between the items of one cell: aliases in flat formats, several speakers of a quote."""

_OF_A_RELEASE = ("entities", "people", "organisations", "figures", "dates", "quotes", "texts")


@dataclass(frozen=True, slots=True)
class RunTables:
    """The tables of a run: `manifest` is its `run.json` (empty without one), `tables` its rows by table."""

    folder: Path
    manifest: dict[str, Any]
    tables: dict[str, list[Row]]

    @property
    def has_texts(self) -> bool:
        """Whether the run kept the raw texts."""
        return bool(self.tables["texts"])

    def releases(self) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
        """Each row of `releases` with its rows of every other table."""
        of_release: dict[str, dict[str, list[Row]]] = defaultdict(
            lambda: {name: [] for name in _OF_A_RELEASE}
        )
        for table in _OF_A_RELEASE:
            for row in self.tables[table]:
                of_release[row["doc_id"]][table].append(row)
        for row in self.tables["releases"]:
            yield row, of_release[row["doc_id"]]


def read_run(folder: Path) -> RunTables:
    """The tables in `folder`, from Parquet, JSON lines, CSV or DuckDB, the first of these that is there.

    Raises `ReportFault` where no tables are, where they are in a workbook alone, or where one cannot be read.
    """
    if not folder.is_dir():
        raise ReportFault(f"{folder}: no such folder; name the folder that alambic run wrote its tables to.")
    manifest = _manifest(folder)
    present = set(os.listdir(folder))
    if manifest.get("files"):  # others are of an earlier run
        present &= set(manifest["files"])
    if any(f"releases{suffix}" in present for suffix in _READERS):
        tables = {table: _read(folder, present, table) for table in TABLES}
        return RunTables(folder, manifest, tables)
    if (database := folder / "alambic.duckdb").exists():
        return RunTables(folder, manifest, _duckdb(database))
    if (folder / "alambic.xlsx").exists():
        raise ReportFault(
            f"{folder}: its tables are a workbook alone, which shortens long texts;"
            " run again with --format parquet beside it."
        )
    raise ReportFault(f"{folder}: it holds no tables; name the folder that alambic run wrote its tables to.")


def _read(folder: Path, present: Set[str], table: str) -> list[Row]:
    # Raw texts may be in Parquet where the other tables are in another format.
    suffix = next((suffix for suffix in _READERS if f"{table}{suffix}" in present), None)
    if suffix is None:
        return []
    path = folder / f"{table}{suffix}"
    try:
        rows = _READERS[suffix](path, table)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise ReportFault(f"{path}: it cannot be read ({error}); run alambic run again.") from None
    lacking = [name for name in arrow_schema(table).names if rows and name not in rows[0]]
    if lacking:
        raise ReportFault(
            f"{path}: it lacks the column {lacking[0]}; run alambic run again with this version of Alambic."
        )
    return rows


def _parquet(path: Path, table: str) -> list[Row]:
    return _with_days_as_texts(pq.ParquetFile(path).read())


def _json_lines(path: Path, table: str) -> list[Row]:
    with open(path, encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def _csv(path: Path, table: str) -> list[Row]:
    lists = [field.name for field in arrow_schema(table) if pa.types.is_list(field.type)]
    types = {field.name: pa.string() if field.name in lists else field.type for field in arrow_schema(table)}
    read = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    for index, field in enumerate(read.schema):
        if pa.types.is_string(field.type):
            read = read.set_column(index, field.name, _unguarded(read.column(index)))
    rows = _with_days_as_texts(read)
    for row in rows:
        for name in lists:
            row[name] = row[name].split(SEVERAL) if row[name] else []
    return rows


def _unguarded(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    bare = pc.utf8_slice_codeunits(cells, 1)
    return pc.if_else(pc.and_(pc.starts_with(cells, "'"), is_formula(bare)), bare, cells)


_READERS: dict[str, Callable[[Path, str], list[Row]]] = {
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".csv": _csv,
}


def _duckdb(path: Path) -> dict[str, list[Row]]:
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            present = {
                name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            }
            return {table: _selected(connection, table) if table in present else [] for table in TABLES}
    except duckdb.Error as error:
        raise ReportFault(f"{path}: it cannot be read ({error}); run alambic run again.") from None


def _selected(connection: Any, table: str) -> list[Row]:
    names = arrow_schema(table).names
    columns = ", ".join(f'"{name}"' for name in names)
    return [
        {
            name: cell.isoformat() if isinstance(cell, date) else cell
            for name, cell in zip(names, row, strict=True)
        }
        for row in connection.execute(f'SELECT {columns} FROM "{table}"').fetchall()
    ]


def _with_days_as_texts(table: pa.Table) -> list[Row]:
    for index, field in enumerate(table.schema):
        if pa.types.is_date(field.type):
            table = table.set_column(index, field.name, table.column(index).cast(pa.string()))
    rows: list[Row] = table.to_pylist()
    return rows


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ReportFault(
            f"{folder / MANIFEST}: it cannot be read ({error}); run alambic run again."
        ) from None
    return told if isinstance(told, dict) else {}
