"""Finds who speaks ahead of the marked words, in their sentence: `X déclare : «`, `Pour X, «`, `X entend «`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alambic.quotes.attribution import (
    SAME,
    Attribution,
    by_preposition,
    by_voice,
    names_person,
    preposition_at,
    someone,
)
from alambic.quotes.cues import AIMING, Cue, cue_at, infinitive_at, is_verb_form, participle_at, state_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import Narration, Token, in_person, tokens
from alambic.quotes.roles import ARTICLES
from alambic.quotes.speakers import PREPOSITIONS, Named, Phrase, phrase_at, phrases

_BEFORE = 700
_BEHIND = 300  # characters behind a quote that may hold the subject of its sentence
_SPOKEN = 7  # blanks from which words on a line of their own are no title
_GAP = 12  # blanks and line ends between a colon and the words that it announces
_FRAGMENTS = 8  # marked stretches before a quote that its sentence is read over
_GROUP = 9  # words before its last one with which a verb group may begin (`a, pour sa part, osé nous dire`)
_NAME = 5  # words of a title or a name in marks
_NOT_SAID = word_set("not_said")
_NAMED_SO = word_set("named_so")
_TURNS = word_set("turns")
_YOU = frozenset(["avez", "aviez"])
_DEFINITE = frozenset(["le", "la", "les", "l'", "du", "des", "au", "aux"])
_COINED = word_set("coined")
_PARTICLES = word_set("particles")
_PURPOSE = frozenset(["pour", "afin"])  # confie 3 M€ au laboratoire pour que …
_THAT = frozenset(["que", "qu'"])
_FURTHER = frozenset([",", "et", "mais", "puis"])
_WORDS_OF = word_set("words_of")
_FINDS = re.compile(r"(?:\w+ )?(?:jug|trouv|estim|consid|qualifi|tax|décri)")
_CALLS = re.compile(r"(?:l'|s')?appel(?!ant)|\w+ appelée?s?\Z")
_INFINITIVE = re.compile(r"(?:ne (?:pas|plus|jamais) )?(?:s[e']\s?)?[a-zà-ÿœ]{2,}(?:er|ir|re|oir)(?= )")
_LINK = re.compile(r" (?:à|de|d'|vouloir|souhaiter)\Z")  # between the verb and what is willed
_BEFORE_VERB = frozenset(["ne", "n'", "se", "s'", "y", "en"])


def before(page: Narration, stretch: Marked, *, whole: bool) -> Attribution | None:
    """`X, fonction, déclare : «…»`, `X a salué «…»`, `Pour X, «…»`, `X, fonction : «…»`.

    `whole` says that the marked words are a sentence of their own, not a fragment.
    """
    toks = sentence_ahead(page, stretch)
    if not toks:
        return None
    found = phrases(page, toks)
    quoted = page.flat[stretch.start : stretch.end]
    return (
        _aimed(page, toks, found, quoted)
        or _fronted(page, stretch, toks, whole, quoted)
        or _and_to_say(toks)
        or _spoken(page, toks, found, whole, quoted)
        or _prepositional(page, toks, whole, quoted)
        or _colon(page, toks, found, whole, quoted)
        or _bare_subject(page, toks, found, quoted)
    )


def sentence_ahead(page: Narration, stretch: Marked) -> list[Token]:
    """The words of its sentence before a quote; within a bracket still open, those of the bracket; the last sentence of
    the line above if a colon ends it."""
    end = _colon_above(page, stretch) or stretch.outer_start
    begin = max(page.sentence_start(max(0, end - 1)), end - _BEFORE)
    begin = max(begin, page.marked_before(stretch.outer_start, _FRAGMENTS))
    toks = tokens(page.masked, begin, end)
    while toks and toks[0].text[0] in "\n-–—•*":
        toks = toks[1:]
    return toks[_bracket(toks) :]


def _colon_above(page: Narration, stretch: Marked) -> int | None:
    """Where the text above ends whose colon announces the words of the next line (`X a déclaré :`)."""
    start = page.line(stretch.outer_start)[0]
    words = page.flat[stretch.start : stretch.end]
    spoken = words[-1] in ".!?…" or in_person(words[:_BEFORE]) or words.count(" ", 0, _BEFORE) >= _SPOKEN
    if page.masked[start : stretch.outer_start].strip(" -–—•*") or not spoken:
        return None
    end = start
    while end and start - end < _GAP and page.masked[end - 1] in " \n":
        end -= 1
    return end if end and page.masked[end - 1] == ":" else None


def _fronted(
    page: Narration, stretch: Marked, toks: Sequence[Token], whole: bool, quoted: str
) -> Attribution | None:
    """`Saluant « … », X a remis le prix`: the subject of the main clause, behind the quote."""
    at = 1 if toks[0].low == "en" else 0
    cue = infinitive_at(toks, at) if at < len(toks) else None
    if cue is None or cue.mood != "participle" or not _reaches(toks[cue.last :], cue, whole, False, quoted):
        return None
    end = min(page.sentence_end(stretch.outer_end), stretch.outer_end + _BEHIND)
    behind = tokens(page.masked, stretch.outer_end, end)
    comma = next((i for i, token in enumerate(behind) if token.text == ","), len(behind))
    for phrase, governed in phrases(page, behind[comma + 1 :]):
        if not governed:
            where = behind[comma + 1 + phrase.first].start
            return Attribution(phrase, cue.text, where, position=toks[cue.first].start)
    for token in behind[comma + 1 : comma + 3]:
        if token.low in ("il", "elle"):
            return Attribution(None, cue.text, token.start, token.low, position=toks[cue.first].start)
    return None


def _and_to_say(toks: Sequence[Token]) -> Attribution | None:
    """`Et de prévenir : « … »`: who has just spoken goes on."""
    if toks[0].low != "et" or len(toks) < 4 or toks[1].low not in ("de", "d'") or toks[-1].text != ":":
        return None
    cue = infinitive_at(toks, 2)
    if cue is None or cue.mood != "infinitive":
        return None
    return Attribution(None, cue.text, toks[0].start, "ses", position=toks[cue.first].start)


def _bracket(toks: Sequence[Token]) -> int:
    """Where the words begin that stand with the quote in a bracket still open (`(auparavant : « … »)`), 0 if none."""
    if toks and toks[-1].text == ")":
        return 0
    for at in range(len(toks) - 2, -1, -1):
        if toks[at].text == ")":
            return 0
        if toks[at].text == "(":
            return at + 1
    return 0


def _aimed(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], quoted: str
) -> Attribution | None:
    """`X entend « redonner … »`, `X s'engage à « … »`: what is willed, in marks from the infinitive on."""
    if len(quoted.split()) < 3 or not _INFINITIVE.match(quoted):
        return None
    for at in range(max(0, len(toks) - _GROUP), len(toks)):
        cue = cue_at(toks, at, AIMING)
        if cue is None or cue.last != len(toks) or cue.pronoun:
            continue
        subject = _subject(page, toks, found, cue)
        if subject is None:
            return None
        phrase, pronoun, where = subject
        text = _LINK.sub("", cue.text)
        return Attribution(phrase, text, where, pronoun, position=toks[cue.first].start)
    return None


def _bare_subject(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], quoted: str
) -> Attribution | None:
    """`La CFDT, elle, « prend le temps de l'analyse »`: the verb itself stands in the marks."""
    if not found or not quoted[:1].islower() or len(quoted.split()) < 2:
        return None
    phrase, governed = found[-1]
    if governed or not (phrase.named or (phrase.role or phrase.body) and phrase.definite and _verbal(quoted)):
        return None
    gap = [token.low for token in toks[phrase.last :] if token.text != ","]
    if gap == ["qui"]:
        gap = ["lui"]  # `la procureure, X, qui « n'exclut aucune piste »`
    if gap not in ([], ["elle"], ["lui"], ["eux"], ["elles"]) or (
        phrase.first and toks[phrase.first - 1].text not in ",;:"
    ):
        if not (gap and gap[0] in ("elle", "lui", "eux", "elles")):
            return None
    first = quoted.split()[0].split("'")[0]
    if first in (
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "d",
        "en",
        "pour",
        "dans",
        "avec",
        "et",
        "qui",
    ):
        return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[phrase.first].start)


def _verbal(quoted: str) -> bool:
    """Whether words begin with the verb of their sentence (`« regrette ce choix »`)."""
    toks = tokens(quoted, 0, min(len(quoted), 40))
    while toks and toks[0].low in _BEFORE_VERB:
        toks = toks[1:]
    return bool(toks) and is_verb_form(toks[0].low)


def _prepositional(page: Narration, toks: Sequence[Token], whole: bool, quoted: str) -> Attribution | None:
    for at in range(len(toks) - 1, -1, -1):
        if preposition_at(toks, at) is None:
            continue
        low = toks[at].low
        opening = (
            at == 0 or toks[at - 1].text in (",", ":", ";") or toks[at - 1].low in ("mais", "et", "car", "or")
        )
        if low == "pour" and not opening:
            continue
        if low == "pour" and at > 1 and toks[at - 1].text == "," and toks[-1].text == ":":
            apart = [phrase for phrase, _ in phrases(page, toks[: at - 1]) if phrase.last == at - 1]
            if apart and apart[-1].named and apart[-1].named[0].label == "PER":  # `X, pour l'UNSA : «…»`
                where = toks[apart[-1].first].start
                return Attribution(apart[-1], None, where, position=where)
        found = by_preposition(page, toks, at)
        if found is None:
            continue
        end = found.phrase.last if found.phrase else at + 2
        gap = toks[end:]
        if found.phrase and not found.phrase.named and not found.phrase.role and not found.phrase.body:
            continue
        if low == "pour" and found.phrase and not ((gap and gap[0].text in (",", "(", ":")) or not gap):
            continue
        if len(gap) > (25 if whole else 14) or any(token.text in ":;" for token in gap[:-1]):
            continue
        if gap and gap[-1].low in _NAMED_SO:
            continue  # Pour X, la réforme dite « choc des savoirs »
        if gap and quoted[:1].isupper() and len(quoted.split()) <= _NAME and gap[-1].text.isalpha():
            continue  # Aux yeux de X, le projet « Horizon »
        if (
            low == "pour"
            and found.phrase
            and found.phrase.named
            and found.phrase.named[0].label == "ORG"
            and len(gap) > 3
            and not (quoted[:1].islower() and len(quoted.split()) >= 4 and gap[-1].low not in _NOT_SAID)
        ):
            continue
        return found
    return None


def _spoken(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], whole: bool, quoted: str
) -> Attribution | None:
    colon = toks[-1].text == ":"
    inner = {i for phrase, _ in found for i in range(phrase.first, phrase.last)}
    for at in range(len(toks) - 1, -1, -1):
        if at in inner:
            continue
        cue = cue_at(toks, at)
        if cue is None and at and toks[at - 1].low in ("d'", "de", "à", "pour", "en", "s'", "se", "beau"):
            cue = infinitive_at(toks, at)
            if (
                cue
                and cue.mood == "infinitive"
                and not colon
                and (len(toks) - cue.last > 1 or cue.kind == "tone" and cue.last == at + 1)
            ):
                cue = None
        elif cue is None and at and toks[at - 1].text in (",", "et"):
            cue = infinitive_at(toks, at)
            if cue and cue.mood == "infinitive":
                cue = None
        cue = cue or participle_at(toks, at)
        if cue is None:
            continue
        if cue.pronoun:
            if len(toks) - cue.last <= 3:
                if cue.pronoun == "on":
                    return someone(toks, at) if cue.kind == "say" else None
                return Attribution(None, cue.text, toks[at].start, cue.pronoun, position=toks[at].start)
            continue
        for start in range(at - 1, max(-1, at - _GROUP), -1):  # back to where the verb group begins
            longer = cue_at(toks, start)
            if longer is not None and longer.last == cue.last:
                at, cue = start, longer
        voice = by_voice(page, toks, 0)
        if voice and any(token.text == ";" for token in toks[cue.last : voice.first]):
            where = toks[voice.first].start
            return Attribution(voice, None, where, position=where)
        gap = toks[max(cue.last, voice.last if voice else 0) :]
        if not _reaches(gap, cue, whole, colon, quoted):
            continue
        if _said_by_you(toks, cue):
            text = cue.text.removeprefix("vous ").removeprefix("Vous ")
            return Attribution(None, text, toks[at].start, position=toks[at].start, name="")
        if voice:
            return Attribution(voice, cue.text, toks[voice.first].start, position=toks[cue.first].start)
        if cue.first and toks[cue.first - 1].low == "on":
            if not _THAT.isdisjoint(token.low for token in toks[max(0, cue.first - 3) : cue.first - 1]):
                if colon:
                    continue
                return None  # refuse que l'on parle de « … »
            return _house(toks, found, cue)
        subject = _subject(page, toks, found, cue)
        if subject is None:
            return None
        phrase, pronoun, where = subject
        if phrase and toks[cue.first - 1].low not in _FURTHER and _that_between(toks, phrase.last, cue.first):
            continue  # X a estimé que le peuple a voulu témoigner « … »
        carried = any(token.masked for token in toks)  # a verb after others that have brought words
        if cue.kind == "tone" and not whole and not names_person(phrase) and pronoun is None and not carried:
            return None
        return Attribution(phrase, cue.text, where, pronoun, position=toks[cue.first].start)
    return None


def _that_between(toks: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb of saying and its `que` stand between a subject and a further verb."""
    that = next((at for at in range(last - 1, first, -1) if toks[at].low in _THAT), None)
    return that is not None and any(
        (cue := cue_at(toks, at)) and cue.kind != "tone" and cue.last <= that for at in range(first, that)
    )


