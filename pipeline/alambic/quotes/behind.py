"""Finds who speaks behind the marked words: `», déclare X`, `», selon X`, `» (X, fonction)`, `» X, fonction.`"""

from __future__ import annotations

from collections.abc import Sequence

from alambic.quotes.attribution import (
    Attribution,
    by_preposition,
    names_person,
    said_by,
    someone,
    subject_behind,
)
from alambic.quotes.cues import cue_at, infinitive_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.marks import Marked
from alambic.quotes.narration import MASK, Narration, Token, in_person, tokens
from alambic.quotes.roles import ARTICLES, role_at
from alambic.quotes.speakers import PREPOSITIONS, Phrase, phrase_at, phrases

_AFTER = 420  # characters behind a quote that are read
_SAYINGS = word_set("coined") | word_set("in_words")
_POINTING = frozenset(["ce", "cet", "cette", "ces", "la", "le", "l'", "sa", "son"])
_TITLED = word_set("titled_kinds")


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
        if phrase and known and close is not None and names_person(phrase) and close - phrase.last <= 12:
            return Attribution(phrase, None, toks[phrase.first].start, position=first.start)
        return None
    if first.text in ("–", "—", "-", ":") and at + 1 < len(toks):
        whole = whole or page.flat[stretch.end - 1] in ".!?…"
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
        said = page.flat[stretch.start : stretch.end]
        if first.text != ":" and phrase and phrase.role and not phrase.named and whole and stretch.opened:
            line = phrase.last >= len(toks) or toks[phrase.last].text[0] in ".,\n"
            if (in_person(said) or said[-1] in ".!?…") and line:  # `« … » – Une étudiante`
                return Attribution(phrase, None, toks[at + 1].start, position=first.start)
        if first.text == ":" and (presented := _presented(page, stretch, toks, at + 1)):
            return presented
        words = page.flat[stretch.start : stretch.end]
        if first.text == ":" and whole and in_person(words) and _opens_sentence(page, stretch):
            return _commented(page, stretch, toks, at + 1)
        return None
    if toks[0].text == "," and first.text[0].isupper():
        listed = _listed_behind(page, stretch, toks, at)
        if listed:
            return listed
    presented = _presented(page, stretch, toks, at) or (_said_so(page, toks, at) if stopped else None)
    if presented or first.text[0].isupper() and toks[0].text not in ",;":
        if presented or not whole or stopped:
            return presented
        return _signed_behind(page, stretch, toks, at)
    found = by_preposition(page, toks, at)
    if found and (
        first.low != "pour"
        or found.pronoun
        or (found.phrase and toks[0].text == "," and (found.phrase.named or _ends_there(toks, found.phrase)))
        or (whole and names_person(found.phrase) and _opens_sentence(page, stretch))
    ):
        return found
    return (
        said_by(page, toks, at, whole=whole)
        or _historic_infinitive(page, toks, at)
        or (_unknown_verb(page, toks, at) if whole else None)
        or someone(toks, at)
        or (_unnamed(toks, at) if whole and _opens_sentence(page, stretch) else None)
    )


def _unnamed(toks: Sequence[Token], at: int) -> Attribution | None:
    """`», prévient l'équipe de programmation`: a verb of saying and a subject that names nobody."""
    cue = cue_at(toks, at)
    if cue is None or cue.pronoun or cue.kind == "judge" or cue.last + 1 >= len(toks):
        return None
    if toks[cue.last].low not in ARTICLES or not toks[cue.last + 1].text.isalpha():
        return None
    return Attribution(None, cue.text, toks[at].start, position=toks[at].start, name="")


def _commented(page: Narration, stretch: Marked, toks: Sequence[Token], at: int) -> Attribution | None:
    """`« J'irai partout » : X se rendra à Y lundi`: the person whose doing the words announce."""
    end = page.sentence_end(stretch.outer_end)
    clause = [token for token in toks[at:] if token.start < end]
    for phrase, governed in phrases(page, clause):
        if not governed and phrase.named and phrase.named[0].label == "PER":
            where = clause[phrase.first].start
            return Attribution(phrase, None, where, position=where)
    return None


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
    begun = not page.masked[page.line(stretch.outer_start)[0] : stretch.outer_start].strip()
    tale = begun and in_person(
        page.flat[stretch.start : stretch.end]
    )  # « Ici, je dors. » X, 31 ans, a posé son sac
    if phrase.role is None and not tale and last < len(toks) and toks[last].text[0] != "\n":
        return None
    while last + 1 < len(toks) and toks[last].text == "," and (role := role_at(page, toks, last + 1)):
        last = role.last
    ends = last >= len(toks) or toks[last].text == "." or toks[last].text[0] == "\n"
    if not ends and not (begun and (tale or toks[last].text == ",")):
        return None
    told = next((cue for i in (last, last + 1) if (cue := cue_at(toks, i))), None) if not ends else None
    verb = told.text if told and not told.pronoun else None  # `« … » X, maire, s'inquiète aussi de …`
    return Attribution(phrase, verb, toks[phrase.first].start, position=toks[at].start)


