"""A run on this machine: inputs to tables, through processes, with a journal that survives a kill."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from alambic.readers import Found, Input, Rejected, expanded, find
from alambic.running import manifest
from alambic.running.delivery import Delivery
from alambic.running.faults import RunFault
from alambic.running.journal import Journal, Place
from alambic.running.manifest import Summary
from alambic.running.parts import joined, part, unnested
from alambic.running.planning import Window, windows
from alambic.running.settings import Settings
from alambic.running.work import Extraction, load, rejected_outcome, shipped
from alambic.running.workers import Workers
from alambic.tables.schemas import TABLES
from alambic.tables.writing import Format, TablesWriter


class Progress(Protocol):
    """Is told how a run goes."""

    def begin(self, total: int | None) -> None:
        """There are `total` inputs; `None` where tables of releases leave it open."""

    def advance(self, inputs: int, words: int) -> None:
        """So many inputs are finished so far, and those delivered gave so many words."""

    def say(self, sentence: str) -> None:
        """Something that the user should know."""


def run(
    paths: Sequence[str | PathLike[str]],
    folder: Path,
    settings: Settings,
    progress: Progress,
    *,
    formats: Sequence[Format] = (Format.PARQUET,),
    jobs: int = 1,
    resume: bool = False,
    extraction: Extraction = shipped,
) -> Summary:
    """Extracts all releases under `paths` and writes their tables into `folder`.

    With `resume`, inputs that an earlier run into `folder` finished with the same settings are not extracted
    again. The tables are the same, byte for byte, for any `jobs` and whether or not the run was interrupted.

    Raises `RunFault` where the run cannot be done at all; a single input that cannot be read is a row of
    `rejected`.
    """
    began = time.monotonic()
    found = find(paths, tables=settings.columns is not None, besides=folder)
    if not any(isinstance(item, Input) for item in found.items):
        raise RunFault(_nothing(paths, found))
    with Journal(folder) as journal:
        _open(journal, settings, progress, resume)
        summary = Summary(folder, left_out=dict(sorted(found.left_out.items())))
        items = expanded(found, settings.columns, settings.max_bytes)
        progress.begin(None if found.holds_tables else len(found.items))
        planned = windows(items, lambda item: _kept(item, journal, settings), journal.next_number)
        tables = [name for name in TABLES if name != "texts" or settings.keep_text]
        used: set[str] = set()
        with TablesWriter(folder, journal.workshop, formats, tables) as writer:
            with Workers(jobs, settings, journal.folder_of_parts, extraction) as workers:
                delivery = Delivery(planned, journal, workers, settings, jobs)
                for window in delivery:
                    if window is not None:
                        summary.words += _write(window, journal, writer)
                        summary.inputs += len(window.entries)
                        summary.kept += window.n_kept
                        used.update(entry.part for entry in window.entries if isinstance(entry, Place))
                    progress.advance(summary.inputs + delivery.n_under_way, summary.words)
            stale = set(manifest.withdraw(folder)) - set(writer.files)
        for name in stale:
            (folder / name).unlink(missing_ok=True)
        summary.rows, summary.files = writer.rows, writer.files
        summary.seconds = time.monotonic() - began
        manifest.write(summary, settings, jobs)
        journal.finish(used)
    return summary


def _nothing(paths: Sequence[str | PathLike[str]], found: Found) -> str:
    faults = [str(item) for item in found.items if isinstance(item, Rejected)]
    given = ", ".join(str(path) for path in paths)
    return (
        "\n".join(faults)
        or f"{given}: no release is there (.txt, .md, .pdf, .html, .docx, .eml, .zip); check the path."
    )


def _open(journal: Journal, settings: Settings, progress: Progress, resume: bool) -> None:
    fingerprint = settings.fingerprint()
    changes = journal.changes(fingerprint)
    if resume and changes:
        progress.say(f"All is extracted anew: {'; '.join(changes)}.")
    elif not resume and journal.is_unfinished:
        progress.say(
            "An earlier run into this folder was interrupted; --resume would have gone on from there."
        )
    journal.start(fingerprint, keep=resume and not changes)


def _kept(item: Input, journal: Journal, settings: Settings) -> Place | None:
    return None if journal.is_empty else journal.place(load(item, settings.max_bytes))


def _write(window: Window, journal: Journal, writer: TablesWriter) -> int:
    """Writes the rows of `window`; the words of its releases."""
    outcomes = joined(_pieces(window, journal))
    for table in writer.rows:
        writer.write(table, unnested(outcomes, table))
    return pc.sum(unnested(outcomes, "releases").column("n_words")).as_py() or 0


def _pieces(window: Window, journal: Journal) -> list[pa.Table]:
    """The parts' rows that the window's entries stand for, neighbours of one part taken together."""
    pieces = []
    for name, entries in groupby(
        window.entries, lambda entry: entry.part if isinstance(entry, Place) else None
    ):
        if name is None:
            pieces += [
                part([rejected_outcome(b"\0" * 32, fault)])
                for fault in entries
                if isinstance(fault, Rejected)
            ]
        else:
            rows = [entry.row for entry in entries if isinstance(entry, Place)]
            kept = journal.read(name)
            whole = rows == list(range(kept.num_rows))
            pieces.append(kept if whole else kept.take(pa.array(rows, pa.int32())))
    return pieces
