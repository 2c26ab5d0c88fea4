"""Speech that layout marks: the answers of an interview, and blocks that a dash opens.

An interview is announced by a heading that names who answers (`Trois questions à X`, `Entretien avec X, fonction`);
a question is a short line that ends in `?` or `…`; the answer stands under it, after a dash or in marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alambic.quotes.ahead import before
from alambic.quotes.attribution import Attribution, incise_at, inside, names_person
from alambic.quotes.marks import Marked
from alambic.quotes.narration import Narration, tokens
from alambic.quotes.speakers import phrase_at, phrases

_HEADING = re.compile(
    r"\b(?:questions? (?:posées? )?à|questions? pour|entretien|interview|rencontre|répond|la parole à|le point de vue|"
    r"parole à|trois questions|conversation|échange)\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"^[^\S\n]*([—–-])[^\S\n]+(?=[^\s\d—–-]|\d)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE = 220  # characters of a heading or a question


@dataclass(frozen=True, slots=True)
class Answer:
    """A dash block: the words, and who speaks them as far as the block itself or the line above tells."""

    stretch: Marked
    attribution: Attribution | None
    question: bool


def dash_blocks(page: Narration) -> list[Answer]:
    """The blocks opened by a dash that answer a question, hold an attribution or follow `X déclare :`."""
    found: list[Answer] = []
    for dash in _DASHED.finditer(page.masked):
        start = dash.end()
        end = _block_end(page.masked, start)
        if end - start < 2 or (page.masked[start] == "¤" and page.masked[start:end].strip("¤ .\n") == ""):
            continue
        question = is_question(page, above(page, dash.start()))
        stretch = Marked(dash.start(), start, end, end, False, False)
        if question:
            found.append(Answer(stretch, inside(page, start, end), True))
            continue
        if dash.group(1) == "-" or (found and found[-1].stretch.end > start):
            continue
        trimmed = _with_tail(page, start, end)
        if trimmed:
            cut, attribution = trimmed
            found.append(Answer(Marked(dash.start(), start, cut, end, False, False), attribution, False))
            continue
        line = above(page, dash.start())
        if line and page.masked[line[0] : line[1]].rstrip().endswith(":") and _alone(page, dash.start(), end):
            told = before(page, stretch, whole=True) or before(
                page, Marked(line[1], start, end, end), whole=True
            )
            dialogue = (
                dash.group(1) == "—" and told and names_person(told.phrase) and page.flat[end - 1] in ".!?…"
            )
            if told and (told.cue or dialogue):
                found.append(Answer(stretch, told, False))
    return found


def _block_end(text: str, start: int) -> int:
    gap = _BLANK_LINE.search(text, start)
    end = gap.start() if gap else len(text)
    for line in re.finditer(r"\n", text[start:end]):
        after = text[start + line.end() : start + line.end() + 3].lstrip()
        before = text[start : start + line.start()].rstrip()
        if after[:1] in ("—", "–", "-", "•") or (
            before.endswith((".", "!", "»", "¤")) and after[:1].isupper()
        ):
            return start + line.start()
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _alone(page: Narration, start: int, end: int) -> bool:
    """Whether no other dash line stands under this one: it would be a list."""
    rest = page.masked[end : end + 8].lstrip()
    return rest[:1] not in ("—", "–", "-", "•")


def _with_tail(page: Narration, start: int, end: int) -> tuple[int, Attribution] | None:
    """`— A, se souvient X.` or `— A, dit X, B.`: where the words end, and the attribution."""
    toks = tokens(page.masked, start, end)
    for at in range(1, len(toks)):
        if toks[at - 1].text not in (",", "!", "?", "…") or not toks[at].text[0].islower():
            continue
        attribution = incise_at(page, toks, at)
        if attribution is None:
            continue
        last = attribution.phrase.last if attribution.phrase else at + 1
        rest = [token for token in toks[last:] if token.text not in ".!?"]
        if not rest:
            return toks[at - 1].start if toks[at - 1].text == "," else toks[at - 1].end, attribution
        return end, attribution
    return None


def above(page: Narration, position: int) -> tuple[int, int] | None:
    """The last line with words before `position`'s line."""
    start = page.line(position)[0]
    end = (
        len(page.masked[:start].rstrip())
        if start < 5000
        else start
        - (len(page.masked[start - 5000 : start]) - len(page.masked[start - 5000 : start].rstrip()))
    )
    if end <= 0 or page.masked[end:start].count("\n") > 3:
        return None
    return page.line(end - 1)[0], end


def is_question(page: Narration, line: tuple[int, int] | None) -> bool:
    """Whether a line asks something of the person interviewed."""
    if line is None or line[1] - line[0] > _LINE:
        return False
    words = page.masked[line[0] : line[1]].rstrip()
    return words.endswith("?") or (words.endswith(("…", "...")) and len(words.split()) > 3)


def interview_headings(page: Narration, answers: Sequence[Answer] = ()) -> list[tuple[int, str, int]]:
    """The lines that announce an interview or call upon somebody to answer (`Jeanne, pourquoi Solvor ?`), in order, as
    (position, canonical name, entity start)."""
    found: list[tuple[int, str, int]] = []
    for answer in answers:
        line = above(page, answer.stretch.outer_start) if answer.question else None
        toks = tokens(page.masked, *line) if line else []
        while toks and toks[0].text in "-–—":
            toks = toks[1:]
        called = phrase_at(page, toks, 0) if toks and toks[0].start in page.by_start else None
        if called and called.named[0].label == "PER" and called.last < len(toks):
            if toks[called.last].text == ",":
                found.append((toks[0].start, called.named[0].name, called.named[0].start))
    for heading in _HEADING.finditer(page.masked):
        start, end = page.line(heading.start())
        if end - start > _LINE:
            continue
        people = [
            phrase
            for phrase, _ in phrases(page, tokens(page.masked, start, end))
            if phrase.named and (phrase.named[0].label == "PER" or page.masked[start:end].isupper())
        ]
        if people:
            found.append((start, people[0].named[0].name, people[0].named[0].start))
    return sorted(found)
