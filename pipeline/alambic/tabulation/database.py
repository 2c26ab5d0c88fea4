"""Tables as one DuckDB file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from alambic.tabulation.schemas import TABLES, arrow_schema


class DatabaseWriter:
    """Writes `alambic.duckdb` into `folder`: a table each, with the data dictionary as comments."""

    files = ["alambic.duckdb"]  # noqa: RUF012

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self._connection = duckdb.connect(str(folder / self.files[0]), config={"threads": 1})
        for table in tables:
            empty = arrow_schema(table).empty_table()
            self._connection.register("given", empty)
            self._connection.execute(f'CREATE TABLE "{table}" AS SELECT * FROM given')
            self._connection.unregister("given")
            self._comment(f'TABLE "{table}"', str(TABLES[table].description))
            for name, column in TABLES[table].columns.items():
                self._comment(f'COLUMN "{table}"."{name}"', str(column.description))

    def _comment(self, on: str, text: str) -> None:
        quoted = text.replace("'", "''")
        self._connection.execute(f"COMMENT ON {on} IS '{quoted}'")

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`. Raises `OSError`."""
        if rows.num_rows:
            with _faults_of_the_disk():
                self._connection.register("given", rows)
                self._connection.execute(f'INSERT INTO "{table}" SELECT * FROM given')
                self._connection.unregister("given")

    def close(self) -> None:
        """Closes the database. Raises `OSError`."""
        with _faults_of_the_disk():
            self._connection.close()


@contextmanager
def _faults_of_the_disk() -> Iterator[None]:
    try:
        yield
    except duckdb.IOException as error:
        raise OSError(str(error).partition("\n")[0]) from None
