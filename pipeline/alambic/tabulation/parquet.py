"""Tables as Parquet files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from alambic.tabulation.schemas import arrow_schema

# A row group of each table waits in memory until it is full.
_ROWS_A_GROUP = 20_000
_BYTES_A_GROUP = 16_000_000


class ParquetWriter:
    """Writes one Parquet file a table into `folder`.

    A row group ends by its own rows, their number and the length of their texts, so that the bytes do not depend on
    how the rows came in.
    """

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self._writers = {
            table: pq.ParquetWriter(folder / f"{table}.parquet", arrow_schema(table), compression="zstd")
            for table in tables
        }
        self._groups = {table: _Group() for table in tables}
        self.files = [f"{table}.parquet" for table in tables]

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`."""
        while rows.num_rows:
            taken = self._groups[table].take(rows)
            if self._groups[table].is_full:
                self._flush(table)
            rows = rows.slice(taken)

    def _flush(self, table: str) -> None:
        gathered = pa.concat_tables(self._groups[table].waiting).combine_chunks()
        self._groups[table] = _Group()
        self._writers[table].write_table(gathered, row_group_size=gathered.num_rows)

    def close(self) -> None:
        """Writes what is waiting and closes the files."""
        for table, group in self._groups.items():
            if group.waiting:
                self._flush(table)
            self._writers[table].close()


class _Group:
    """The rows of a row group that is not full yet."""

    def __init__(self) -> None:
        self.waiting: list[pa.Table] = []
        self._rows = self._bytes = 0

    @property
    def is_full(self) -> bool:
        return self._rows >= _ROWS_A_GROUP or self._bytes >= _BYTES_A_GROUP

    def take(self, rows: pa.Table) -> int:
        """Takes the first of `rows` until the group is full; how many."""
        rows = rows.slice(0, _ROWS_A_GROUP - self._rows)
        lengths = np.cumsum(_lengths(rows))
        fits = int(np.searchsorted(lengths, _BYTES_A_GROUP - self._bytes)) + 1
        rows = rows.slice(0, fits)
        self.waiting.append(rows)
        self._rows += rows.num_rows
        self._bytes += int(lengths[rows.num_rows - 1])
        return int(rows.num_rows)


def _lengths(rows: pa.Table) -> np.ndarray:
    """The bytes of the texts in each of `rows`."""
    lengths = np.zeros(rows.num_rows, np.int64)
    for column in rows.columns:
        if pa.types.is_string(column.type):
            lengths += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    return lengths
