"""Quotes: who says what, in which capacity."""

from alambic.quotes.finder import find_quotes

__all__ = ["find_quotes"]
