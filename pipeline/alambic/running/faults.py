"""Why a run cannot start or go on: a sentence for whoever started it."""

from __future__ import annotations


class RunFault(Exception):
    """The run as a whole cannot be done; its message names what, the fault and the remedy."""
