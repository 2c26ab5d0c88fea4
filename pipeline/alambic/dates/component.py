"""The dates stage as a spaCy component, `alambic_dates`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from alambic.dates.finder import find_dates
from alambic.spans import text_of, token_spans

SPANS = "dates"


class DatesComponent:
    """Finds the dates of a document.

    Sets `doc._.alambic_dates` (a tuple of `alambic.record.Date`, offsets into `doc.text`) and `doc.spans["dates"]`
    (the same, widened to whole tokens, each with its `Date` in `span._.date`). Relative dates are resolved against
    `doc._.published` when it is set, or else against the date that the text itself gives. What stands within a name
    that an earlier component set in `doc._.alambic_entities` is no date.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> _ = nlp.add_pipe("alambic_dates")
    >>> doc = nlp("Paris, le 6 juin 2008. La fusion sera close fin 2009.")
    >>> [(span.text, span._.date.iso_start, span._.date.iso_end) for span in doc.spans["dates"]]
    [('6 juin 2008', '2008-06-06', '2008-06-06'), ('fin 2009', '2009-09-01', '2009-12-31')]
    """

    def __call__(self, doc: Doc) -> Doc:
        dates = tuple(find_dates(text_of(doc), doc._.published, doc._.alambic_entities))
        doc._.alambic_dates = dates
        doc.spans[SPANS] = list(token_spans(doc, dates, "DATE", "date"))
        return doc


@Language.factory("alambic_dates", assigns=["doc._.alambic_dates", "doc.spans"])
def make_dates(nlp: Language, name: str) -> DatesComponent:
    """The factory that spaCy calls; see `DatesComponent`."""
    for extension, default in (("published", None), ("alambic_dates", ()), ("alambic_entities", ())):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    if not Span.has_extension("date"):
        Span.set_extension("date", default=None)
    return DatesComponent()
