"""Recognises the verb groups and prepositions that attribute speech, as written.

A cue is a verb of `verbs.txt` in one of its forms, with its clitics (`se félicite`, `s'en amuse`, `nous confie`),
its auxiliary (`a déclaré`, `s'est réjoui`) and what belongs to it (`fait valoir`, `met en garde`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from alambic.knowledge import rows
from alambic.quotes.conjugation import forms
from alambic.quotes.lexicon import word_set
from alambic.quotes.narration import Token

_INVERTED = re.compile(r"(.+?)-(?:t-)?(ils?|elles?|on)\Z")
_REFLEXIVE = frozenset(["se", "s'"])
_CLITICS = word_set("clitics")
_HAVE = word_set("have")
_BE = frozenset(["est", "sont", "était", "étaient", "fut", "furent", "sera", "serait"])
_HEARERS = frozenset(["nous", "vous", "lui", "leur", "me", "m'"])  # no part of the cue: nous confie
_NOT_VERB_AFTER = word_set("not_verb_after")
_OF_IT = ("témoigner", "rire", "sourire", "convenir", "plaisanter", "attester")  # en témoigne
SAYING = "verbs.txt"
AIMING = "aims.txt"
_FINITE = re.compile(r"[a-zà-ÿœ]{2,}(?:e|ent|ont|ait|it|int|ut|end|ond|et|eut|a)")
_PARTICIPLE = re.compile(r"[a-zà-ÿœ]+(?:é|i|u|is|it|ert|int)e?s?")
_STATE = re.compile(r"[a-zà-ÿœ]{3,}(?:é|i|u|is|it|ert|int|ain|ier|eux|if|al|el|e)e?s?")
_NO_VERB = word_set("no_verb")
_BEFORE_VERB = _CLITICS | {"ne", "n'"}
_SHARED = 40  # words after an auxiliary that may share it
_INFINITIVE = re.compile(r"[a-zà-ÿœ]{2,}(?:er|ir|re|oir)")
_NOT = frozenset(["ne", "n'"])
_ADVERBS = word_set("adverbs")
_REACH = 3  # words between auxiliary and participle


@dataclass(frozen=True, slots=True)
class Verb:
    """A line of `verbs.txt`: what follows the verb (`tail`) and how many of those words are no part of the cue
    (`hidden`), whether it is reflexive, how it reports."""

    lemma: str
    tail: tuple[str, ...]
    reflexive: bool
    kind: str
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue over the tokens `first`–`last` (exclusive); `text` as the table shows it.

    `pronoun` is the inverted subject (`elle` in `poursuit-elle`), `mood` is `finite`, `compound`, `infinitive` or
    `participle`.
    """

    first: int
    last: int
    text: str
    kind: str
    mood: str
    pronoun: str | None = None


