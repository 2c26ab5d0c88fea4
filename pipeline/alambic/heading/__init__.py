"""The head of a release: its headline, the place of its dateline, its issuer, its language."""

from alambic.heading.heading import Heading, may_speak, named_as_source, read_heading
from alambic.heading.language import language_of

__all__ = ["Heading", "language_of", "may_speak", "named_as_source", "read_heading"]
