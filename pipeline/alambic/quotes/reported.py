"""Reported speech without marks: `X annonce que …`, `Selon X, …`, `…, selon X.`, `…, annonce X.`

Each sentence is read once and by itself. Only what a named speaker, a function or a pronoun is said to have said
counts; the words are the clause that is reported, without `que` and without the attribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alambic.quotes.ahead import subject_before
from alambic.quotes.attribution import Attribution, by_preposition, incise_at, preposition_at
from alambic.quotes.cues import Cue, cue_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import MASK, Narration, Token, tokens
from alambic.quotes.roles import ARTICLES
from alambic.quotes.speakers import PREPOSITIONS, phrases

_SENTENCE = 1500  # characters of a sentence that are read
_BEFORE_THAT = 8  # words between the verb and its `que` (`a annoncé mardi à la presse que`)
_FEWEST = 3  # words of what is reported
_NOT_THAT = word_set("not_that")
_TELLING = ("inform", "prév", "avert", "rassur", "alert")  # verbs that also take whom they tell


def reported(page: Narration) -> Iterator[tuple[Marked, Attribution]]:
    """The reported clauses of a text, in order, each with who is said to have said it."""
    for start, end in page.sentences():
        if end - start > _SENTENCE or MASK in page.masked[start:end]:
            continue
        toks = tokens(page.masked, start, end)
        while toks and toks[-1].text[0] in ".!?…;\n":
            toks.pop()
        while toks and toks[0].text[0] in "\n–—•*-":
            toks = toks[1:]
        if len(toks) < _FEWEST + 2:
            continue
        found = _opening(page, toks) or _closing(page, toks) or _that(page, toks)
        if found is None:
            continue
        first, last, attribution = found
        if sum(token.text[0].isalnum() for token in toks[first:last]) >= _FEWEST:
            begin, stop = toks[first].start, toks[last - 1].end
            yield Marked(begin, begin, stop, stop), attribution


_Clause = tuple[int, int, Attribution]  # first and last (exclusive) token of what is reported, who says it


def _known(attribution: Attribution | None) -> bool:
    """Whether an attribution tells who speaks: a name, a function, a body, a pronoun."""
    if attribution is None:
        return False
    phrase = attribution.phrase
    return bool(attribution.pronoun) or (
        phrase is not None
        and bool(phrase.named or phrase.role or phrase.body or phrase.pointing)
        and (phrase.definite or bool(phrase.named))
    )


def _opening(page: Narration, toks: Sequence[Token]) -> _Clause | None:
    """`Selon X, …`, `Pour X, …`."""
    if preposition_at(toks, 0) is None:
        return None
    attribution = by_preposition(page, toks, 0)
    if attribution is None or not _known(attribution):
        return None
    phrase = attribution.phrase
    comma = phrase.last if phrase else next((i for i, token in enumerate(toks[:4]) if token.text == ","), 0)
    if not 0 < comma < len(toks) - 1 or toks[comma].text != ",":
        return None
    if toks[0].low == "pour" and (phrase is None or not phrase.named or phrase.named[0].label != "PER"):
        return None  # `Pour la ville de X, 2026 sera …` tells for whom
    return comma + 1, len(toks), attribution


def _closing(page: Narration, toks: Sequence[Token]) -> _Clause | None:
    """`…, selon X.`, `…, annonce X.`"""
    for at in range(len(toks) - 1, 0, -1):
        if preposition_at(toks, at) is not None and toks[at].low != "pour":
            attribution = by_preposition(page, toks, at)
        elif toks[at - 1].text == "," and _parenthetic(page, toks, at):
            attribution = incise_at(page, toks, at)
        else:
            continue
        if attribution is None or not _known(attribution):
            continue
        last = attribution.phrase.last if attribution.phrase else at + 2
        if last < len(toks) and toks[last].text != ",":
            continue
        comma = toks[at - 1].text == ","
        return 0, at - 1 if comma else at, attribution
    return None


def _parenthetic(page: Narration, toks: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying proper begins here: `, lance le collectif` is as likely to have an object."""
    cue = cue_at(toks, at)
    if cue is None or toks[cue.first].low == "l'":
        return False
    if cue.kind == "say" or cue.pronoun:
        return True
    entity = page.by_start.get(toks[cue.last].start) if cue.last < len(toks) else None
    return entity is not None and entity.label == "PER"


def _that(page: Narration, toks: Sequence[Token]) -> _Clause | None:
    """`X annonce que …`."""
    for at, token in enumerate(toks):
        if token.low not in ("que", "qu'") or at + _FEWEST >= len(toks) or toks[at - 1].low in _NOT_THAT:
            continue
        for start in range(max(0, at - _BEFORE_THAT), at):
            cue = cue_at(toks, start)
            if cue is None or cue.kind == "tone" or not start < cue.last <= at:
                continue
            if not _object_open(toks[cue.last : at], cue):
                continue
            attribution = subject_before(page, toks, phrases(page, toks[: cue.first]), cue)
            if attribution is not None and _known(attribution):
                return at + 1, len(toks), attribution
        return None
    return None


def _object_open(between: Sequence[Token], cue: Cue) -> bool:
    """Whether the verb still waits for its clause: `a rappelé à la presse que`, but not `présente l'usine que`."""
    if [token.text for token in between].count(",") % 2 or any(token.text in ";:" for token in between):
        return False
    if cue.text.startswith(_TELLING) or cue.text.partition(" ")[2].startswith(_TELLING):
        return True
    return not any(
        token.low in ARTICLES and (at == 0 or between[at - 1].low not in PREPOSITIONS)
        for at, token in enumerate(between)
    )
