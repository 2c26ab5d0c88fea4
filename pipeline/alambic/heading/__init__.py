"""The head of a release: its headline, the place of its dateline, its issuer, its language."""

from alambic.heading.heading import Heading, read_heading
from alambic.heading.language import language_of

__all__ = ["Heading", "language_of", "read_heading"]
