"""Inputs that hold several releases, or that only this process can read, to one input a release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alambic.readers.columns import Columns, rows
from alambic.readers.decoding import decode
from alambic.readers.inputs import ROWS, Found
from alambic.readers.names import UniqueNames
from alambic.readers.reading import content
from alambic.readers.source import STANDARD_INPUT, Input, Rejected, Unreadable


def expanded(found: Found, columns: Columns | None, max_bytes: int) -> Iterator[Input | Rejected]:
    """The inputs of `found`, in order: tables of releases row by row, standard input read."""
    names = UniqueNames()
    if found.holds_tables:  # else no name is given out here
        for item in found.items:
            if isinstance(item, Input):
                names.claim(item.doc_id)
    for item in found.items:
        if isinstance(item, Rejected):
            yield item
        elif item.suffix in ROWS:
            yield from rows(item, columns or Columns(), names)
        elif item.path == STANDARD_INPUT:
            yield _standard_input(item, max_bytes)
        else:
            yield item


def _standard_input(item: Input, max_bytes: int) -> Input | Rejected:
    try:
        decoded = decode(content(item, max_bytes))
    except Unreadable as fault:
        return Rejected(item.doc_id, item.source, "reading", fault.reason, fault.remedy)
    return replace(item, text=decoded.text, metadata={"encoding": decoded.encoding})
