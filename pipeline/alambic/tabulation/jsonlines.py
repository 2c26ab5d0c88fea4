"""Tables as JSON lines: one object a row, UTF-8."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa


class JsonLinesWriter:
    """Writes one `.jsonl` file a table into `folder`; days are ISO texts."""

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self.files = [f"{table}.jsonl" for table in tables]
        self._streams = {
            table: open(folder / f"{table}.jsonl", "w", encoding="utf-8", newline="\n")  # noqa: SIM115
            for table in tables
        }

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`."""
        stream = self._streams[table]
        for row in rows.to_pylist():
            stream.write(json.dumps(row, ensure_ascii=False, allow_nan=False, default=date.isoformat) + "\n")

    def close(self) -> None:
        """Closes the files."""
        for stream in self._streams.values():
            stream.close()
