"""Alambic distils French press releases into tables."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # spaCy takes a second to import: only those who extract pay for it
    from collections.abc import Iterator

    import pandas as pd
    from spacy.language import Language

    from alambic.extraction import Extractor
    from alambic.record import Release
    from alambic.running.notebook import Releases

__all__ = ["extract", "load", "stream", "tables"]

# From 1.29 on, onnxruntime reports the use of models to its makers, unless this is set before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def load(model: str = "accurate") -> Language:
    """The pipeline of all stages, as spaCy's; see `alambic.extraction.load`.

    >>> nlp = load()
    >>> doc = nlp("Paris, le 3 mai 2024. La Banque de France prête 12 M€ à Claire Morel.")
    >>> [(span.text, span._.figure.value) for span in doc.spans["figures"]]
    [('12 M€', 12000000.0)]
    """
    from alambic.extraction import load as load_pipeline

    return load_pipeline(model)


def extract(text: str, published: date | None = None, model: str = "accurate") -> Release:
    """The record of the release with this raw `text`: entities, figures, dates and quotes, offsets into `text`.

    `published` is the release's own date, which relative dates refer to; it is looked for in the text if not given.
    `model` is the entity model, `accurate` or `fast`. The model is loaded at the first call.

    >>> release = extract("Paris, le 3 mai 2024. La Banque de France prête 12 M€ à Claire Morel.")
    >>> [(date.text, date.iso_start) for date in release.dates]
    [('3 mai 2024', '2024-05-03')]
    """
    from alambic.readers import Source

    (release,) = _extractor(model).stream([Source("release", text, "text", published)])
    return release


def stream(releases: Releases, model: str = "accurate") -> Iterator[Release]:
    """The records of texts, files or folders, one by one; see `alambic.running.notebook.stream`.

    >>> [release.published for release in stream("Paris, le 3 mai 2024. La Banque de France prête 12 M€.")]
    ['2024-05-03']
    """
    from alambic.running.notebook import stream as records

    return records(releases, model)


def tables(releases: Releases, model: str = "accurate") -> dict[str, pd.DataFrame]:
    """The tables of texts, files or folders as data frames by name; see `alambic.running.notebook.tables`.

    >>> found = tables("Paris, le 3 mai 2024. La Banque de France prête 12 M€ à Claire Morel.")
    >>> found["figures"]["unit"].tolist()
    ['EUR']
    """
    from alambic.running.notebook import tables as data_frames

    return data_frames(releases, model)


@cache
def _extractor(model: str) -> Extractor:
    from alambic.extraction import Extractor

    return Extractor(model)
