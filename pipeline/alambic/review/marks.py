"""What one annotator left of one release in a tool, before it is checked: the form that all formats are read into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alambic.record import Release
from alambic.review.labels import label_of, spans_of, values_of

_NOT_LETTERS = re.compile(
    r"\\[nr]|\s+"
)  # Label Studio writes a line end in a region's text as the two characters \n

NOT_TOLD = "?"
"""What stands for a release's own day where the tool's file does not say whether it has one."""


class ReviewFault(ValueError):
    """Nothing can be exported or imported. The message names the input, the fault and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span with its label as a tool holds them; `start` and `end` are code points of the text.

    `values` holds what the tool says: a field that it does not name is not known, one that is `None` was taken out.
    `written` is the text that the tool keeps for the span, if it keeps one.
    """

    label: str
    start: int
    end: int
    values: Mapping[str, Any] = field(default_factory=dict)
    written: str | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """One annotator's marks on one release.

    `published` is an ISO day, `None`, or `NOT_TOLD`. `sha256` is that of the text as exported, where it is known.
    `is_skipped` tells that the annotator passed it over.
    `conflicts` are sentences on what could not be read, `notes` sentences on what a person should know.
    """

    doc_id: str
    text: str
    annotator: str
    marks: list[Mark] = field(default_factory=list)
    published: str | None = NOT_TOLD
    sha256: str | None = None
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_skipped: bool = False


def marks_of(release: Release) -> list[Mark]:
    """The marks that show `release`, one a span.

    >>> from alambic.record import Entity
    >>> verkor = Entity(start=0, end=6, text="Verkor", label="ORG", canonical="Verkor SA")
    >>> [(m.label, m.start, m.values) for m in marks_of(Release(doc_id="a", sha256="", entities=(verkor,)))]
    [('ORG', 0, {'canonical': 'Verkor SA'})]
    """
    return [
        Mark(label=label_of(span), start=span.start, end=span.end, values=values_of(span), written=span.text)
        for span in spans_of(release)
    ]


def agrees(text: str, mark: Mark) -> bool:
    """Whether what the tool kept of the span stands at its offsets in `text`, white space and line ends aside."""
    return mark.written is None or _letters(mark.written) == _letters(text[mark.start : mark.end])


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)
