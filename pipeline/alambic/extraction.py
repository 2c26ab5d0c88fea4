"""From a raw text to its record: the stages, in order. Start reading here.

    raw text ─► clean ─► entities ─► figures ─► dates ─► quotes ─► Release

Each stage is a function that reads the clean text and what earlier stages found, and adds its own; `load` gives the
same stages as spaCy components. The record puts all offsets back onto the raw text.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from alambic import sentences
from alambic.cleaning import clean
from alambic.dates import date_release
from alambic.entities import resolve
from alambic.entities.encoder import shipped
from alambic.figures import find_figures
from alambic.heading import read_heading
from alambic.heading.language import language_of
from alambic.quotes import find_quotes
from alambic.readers import Source
from alambic.record import Release, Span

if TYPE_CHECKING:  # spaCy takes most of a second to import, and only `load` needs it
    from spacy.language import Language

STAGES = ("alambic_entities", "alambic_figures", "alambic_dates", "alambic_quotes")

Found = TypeVar("Found", bound=Span)


def load(model: str = "accurate") -> Language:
    """The pipeline of all stages, as spaCy's: `nlp(text)` and `nlp.pipe(texts)` give `Doc`s with the results.

    `model` is the entity model, `accurate` or `fast`. Offsets refer to the text given, which is read as it is: see
    `alambic.cleaning.clean` for text out of a PDF. Raises `ValueError` for an unknown model.
    """
    from alambic.tokens import French

    nlp = French()
    nlp.max_length = sys.maxsize  # no stage here needs memory beyond the text's own size
    for stage in STAGES:
        nlp.add_pipe(stage, config={"model": model} if stage == "alambic_entities" else {})
    return nlp


class Extractor:
    """Turns sources into records, in order. The entity model is loaded once, here."""

    def __init__(self, model: str = "accurate") -> None:
        self._recogniser = shipped(model)

    def stream(self, sources: Iterable[Source]) -> Iterator[Release]:
        """The record of each of `sources`, one in memory at a time."""
        for source in sources:
            yield self._release(source)

    def _release(self, source: Source) -> Release:
        raw, mapped = source.text, clean(source.text)
        text = mapped.text
        named = resolve(text, self._recogniser.read_one(text))
        figures = find_figures(text, named.entities)
        published, dates = date_release(text, source.published, named.entities)
        quotes = find_quotes(text, named.entities, named.people)
        heading = read_heading(text, named.entities, published)
        bounds = sentences.split(text)

        def in_raw(found: Iterable[Found]) -> tuple[Found, ...]:
            placed = []
            for span in found:
                start, end = mapped.raw_span(span.start, span.end)
                first, last = sentences.sentence_around(bounds, span.start, span.end)
                placed.append(
                    replace(span, start=start, end=end, text=raw[start:end], sentence=text[first:last])
                )
            return tuple(placed)

        return Release(
            doc_id=source.doc_id,
            sha256=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
            source=source.source,
            published=published.isoformat() if published else None,
            place=heading.place,
            title=heading.title,
            issuer=heading.issuer,
            language=language_of(text),
            n_words=len(text.split()),
            entities=in_raw(named.entities),
            figures=in_raw(figures),
            dates=in_raw(dates),
            quotes=in_raw(quotes),
            people=named.people,
            organisations=named.organisations,
        )
