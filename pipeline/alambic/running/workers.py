"""Processes that extract, each with its own model; one that hangs or dies is replaced and its inputs are
named.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from alambic.running.faults import RunFault, not_written
from alambic.running.interrupts import held_back
from alambic.running.journal import save
from alambic.running.planning import Task
from alambic.running.settings import Settings
from alambic.running.work import Extraction, load, part_of, shipped

_READY, _ONE_MORE, _DONE = "ready", "one more", "done"  # what a process says
_NEW_OBJECTS = 50_000  # between two looks of the collector; some megabytes
_AT_MOST = 3600.0  # seconds to wait without a look: the system cannot count endless ones
_LOADING = 600.0  # seconds that a model may take to load, on a machine under load


@dataclass(frozen=True, slots=True)
class Done:
    """A task's part is in its file."""

    task: Task


@dataclass(frozen=True, slots=True)
class Lost:
    """A task's process had to be stopped, or died; `reason` is a clause."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Alive:
    """One more release of a task is done."""

    task: Task


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: Task | None = None
    heard: float = field(default_factory=time.monotonic)
    ready: bool = False


class Workers:
    """`jobs` processes that put the parts of the tasks given to `submit` into `folder`.

    A context manager; leaving it stops them.
    """

    def __init__(self, jobs: int, settings: Settings, folder: Path, extraction: Extraction = shipped) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._settings = settings
        self._folder = folder
        self._extraction = extraction
        self._workers = [self._start() for _ in range(jobs)]
        self._waiting: list[Task] = []

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._settings, self._folder, self._extraction), daemon=True
        )
        try:
            with held_back():
                process.start()
        except OSError as error:
            raise RunFault(
                f"A process cannot be started ({error.strerror or error}); give fewer with --jobs."
            ) from None
        theirs.close()
        return _Worker(process, ours)

    def submit(self, task: Task) -> None:
        """Has `task` done as soon as a process is free."""
        self._waiting.append(task)
        self._assign()

    def _assign(self) -> None:
        for worker in self._workers:
            if worker.task is None and self._waiting:
                worker.task = self._waiting.pop(0)
                worker.heard = time.monotonic()
                with contextlib.suppress(OSError):  # it died: `events` finds out
                    worker.pipe.send(worker.task)

    def events(self) -> list[Done | Lost | Alive]:
        """Waits until something happened and says what.

        Raises `RunFault` where the model cannot be loaded.
        """
        happened: list[Done | Lost | Alive] = []
        while not happened:
            ready = wait([worker.pipe for worker in self._workers], timeout=self._patience())
            for index, worker in enumerate(self._workers):
                if worker.pipe in ready:
                    happened += self._hear(index, worker)
                elif worker.task and time.monotonic() > self._deadline(worker):
                    worker.process.kill()
                    happened += self._replace(index, f"it took longer than {self._settings.timeout:g} s")
        self._assign()
        return happened

    def _deadline(self, worker: _Worker) -> float:
        return worker.heard + (self._settings.timeout if worker.ready else _LOADING)

    def _patience(self) -> float | None:
        deadlines = [self._deadline(worker) for worker in self._workers if worker.task]
        return min(max(0.01, min(deadlines) - time.monotonic()), _AT_MOST) if deadlines else None

    def _hear(self, index: int, worker: _Worker) -> list[Done | Lost | Alive]:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            code = worker.process.exitcode
            how = f"by signal {-code}" if code is not None and code < 0 else f"with status {code}"
            return self._replace(index, f"the process that extracted it died {how}")
        worker.heard = time.monotonic()
        worker.ready = True
        if isinstance(message, RunFault):
            raise message
        task = worker.task
        if message == _READY or task is None:
            return []
        if message == _ONE_MORE:
            return [Alive(task)]
        worker.task = None
        return [Done(task)]

    def _replace(self, index: int, reason: str) -> list[Done | Lost | Alive]:
        worker = self._workers[index]
        worker.process.join()
        worker.pipe.close()
        if not worker.ready:
            raise RunFault(f"Before it began to extract, {reason}; check memory and the installation.")
        self._workers[index] = self._start()
        return [Lost(worker.task, reason)] if worker.task else []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()


def _spare_collector() -> None:
    """Has the collector leave alone what lasts as long as the process (model, word lists), and look less often.

    A release leaves hardly a cycle behind, and going through all that lives took a twentieth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _serve(pipe: Connection, settings: Settings, folder: Path, extraction: Extraction) -> None:
    """The life of a worker process: does one task after another until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone
        _work(pipe, settings, folder, extraction)


def _work(pipe: Connection, settings: Settings, folder: Path, extraction: Extraction) -> None:
    try:
        extractor = extraction(settings.model)
    except Exception as error:
        pipe.send(RunFault(f"The model {settings.model!r} cannot be loaded ({error}); reinstall alambic."))
        return
    _spare_collector()
    pipe.send(_READY)
    while True:
        task: Task = pipe.recv()
        loaded = [load(item, settings.max_bytes) for item in task.items]
        part = part_of(loaded, extractor, keep_text=settings.keep_text, done=lambda: pipe.send(_ONE_MORE))
        try:
            save(part, folder, task.name)
        except OSError as error:  # the disk is full: no fault of the inputs
            pipe.send(not_written(folder, error))
            return
        pipe.send(_DONE)
