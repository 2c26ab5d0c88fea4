"""Why there is no report: a sentence for whoever asked for it."""

from __future__ import annotations


class ReportFault(Exception):
    """The report cannot be made; the message names the input, the fault and the remedy."""