def _house(toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], cue: Cue) -> Attribution:
    """`Chez X, on redoute « … »`: the house in which somebody says so."""
    houses = [p for p, _ in found if p.last <= cue.first and p.named and p.named[0].label == "ORG"]
    where = toks[cue.first].start
    if not houses:
        return Attribution(None, cue.text, where, position=where, name="")
    return Attribution(houses[-1], cue.text, toks[houses[-1].first].start, position=where)


def _said_by_you(toks: Sequence[Token], cue: Cue) -> bool:
    """Whether the verb speaks to the reader: `vous nous aviez promis`, `vous déclariez`."""
    if toks[cue.first].low == "vous":
        return toks[cue.last - 1].low.endswith("ez") or toks[cue.first + 1].low in _YOU
    before = {token.low for token in toks[max(0, cue.first - 2) : cue.first]}
    return toks[cue.first].low in _YOU and "vous" in before


def _reaches(gap: Sequence[Token], cue: Cue, whole: bool, colon: bool, quoted: str) -> bool:
    """Whether the verb's object is the quote behind `gap`."""
    words = [token.low for token in gap]
    if colon:
        return len(gap) <= 30
    count = len(quoted.split())
    if _CALLS.match(cue.text) and "à" not in words and "au" not in words and "aux" not in words:
        return False  # que l'on appellera « la fabrique »
    if quoted[:1].isupper() and count <= _NAME and not (words and words[-1] in ("que", "qu'", "d'")):
        if words or cue.text in ("dit", "nomme"):
            return False  # a name, not words: annonce une « Série A »
    if cue.text == "dit" and not words and count <= 3:
        return False
    if (
        words
        and words[-1] in ("un", "une", "le", "la", "l'", "son", "sa")
        and count <= 2
        and cue.kind != "judge"
    ):
        return False
    titles = [at for at, token in enumerate(gap) if token.masked and at and words[at - 1] in _DEFINITE]
    aside = quoted[:1].islower() and cue.kind != "tone"  # voit dans la « Tenture » « un monument »
    if any(
        token.text in ";" or token.masked and not (aside and at in titles) for at, token in enumerate(gap)
    ) and _THAT.isdisjoint(words):
        return False
    thats = [at for at, word in enumerate(words) if word in _THAT]
    if thats and not colon and all(at and words[at - 1] in _PURPOSE for at in thats):
        return False
    if thats:
        return (len(gap) <= 25 and cue.kind != "tone") or len(gap) <= 12
    found_so = (
        _FINDS.match(cue.text) and len(words) > 1 and quoted[:1].islower()
    )  # juge le projet « insuffisant »
    if words and not found_so and (words[-1] in _NOT_SAID or (len(words) > 1 and words[-2] in _NOT_SAID)):
        return False
    if words and words[-1] == "et" and cue.kind == "judge" and quoted[:1].islower() and count >= 3:
        return len(gap) <= 30  # remercie le préfet, la ville et « tous ceux qui … »
    if cue.kind == "tone":
        term = bool(words) and words[-1] in _DEFINITE and count <= _NAME  # s'engage pour le « peau à peau »
        return (whole or (quoted[:1].islower() and count >= 3 and not term)) and len(gap) <= 6
    if cue.kind == "say":
        return len(gap) <= 12
    return len(gap) <= 10


