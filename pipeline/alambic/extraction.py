"""From a raw text to its record: the stages, in order. Start reading here.

    raw text ─► clean ─► entities ─► figures ─► dates ─► quotes ─► Release

Each stage is a spaCy component that reads the clean text and what earlier stages found, and adds its own. The record
puts all offsets back onto the raw text.
"""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from alambic import sentences
from alambic.cleaning import MappedText, clean
from alambic.dates import find_published
from alambic.heading import read_heading
from alambic.heading.language import language_of
from alambic.readers import Source
from alambic.record import Release, Span
from alambic.tokens import French

STAGES = ("alambic_entities", "alambic_figures", "alambic_dates", "alambic_quotes")
_AT_ONCE = 64  # releases that wait together: enough to fill the recogniser's batches

Found = TypeVar("Found", bound=Span)


def load(model: str = "accurate") -> Language:
    """The pipeline of all stages, as spaCy's: `nlp(text)` and `nlp.pipe(texts)` give `Doc`s with the results.

    `model` is the entity model, `accurate` or `fast`. Offsets refer to the text given, which is read as it is: see
    `alambic.cleaning.clean` for text out of a PDF. Raises `ValueError` for an unknown model.
    """
    nlp = French()
    nlp.max_length = sys.maxsize  # no stage here needs memory beyond the text's own size
    for stage in STAGES:
        nlp.add_pipe(stage, config={"model": model} if stage == "alambic_entities" else {})
    return nlp


class Extractor:
    """Turns sources into records, in order. The entity model is loaded once, here."""

    def __init__(self, model: str = "accurate") -> None:
        self._nlp = load(model)

    def stream(self, sources: Iterable[Source]) -> Iterator[Release]:
        """The record of each of `sources`, which are read ahead by a few and never held all at once."""
        waiting: deque[tuple[Source, MappedText]] = deque()

        def docs() -> Iterator[Doc]:
            for source in sources:
                mapped = clean(source.text)
                waiting.append((source, mapped))
                doc = self._nlp.make_doc(mapped.text)
                doc._.published = source.published
                yield doc

        for doc in self._nlp.pipe(docs(), batch_size=_AT_ONCE):
            yield _release(*waiting.popleft(), doc)


def _release(source: Source, mapped: MappedText, doc: Doc) -> Release:
    raw, text = source.text, mapped.text
    bounds = sentences.split(text)

    def in_raw(found: Iterable[Found]) -> tuple[Found, ...]:
        placed = []
        for span in found:
            start, end = mapped.raw_span(span.start, span.end)
            first, last = sentences.sentence_around(bounds, span.start, span.end)
            placed.append(replace(span, start=start, end=end, text=raw[start:end], sentence=text[first:last]))
        return tuple(placed)

    published: date | None = source.published or find_published(text)
    heading = read_heading(text, doc._.alambic_entities, published)
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
        entities=in_raw(doc._.alambic_entities),
        figures=in_raw(doc._.alambic_figures),
        dates=in_raw(doc._.alambic_dates),
        quotes=in_raw(doc._.alambic_quotes),
        people=doc._.alambic_people,
        organisations=doc._.alambic_organisations,
    )
