"""Every number that measures or counts something, with its value and its unit (guide, section 2)."""

from alambic.figures.finder import find_figures

__all__ = ["find_figures"]