def fold(word: str) -> str:
    """`word` without accents: releases are also typed on keyboards that have none."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def _lexicon(file: str) -> dict[str, dict[str, list[Verb]]]:
    """Form -> mood -> verbs of a data file, in full spelling and without accents."""
    lexicon: dict[str, dict[str, list[Verb]]] = {}
    for phrase, *kinds in rows("alambic.quotes", file):
        kind = kinds[0] if kinds else "aim"
        bare = phrase.replace("(", "").replace(
            ")", ""
        )  # `parier (sur)`: the preposition is no part of the cue
        hidden = len(phrase.partition("(")[2].split())
        first, *rest = bare.replace("s'", "se ").replace("y voir", "voir").split()
        reflexive = first == "se"
        if reflexive:
            if rest[0] == "en":
                rest = rest[1:]
            first, *rest = rest
        verb = Verb(bare, tuple(rest), reflexive, kind, hidden)
        shapes = forms(first)
        for mood, words in (
            ("finite", shapes.finite),
            ("past", shapes.participles),
            ("participle", {shapes.participle}),
            ("infinitive", {shapes.infinitive}),
        ):
            for word in words:
                for spelling in {word, fold(word)}:
                    lexicon.setdefault(spelling, {}).setdefault(mood, []).append(verb)
    for lemma, *spelled in rows("alambic.quotes", "verbs_as_written.txt") if file == SAYING else ():
        for word in spelled:
            lexicon.setdefault(word, {}).setdefault("finite", []).append(Verb(lemma, (), False, "tone"))
    for moods in lexicon.values():
        for verbs in moods.values():
            verbs.sort(key=lambda verb: (-len(verb.tail), not verb.reflexive))
    return lexicon


def is_verb_form(word: str) -> bool:
    """Whether `word` is a finite form of a reporting verb, an auxiliary or a modal."""
    known = word in _HAVE or word in _BE or "finite" in _leading().get(word, {})
    return known or any("finite" in _lexicon(verbs).get(word, {}) for verbs in (SAYING, AIMING))


def is_infinitive(word: str) -> bool:
    """Whether `word` is the infinitive of a verb of saying."""
    return "infinitive" in _lexicon(SAYING).get(word, {})


def _tail_end(tokens: Sequence[Token], at: int, tail: tuple[str, ...]) -> int | None:
    for word in tail:
        parts = [word] if "'" not in word else [word.split("'")[0] + "'", word.split("'")[1]]
        for part in parts:
            if at >= len(tokens) or tokens[at].low not in (part, "d'" if part == "de" else part):
                return None
            at += 1
    return at


def _known(
    tokens: Sequence[Token], at: int, form: str, mood: str, reflexive: bool, verbs: str = SAYING
) -> tuple[Verb, int] | None:
    """The verb whose form stands at `at`, and where it ends with its tail."""
    best: tuple[Verb, int] | None = None
    for verb in _lexicon(verbs).get(form, {}).get(mood, ()):
        end = _tail_end(tokens, at + 1, verb.tail)
        if end is None:
            continue
        if verb.reflexive != reflexive and (verb.reflexive or not verb.tail):
            continue  # s'appelle is no appelle
        if best is None or (
            verb.reflexive == reflexive and best[0].reflexive != reflexive and end >= best[1]
        ):
            best = (verb, end)
    return best


def _text(tokens: Sequence[Token], first: int, last: int, final: str | None = None) -> str:
    pieces = [tokens[i].text for i in range(first, last)]
    if final is not None:
        pieces[-1] = final
    return " ".join(pieces).replace("' ", "'")


def _shown(tokens: Sequence[Token], first: int, at: int) -> int:
    """Where the text of a verb group begins whose clitics are the tokens from `first` to `at`: behind those for whoever
    is told (`nous confie`) and behind a `y` that is a place (`y invite`)."""
    while first < at and tokens[first].low in _HEARERS:
        first += 1
    if at - first == 1 and tokens[first].low == "y" and tokens[at].low not in forms("voir").finite:
        return at
    return first


def cue_at(tokens: Sequence[Token], first: int, verbs: str = SAYING) -> Cue | None:
    """The verb group that begins at token `first`, `None` if there is none; `verbs` is the data file to read it by."""
    if tokens[first].low in _NOT:
        return _not_hesitating(tokens, first)
    at = first
    while at < len(tokens) and tokens[at].low in _CLITICS and at - first < 3:
        at += 1
    if at >= len(tokens):
        return None
    clitics = {tokens[i].low for i in range(first, at)}
    if clitics & {"le", "leur"} and at - first == 1 and tokens[at].low not in _HAVE:
        known = _known(tokens, at, tokens[at].low, "finite", False)
        if clitics == {"leur"}:
            if known is None or not known[0].tail:  # leur adresse, but leur adresse ses félicitations
                return None
        elif tokens[at].low not in forms("dire").finite and not _compared(tokens, first):
            return None
    if first and at == first and tokens[first - 1].low in _NOT_VERB_AFTER:
        return None
    if first and tokens[first - 1].low in ("ne", "n'", "se", "s'") and at == first:
        return None
    reflexive = bool(clitics & _REFLEXIVE)
    if clitics == {"en"} and not any(tokens[at].low in forms(verb).finite for verb in _OF_IT):
        return None
    word, pronoun = tokens[at].low, None
    inverted = _INVERTED.match(word)
    if inverted:
        word, pronoun = inverted.groups()
    if clitics == {"l'"} and word not in _HAVE and not _compared(tokens, first):
        return None
    if clitics == {"vous"} and word.endswith("ez"):  # vous déclariez, vous déclarez
        word = word.removesuffix("ez").removesuffix("i") + "ait"
    led = _led(tokens, first, at, word, "finite", pronoun) if verbs == SAYING else None
    if led:
        return led
    known = _known(tokens, at, word, "finite", reflexive, verbs)
    if known and not (word in _HAVE and known[1] == at + 1):
        verb, end = known
        if verb.kind == "tone" and not pronoun and "finite" in _leading().get(word, {}):
            end = _any_infinitive(tokens, end)  # préfère s'attarder sur les mouchoirs : « … »
        text = _text(tokens, _shown(tokens, first, at), at + 1, tokens[at].text[: len(word)])
        if end - verb.hidden > at + 1:
            text = f"{text} {_text(tokens, at + 1, end - verb.hidden)}"
        return Cue(first, end, text, verb.kind, "finite", pronoun)
    if word in ("avez", "aviez") and at and tokens[at - 1].low in ("vous", "nous", "le", "l'"):
        return _compound(tokens, at, at, reflexive, None, verbs, be=False)
    if word in _HAVE or (word in _BE and (reflexive or word in _BE)):
        return _compound(tokens, first, at, reflexive, pronoun, verbs, be=word in _BE)
    return None


def _compared(tokens: Sequence[Token], first: int) -> bool:
    """Whether `comme` stands before the verb group (`comme l'écrivait X`)."""
    return first > 0 and tokens[first - 1].low == "comme"


def _compound(
    tokens: Sequence[Token],
    first: int,
    at: int,
    reflexive: bool,
    pronoun: str | None,
    verbs: str,
    *,
    be: bool,
) -> Cue | None:
    for ahead in range(at + 1, min(len(tokens), at + 2 + _REACH)):
        form = tokens[ahead].low
        if form in ("été", "pas", "¤", ",", "que", "qu'") and not (form == "," and ahead > at + 1):
            return None
        led = _led(tokens, first, ahead, form, "past", pronoun) if verbs == SAYING else None
        if led:
            return led
        known = _known(tokens, ahead, form, "past", reflexive, verbs)
        if known and (reflexive or not be):
            verb, end = known
            if be and not verb.reflexive and not reflexive:
                return None
            text = _text(tokens, _shown(tokens, first, at), at + 1)
            text = f"{text} {_text(tokens, ahead, end - verb.hidden)}"
            return Cue(first, end, text, verb.kind, "compound", pronoun)
        if not tokens[ahead].text.islower() and form != ",":
            return None
    return None


@cache
def _leading() -> dict[str, dict[str, frozenset[str]]]:
    """Form -> mood -> the words that may link a verb that leads to another with its infinitive (`tient à préciser`)."""
    leading: dict[str, dict[str, frozenset[str]]] = {}
    for lemma, links, *_ in rows("alambic.quotes", "leading_verbs.txt"):
        shapes = forms(lemma)
        for mood, words in (("finite", shapes.finite), ("past", shapes.participles)):
            for spelling in words | {fold(word) for word in words}:
                leading.setdefault(spelling, {})[mood] = frozenset(links.split())
    return leading


def _led(
    tokens: Sequence[Token], first: int, at: int, form: str, mood: str, pronoun: str | None
) -> Cue | None:
    """`tient à préciser`, `a tenu à saluer`, `osa nous dire`: the group of a leading verb at token `at`."""
    links = _leading().get(form, {}).get(mood)
    if links is None:
        return None
    begin = _shown(tokens, first, min(first + 2, at))
    words = [i for i in range(begin, at + 1) if i == begin or tokens[i].low not in _ADVERBS]
    for ahead in range(at + 1, min(len(tokens), at + 2 + _REACH)):
        low = tokens[ahead].low
        if low in _ADVERBS:
            continue
        words.append(ahead)
        if low in links or low in _CLITICS:
            continue
        known = _known(tokens, ahead, low, "infinitive", tokens[ahead - 1].low in _REFLEXIVE)
        if known is None:
            return None
        verb, end = known
        words += range(ahead + 1, end - verb.hidden)
        text = " ".join(tokens[i].text for i in words).replace("' ", "'")
        return Cue(first, end, text, verb.kind, "finite", pronoun)
    return None


def _any_infinitive(tokens: Sequence[Token], at: int) -> int:
    """Where the infinitive ends that stands at token `at` with its reflexive pronoun; `at` if none does."""
    verb = at + 1 if at < len(tokens) and tokens[at].low in _REFLEXIVE else at
    return verb + 1 if verb < len(tokens) and _INFINITIVE.fullmatch(tokens[verb].text) else at


def _not_hesitating(tokens: Sequence[Token], first: int) -> Cue | None:
    """`n'hésite pas à dire`, `n'a pas manqué de rappeler`: what is not refrained from is said."""
    at = first + 1
    if at + 1 < len(tokens) and tokens[at].low in _HAVE and tokens[at + 1].low == "pas":
        at += 2
    elif not (at + 1 < len(tokens) and tokens[at + 1].low == "pas"):
        return None
    if at >= len(tokens) or not any(tokens[at].low in shape for shape in _hesitating()):
        return None
    for ahead in range(at + 1, min(len(tokens), at + 2 + _REACH)):
        low = tokens[ahead].low
        if low in ("pas", "à", "de", "d'") or low in _CLITICS:
            continue
        known = _known(tokens, ahead, low, "infinitive", tokens[ahead - 1].low in _REFLEXIVE)
        return (
            Cue(first, known[1], _text(tokens, first, known[1]), known[0].kind, "finite") if known else None
        )
    return None


@cache
def _hesitating() -> tuple[frozenset[str], ...]:
    verbs = (forms("hésiter"), forms("manquer"))
    return tuple(verb.finite | verb.participles for verb in verbs)


def past_at(tokens: Sequence[Token], at: int) -> Cue | None:
    """`jugée` in `une réforme jugée « injuste » par X`: a past participle without its auxiliary."""
    known = _known(tokens, at, tokens[at].low, "past", False)
    return (
        Cue(at, known[1], _text(tokens, at, known[1] - known[0].hidden), known[0].kind, "compound")
        if known
        else None
    )


def looks_finite(tokens: Sequence[Token], last: int) -> Cue | None:
    """The verb group before token `last`, known by the look of it alone: `le voudrait`, `a dédié`.

    Its clitics belong to the group; the text keeps those that make the verb reflexive.
    """
    verb = last - 1
    if verb < 0 or tokens[verb].low in _NO_VERB:
        return None
    if verb and tokens[verb - 1].low in _HAVE and _PARTICIPLE.fullmatch(tokens[verb].text):
        verb -= 1
    elif not _FINITE.fullmatch(tokens[verb].text) or tokens[verb].low.endswith("ment"):
        return None
    first = verb
    while first and verb - first < 3 and tokens[first - 1].low in _BEFORE_VERB:
        first -= 1
    shown = first if _REFLEXIVE & {token.low for token in tokens[first:verb]} else verb
    return Cue(first, last, _text(tokens, shown, last), "judge", "finite")


def state_at(tokens: Sequence[Token], at: int) -> Cue | None:
    """`est ravie`, `en est convaincu`, `dédie`: the verb right behind a subject, before a colon, known by its place."""
    first = at
    while at < len(tokens) and tokens[at].low in _CLITICS and at - first < 2:
        at += 1
    if at + 1 >= len(tokens):
        return None
    if tokens[at].low in _BE | _HAVE and _STATE.fullmatch(tokens[at + 1].text):
        return Cue(at, at + 2, _text(tokens, at, at + 2), "tone", "finite")
    cue = looks_finite(tokens, at + 1)
    return cue if cue and cue.last == at + 1 and tokens[at].low not in _BE | _HAVE else None


def participle_at(tokens: Sequence[Token], at: int) -> Cue | None:
    """`prévenu` in `a salué ce choix, mais prévenu :`: a further verb that shares the auxiliary of the first."""
    if not at or tokens[at - 1].low not in ("et", "mais", "puis"):
        return None
    known = _known(tokens, at, tokens[at].low, "past", False)
    if known is None or not any(token.low in _HAVE for token in tokens[max(0, at - _SHARED) : at]):
        return None
    return Cue(at, known[1], _text(tokens, at, known[1] - known[0].hidden), known[0].kind, "compound")


def infinitive_at(tokens: Sequence[Token], at: int) -> Cue | None:
    """`ajouter` in `avant d'ajouter :`, `ajoutant` in `ajoutant que`."""
    for mood in ("infinitive", "participle"):
        reflexive = at > 0 and tokens[at - 1].low in ("se", "s'")
        known = _known(tokens, at, tokens[at].low, mood, reflexive)
        if known:
            first = at - 1 if reflexive else at
            return Cue(first, known[1], _text(tokens, first, known[1] - known[0].hidden), known[0].kind, mood)
    return None
