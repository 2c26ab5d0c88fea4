"""Alambic distils French press releases into tables."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # spaCy takes a second to import: only those who extract pay for it
    from spacy.language import Language

    from alambic.extraction import Extractor
    from alambic.record import Release

__all__ = ["extract", "load"]


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


@cache
def _extractor(model: str) -> Extractor:
    from alambic.extraction import Extractor

    return Extractor(model)
