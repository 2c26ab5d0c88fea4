"""Cleaning: from the raw text to the text that the stages read, with a map back."""

from alambic.cleaning.cleaner import clean
from alambic.cleaning.mapped import MappedText

__all__ = ["MappedText", "clean"]
