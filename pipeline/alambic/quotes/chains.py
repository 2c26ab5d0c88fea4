"""Quotes that go on with a speaker already named: after the attribution, or after the sentence about them."""

from __future__ import annotations

import re

from alambic.quotes.attribution import Attribution
from alambic.quotes.cues import cue_at
from alambic.quotes.marks import Marked
from alambic.quotes.narration import Narration, tokens
from alambic.quotes.speakers import Phrase, phrases

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_REACH = 700  # characters of the sentence before that are read
_OPENING = 9  # words of a sentence among which its subject is looked for (`Arrivée au club à 9 ans, elle …`)
_LONG = 2000


def goes_on(page: Narration, stretch: Marked, previous: Marked | None) -> str | None:
    """How `stretch` follows the `previous` quote: `next` (right behind its attribution), `same` (later in the same
    paragraph), `paragraph` (it opens the next paragraph), `None` if it does not."""
    if previous is None or not 0 <= stretch.outer_start - previous.outer_end <= _LONG:
        return None
    between = page.masked[previous.outer_end : stretch.outer_start]
    gaps = len(_BLANK_LINE.findall(between))
    if gaps > 1:
        return None
    opening = not page.masked[page.sentence_start(stretch.outer_start - 1) : stretch.outer_start].strip(
        " \n-–—"
    )
    if gaps == 1:
        return "paragraph" if opening and between.rstrip().endswith((".", "»", "¤", "!", "?")) else None
    if opening and page.sentence_end(previous.outer_end) >= len(between.rstrip()) + previous.outer_end:
        return "next"
    return "same"


def paragraph_before(page: Narration, stretch: Marked) -> Attribution | None:
    """The person that the last sentence of the paragraph above is about, for a quote that has a paragraph to itself."""
    found = sentence_before(page, stretch, apart=True)
    return found if found and found.phrase and found.phrase.named else None


def sentence_before(page: Narration, stretch: Marked, *, apart: bool = False) -> Attribution | None:
    """Who the sentence right before a quote is about: `Timéo, 13 ans, n'y croit pas. « … »`; `apart` looks over the
    empty line between two paragraphs, for a full sentence."""
    here = page.sentence_start(stretch.outer_start - 1)
    if page.masked[here : stretch.outer_start].strip(" \n-–—"):
        return None
    end = (
        len(page.masked[:here].rstrip())
        if here < _LONG
        else here - _LONG + len(page.masked[here - _LONG : here].rstrip())
    )
    blank = _BLANK_LINE.search(page.masked[end : stretch.outer_start])
    if end <= 0 or bool(blank) != apart or apart and page.masked[end - 1] not in ".!?":
        return None
    start = max(page.sentence_start(end - 2), end - _REACH)
    toks = tokens(page.masked, start, end)
    if not toks or toks[-1].text == ":" or any(token.masked for token in toks[-2:]):
        return None
    subject: Phrase | None = None
    for phrase, governed in phrases(page, toks):
        person = (phrase.named and phrase.named[0].label == "PER") or (phrase.role and not phrase.named)
        if not person:
            continue
        if not governed and (subject is None or not subject.named):
            subject = phrase
        if subject and subject.named:
            break
    cue = None
    for at in range(len(toks)):
        found = cue_at(toks, at)
        if found and found.last >= len(toks) - 1:
            cue = found.text
            break
    if subject is not None:
        return Attribution(subject, cue, toks[subject.first].start, position=toks[0].start, sure=False)
    for token in toks[:_OPENING]:
        if token.low in ("il", "elle"):
            return Attribution(None, cue, token.start, token.low, position=token.start, sure=False)
    return None
