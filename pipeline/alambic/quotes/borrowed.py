"""Words that a sentence borrows though no verb of the lexicon brings them: `X le voudrait «…»`, `jugé «…» par Y`.

Whoever marks a piece of a sentence that begins in lower case cites somebody, unless the marks set off a term, and a
term is short or comes behind its kind (`le dispositif «…»`). So a long piece is a quote of whom its sentence is about,
and a short one where it goes on with another (`salue « A » et « B »`), where an agent follows (`qualifié de « A » par
Y`), or where a verb stands right between a subject and the marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from alambic.quotes.ahead import sentence_ahead, subject_before
from alambic.quotes.attribution import Attribution, names_person
from alambic.quotes.cues import AIMING, Cue, cue_at, looks_finite, past_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import Narration, Token, tokens
from alambic.quotes.roles import ARTICLES
from alambic.quotes.speakers import PREPOSITIONS, Phrase, phrase_at, phrases

_LONG = 8  # words from which a piece in lower case is no term
_MIDDLE = 5  # words from which it is none behind anything but a definite article
_GOES_ON = frozenset(["mais", "et", "car", "puis"])
_FEW = 3  # words from which a verb of saying right before a piece brings it, whoever its subject is
_AGENT = 60  # characters behind the marks that may name the agent
_LINK = 60  # characters between two pieces that one verb brings
_LINKED = 6  # words between them
_BROUGHT = 3  # words between a verb and what it brings
_NOT_SAID = word_set("not_said")
_MAKES = word_set("makes")
_JOINS = word_set("joins")
_DEFINITE = frozenset(["le", "la", "les", "l'", "des", "du", "aux", "au"])
_IN_WHOSE_VIEW = frozenset(["pour", "selon"])
_SUBJECTS = frozenset(["il", "elle", "ils", "elles"])
_SMALL = PREPOSITIONS | ARTICLES | _JOINS | {"que", "qu'"}
_SMALL_OR_ADVERB = _SMALL | word_set("adverbs")

_Subjects = Sequence[tuple[Phrase, bool]]


def goes_with(page: Narration, stretch: Marked, previous: Marked) -> Phrase | bool:
    """Whether `stretch` is a further piece that the verb of the `previous` one brings (`salue « A » et « B »`), or its
    subject where it has one of its own (`promet de « A », et Y de « B »`)."""
    if not 0 < stretch.outer_start - previous.outer_end < _LINK:
        return False
    if not page.flat[stretch.start].islower() or not page.flat[previous.start].islower():
        return False
    toks = tokens(page.masked, previous.outer_end, stretch.outer_start)
    if not toks or toks[0].low not in _JOINS:
        return False
    if any(token.text[0] in ".:;!?()\n¤" or cue_at(toks, at) for at, token in enumerate(toks)):
        return False
    subject = [phrase for phrase, governed in phrases(page, toks) if phrase.named and not governed]
    if subject:
        return subject[0] if toks[-1].low in PREPOSITIONS and subject[0].last >= len(toks) - 2 else False
    predicate = (
        page.flat[stretch.start : stretch.end].split()[0].lower() in PREPOSITIONS
    )  # et une équipe « à bout »
    noun = len(toks) > 2 and toks[-2].low in ARTICLES and not _announced(toks)
    return len(toks) <= _LINKED and (toks[-1].low in _SMALL or predicate and noun)


def carries_on(page: Narration, stretch: Marked, previous: Marked) -> bool:
    """Whether the words go on behind the attribution of the `previous` ones: `« A », juge X, mais « B »`."""
    if not 0 < stretch.outer_start - previous.outer_end < 2 * _LINK:
        return False
    toks = tokens(page.masked, previous.outer_end, stretch.outer_start)
    if len(toks) < 3 or toks[0].text != "," or toks[-1].low not in _GOES_ON:
        return False
    if page.sentence_end(previous.outer_end) < stretch.outer_start:
        return False
    if any(token.text[0] in ":;!?()\n¤" for token in toks):
        return False
    told = [cue for at in range(min(3, len(toks))) if (cue := cue_at(toks, at))]
    return bool(told) and not any(cue_at(toks, at) for at in range(told[-1].last, len(toks)))


def borrowed(page: Narration, stretch: Marked) -> Attribution | None:
    """Who utters a piece of a sentence, `None` where the sentence does not say or the marks may set off a term."""
    toks = sentence_ahead(page, stretch)
    quoted = page.flat[stretch.start : stretch.end]
    if not toks or not quoted[0].islower() or _announced(toks):
        return None
    return _by_agent(page, stretch, toks) or _in_clause(page, toks, stretch, len(quoted.split()))


def _announced(toks: Sequence[Token]) -> bool:
    """Whether the words before the marks say that a name or a term comes."""
    return toks[-1].text != "," and not _NOT_SAID.isdisjoint(token.low for token in toks[-2:])


def of_someone(page: Narration, stretch: Marked) -> Attribution | None:
    """A piece too long for a term, of which nothing says who uttered it."""
    words = page.flat[stretch.start : stretch.end]
    if not words[0].islower() or len(words.split()) < _LONG:
        return None
    toks = sentence_ahead(page, stretch)
    if not toks or toks[-1].text == ":" or _announced(toks):
        return None
    return Attribution(None, None, stretch.start, position=stretch.start, name="")


def _by_agent(page: Narration, stretch: Marked, toks: Sequence[Token]) -> Attribution | None:
    """`qualifié de « A » par Y`, `une réforme jugée « A » par Y`."""
    behind = tokens(page.masked, stretch.outer_end, min(len(page.masked), stretch.outer_end + _AGENT))
    if not behind or behind[0].low != "par":
        return None
    phrase = phrase_at(page, behind, 1, bold=True)
    if phrase is None or not (phrase.named or phrase.role or phrase.body):
        return None
    for at in range(len(toks) - 1, max(-1, len(toks) - _BROUGHT - 1), -1):
        cue = past_at(toks, at)
        if cue is not None and cue.kind != "tone":
            where = behind[phrase.first].start
            return Attribution(phrase, cue.text, where, position=toks[cue.first].start)
    return None


def _in_clause(page: Narration, toks: Sequence[Token], stretch: Marked, count: int) -> Attribution | None:
    """The subject of the clause that the piece ends, with its verb."""
    found = phrases(page, toks)
    term = toks[-1].low in _DEFINITE
    direct = _unknown_verb(toks, found)
    if direct is not None and not (term and count < _MIDDLE):
        person = direct.pronoun is not None or names_person(direct.phrase)
        if count >= (2 if person else 4):
            return direct
    if count < (_LONG if term else _MIDDLE):
        return _brought(toks) if count >= _FEW else None
    for at in range(len(toks) - 1, -1, -1):
        if toks[at].low == "qui" and at and toks[at - 1].low in _IN_WHOSE_VIEW:
            viewer = [phrase for phrase, _ in found if phrase.last < at]
            if viewer:
                where = toks[viewer[-1].first].start
                return Attribution(viewer[-1], toks[at - 1].text, where, position=toks[at - 1].start)
        cue = cue_at(toks, at) or cue_at(toks, at, AIMING)
        attribution = subject_before(page, toks, found, cue) if cue else None
        if attribution is not None:
            return attribution
    brought = _brought(toks)
    if brought or toks[-1].text == ":":
        return brought
    for phrase, governed in found:
        if not governed and (phrase.named or phrase.role and phrase.definite):
            where = toks[phrase.first].start
            return Attribution(phrase, None, where, position=where)
    return None


def _brought(toks: Sequence[Token]) -> Attribution | None:
    """`une source évoque « … »`: a verb of saying near the marks whose subject names nobody."""
    last: Cue | None = None
    for at in range(1, len(toks)):
        cue = cue_at(toks, at)
        if cue is not None and (last is None or cue.last > last.last):
            last = cue
    if last is None or last.pronoun or last.kind == "tone" or last.last + _BROUGHT < len(toks):
        return None
    gap = [token.low for token in toks[last.last :]]
    if last.kind == "judge" and (toks[-1].low in _DEFINITE or not _SMALL_OR_ADVERB.issuperset(gap)):
        return None
    where = toks[last.first].start
    return Attribution(None, last.text, where, position=where, name="")


def _unknown_verb(toks: Sequence[Token], found: _Subjects) -> Attribution | None:
    """`X, maire de Y, apprécie « … »`, `elle le voudrait « … »`: what stands there can only be a verb."""
    last = len(toks)
    while last and len(toks) - last < _BROUGHT and toks[last - 1].low in _SMALL_OR_ADVERB:
        last -= 1
    cue = looks_finite(toks, last)
    if cue is None or toks[last - 1].low in _MAKES:
        return None
    before = cue.first
    while before and toks[before - 1].text == ",":
        before -= 1
    if before and toks[before - 1].low in _SUBJECTS:
        token = toks[before - 1]
        return Attribution(None, cue.text, token.start, token.low, position=toks[cue.first].start)
    for phrase, governed in reversed(found):
        if phrase.last == before and not governed and (phrase.named or phrase.definite):
            where = toks[phrase.first].start
            return Attribution(phrase, cue.text, where, position=toks[cue.first].start)
    return None
