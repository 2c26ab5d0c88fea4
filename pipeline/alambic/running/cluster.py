"""A run over many machines by Ray Data: slices of the inputs to tables on a shared file system or object store.

Each slice is extracted and written by one process, as a small local run: nothing is shuffled, sorted or gathered.
The tables are folders of Parquet files, one a slice, whose rows, in the order of the files' names, are those of the
local engine.
"""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from alambic.readers import Input, find, store
from alambic.running import manifest
from alambic.running.distiller import SLICES, Distiller, Finished, folder_of, tables_of
from alambic.running.faults import RunFault
from alambic.running.journal import FOLDER
from alambic.running.local import Progress, nothing_found
from alambic.running.manifest import Summary
from alambic.running.outputs import Outputs
from alambic.running.settings import Settings, changes
from alambic.running.slices import Slice, slices
from alambic.running.work import Extraction, shipped
from alambic.tabulation.schemas import TABLES, arrow_schema

HERE = "local"
"""The address that starts Ray on this machine, for one run."""

_SETTINGS = "settings.json"
_SLICES_AT_ONCE = 64  # blocks of slices that a process gets in the course of a run: many, to be even


def run(
    paths: Sequence[str | os.PathLike[str]],
    folder: str,
    settings: Settings,
    progress: Progress,
    *,
    address: str = HERE,
    jobs: int | None = None,
    resume: bool = False,
    extraction: Extraction = shipped,
) -> Summary:
    """Extracts all releases under `paths` and writes their tables into `folder`, on the cluster at `address`.

    `paths` and `folder` are what every machine reaches: addresses (`alambic.readers.store`), or paths on a file
    system that all share. `jobs` processes extract, all CPUs but one if not given. With `resume`, slices are kept
    that an earlier run into `folder` finished with the same settings, from files of the same size and time of change.

    Raises `RunFault` where the run cannot be done at all; a single input that cannot be read is a row of `rejected`.
    """
    began = time.monotonic()
    ray = _ray()
    outputs = Outputs(folder)
    besides = None if store.is_address(folder) else Path(folder)
    found = find(paths, tables=settings.columns is not None, besides=besides)
    if not any(isinstance(item, Input) for item in found.items):
        raise RunFault(nothing_found(paths, found))
    planned = {piece.name: piece for piece in slices(found, settings.columns, settings.max_bytes)}
    keys = {name: piece.key for name, piece in planned.items()}
    summary = Summary(outputs.address, dict.fromkeys(tables_of(settings), 0), left_out=dict(found.left_out))
    progress.begin(sum(piece.n_inputs for piece in planned.values()))
    with _written(outputs):
        for name, kept in _begin(outputs, settings, keys, progress, resume).items():
            _add(summary, kept)
            del planned[name]
        summary.kept = summary.inputs
    progress.advance(summary.inputs, summary.words)
    if planned:
        with _connected(ray, address) as cpus:
            jobs = _processes(jobs, cpus)
            work = [(piece, keys[name]) for name, piece in planned.items()]
            for one in _distilled(ray, work, outputs, settings, jobs, extraction):
                _add(summary, one)
                progress.advance(summary.inputs, summary.words)
    with _written(outputs):
        for table, n_rows in summary.rows.items():
            if not n_rows:
                outputs.write(f"{folder_of(table)}/{0:08d}.parquet", _empty(table))
        summary.files = [folder_of(table) for table in summary.rows]
        summary.seconds = time.monotonic() - began
        outputs.write(manifest.NAME, manifest.as_json(summary, settings, jobs or 0, "ray").encode())
    return summary


