"""What tells who speaks, wherever it stands: a preposition or a verb of saying, and the phrase that it names.

Each function looks at one place only and returns an `Attribution` or `None`. None crosses into another paragraph's
sentences, so that no quote takes the next one's speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from alambic.knowledge import rows
from alambic.quotes.cues import Cue, cue_at
from alambic.quotes.lexicon import word_set
from alambic.quotes.narration import Narration, Token, tokens
from alambic.quotes.speakers import PREPOSITIONS, Phrase, phrase_at

SAME = "="  # the pronoun of a subject left out: whoever has spoken last in the sentence
_SERVICE = 6  # words of the service before the name of its house
_OF_HOUSE = frozenset(["de", "d'", "du", "la", "l'"])
_ADVERB = 4  # words between the verb and a subject that one comma parts from it (`se réjouit d'emblée, X`)
_FILLER = 14  # words between the verb and its subject
_TURNS = word_set("turns")
_VOICE = (
    ("par", "la", "voix"),
    ("par", "la", "bouche"),
    ("par", "la", "plume"),
    ("par", "l'", "intermédiaire"),
    ("par", "l'", "entremise"),
)
_HOUSED = (
    ("chez",),
    ("à",),
    ("au",),
    ("dans",),
    ("du", "côté", "de"),
    ("du", "côté", "du"),
    ("au", "sein", "de"),
    ("au", "sein", "du"),
)
_OWN_WORDS = frozenset(
    [
        "calculs",
        "estimations",
        "prévisions",
        "analyses",
        "confidences",
        "mots",
        "termes",
        "formule",
        "expression",
        "dires",
        "propos",
        "paroles",
        "mot",
    ]
)
_SOMEONE = word_set("someone")
_WHEN = word_set("when")
_STOPS_SUBJECT = frozenset('.;:!?»«“”"()')
_DOCUMENTS = word_set("documents")
_SOURCES = word_set("sources")
_READ = {  # `», peut-on lire dans le rapport`
    "lit-on": frozenset[str](),
    "entend-on": frozenset[str](),
    "peut-on": frozenset(["lire", "entendre"]),
    "pouvait-on": frozenset(["lire", "entendre"]),
}
_SCENE = frozenset(["à", "aux", "au", "devant", "lors", "face", "auprès"])
_WHO = frozenset(["qui", "dont"])
_OF = frozenset(["d'", "du", "des"])
_PRONOUNS = frozenset(["il", "elle", "ils", "elles", "lui", "eux", "celui-ci", "celle-ci"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks (`phrase`, or the `pronoun` that stands for it) and the `cue` that says so.

    `at` is where the speaker or pronoun stands, `position` where the attribution begins; `sure` is false where only
    the place speaks for it. `name` is a speaker already known from another quote, `role` the function given there.
    """

    phrase: Phrase | None
    cue: str | None
    at: int
    pronoun: str | None = None
    sure: bool = True
    position: int = 0
    name: str | None = None
    role: str | None = None


@cache
def _prepositions() -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """First word -> what begins with it, the longest first, and whether it points to the speaker by itself."""
    found: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for phrase, *own in rows("alambic.quotes", "prepositions.txt"):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, bool(own)))
    for several in found.values():
        several.sort(key=lambda item: -len(item[0]))
    return found


def _preposition(toks: Sequence[Token], at: int) -> tuple[int, bool] | None:
    """Where the attributing preposition at token `at` ends, and whether it points to the speaker by itself."""
    if at >= len(toks):
        return None
    for words, own in _prepositions().get(toks[at].low, ()):
        last = at + len(words)
        if last > len(toks) or any(toks[at + i].low != words[i] for i in range(len(words) - 1)):
            continue
        if toks[last - 1].low == words[-1] or words[-1] == "de" and toks[last - 1].low in _OF:
            return last, own
    return None


def preposition_at(toks: Sequence[Token], at: int) -> int | None:
    """Where the attributing preposition at token `at` ends."""
    found = _preposition(toks, at)
    return found[0] if found else None


def by_preposition(page: Narration, toks: Sequence[Token], at: int) -> Attribution | None:
    """`selon X`, `pour X`, `aux yeux de X`, `selon elle`."""
    found = _preposition(toks, at)
    if found is None:
        return None
    end, own = found
    text = " ".join(token.text for token in toks[at:end]).replace("' ", "'")
    if own:
        return Attribution(None, text, toks[at].start, "ses", position=toks[at].start)
    if end >= len(toks):
        return None
    if toks[end].low in ("ses", "sa", "son", "leurs", "leur"):
        said = next((i for i in range(end + 1, min(len(toks), end + 3)) if toks[i].low in _OWN_WORDS), None)
        if said is not None:
            text = " ".join(token.text for token in toks[at : said + 1]).replace("' ", "'")
            return Attribution(None, text, toks[at].start, "ses", position=toks[at].start)
    if toks[end].low in _PRONOUNS:
        return Attribution(None, text, toks[end].start, toks[end].low, position=toks[at].start)
    fused = toks[end - 1].low in ("du", "des")  # `dans les mots du doyen`: the article is in the preposition
    phrase = phrase_at(page, toks, end - fused, bold=not fused and toks[end].text[0].isupper())
    if phrase is None and end + 3 < len(toks) and toks[end + 1].low in _DOCUMENTS | _SOURCES:
        of = end + 2 if toks[end + 2].low in ("du", "des") else end + 3  # selon le rapport du maire
        if toks[end + 1].low in _DOCUMENTS and toks[end + 2].low in _OF | {"de"}:
            phrase = phrase_at(page, toks, of)
        if phrase is None:
            return Attribution(None, text, toks[at].start, position=toks[at].start, name="")
    if phrase is None:
        return None
    return Attribution(phrase, text, toks[end].start, position=toks[at].start)


