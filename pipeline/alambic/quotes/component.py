"""The quotes stage as a spaCy component, `alambic_quotes`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from alambic.quotes.finder import find_quotes
from alambic.spans import text_of, token_spans

SPANS = "quotes"


class QuotesComponent:
    """Finds the quotes of a document, their speakers, functions and cues.

    Reads `doc._.alambic_entities` and `doc._.alambic_people`, where earlier stages set them. Sets
    `doc._.alambic_quotes` (a tuple of `alambic.record.Quote`, offsets into `doc.text`) and `doc.spans["quotes"]`
    (the same, widened to whole tokens, each with its `Quote` in `span._.quote`). With `indirect`, reported speech
    without marks (`X annonce que …`) is added, `direct` false.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> _ = nlp.add_pipe("alambic_quotes")
    >>> doc = nlp("« Nous sommes prêts », déclare Jeanne Roy, directrice de Solvor.")
    >>> [(span.text, span._.quote.speaker) for span in doc.spans["quotes"]]
    [('Nous sommes prêts', 'Jeanne Roy')]
    """

    def __init__(self, indirect: bool) -> None:
        self.indirect = indirect

    def __call__(self, doc: Doc) -> Doc:
        quotes = tuple(
            find_quotes(text_of(doc), doc._.alambic_entities, doc._.alambic_people, indirect=self.indirect)
        )
        doc._.alambic_quotes = quotes
        doc.spans[SPANS] = list(token_spans(doc, quotes, "QUOTE", "quote"))
        return doc


@Language.factory(
    "alambic_quotes", assigns=["doc._.alambic_quotes", "doc.spans"], default_config={"indirect": False}
)
def make_quotes(nlp: Language, name: str, indirect: bool) -> QuotesComponent:
    """The factory that spaCy calls; see `QuotesComponent`."""
    for extension in ("alambic_entities", "alambic_people", "alambic_quotes"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=())
    if not Span.has_extension("quote"):
        Span.set_extension("quote", default=None)
    return QuotesComponent(indirect)
