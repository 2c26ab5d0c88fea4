"""Has windows extracted by many processes and delivers them in order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from alambic.readers import Rejected
from alambic.running.journal import Place, save
from alambic.running.parts import joined, part
from alambic.running.planning import Task, Window
from alambic.running.settings import Settings
from alambic.running.work import load, rejected_outcome, rejection
from alambic.running.workers import Alive, Done, Lost, Workers

_TASKS_A_JOB = 4  # begun or waiting: bounds what a slow one holds up


class Delivery:
    """Iterates over `planned` windows, each when all its outcomes are in `parts`, in the order of the plan.

    A task whose process hangs or dies is done again input by input; the one at fault becomes a rejection.
    """

    def __init__(
        self, planned: Iterator[Window], parts: Path, workers: Workers, settings: Settings, jobs: int
    ) -> None:
        self._planned = planned
        self._parts = parts
        self._workers = workers
        self._settings = settings
        self._room = _TASKS_A_JOB * jobs
        self._queue: deque[Window] = deque()
        self._window_of: dict[str, Window] = {}
        self._begun: Counter[str] = Counter()

    @property
    def n_under_way(self) -> int:
        """Releases that are extracted but not delivered yet."""
        return self._begun.total()

    def __iter__(self) -> Iterator[Window | None]:
        """Yields each window, and `None` where there is only progress to tell."""
        self._fill()
        while self._queue:
            while self._queue and self._queue[0].is_ready:
                window = self._queue.popleft()
                for name in {entry.part for entry in window.entries if isinstance(entry, Place)}:
                    del self._begun[name]
                yield window
                self._fill()
            if self._queue:
                for event in self._workers.events():
                    self._take(event)
                yield None
                self._fill()

    def _fill(self) -> None:
        """Keeps enough tasks open, and no more than enough windows in memory."""
        while len(self._window_of) < self._room and len(self._queue) < 2 * self._room:
            window = next(self._planned, None)
            if window is None:
                return
            self._queue.append(window)
            if window.task:
                self._submit(window, window.task)

    def _submit(self, window: Window, task: Task) -> None:
        self._window_of[task.name] = window
        self._workers.submit(task)

    def _take(self, event: Done | Lost | Alive) -> None:
        match event:
            case Alive(task):
                self._begun[task.name] += 1
            case Done(task):
                self._window_of.pop(task.name).n_missing -= 1
            case Lost(task, reason) if len(task.items) > 1:
                self._one_by_one(self._window_of.pop(task.name), task)
            case Lost(task, reason):
                self._reject(task, reason)
                self._window_of.pop(task.name).n_missing -= 1

    def _one_by_one(self, window: Window, task: Task) -> None:
        del self._begun[task.name]
        alone = [
            Task(f"{task.name.removesuffix('.arrow')}-{row:02d}.arrow", [item])
            for row, item in enumerate(task.items)
        ]
        window.entries = [
            Place(alone[entry.row].name, 0) if isinstance(entry, Place) and entry.part == task.name else entry
            for entry in window.entries
        ]
        window.n_missing = len(alone)
        for single in alone:
            self._submit(window, single)

    def _reject(self, task: Task, reason: str) -> None:
        (item,) = task.items
        loaded = load(item, self._settings.max_bytes)
        fault = rejection(
            item, "extraction", reason, "give it more time with --timeout, or report it with the text"
        )
        save(part([rejected_outcome(loaded.key, fault)]), self._parts, task.name)


def outcomes(window: Window, read: Callable[[str], pa.Table]) -> pa.Table:
    """The parts' rows that the entries of `window` stand for, as one part; `read` gives the part of a name."""
    pieces = []
    # Neighbours of one part are taken together.
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
            kept = read(name)
            whole = rows == list(range(kept.num_rows))
            pieces.append(kept if whole else kept.take(pa.array(rows, pa.int32())))
    return joined(pieces)
