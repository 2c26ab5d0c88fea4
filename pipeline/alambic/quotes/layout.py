"""Finds who speaks by the layout: the line under the words that signs them, the line above that names who comes."""

from __future__ import annotations

from collections.abc import Sequence

from alambic.quotes.attribution import Attribution
from alambic.quotes.cues import cue_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import Narration, Token, tokens
from alambic.quotes.speakers import phrase_at, phrases

_ON_WHAT = frozenset(["au", "à", "lors", "sur", "après"])  # `X, à propos de la loi`, `X au sujet du budget`
_OPENS_HEADING = word_set("prepositions") | {"les", "un", "une", "nos", "notre", "ces", "cette"}
_LINE = 180  # characters of a signature or of a title line


def signature(page: Narration, stretch: Marked) -> Attribution | None:
    """The line under a quote that names who said it."""
    gap_end = stretch.outer_end
    while gap_end < len(page.masked) and page.masked[gap_end] in " .\n" and gap_end - stretch.outer_end < 8:
        gap_end += 1
    before = page.masked[page.line(stretch.outer_start)[0] : stretch.outer_start].rstrip(" -–—•*")
    if before and before[-1] not in ":.\n":
        return None  # `Compagnie X « Titre »` and the next line of the programme
    between = page.masked[stretch.outer_end : gap_end]
    if "\n" not in between or between.count("\n") > 2:
        return None
    start, end = page.line(gap_end)
    if end - start > _LINE:
        return None
    toks = tokens(page.masked, gap_end, end)
    dashed = False
    while toks and toks[0].text in "-–—•*":
        toks, dashed = toks[1:], True
    if not toks or any(token.masked for token in toks):
        return None
    phrase = phrase_at(page, toks, 0, bold=True)
    if phrase is None or not phrase.named:
        return None
    if toks[0].low in _OPENS_HEADING and phrase.named[0].start not in page.by_start:
        return None  # `EN CHIFFRES`
    if (toks[-1].text in ".:!?" and not dashed) or cue_in(toks[phrase.last :]):
        return None
    if between.count("\n") > 1 and not dashed and phrase.role is None and phrase.last < len(toks):
        if phrase.named[0].label != "PER" or toks[phrase.last].low not in _ON_WHAT:
            return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[0].start)


def title_line(page: Narration, stretch: Marked) -> Attribution | None:
    """The line above a quote that holds a name, its function, and no sentence."""
    start = page.line(stretch.outer_start)[0]
    if page.masked[start : stretch.outer_start].strip(" -–—•\n"):
        return None
    above = start - 1
    while above > 0 and page.masked[above - 1] in " \n":
        above -= 1
    if above <= 0 or start - above > 6:
        return None
    first, end = page.line(above - 1)
    if end - first > _LINE or page.masked[first:end].rstrip().endswith((".", ";", "!", "?", ",", "¤")):
        return None
    toks = tokens(page.masked, first, above)
    while toks and toks[0].text in "-–—•*":
        toks = toks[1:]
    if not toks or any(token.masked for token in toks):
        return None
    found = [
        phrase for phrase, governed in phrases(page, toks) if phrase.named and phrase.named[0].label == "PER"
    ]
    short = len(toks) <= 12 and found and found[0].first == 0
    if len(found) == 1 and not cue_in(toks) and (found[0].last >= len(toks) - 1 or short):
        phrase = found[0]
        return Attribution(
            phrase, None, toks[phrase.first].start, position=toks[phrase.first].start, sure=False
        )
    if not found:
        phrase_first = phrase_at(page, toks, 0, bold=True)
        if phrase_first and phrase_first.named and phrase_first.role and phrase_first.last >= len(toks) - 1:
            return Attribution(phrase_first, None, toks[0].start, position=toks[0].start, sure=False)
    return None


def cue_in(toks: Sequence[Token]) -> bool:
    """Whether a verb of saying stands in these tokens."""
    return any(cue_at(toks, at) for at in range(len(toks)))
