"""What a process of a distributed run does with a slice: a small local run, whose tables go to the shared folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from alambic.readers import Columns, Input, Rejected, stretches
from alambic.readers.stretches import Stretch
from alambic.running.delivery import Delivery, outcomes
from alambic.running.faults import RunFault
from alambic.running.journal import FOLDER, load
from alambic.running.outputs import Outputs
from alambic.running.parts import unnested, words_of
from alambic.running.planning import windows
from alambic.running.settings import Settings
from alambic.running.slices import Slice
from alambic.running.work import Extraction
from alambic.running.workers import Workers
from alambic.tabulation.parquet import ParquetWriter
from alambic.tabulation.schemas import TABLES

SLICES = f"{FOLDER}/slices"
"""The folder of the files that say which slices are finished, each written after the slice's tables."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a slice gave: its key (`Slice.key`), inputs, words, rows by table."""

    key: str
    inputs: int
    words: int
    rows: dict[str, int]

    def as_json(self) -> str:
        """As the file that says so holds it."""
        return json.dumps(asdict(self))


def tables_of(settings: Settings) -> list[str]:
    """The tables that a run with `settings` writes."""
    return [name for name in TABLES if name != "texts" or settings.keep_text]


def folder_of(table: str) -> str:
    """The folder of the files of `table`; it has the name that the table's one file has in a local run."""
    return f"{table}.parquet"


class Distiller:
    """Extracts slices and writes their tables to `outputs`.

    The extraction runs in a process of its own, as in a local run: a release that hangs it or kills it is rejected
    and nothing else is lost. The model is loaded once, there.
    """

    def __init__(self, outputs: Outputs, settings: Settings, extraction: Extraction) -> None:
        self._outputs = outputs
        self._settings = settings
        self._scratch = tempfile.TemporaryDirectory(prefix="alambic-")
        self._parts = Path(self._scratch.name) / "parts"
        self._parts.mkdir()
        self._workers = Workers(1, settings, self._parts, extraction)

    def distil(self, piece: Slice, key: str) -> Finished:
        """Extracts `piece`, writes its tables, and then that it is finished.

        Raises `RunFault` where the model cannot be loaded or the tables cannot be written.
        """
        tables = tables_of(self._settings)
        rows = dict.fromkeys(tables, 0)
        n_inputs = n_words = 0
        writer = ParquetWriter(Path(self._scratch.name), tables)
        planned = windows(_inputs(piece, self._settings.columns), lambda item: None, 0)
        for window in Delivery(planned, self._parts, self._workers, self._settings, jobs=1):
            if window is None:
                continue
            found = outcomes(window, lambda name: load(self._parts / name))
            n_inputs += len(window.entries)
            n_words += words_of(found)
            for table in tables:
                of_table = unnested(found, table)
                rows[table] += of_table.num_rows
                writer.write(table, of_table)
        writer.close()
        for part in self._parts.iterdir():
            part.unlink()
        finished = Finished(key, n_inputs, n_words, rows)
        self._deliver(piece, finished)
        return finished

    def _deliver(self, piece: Slice, finished: Finished) -> None:
        try:
            for table, n_rows in finished.rows.items():
                if n_rows:
                    file = Path(self._scratch.name) / f"{table}.parquet"
                    self._outputs.copy(file, f"{folder_of(table)}/{piece.name}.parquet")
            self._outputs.write(f"{SLICES}/{piece.name}.json", finished.as_json().encode())
        except OSError as error:
            raise RunFault(
                f"{self._outputs.address}: it cannot be written ({error}); choose another folder with -o."
            ) from None


def _inputs(piece: Slice, columns: Columns | None) -> Iterator[Input | Rejected]:
    for unit in piece.units:
        if isinstance(unit, Stretch):
            yield from stretches.read(unit, columns or Columns())
        else:
            yield unit