def _subject(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], cue: Cue
) -> tuple[Phrase | None, str | None, int] | None:
    """The subject before a verb: the nearest phrase that no preposition governs, or a pronoun nearer still."""
    relative = cue.first > 0 and toks[cue.first - 1].low == "qui"
    for phrase, governed in reversed(found):
        if phrase.first >= cue.first:
            continue
        if governed and not relative:
            continue
        pronoun = _pronoun_between(toks, phrase.last, cue.first)
        if pronoun is not None:
            return None, toks[pronoun].low, toks[pronoun].start
        if cue.mood == "participle" and _told_between(toks, phrase.last, cue.first):
            return None, SAME, toks[cue.first].start  # `X appelle « A », a-t-elle dit, estimant que « B »`
        person = _person_over(toks, found, phrase)
        if person:
            phrase = person
        return phrase, None, toks[phrase.first].start
    pronoun = _pronoun_between(toks, 0, cue.first)
    if pronoun is not None:
        return None, toks[pronoun].low, toks[pronoun].start
    unknown = _capitals_before(page, toks, cue)
    if unknown is not None:
        return unknown, None, toks[unknown.first].start
    further = cue.first > 1 and toks[cue.first - 1].low in _FURTHER and not toks[cue.first - 2].masked
    if further and any(token.masked for token in toks[: cue.first]):
        return None, SAME, toks[cue.first].start  # `« A », a-t-il dit, précisant que « B »`
    if cue.mood in ("infinitive", "participle"):
        carried = any(
            token.masked for token in toks[: cue.first]
        )  # `« A », a-t-elle dit, sans nier que « B »`
        return (None, SAME, toks[cue.first].start) if carried else None
    behind = [phrase for phrase, governed in found if phrase.first >= cue.last and not governed]
    compared = cue.first > 0 and toks[cue.first - 1].low == "comme"
    if behind and (toks[-1].text == ":" or compared):  # Ce que dit X : «…», Comme l'écrit X, «…»
        return behind[0], None, toks[behind[0].first].start
    return None


