"""The figures room as a spaCy component."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from alambic.figures.finder import find_figures
from alambic.spans import text_of, token_spans


class Figures:
    """Finds the figures of a Doc.

    Declares `doc._.alambic_figures` (a tuple of `Figure`), `doc.spans["figures"]` and, on each of these spans,
    `span._.figure`. Offsets are indices into `doc.text`; a span takes in the tokens that its figure touches.
    Reads `doc._.alambic_entities` where an earlier component has set it.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> component = nlp.add_pipe("alambic_figures")
    >>> doc = nlp("Un investissement de 12 M€ est prévu.")
    >>> [(span.text, span._.figure.value) for span in doc.spans["figures"]]
    [('12 M€', 12000000.0)]
    """

    def __init__(self, name: str) -> None:
        self.name = name
        if not Doc.has_extension("alambic_figures"):
            Doc.set_extension("alambic_figures", default=())
        if not Span.has_extension("figure"):
            Span.set_extension("figure", default=None)

    def __call__(self, doc: Doc) -> Doc:
        entities = doc._.alambic_entities if Doc.has_extension("alambic_entities") else ()
        figures = find_figures(text_of(doc), entities or ())
        doc._.alambic_figures = tuple(figures)
        doc.spans["figures"] = list(token_spans(doc, figures, "FIGURE", "figure"))
        return doc


@Language.factory("alambic_figures", assigns=["doc._.alambic_figures", "doc.spans"])
def make_figures(nlp: Language, name: str) -> Any:
    """The component for `nlp.add_pipe("alambic_figures")`."""
    return Figures(name)
