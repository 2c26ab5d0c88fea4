"""Entities: who is named. A recogniser reads the text, then one decision is taken per name over the release."""

from alambic.entities.reading import Mention, Reading
from alambic.entities.resolution import Resolution, resolve

__all__ = ["Mention", "Reading", "Resolution", "resolve"]
