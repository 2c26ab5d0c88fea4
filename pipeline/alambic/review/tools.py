"""The annotation tools whose formats are written and read."""

from __future__ import annotations

from enum import StrEnum


class Tool(StrEnum):
    """An annotation tool, as the command line names it."""

    LABEL_STUDIO = "label-studio"
    BRAT = "brat"
    DOCCANO = "doccano"
