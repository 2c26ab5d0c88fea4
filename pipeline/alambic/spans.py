"""What a stage found, as spaCy's spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from alambic.record import Span

_TEXT = "alambic_text"


def keep_text(doc: Doc, text: str) -> Doc:
    """Notes in `doc` the text that it was made from, so that no stage puts it together from its tokens again."""
    doc.user_data[_TEXT] = text
    return doc


def text_of(doc: Doc) -> str:
    """`doc.text`."""
    kept = doc.user_data.get(_TEXT)
    return kept if isinstance(kept, str) else doc.text


def token_span(doc: Doc, span: Span, label: str, kb_id: str = "") -> TokenSpan:
    """`span`, whose offsets are into `doc.text`, widened to whole tokens."""
    wide = doc.char_span(span.start, span.end, label=label, kb_id=kb_id, alignment_mode="expand")
    if wide is None:
        raise ValueError(
            f"The span {span.start}–{span.end} is outside the document of {len(doc.text)} characters."
        )
    return wide


def token_spans(doc: Doc, found: Iterable[Span], label: str, attribute: str) -> Iterator[TokenSpan]:
    """`token_span` of each of `found`, with the exact record in `span._.<attribute>`."""
    for item in found:
        span = token_span(doc, item, label)
        setattr(span._, attribute, item)
        yield span
