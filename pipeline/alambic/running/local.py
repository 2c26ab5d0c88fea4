"""A run on this machine: inputs to tables, through processes, with a journal that survives a kill."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Protocol

from alambic.readers import Found, Input, Rejected, expanded, find
from alambic.readers.inputs import ROWS
from alambic.running import manifest
from alambic.running.delivery import Delivery, outcomes
from alambic.running.faults import RunFault, not_written
from alambic.running.journal import Journal, Place
from alambic.running.manifest import Summary
from alambic.running.parts import unnested, words_of
from alambic.running.planning import Window, windows
from alambic.running.settings import Settings
from alambic.running.work import Extraction, load, shipped
from alambic.running.workers import Workers
from alambic.tabulation.schemas import TABLES
from alambic.tabulation.writing import Format, TablesWriter


class Progress(Protocol):
    """Is told how a run goes."""

    def begin(self, total: int | None) -> None:
        """There are `total` inputs; `None` where tables of releases leave it open."""

    def advance(self, inputs: int, words: int) -> None:
        """So many inputs are finished so far, and those delivered gave so many words."""

    def say(self, sentence: str) -> None:
        """Something that the user should know."""


_REASONS = 5  # the table has the others


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
        raise RunFault(nothing_found(paths, found))
    try:
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
                    delivery = Delivery(planned, journal.folder_of_parts, workers, settings, jobs)
                    for window in delivery:
                        if window is not None:
                            summary.words += _write(window, journal, writer, summary.reasons)
                            summary.inputs += len(window.entries)
                            summary.kept += window.n_kept
                            used.update(entry.part for entry in window.entries if isinstance(entry, Place))
                        progress.advance(summary.inputs + delivery.n_under_way, summary.words)
                before = manifest.withdraw(folder)
                for name in before:
                    if (folder / name).is_dir():  # of a run with Ray: no file can take its place
                        shutil.rmtree(folder / name)
            for name in set(before) - set(writer.files):
                (folder / name).unlink(missing_ok=True)
            summary.rows, summary.files = writer.rows, writer.files
            summary.seconds = time.monotonic() - began
            manifest.write(folder, manifest.as_json(summary, settings, jobs))
            journal.finish(used)
    except OSError as error:  # inputs' own are rejections
        raise not_written(folder, error) from None
    return summary


def nothing_found(paths: Sequence[str | PathLike[str]], found: Found) -> str:
    """Why there is nothing to extract under `paths`, a sentence."""
    faults = [str(item) for item in islice(found.items, _REASONS) if isinstance(item, Rejected)]
    if len(found.items) > len(faults):
        faults.append("…")
    if faults:
        return "\n".join(faults)
    given = ", ".join(str(path) for path in paths)
    told = f"{given}: no release is there (.txt, .md, .pdf, .html, .docx, .eml, .zip)"
    if found.left_out:
        kinds = ", ".join(f"{times:,} {kind}" for kind, times in sorted(found.left_out.items()))
        told += f", but {kinds}"
    if ROWS & found.left_out.keys():
        return f"{told}; for tables of releases name their column with --text-column."
    return f"{told}; check the path."


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


def _write(window: Window, journal: Journal, writer: TablesWriter, reasons: list[str]) -> int:
    """Writes the rows of `window`; the words of its releases. Fills up `reasons` with those of rejected inputs."""
    found = outcomes(window, journal.read)
    for table in writer.rows:
        rows = unnested(found, table)
        writer.write(table, rows)
        if table == "rejected":
            told = rows.slice(0, _REASONS - len(reasons)).to_pylist()
            reasons += [f"{row['source']}: {row['reason']}; {row['remedy']}." for row in told]
    return words_of(found)
