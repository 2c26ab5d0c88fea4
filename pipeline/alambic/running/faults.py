"""Why a run cannot start or go on: a sentence for whoever started it."""

from __future__ import annotations

import os


class RunFault(Exception):
    """The run as a whole cannot be done; its message names what, the fault and the remedy."""


def not_written(folder: object, error: OSError) -> RunFault:
    """That `folder` cannot be written, in the course of a run.

    >>> str(not_written("out", OSError(28, "No space left on device")))
    'out: it cannot be written (No space left on device); mend that, and the same command with --resume goes on.'
    """
    why = os.strerror(error.errno) if error.errno else str(error)
    return RunFault(
        f"{folder}: it cannot be written ({why}); mend that, and the same command with --resume goes on."
    )