def _told_between(toks: Sequence[Token], first: int, last: int) -> bool:
    """Whether words and their inverted verb stand between a subject and a further verb."""
    carried = any(token.masked for token in toks[first:last])
    return carried and any((cue := cue_at(toks, at)) is not None and cue.pronoun for at in range(first, last))


def _capitals_before(page: Narration, toks: Sequence[Token], cue: Cue) -> Phrase | None:
    """A name right before the verb that the entity stage has missed (`où La Font de Saint-Yenne loue`)."""
    for at in range(max(0, cue.first - _NAME), cue.first - 1):
        run = toks[at : cue.first]
        if run[0].text[0].isupper() and all(t.text[0].isupper() or t.low in _PARTICLES for t in run):
            if at and toks[at - 1].low in PREPOSITIONS:
                return None
            name = " ".join(page.text[run[0].start : run[-1].end].split())
            return Phrase(at, cue.first, (Named(name, run[0].start, run[-1].end, "PER"),))
    return None


def subject_before(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], cue: Cue
) -> Attribution | None:
    """Who stands before the verb `cue` as its subject, for what a `que` reports."""
    if cue.pronoun == "on":
        return None
    if cue.pronoun:
        return Attribution(None, cue.text, toks[cue.first].start, cue.pronoun, position=toks[cue.first].start)
    subject = _subject(page, toks, found, cue)
    if subject is None:
        return None
    phrase, pronoun, at = subject
    return Attribution(phrase, cue.text, at, pronoun, position=toks[cue.first].start)


