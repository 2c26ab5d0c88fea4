"""Ctrl-C while a process is being started."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """While this holds, Ctrl-C and SIGTERM wait, and processes that are started do not hear Ctrl-C at all.

    A terminal sends Ctrl-C to all processes of a run. One that has just been started would die of it with a
    traceback before it can say that it leaves that to its parent; and a parent that stops halfway through a start
    leaves a process without its orders.

    >>> with held_back():
    ...     print("a process is started")
    a process is started
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it lifts the mask when it starts, so it starts before
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)

    # The mask is inherited by processes that are started, unlike handlers; the handlers are for signals that
    # another thread of this process takes.
    handlers = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)  # `None`: it was not Python that set it
        for late in came:
            signal.raise_signal(late)
