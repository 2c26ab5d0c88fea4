"""Why two states cannot be compared or kept: a sentence for whoever asked for it."""

from __future__ import annotations


class RegressionFault(Exception):
    """A snapshot cannot be read, written or compared; the message names the input, the fault and the remedy."""