def _person_over(
    toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], phrase: Phrase
) -> Phrase | None:
    """The person before an organisation that is only an object (`X, qui dirige l'institut Y, tempère`)."""
    if phrase.first == 0 or phrase.named and phrase.named[0].label == "PER" or phrase.pointing:
        return None
    if not phrase.named and not (phrase.last < len(toks) and toks[phrase.last].text == ","):
        return None
    if toks[phrase.first - 1].text in ",;" or toks[phrase.first - 1].low in _TURNS:
        return None
    for other, governed in reversed(found):
        if other.first < phrase.first and not governed and (other.named and other.named[0].label == "PER"):
            between = [token.low for token in toks[other.last : phrase.first]]
            return other if phrase.named or "qui" in between else None
    return None


def _pronoun_between(toks: Sequence[Token], first: int, last: int) -> int | None:
    for at in range(last - 1, first - 1, -1):
        if toks[at].low in ("et", "mais") and 3 <= last - at <= 4 and toks[at + 1].low in ARTICLES:
            return None  # `il a fait - 4 °C et le 115 a répondu`
        if toks[at].low in ("il", "elle", "ils", "elles") and not (
            at
            and toks[at - 1].text == ","
            and at + 1 < last
            and toks[at + 1].text == ","
            or at
            and toks[at - 1].low in PREPOSITIONS  # quant à elle
        ):
            return at
    return None


