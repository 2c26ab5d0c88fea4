"""Finds who speaks the marked words: after them, inside them, before them, under them, above them.

Each pattern looks at one place only and returns an `Attribution` or `None`. None crosses into another paragraph's
sentences, so that no quote takes the next one's speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from alambic.knowledge import rows
from alambic.quotes.cues import AIMING, Cue, cue_at, infinitive_at, is_verb_form, participle_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import MASK, Narration, Token, tokens
from alambic.quotes.roles import role_at
from alambic.quotes.speakers import PREPOSITIONS, Phrase, phrase_at, phrases

_AFTER = 420  # characters behind a quote that are read
_BEFORE = 700
_FRAGMENTS = 8  # marked stretches before a quote that its sentence is read over
_GROUP = 9  # words before its last one with which a verb group may begin (`a, pour sa part, osé nous dire`)
_FILLER = 14  # words between the verb and its subject
_LINE = 180  # characters of a signature or of a title line
_NOT_SAID = word_set("not_said")
_TURNS = word_set("turns")
_YOU = frozenset(["avez", "aviez"])
_VOICE = (
    ("par", "la", "voix"),
    ("par", "la", "bouche"),
    ("par", "l'", "intermédiaire"),
    ("par", "l'", "entremise"),
)
_OWN_WORDS = frozenset(["mots", "termes", "formule", "expression", "dires", "propos", "paroles", "mot"])
_WORDS_OF = word_set("words_of")
_COINED = word_set("coined")
_IN_WORDS = word_set("in_words")
_TITLED = word_set("titled_kinds")
_SOMEONE = word_set("someone")
_WHEN = word_set("when")
_INFINITIVE = re.compile(r"(?:ne (?:pas|plus|jamais) )?(?:s[e']\s?)?[a-zà-ÿœ]{2,}(?:er|ir|re|oir)(?= )")
_LINK = re.compile(r" (?:à|de|d'|vouloir|souhaiter)\Z")  # between the verb and what is willed
_BEFORE_VERB = frozenset(["ne", "n'", "se", "s'", "y", "en"])
_STOPS_SUBJECT = frozenset('.;:!?»«“”"()')


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks (`phrase`, or the `pronoun` that stands for it) and the `cue` that says so.

    `at` is where the speaker or pronoun stands, `position` where the attribution begins; `sure` is false where only
    the place speaks for it. `name` is a speaker already known from another quote.
    """

    phrase: Phrase | None
    cue: str | None
    at: int
    pronoun: str | None = None
    sure: bool = True
    position: int = 0
    name: str | None = None


@cache
def _prepositions() -> list[tuple[str, ...]]:
    return sorted(
        (tuple(row[0].split()) for row in rows("alambic.quotes", "prepositions.txt")), key=len, reverse=True
    )


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in _prepositions())


def preposition_at(toks: Sequence[Token], at: int) -> int | None:
    """Where the attributing preposition at token `at` ends."""
    if at >= len(toks) or toks[at].low not in _first_words():
        return None
    for words in _prepositions():
        if tuple(token.low for token in toks[at : at + len(words)]) == words:
            return at + len(words)
    return None


_PRONOUNS = frozenset(["il", "elle", "ils", "elles", "lui", "eux", "celui-ci", "celle-ci"])