def _listed_behind(page: Narration, stretch: Marked, toks: Sequence[Token], at: int) -> Attribution | None:
    """`• « Je reviendrai », Jeanne Roy, élève`: a line that holds words and their speaker alone."""
    words = page.flat[stretch.start : stretch.end]
    spoken = words[-1] in ".!?…" or in_person(words)
    if not spoken or page.masked[page.line(stretch.outer_start)[0] : stretch.outer_start].strip(" -–—•*"):
        return None
    phrase = phrase_at(page, toks, at, bold=True)
    if phrase is None or not phrase.named or phrase.named[0].label != "PER":
        return None
    known = phrase.role or phrase.named[0].start in page.by_start
    end = toks[phrase.last :]
    aged = len(end) > 2 and end[0].text == "," and end[1].text.isdigit() and end[2].low == "ans"
    end = end[3:] if aged else end
    if not known or end and end[0].text[0] not in ".\n":
        return None
    return Attribution(phrase, None, toks[phrase.first].start, position=toks[at].start)


def _said_so(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`« On y va ». Jeanne Roy le dit avec le sourire`: the sentence behind takes the words up by a pronoun."""
    phrase = phrase_at(page, toks, at)
    if phrase is None or not phrase.named or phrase.last + 1 >= len(toks):
        return None
    cue = cue_at(toks, phrase.last) if toks[phrase.last].low in ("le", "l'") else None
    if cue is None or cue.pronoun or cue.kind != "say":
        return None
    return Attribution(phrase, cue.text, toks[phrase.first].start, position=toks[phrase.last].start)


def _presented(page: Narration, stretch: Marked, toks: Sequence[Token], at: int) -> Attribution | None:
    """`» C'est par ces mots que X commence`, `», voilà comment X réagit`, `» Ces mots sont de X`, `», tel est le credo de
    X`: a sentence that points back to the words names who said them."""
    words = [token.low for token in toks[at : at + 5]]
    if words[:1] in (["voilà"], ["voici"]) or words[:2] in (["tel", "est"], ["telle", "est"]):
        pass
    elif words[:2] in (["c'", "est"], ["ce", "sont"]):
        if not _SAYINGS & set(words[2:]) and words[2:3] not in (["ainsi"], ["ce"], ["en"]):
            return None
    elif not (words[:1] and words[0] in _POINTING and words[1] in _SAYINGS):
        return None
    end = page.sentence_end(toks[at].start)
    clause = [token for token in toks[at:] if token.start < end]
    for phrase, _ in phrases(page, clause):
        if phrase.named:
            told = [cue for i in range(len(clause)) if (cue := cue_at(clause, i)) and cue.kind != "tone"]
            verb = told[0].text if told else None
            where = clause[phrase.first].start
            return Attribution(phrase, verb, where, position=clause[told[0].first].start if told else where)
    return None


def _historic_infinitive(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`», de répondre X`: the infinitive that tells what came next."""
    cue = infinitive_at(toks, at + 1) if toks[at].low in ("de", "d'") else None
    phrase = subject_behind(page, toks, cue) if cue and cue.mood == "infinitive" else None
    if cue is None or phrase is None:
        return None
    text = f"{toks[at].text} {cue.text}".replace("' ", "'")
    return Attribution(phrase, text, toks[phrase.first].start, position=toks[at].start)


def titled(page: Narration, stretch: Marked) -> bool:
    """Whether the word before the marks announces a title (`table ronde « … » – X, modérateur`, `thème : « … »`)."""
    toks = tokens(page.masked, max(0, stretch.outer_start - 30), stretch.outer_start)
    if len(toks) > 1 and toks[-1].text == ":":
        toks.pop()
    return bool(toks) and toks[-1].low in _TITLED


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
