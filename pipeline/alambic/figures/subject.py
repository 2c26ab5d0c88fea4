"""What a figure measures, where the sentence says so next to it."""

from __future__ import annotations

from alambic.figures.amounts import Amount
from alambic.figures.tokens import Block


def subject(block: Block, amount: Amount) -> str | None:
    """The noun that the figure measures."""
    return None