def by_preposition(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`selon X`, `pour X`, `aux yeux de X`, `selon elle`."""
    end = preposition_at(toks, at)
    if end is None or end >= len(toks):
        return None
    text = " ".join(token.text for token in toks[at:end]).replace("' ", "'")
    if toks[end].low in ("ses", "sa", "son", "leurs", "leur") and _OWN_WORDS & {
        t.low for t in toks[end : end + 3]
    }:
        return Attribution(None, text, toks[at].start, "ses", position=toks[at].start)
    if toks[end].low in _PRONOUNS:
        return Attribution(None, text, toks[end].start, toks[end].low, position=toks[at].start)
    phrase = phrase_at(page, toks, end, bold=toks[end].text[0].isupper())
    if phrase is None:
        return None
    return Attribution(phrase, text, toks[end].start, position=toks[at].start)


def after(page: Narration, stretch: Marked, *, whole: bool = True) -> Attribution | None:
    """`», déclare X`, `», selon X`, `» (X, fonction)`, `» — X`, `», poursuit-elle`."""
    if page.masked[stretch.outer_end : stretch.outer_end + 4].lstrip(" ")[:1] in ("\n", MASK):
        return None
    end = min(len(page.masked), stretch.outer_end + _AFTER)
    toks = tokens(page.masked, stretch.outer_end, end)
    if not toks:
        return None
    at = 0
    while at < len(toks) and toks[at].text in (",", ".", "…", "...", "!", "?", ";") and at < 3:
        at += 1
    if at >= len(toks) or toks[at].text[0] == "\n":
        return None
    stopped = any(token.text not in ",;" for token in toks[:at])
    first = toks[at]
    if first.text == "(":
        phrase = phrase_at(page, toks, at + 1, bold=True)
        close = next((i for i in range(at, min(len(toks), at + 40)) if toks[i].text == ")"), None)
        known = phrase and (whole or phrase.role or phrase.named and phrase.named[0].start in page.by_start)
        if phrase and known and close is not None and _person(phrase) and close - phrase.last <= 12:
            return Attribution(phrase, None, toks[phrase.first].start, position=first.start)
        return None
    if first.text in ("–", "—", "-", ":") and at + 1 < len(toks):
        phrase = phrase_at(page, toks, at + 1, bold=True)
        if (
            phrase
            and not titled(page, stretch)
            and phrase.named
            and (first.text != ":" or phrase.role)
            and whole
            and (phrase.role or phrase.named[0].start in page.by_start)
        ):
            return Attribution(phrase, None, toks[at + 1].start, position=first.start)
        return None
    if first.text[0].isupper() and toks[0].text not in ",;":
        if not whole or stopped:
            return None
        return _signed_behind(page, stretch, toks, at) or _coined(page, toks, at)
    found = by_preposition(page, toks, at)
    if found and (
        first.low != "pour"
        or found.pronoun
        or (found.phrase and toks[0].text == "," and (found.phrase.named or _ends_there(toks, found.phrase)))
        or (whole and _person(found.phrase) and _opens_sentence(page, stretch))
    ):
        return found
    return (
        said_by(page, toks, at)
        or _historic_infinitive(page, toks, at)
        or (_unknown_verb(page, toks, at) if whole else None)
        or _someone(toks, at)
    )


def _opens_sentence(page: Narration, stretch: Marked) -> bool:
    """Whether nothing stands before the words in their sentence."""
    start = page.sentence_start(max(0, stretch.outer_start - 1))
    return not page.masked[start : stretch.outer_start].strip(" \n-–—")


def _ends_there(toks: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the sentence ends with a function alone (`», pour le syndicaliste.`)."""
    return phrase.role is not None and (phrase.last >= len(toks) or toks[phrase.last].text == ".")


def _signed_behind(page: Narration, stretch: Marked, toks: Sequence[Token], at: int) -> Attribution | None:
    """`« Tout est prêt. » Jeanne Roy, coordinatrice.`: a name and a function that make no sentence, or a sentence
    about who has spoken (`« Tout est prêt. » Jeanne Roy, coordinatrice, a le sens de la formule.`)."""
    if page.flat[stretch.end - 1] not in ".!?…":
        return None
    phrase = phrase_at(page, toks, at)
    if phrase is None or not phrase.named or phrase.named[0].label != "PER":
        return None
    last = phrase.last
    if phrase.role is None and last < len(toks) and toks[last].text[0] != "\n":
        return None
    while last + 1 < len(toks) and toks[last].text == "," and (role := role_at(page, toks, last + 1)):
        last = role.last
    ends = last >= len(toks) or toks[last].text == "." or toks[last].text[0] == "\n"
    line = page.masked[page.line(stretch.outer_start)[0] : stretch.outer_start]
    if not ends and (line.strip() or toks[last].text != ","):
        return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[at].start)