def said_by(page: Narration, toks: Sequence[Token], at: int, *, whole: bool = True) -> Attribution | None:
    """A verb of saying at token `at` and the subject behind it; a piece of a sentence (no `whole`) has its verb right
    before the subject or takes one that reports words."""
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
                house = _house_behind(page, toks, cue.last)
                if house is None:
                    return someone(toks, at)
                return Attribution(house, cue.text, toks[house.first].start, position=toks[start].start)
            return Attribution(voice, None, toks[start].start, position=toks[start].start)
        if cue.pronoun:
            return Attribution(None, cue.text, toks[cue.first].start, cue.pronoun, position=toks[start].start)
        phrase = subject_behind(page, toks, cue)
        if phrase and not whole and cue.kind == "tone" and phrase.first > cue.last + 1:
            return None  # nos « Jarjilles », terminent deuxièmes derrière X
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


def _house_behind(page: Narration, toks: Sequence[Token], at: int) -> Phrase | None:
    """The organisation in which `on` says so: `précise-t-on chez X`, `dit-on du côté de X`, `ajoute-t-on au ministère`."""
    while at < len(toks) and toks[at].low in _WHEN:
        at += 1
    for words in _HOUSED:
        last = at + len(words)
        if last < len(toks) and all(toks[at + i].low == word for i, word in enumerate(words)):
            fused = words[-1] in ("au", "du")
            phrase = phrase_at(page, toks, last) or (phrase_at(page, toks, last - 1) if fused else None)
            if phrase and (phrase.body or phrase.named and phrase.named[0].label == "ORG"):
                return phrase
            for at in range(last, min(len(toks), last + _SERVICE)):  # à la direction de X
                house = page.by_start.get(toks[at].start) if toks[at - 1].low in _OF_HOUSE else None
                if house and house.label == "ORG":
                    return phrase_at(page, toks, at)
                if toks[at].text in _STOPS_SUBJECT or toks[at].text == ",":
                    break
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
                aside = sum(toks[i].text == "," for i in range(cue.last, at))
                return phrase if aside != 1 or at - cue.last <= _ADVERB else None
            at = phrase.last
            continue
        at += 1
    return None


def someone(toks: Sequence[Token], at: int) -> Attribution | None:
    """`», dit-on en interne`, `», disent nos amis`: words that are said by somebody without a name."""
    while at < len(toks) and toks[at].low in ("nous", "me", "m'") and at + 1 < len(toks):
        at += 1
    read = _READ.get(toks[at].low) if at < len(toks) else None
    if read is not None and (not read or at + 1 < len(toks) and toks[at + 1].low in read):
        text = toks[at].text[: -len("-on")] if not read else f"{toks[at].text} {toks[at + 1].text}"
        return Attribution(None, text, toks[at].start, position=toks[at].start, name="")
    cue = cue_at(toks, at)
    if cue is None or cue.mood not in ("finite", "compound"):
        return None
    if cue.pronoun == "on":
        return Attribution(None, cue.text, toks[at].start, position=toks[at].start, name="")
    behind = cue.last
    while behind < min(len(toks) - 1, cue.last + 2) and toks[behind].low in _WHEN:
        behind += 1
    one_of = toks[behind].low + toks[behind + 1].low if behind + 1 < len(toks) else ""
    if cue.kind == "judge" and one_of not in ("l'un", "l'une"):
        return None  # dénonce des retards: an object
    if behind < len(toks) and {toks[behind].low, one_of} & _SOMEONE and not cue.pronoun:
        return Attribution(None, cue.text, toks[at].start, position=toks[at].start, name="")
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
    if any(toks[i - 1].text == "," and cue_at(toks, i) for i in range(cue.last + 1, phrase.first)):
        return None  # `… qui aurait demandé trois ans, explique X`
    if not phrase.named and not phrase.role and not phrase.body and not phrase.pointing:
        return None
    behind = toks[phrase.last].text if phrase.last < len(toks) else "."
    if (
        behind not in ",.;:!?»…)–—"
        and not behind.startswith("\n")
        and not (phrase.named and behind.islower())
        and not (phrase.role and behind in _SCENE | _WHO)
    ):
        return None
    if not phrase.named and behind not in ",.;:!?»…" and behind not in _SCENE | _WHO:
        return None
    return Attribution(phrase, cue.text, toks[phrase.first].start, position=toks[at].start)


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


def names_person(phrase: Phrase | None) -> bool:
    """Whether a phrase names a person or a function, or points back to one."""
    if phrase is None:
        return False
    return (
        phrase.pointing is not None
        or phrase.role is not None
        or bool(phrase.named)
        and phrase.named[0].label == "PER"
    )
