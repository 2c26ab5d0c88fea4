"""The entities stage as a spaCy component, `alambic_entities`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from alambic.entities.encoder import shipped
from alambic.entities.reading import Reading
from alambic.entities.resolution import resolve
from alambic.spans import text_of, token_span


class Recogniser(Protocol):
    """What reads names in texts: the stage's only need of a model."""

    def read(self, texts: Iterable[str]) -> Iterator[Reading]: ...


class EntitiesComponent:
    """Finds the organisations and people of documents.

    Sets `doc._.alambic_entities`, `doc._.alambic_people` and `doc._.alambic_organisations` (tuples of the records of
    `alambic.record`, offsets into `doc.text`) and `doc.ents` (the same mentions, widened to whole tokens). Documents
    that stream through `nlp.pipe` are read together.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The documents of `stream`, in order. The recogniser makes its own batches: `batch_size` is spaCy's."""
        docs, to_read = tee(stream)
        readings = self._recogniser.read(text_of(doc) for doc in to_read)
        for doc, reading in zip(docs, readings, strict=True):
            found = resolve(text_of(doc), reading)
            doc._.alambic_entities = found.entities
            doc._.alambic_people = found.people
            doc._.alambic_organisations = found.organisations
            doc.ents = filter_spans(token_span(doc, e, e.label, e.entity_id) for e in found.entities)
            yield doc


@Language.factory(
    "alambic_entities",
    default_config={"model": "accurate"},
    assigns=["doc.ents", "doc._.alambic_entities", "doc._.alambic_people", "doc._.alambic_organisations"],
)
def make_entities(nlp: Language, name: str, model: str) -> EntitiesComponent:
    """The factory that spaCy calls; see `EntitiesComponent`. `model` is `accurate` or `fast`."""
    recogniser = shipped(model)
    for extension in ("alambic_entities", "alambic_people", "alambic_organisations"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=())
    return EntitiesComponent(recogniser)