def _coined(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`» La phrase est de X`, `» C'est par ces mots que X commence ses journées`."""
    words = [token.low for token in toks[at : at + 6]]
    if words[1:2] and words[1] in _COINED and words[2:4] in (["est", "de"], ["est", "d'"], ["sont", "de"]):
        begin = at + 4
    elif words[:2] == ["c'", "est"] and words[3:4] == ["ces"] and words[4:5] and words[4] in _IN_WORDS:
        begin = at + 6
    else:
        return None
    phrase = phrase_at(page, toks, begin) if begin < len(toks) else None
    if phrase is None or not phrase.named:
        return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[at].start)


def _historic_infinitive(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`», de répondre X`: the infinitive that tells what came next."""
    cue = infinitive_at(toks, at + 1) if toks[at].low in ("de", "d'") else None
    phrase = subject_behind(page, toks, cue) if cue and cue.mood == "infinitive" else None
    if cue is None or phrase is None:
        return None
    text = f"{toks[at].text} {cue.text}".replace("' ", "'")
    return Attribution(phrase, text, toks[phrase.first].start, position=toks[at].start)


def _someone(toks: Sequence[Token], at: int) -> Attribution | None:
    """`», dit-on en interne`, `», disent nos amis`: words that are said by somebody without a name."""
    while at < len(toks) and toks[at].low in ("nous", "me", "m'") and at + 1 < len(toks):
        at += 1
    cue = cue_at(toks, at)
    if cue is None or cue.mood not in ("finite", "compound"):
        return None
    if cue.pronoun == "on":
        text = " ".join(token.text for token in toks[at : cue.last])
        return Attribution(None, text, toks[at].start, position=toks[at].start, name="")
    behind = cue.last
    while behind < min(len(toks) - 1, cue.last + 2) and toks[behind].low in _WHEN:
        behind += 1
    one_of = toks[behind].low + toks[behind + 1].low if behind + 1 < len(toks) else ""
    if cue.kind == "judge" and one_of not in ("l'un", "l'une"):
        return None  # dénonce des retards: an object
    if behind < len(toks) and {toks[behind].low, one_of} & _SOMEONE and not cue.pronoun:
        return Attribution(None, cue.text, toks[at].start, position=toks[at].start, name="")
    return None


def titled(page: Narration, stretch: Marked) -> bool:
    """Whether the word before the marks announces a title (`table ronde « … » – X, modérateur`)."""
    toks = tokens(page.masked, max(0, stretch.outer_start - 30), stretch.outer_start)
    return bool(toks) and toks[-1].low in _TITLED


def said_by(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """A verb of saying at token `at` and the subject behind it."""
    for start in range(at, min(len(toks), at + 5)):
        if toks[start].text in _STOPS_SUBJECT or toks[start].text[0] in "\n¤":
            return None
        if toks[start].low in _TURNS:
            return None
        cue = cue_at(toks, start)
        if cue is None:
            continue
        if cue.pronoun == "on":
            voice = by_voice(page, toks, cue.last)
            if voice is None:
                return _someone(toks, at)
            return Attribution(voice, None, toks[start].start, position=toks[start].start)
        if cue.pronoun:
            return Attribution(None, cue.text, toks[cue.first].start, cue.pronoun, position=toks[start].start)
        phrase = subject_behind(page, toks, cue)
        if phrase:
            return Attribution(phrase, cue.text, toks[phrase.first].start, position=toks[start].start)
        return None
    return None


def by_voice(page: Narration, toks: Sequence[Token], first: int) -> Phrase | None:
    """The person in `par la voix de X` or `représenté par X`, who speaks for an organisation."""
    for at in range(first, len(toks) - 4):
        if toks[at].low.startswith("représenté") and toks[at + 1].low == "par":
            begin = at + 2
        elif tuple(token.low for token in toks[at : at + 3]) in _VOICE:
            begin = at + 4 if toks[at + 3].low in ("de", "d'") else at + 3
        else:
            continue
        phrase = phrase_at(page, toks, begin, bold=True)
        return phrase if phrase and phrase.named else None
    return None


def subject_behind(page: Narration, toks: Sequence[Token], cue: Cue) -> Phrase | None:
    """The subject that follows its verb (`a expliqué hier à l'AFP le maire, X`)."""
    at = cue.last
    while at < min(len(toks), cue.last + _FILLER):
        token = toks[at]
        if token.text in _STOPS_SUBJECT or token.text[0] in "\n¤":
            return None
        phrase = phrase_at(page, toks, at, bold=token.text[0].isupper() or at == cue.last)
        if phrase:
            if toks[at - 1].low not in PREPOSITIONS and token.low not in ("au", "aux", "du"):
                return phrase
            at = phrase.last
            continue
        at += 1
    return None


def _unknown_verb(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`», philosophe Jean Dupont`: one lower-case word, then a person, can only be a verb of saying."""
    first = at
    while at < len(toks) and toks[at].low in ("se", "s'", "y", "en", "nous") and at - first < 2:
        at += 1
    if at + 1 >= len(toks) or not toks[at].text.islower() or toks[at].low in PREPOSITIONS:
        return None
    word = toks[at].low
    last = at + 1
    if (
        word in ("a", "ont", "avait", "est")
        and last < len(toks)
        and toks[last].low.endswith(("é", "i", "u", "is", "it", "ée"))
    ):
        last += 1
    elif not word.endswith(("e", "t", "d", "nt")) or word.endswith(("ment",)) or len(word) < 3:
        return None
    if word in (
        "et",
        "ou",
        "mais",
        "notamment",
        "comme",
        "que",
        "le",
        "la",
        "de",
        "est",
        "soit",
        "dont",
        "entre",
        "contre",
        "une",
        "porte",
        "porté",
    ):
        if last == at + 1:
            return None
    subject = last
    if last > at + 1 and last < len(toks) and toks[last].text == ",":  # a rebondi, sous les vivats, X
        aside = next((i for i in range(last + 1, min(len(toks), last + 8)) if toks[i].text in ",.;:"), last)
        subject = aside + 1 if toks[aside].text == "," and aside > last else last
    phrase = phrase_at(page, toks, subject)
    if phrase is None or not phrase.named or phrase.named[0].label != "PER":
        return None
    text = " ".join(token.text for token in toks[first:last]).replace("' ", "'")
    return Attribution(phrase, text, toks[phrase.first].start, position=toks[first].start)


def inside(page: Narration, start: int, end: int) -> Attribution | None:
    """`« A, déclare X. B »`: the first attribution that commas set off within the words."""
    toks = tokens(page.flat, start, end)
    for at in range(1, len(toks)):
        if toks[at - 1].text not in (",", "?", "!", "…", "...", "–", "—", "."):
            continue
        if not toks[at].text[0].islower():
            continue
        found = incise_at(page, toks, at)
        if found:
            return found
    return None


def incise_at(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """An attribution between commas that begins at token `at` (`, dit X,`, `, poursuit-elle.`)."""
    cue = cue_at(toks, at)
    if cue is None:
        return None
    if cue.pronoun:
        if cue.pronoun == "on":
            return None
        behind = toks[cue.last].text if cue.last < len(toks) else "."
        if (
            behind.isalnum()
            and behind not in ("en", "à", "dans", "avec", "sans", "lors")
            and cue.mood == "finite"
            and cue.kind != "say"
        ):
            return None
        return Attribution(None, cue.text, toks[cue.first].start, cue.pronoun, position=toks[at].start)
    phrase = subject_behind(page, toks, cue)
    if phrase is None or phrase.first - cue.last > 6:
        return None
    if not phrase.named and not phrase.role and not phrase.body and not phrase.pointing:
        return None
    behind = toks[phrase.last].text if phrase.last < len(toks) else "."
    if (
        behind not in ",.;:!?»…)–—"
        and not behind.startswith("\n")
        and not (phrase.named and behind.islower())
    ):
        return None
    if not phrase.named and behind not in ",.;:!?»…":
        return None
    return Attribution(phrase, cue.text, toks[phrase.first].start, position=toks[at].start)


def tail(page: Narration, start: int, end: int) -> int | None:
    """Where an attribution begins that ends these words (`…, dit X, maire de Y.`), else `None`."""
    begin = max(start, end - 500)
    toks = tokens(page.flat, begin, end)
    for at in range(1, len(toks)):
        if toks[at - 1].text != "," or not toks[at].text[0].islower():
            continue
        found = incise_at(page, toks, at)
        if found is None:
            continue
        last = found.phrase.last if found.phrase else at + 1
        rest = toks[last : last + 60]
        stop = next((i for i, token in enumerate(rest) if token.text in '.!?»"'), None)
        tail_words = len([token for token in rest if token.text.isalnum()]) if stop is None else None
        if (stop is None and (tail_words or 0) <= 12) or (stop is not None and len(rest) - stop <= 12):
            return toks[at - 1].start
    return None


def before(page: Narration, stretch: Marked, *, whole: bool) -> Attribution | None:
    """`X, fonction, déclare : «…»`, `X a salué «…»`, `Pour X, «…»`, `X, fonction : «…»`.

    `whole` says that the marked words are a sentence of their own, not a fragment.
    """
    begin = max(page.sentence_start(max(0, stretch.outer_start - 1)), stretch.outer_start - _BEFORE)
    begin = max(begin, page.marked_before(stretch.outer_start, _FRAGMENTS))
    toks = tokens(page.masked, begin, stretch.outer_start)
    while toks and toks[0].text[0] in "\n-–—•*":
        toks = toks[1:]
    if not toks:
        return None
    toks = toks[_bracket(toks) :]
    found = phrases(page, toks)
    quoted = page.flat[stretch.start : stretch.end]
    return (
        _aimed(page, toks, found, quoted)
        or _spoken(page, toks, found, whole, quoted)
        or _prepositional(page, toks, whole, quoted)
        or _colon(page, toks, found, whole)
        or _bare_subject(page, toks, found, quoted)
    )


def _bracket(toks: Sequence[Token]) -> int:
    """Where the words begin that stand with the quote in a bracket still open (`(auparavant : « … »)`), 0 if none."""
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
        if cue is None and at and toks[at - 1].low in ("d'", "de", "à", "pour", "en", "s'", "se"):
            cue = infinitive_at(toks, at)
            if cue and cue.mood == "infinitive" and not colon and len(toks) - cue.last > 1:
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
                    return _someone(toks, at) if cue.kind == "say" else None
                return Attribution(None, cue.text, toks[at].start, cue.pronoun, position=toks[at].start)
            continue
        for start in range(at - 1, max(-1, at - _GROUP), -1):  # back to where the verb group begins
            longer = cue_at(toks, start)
            if longer is not None and longer.last == cue.last:
                at, cue = start, longer
        gap = toks[cue.last :]
        if not _reaches(gap, cue, whole, colon, quoted):
            continue
        if _said_by_you(toks, cue):
            text = cue.text.removeprefix("vous ").removeprefix("Vous ")
            return Attribution(None, text, toks[at].start, position=toks[at].start, name="")
        voice = by_voice(page, toks, 0)
        if voice:
            return Attribution(voice, cue.text, toks[voice.first].start, position=toks[cue.first].start)
        subject = _subject(page, toks, found, cue)
        if subject is None:
            return None
        phrase, pronoun, where = subject
        if cue.kind == "tone" and not whole and not _person(phrase) and pronoun is None:
            return None
        return Attribution(phrase, cue.text, where, pronoun, position=toks[cue.first].start)
    return None


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
    if quoted[:1].isupper() and count <= 5 and not (words and words[-1] in ("que", "qu'", "d'")):
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
    if any(token.text in ";" or token.masked for token in gap) and "que" not in words and "qu'" not in words:
        return False
    if "que" in words or "qu'" in words:
        return (len(gap) <= 25 and cue.kind != "tone") or len(gap) <= 12
    if words and (words[-1] in _NOT_SAID or (len(words) > 1 and words[-2] in _NOT_SAID)):
        return False
    if words and words[-1] == "et" and cue.kind == "judge" and quoted[:1].islower() and count >= 3:
        return len(gap) <= 30  # remercie le préfet, la ville et « tous ceux qui … »
    if cue.kind == "tone":
        return (whole or (quoted[:1].islower() and count >= 3)) and len(gap) <= 6
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
        person = _person_over(toks, found, phrase)
        if person:
            phrase = person
        return phrase, None, toks[phrase.first].start
    pronoun = _pronoun_between(toks, 0, cue.first)
    if pronoun is not None:
        return None, toks[pronoun].low, toks[pronoun].start
    if cue.mood in ("infinitive", "participle"):
        return None
    behind = [phrase for phrase, governed in found if phrase.first >= cue.last and not governed]
    compared = cue.first > 0 and toks[cue.first - 1].low == "comme"
    if behind and (toks[-1].text == ":" or compared):  # Ce que dit X : «…», Comme l'écrit X, «…»
        return behind[0], None, toks[behind[0].first].start
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


def _person(phrase: Phrase | None) -> bool:
    """Whether a phrase names a person or a function."""
    if phrase is None:
        return False
    return phrase.role is not None or bool(phrase.named) and phrase.named[0].label == "PER"


def _person_over(
    toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], phrase: Phrase
) -> Phrase | None:
    """The person before an organisation that is only an object (`X, qui dirige l'institut Y, tempère`)."""
    if not phrase.named or phrase.named[0].label == "PER" or phrase.first == 0:
        return None
    if toks[phrase.first - 1].text in ",;" or toks[phrase.first - 1].low in _TURNS:
        return None
    for other, governed in reversed(found):
        if other.first < phrase.first and not governed and (other.named and other.named[0].label == "PER"):
            return other
    return None


def _pronoun_between(toks: Sequence[Token], first: int, last: int) -> int | None:
    for at in range(last - 1, first - 1, -1):
        if toks[at].low in ("il", "elle", "ils", "elles") and not (
            at and toks[at - 1].text == "," and at + 1 < last and toks[at + 1].text == ","
        ):
            return at
    return None


def _colon(
    page: Narration, toks: Sequence[Token], found: Sequence[tuple[Phrase, bool]], whole: bool
) -> Attribution | None:
    """`X, fonction : «…»`, `La fondatrice, X, ne s'en cache pas : «…»`."""
    if toks[-1].text not in (":", "–", "—", "-"):
        line = phrase_at(page, toks, 0, bold=True) if whole else None
        if line and line.named and line.named[0].label == "PER" and line.role and line.last >= len(toks):
            return Attribution(line, None, toks[0].start, position=toks[0].start)  # X, fonction « … »
        return None
    if len(toks) > 2 and toks[-2].low in _NOT_SAID and toks[-3].low in ("un", "une"):
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
    if people and whole:
        phrase = people[0]
        bare = phrase.first <= 2 and phrase.last >= len(toks) - 1
        return Attribution(
            phrase, None, toks[phrase.first].start, position=toks[phrase.first].start, sure=bare
        )
    if named and whole and named[0][0].last >= len(toks) - 1 and named[0][0].first <= 1:
        phrase = named[0][0]
        return Attribution(phrase, None, toks[phrase.first].start, position=toks[phrase.first].start)
    if toks[-1].text == ":" and whole and not named:
        first = phrase_at(page, toks, 0, bold=True)
        if first and first.last >= len(toks) - 1 and (first.role or first.named):
            return Attribution(first, None, toks[0].start, position=toks[0].start)
    return None


def signature(page: Narration, stretch: Marked) -> Attribution | None:
    """The line under a quote that names who said it."""
    gap_end = stretch.outer_end
    while gap_end < len(page.masked) and page.masked[gap_end] in " .\n" and gap_end - stretch.outer_end < 8:
        gap_end += 1
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
    if (toks[-1].text in ".:!?" and not dashed) or cue_in(toks[phrase.last :]):
        return None
    if between.count("\n") > 1 and not dashed and phrase.role is None and phrase.last < len(toks):
        return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[0].start)


def cue_in(toks: Sequence[Token]) -> bool:
    """Whether a verb of saying stands in these tokens."""
    return any(cue_at(toks, at) for at in range(len(toks)))


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