def _colon(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], whole: bool, quoted: str
) -> Attribution | None:
    """`X, fonction : «…»`, `La fondatrice, X, ne s'en cache pas : «…»`."""
    colon = toks[-1].text == ":"
    if toks[-1].text == "," and len(toks) > 3 and toks[1].low in _COINED and whole:
        coined = [phrase for phrase, _ in found if phrase.named and phrase.last == len(toks) - 1]
        if coined:  # `La phrase de X, « … », orne le hall`
            where = toks[coined[0].first].start
            return Attribution(coined[0], None, where, position=where)
    if toks[-1].text not in (":", "–", "—", "-"):
        line = phrase_at(page, toks, 0, bold=True) if whole else None
        if line and line.named and line.named[0].label == "PER" and line.role and line.last >= len(toks):
            return Attribution(line, None, toks[0].start, position=toks[0].start)  # X, fonction « … »
        return None
    word = colon and len(toks) > 2 and toks[-2].low in _COINED  # `n'a eu qu'un mot : « Enfin ! »`
    if not word and len(toks) > 2 and toks[-2].low in _NOT_SAID and toks[-3].low in ("un", "une"):
        return None  # donnera une conférence : « … »
    named = [(phrase, governed) for phrase, governed in found if phrase.named]
    people = [phrase for phrase, governed in named if not governed and phrase.named[0].label == "PER"]
    if toks[-1].text != ":":
        people = [phrase for phrase in people if phrase.first == 0 and phrase.last == len(toks) - 1]
    nominal = toks[0].low in _WORDS_OF or (len(toks) > 1 and toks[1].low in _WORDS_OF)
    if nominal and len(toks) <= 4 and toks[0].low in ("sa", "son", "ses"):
        return Attribution(None, None, toks[0].start, "ses", position=toks[0].start)
    if not people and nominal and named and named[-1][0].last >= len(toks) - 1:
        people = [named[-1][0]]
    if not people and whole and toks[-1].text == ":" and any(token.low in _COINED for token in toks):
        people = [phrase for phrase, _ in named if phrase.named[0].label == "PER"][
            :1
        ]  # On doit à X cette devise :
    announced = colon and people and people[0].first <= 1 and people[0].last == len(toks) - 1
    short = announced and (quoted[-1] in ".!?…" or in_person(quoted))  # `X (fonction) : « C'est trop tôt. »`
    if people and (whole or word or short):
        phrase = people[0]
        bare = phrase.first <= 2 and phrase.last >= len(toks) - 1
        where = toks[phrase.first].start
        verb = state_at(toks[:-1], phrase.last + (toks[phrase.last].text == ","))
        if verb and verb.last < len(toks) - 1:
            verb = None  # `X est ravie : «…»`, but not `X cultivait la terre : «…»`
        position = toks[verb.first].start if verb else where
        return Attribution(phrase, verb.text if verb else None, where, position=position, sure=bare)
    if named and whole and named[0][0].last >= len(toks) - 1 and named[0][0].first <= 1:
        phrase = named[0][0]
        return Attribution(phrase, None, toks[phrase.first].start, position=toks[phrase.first].start)
    if toks[-1].text == ":" and whole and not named:
        first = phrase_at(page, toks, 0, bold=True)
        if first and first.last >= len(toks) - 1 and (first.role or first.named):
            return Attribution(first, None, toks[0].start, position=toks[0].start)
    return None
