"""Tables as Parquet files."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from alambic.tabulation.schemas import arrow_schema

_ROWS_A_GROUP = 50_000
_TEXTS_A_GROUP = 1_000  # whole releases: a group must fit in memory


class ParquetWriter:
    """Writes one Parquet file a table into `folder`.

    Row groups have a fixed length, so that the bytes do not depend on how the rows came in.
    """

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self._writers = {
            table: pq.ParquetWriter(folder / f"{table}.parquet", arrow_schema(table), compression="zstd")
            for table in tables
        }
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in tables}
        self.files = [f"{table}.parquet" for table in tables]

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`."""
        waiting = self._waiting[table]
        waiting.append(rows)
        group = _TEXTS_A_GROUP if table == "texts" else _ROWS_A_GROUP
        if sum(part.num_rows for part in waiting) < group:
            return
        gathered = pa.concat_tables(waiting)
        whole = gathered.num_rows - gathered.num_rows % group
        self._write(table, gathered.slice(0, whole), group)
        self._waiting[table] = [gathered.slice(whole)]

    def _write(self, table: str, rows: pa.Table, group: int) -> None:
        self._writers[table].write_table(rows.combine_chunks(), row_group_size=group)

    def close(self) -> None:
        """Writes what is waiting and closes the files."""
        for table, waiting in self._waiting.items():
            gathered = pa.concat_tables(waiting) if waiting else arrow_schema(table).empty_table()
            if gathered.num_rows:
                self._write(table, gathered, _ROWS_A_GROUP)
            self._writers[table].close()
