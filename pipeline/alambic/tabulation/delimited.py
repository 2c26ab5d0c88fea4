"""Tables as CSV files: UTF-8, comma, one header line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from alambic.tabulation.flat import flat
from alambic.tabulation.formulas import guarded
from alambic.tabulation.schemas import arrow_schema


class CsvWriter:
    """Writes one CSV file a table into `folder`; no cell runs as a formula in a spreadsheet."""

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self._writers = {
            table: pyarrow.csv.CSVWriter(
                folder / f"{table}.csv", flat(arrow_schema(table).empty_table()).schema
            )
            for table in tables
        }
        self.files = [f"{table}.csv" for table in tables]

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`."""
        rows = flat(rows)
        for index, field in enumerate(rows.schema):
            if pa.types.is_string(field.type):
                rows = rows.set_column(index, field, guarded(rows.column(index)))
        self._writers[table].write(rows)

    def close(self) -> None:
        """Closes the files."""
        for writer in self._writers.values():
            writer.close()
