"""Releases in this process, for notebooks: as records one after the other, or as data frames."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from alambic.readers import MAX_BYTES, Input, Rejected, Source, expanded, find
from alambic.readers.names import UniqueNames
from alambic.record import Release
from alambic.running import work
from alambic.running.parts import joined, part, unnested
from alambic.tabulation.schemas import TABLES

if TYPE_CHECKING:
    import pandas as pd

Releases = str | os.PathLike[str] | Mapping[str, str] | Iterable[str | os.PathLike[str]]
"""A text, a path, several of them, or texts by their identifiers."""

_AT_ONCE = 64


def stream(releases: Releases, model: str = "accurate") -> Iterator[Release]:
    """The records of `releases`, in order, a few at a time in memory.

    A string is a text if it holds a blank, else a path, as `Path` objects always are (files, folders, patterns,
    archives). An input that cannot be read gives a warning that says why. Raises `FileNotFoundError` for a path
    that is none.

    >>> [release] = stream("Paris, le 3 mai 2024. La Banque de France prête 12 M€.")
    >>> release.published
    '2024-05-03'
    """
    extractor = work.shipped(model)
    yield from extractor.stream(_sources(releases))


def _sources(releases: Releases) -> Iterator[Source]:
    for item in _items(releases):
        rejected = item if isinstance(item, Rejected) else None
        if isinstance(item, Input):
            sources, rejected = work.read_all(work.load(item, MAX_BYTES))
            yield from sources
        if rejected:
            warnings.warn(str(rejected), stacklevel=3)


def tables(releases: Releases, model: str = "accurate") -> dict[str, pd.DataFrame]:
    """The tables of `releases` as data frames, by name, the raw texts among them; see `stream` for what to give.

    Inputs that cannot be read are in the table `rejected`.

    >>> found = tables({"a": "Paris, le 3 mai 2024. La Banque de France prête 12 M€."})
    >>> found["figures"][["doc_id", "text", "value"]].values.tolist()
    [['a', '12 M€', 12000000.0]]
    """
    extractor = work.shipped(model)
    parts = []
    items = _items(releases)
    while some := list(islice(items, _AT_ONCE)):
        refused = [work.rejected_outcome(b"\0" * 32, item) for item in some if isinstance(item, Rejected)]
        loaded = [work.load(item, MAX_BYTES) for item in some if isinstance(item, Input)]
        parts += [part(refused), work.part_of(loaded, extractor, keep_text=True)]
    found = joined(parts)
    return {name: unnested(found, name).to_pandas(date_as_object=False) for name in TABLES}


def _items(releases: Releases) -> Iterator[Input | Rejected]:
    if isinstance(releases, Mapping):
        for doc_id, text in releases.items():
            yield _text(str(doc_id), text)
        return
    if isinstance(releases, str | os.PathLike):
        releases = [releases]
    names = UniqueNames()
    for number, one in enumerate(releases, start=1):
        if (
            isinstance(one, str)
            and any(letter.isspace() for letter in one)
            and not os.path.exists(one[:4096])
        ):
            yield _text(names.claim(f"text-{number}"), one)
            continue
        found = find([one])
        if not any(isinstance(item, Input) for item in found.items):
            raise FileNotFoundError(f"{one}: no release is there; check the path.")
        for item in expanded(found, None, MAX_BYTES):
            yield replace(item, doc_id=names.claim(item.doc_id))


def _text(doc_id: str, text: str) -> Input | Rejected:
    if not text.strip():
        return Rejected(doc_id, doc_id, "reading", "it holds nothing but blanks", "give a text")
    # Halves of surrogate pairs stand for no character and cannot be written: they become U+FFFD.
    clean = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Input(doc_id, doc_id, text=clean, n_bytes=len(clean))