def _ray() -> Any:
    """The module `ray`. Raises `RunFault` where it is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anyone
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import_module("ray.data")
        return import_module("ray")
    except ImportError:
        raise RunFault(
            "--engine ray needs Ray, which is not installed: pip install 'alambic[ray]', here and on every machine"
            " of the cluster."
        ) from None


@contextmanager
def _written(outputs: Outputs) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunFault(
            f"{outputs.address}: it cannot be written ({error}); choose another folder with -o."
        ) from None


def _begin(
    outputs: Outputs, settings: Settings, keys: Mapping[str, str], progress: Progress, resume: bool
) -> dict[str, Finished]:
    """Clears away all of earlier runs but the slices that are kept, and gives these."""
    outputs.withdraw(manifest.NAME)
    fingerprint = settings.fingerprint()
    finished = _finished(outputs) if resume else {}
    if finished and (changed := _changes(outputs, fingerprint)):
        progress.say(f"All is extracted anew: {'; '.join(changed)}.")
        finished = {}
    there: dict[str, list[str]] = {}
    for table in TABLES:
        outputs.withdraw(folder_of(table))  # a local run's one file
        there[table] = outputs.names(folder_of(table))
    whole = {table: set(files) for table, files in there.items()}
    kept = {
        name: one
        for name, one in finished.items()
        if keys.get(name) == one.key
        and all(f"{name}.parquet" in whole[table] for table, n_rows in one.rows.items() if n_rows)
    }
    outputs.delete(SLICES, [file for file in outputs.names(SLICES) if file.removesuffix(".json") not in kept])
    for table, files in there.items():
        used = {f"{name}.parquet" for name, one in kept.items() if one.rows.get(table)}
        outputs.delete(folder_of(table), [file for file in files if file not in used])
    outputs.write(f"{FOLDER}/{_SETTINGS}", json.dumps(fingerprint).encode())
    return kept


def _finished(outputs: Outputs) -> dict[str, Finished]:
    finished = {}
    for name, told in outputs.read_all(SLICES).items():
        try:
            finished[name.removesuffix(".json")] = Finished(**json.loads(told))
        except (ValueError, TypeError):
            continue  # cut while it was written: the slice is done again
    return finished


def _changes(outputs: Outputs, fingerprint: Mapping[str, str]) -> list[str]:
    try:
        return changes(json.loads(outputs.read(f"{FOLDER}/{_SETTINGS}")), fingerprint)
    except (OSError, ValueError):
        return ["what it was made with is not known"]


def _add(summary: Summary, one: Finished) -> None:
    summary.inputs += one.inputs
    summary.words += one.words
    for table, n_rows in one.rows.items():
        summary.rows[table] += n_rows


def _empty(table: str) -> bytes:
    stream = io.BytesIO()
    pq.write_table(arrow_schema(table).empty_table(), stream, compression="zstd")
    return stream.getvalue()


@contextmanager
def _connected(ray: Any, address: str) -> Iterator[int]:
    """Ray at `address`, or where this process is connected already; how many CPUs it has."""
    ours = not ray.is_initialized()
    if ours:
        on_termination = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **_quiet(address))
            signal.signal(signal.SIGTERM, on_termination)  # Ray puts its own in place
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise RunFault(
                f"--address {address}: no Ray cluster answers there ({error}); check it with ray status."
            ) from None
    try:
        yield int(ray.cluster_resources().get("CPU", 0))
    finally:
        if ours:
            ray.shutdown()


def _quiet(address: str) -> dict[str, Any]:
    return {"include_dashboard": False} if address == HERE else {}


def _processes(wanted: int | None, cpus: int) -> int:
    """How many processes may extract: fewer than there are CPUs, for Ray Data waits for ever where none is left."""
    if cpus < 2:
        raise RunFault(f"Ray has {cpus} CPU and needs 2 at least; use --engine local.")
    if wanted is not None and wanted >= cpus:
        raise RunFault(
            f"--jobs {wanted}: Ray has {cpus} CPUs and needs one for itself; give {cpus - 1} at most."
        )
    return wanted or cpus - 1


class _Process:
    """The actor: a `Distiller` that tells faults as values, for Ray would try again what raises."""

    def __init__(
        self, outputs: Outputs, settings: Settings, fingerprint: dict[str, str], extraction: Extraction
    ) -> None:
        self._outputs = outputs
        self._differs = changes(fingerprint, settings.fingerprint())
        self._distiller = Distiller(outputs, settings, extraction)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        if self._differs:
            return {
                "fault": f"The cluster has another alambic ({'; '.join(self._differs)}); install the same."
            }
        piece, key = row["work"]
        try:
            return {"finished": self._distiller.distil(piece, key).as_json()}
        except RunFault as fault:
            return {"fault": str(fault)}


def _distilled(
    ray: Any,
    work: Sequence[tuple[Slice, str]],
    outputs: Outputs,
    settings: Settings,
    jobs: int,
    extraction: Extraction,
) -> Iterator[Finished]:
    """What each slice gave, as it comes."""
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    blocks = min(len(work), _SLICES_AT_ONCE * jobs)
    rows = ray.data.from_items([{"work": one} for one in work], override_num_blocks=blocks).map(
        _Process,
        fn_constructor_args=(outputs, settings, settings.fingerprint(), extraction),
        compute=ray.data.ActorPoolStrategy(size=min(jobs, blocks)),
        num_cpus=1,
    )
    try:
        for row in rows.iter_rows():
            if row.get("fault"):
                raise RunFault(row["fault"])
            yield Finished(**json.loads(row["finished"]))
    except ray.exceptions.RayError as error:
        told = str(error).strip().splitlines()[-1]
        raise RunFault(
            f"Ray gave up ({told}); see that every machine of the cluster has this alambic and memory enough."
        ) from None
