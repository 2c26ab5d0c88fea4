"""From a file to the raw text of a release, with what the file says about it."""

from alambic.readers.columns import Columns
from alambic.readers.expanding import expanded
from alambic.readers.inputs import Found, find
from alambic.readers.reading import MAX_BYTES, content, read
from alambic.readers.source import Input, Rejected, Source, Unreadable

__all__ = [
    "MAX_BYTES",
    "Columns",
    "Found",
    "Input",
    "Rejected",
    "Source",
    "Unreadable",
    "content",
    "expanded",
    "find",
    "read",
]
