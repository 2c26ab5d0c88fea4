"""What readers are given, and what they give: a raw text with where it comes from, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

STANDARD_INPUT = "-"
_OF_A_WORD = re.compile(r"[^\W_]")


def holds_words(text: str) -> bool:
    """Whether there is anything to read in `text`, rules and blanks aside."""
    return _OF_A_WORD.search(text) is not None


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, a member of an archive, or a text already at hand (a row, standard input)."""

    doc_id: str
    source: str
    path: str = ""
    member: str | None = None
    n_bytes: int = 0
    text: str | None = None
    published: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The extension that says the format, lower case, with its dot."""
        return PurePosixPath(self.member or self.path).suffix.lower()


@dataclass(frozen=True, slots=True)
class Source:
    """The raw text of one release, which all offsets refer to.

    `source` says where it was read (a path, `archive.zip!member`, `table.csv#row`), `published` is the day
    that the file itself gives (an e-mail's date, a date column), `metadata` what else it says, by field name.
    """

    doc_id: str
    text: str
    source: str
    published: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that no release could be read from: at which `stage`, for what `reason`, and what helps."""

    doc_id: str
    source: str
    stage: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}; {self.remedy}."


class Unreadable(Exception):
    """An input holds no text that can be read. `reason` and `remedy` are clauses without a full stop.

    >>> str(Unreadable("it is empty", "leave it out"))
    'it is empty; leave it out'
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Content:
    """What a file of one format holds: its text, the day that it gives for itself, what else it says."""

    text: str
    published: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
