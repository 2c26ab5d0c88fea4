"""Cuts the inputs of a run into windows: what is kept from before, and tasks for what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from alambic.readers import Input, Rejected
from alambic.running.journal import Place

# Enough releases to fill the model's batches, few enough to lose little when a run is killed.
_INPUTS_A_TASK = 32
_BYTES_A_TASK = 2_000_000
_KEPT_A_WINDOW = 512


@dataclass(frozen=True, slots=True)
class Task:
    """Inputs to extract together, and the file name of the part that they give."""

    name: str
    items: Sequence[Input]


@dataclass(slots=True)
class Window:
    """Consecutive inputs of a run: `entries` are where the outcome of each is (to be), in order."""

    entries: list[Place | Rejected] = field(default_factory=list)
    task: Task | None = None
    n_missing: int = 0
    n_kept: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether all outcomes are there."""
        return self.n_missing == 0


def windows(
    items: Iterable[Input | Rejected], kept: Callable[[Input], Place | None], first_number: int
) -> Iterator[Window]:
    """The windows of `items`; `kept` says where an input's outcome is kept from before.

    A task's inputs are chosen by their number and size alone, so that a run that goes on after a kill makes
    the same tasks as one that was not interrupted. Tasks' parts are numbered from `first_number`.
    """
    number = first_number
    window, pending, n_bytes = Window(), list[Input](), 0
    for item in items:
        if isinstance(item, Rejected):
            window.entries.append(item)
        elif (place := kept(item)) is not None:
            window.entries.append(place)
            window.n_kept += 1
        else:
            window.entries.append(Place(part_name(number), len(pending)))
            pending.append(item)
            n_bytes += item.n_bytes
        if len(pending) == _INPUTS_A_TASK or n_bytes >= _BYTES_A_TASK:
            yield _closed(window, number, pending)
            number += 1
            window, pending, n_bytes = Window(), [], 0
        elif not pending and len(window.entries) == _KEPT_A_WINDOW:
            yield window
            window = Window()
    if window.entries:
        yield _closed(window, number, pending)


def part_name(number: int) -> str:
    """The file name of the part of task `number`; sorts as the numbers do."""
    return f"{number:08d}.arrow"


def _closed(window: Window, number: int, pending: list[Input]) -> Window:
    if pending:
        window.task = Task(part_name(number), tuple(pending))
        window.n_missing = 1
    return window
