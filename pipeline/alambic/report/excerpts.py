"""A text to show where the raw one was not kept: the sentences of the spans, each once, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Place = tuple[int, int]

_BETWEEN = "\n\n"
_APOSTROPHES = "['’ʼ]"


@dataclass(slots=True)
class _Excerpt:
    sentence: str
    starts: int  # about where it starts in the raw text: cleaning may have changed lengths before the span
    spans: list[Row] = field(default_factory=list)


def excerpts(spans: Sequence[Row]) -> tuple[str, dict[str, Place]]:
    """The sentences of `spans` (rows with id, start, text, sentence) as one text; where each span is in it, by id.

    A sentence inside a longer one (that of a quote) is shown there, and one that comes twice is shown once. A
    span that its sentence does not hold in one piece (a page break went through it) has no place.

    >>> excerpts([{"id": "a", "start": 70, "text": "12 M€", "sentence": "Il prête 12 M€."}])
    ('Il prête 12 M€.', {'a': (9, 14)})
    """
    shown: list[_Excerpt] = []
    for excerpt in sorted(_by_sentence(spans), key=lambda one: (one.starts, -len(one.sentence))):
        if shown and excerpt.sentence in shown[-1].sentence:
            shown[-1].spans += excerpt.spans
        else:
            shown.append(excerpt)
    places: dict[str, Place] = {}
    at = 0
    for excerpt in shown:
        for span in excerpt.spans:
            if place := _place(span, excerpt):
                places[span["id"]] = (at + place[0], at + place[1])
        at += len(excerpt.sentence) + len(_BETWEEN)
    return _BETWEEN.join(excerpt.sentence for excerpt in shown), places


def _by_sentence(spans: Sequence[Row]) -> list[_Excerpt]:
    found: dict[str, _Excerpt] = {}
    for span in sorted(spans, key=lambda span: span["start"]):
        sentence = span["sentence"]
        if sentence not in found:
            inside = _pattern(span["text"]).search(sentence)
            found[sentence] = _Excerpt(sentence, span["start"] - (inside.start() if inside else 0))
        found[sentence].spans.append(span)
    return list(found.values())


def _place(span: Row, excerpt: _Excerpt) -> Place | None:
    expected = span["start"] - excerpt.starts
    found = (match.span() for match in _pattern(span["text"]).finditer(excerpt.sentence))
    return min(found, key=lambda place: abs(place[0] - expected), default=None)


def _pattern(text: str) -> re.Pattern[str]:
    # The raw text breaks lines and writes curly apostrophes where the cleaned sentence does not.
    words = (re.escape(word) for word in text.split())
    return re.compile(r"\s+".join(re.sub("['’ʼ]", _APOSTROPHES, word) for word in words))
