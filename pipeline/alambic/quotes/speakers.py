"""Reads the phrase that names a speaker: a person with their function, a function alone, an organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from alambic.knowledge import rows
from alambic.quotes.cues import is_verb_form
from alambic.quotes.lexicon import word_set
from alambic.quotes.narration import Narration, Token
from alambic.quotes.roles import ARTICLES, Role, is_role_noun, role_at, written

PREPOSITIONS = word_set("prepositions")
_POINTING: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "celui-ci": [(("celui-ci",), "m")],
    "celle-ci": [(("celle-ci",), "f")],
    "ce": [(("ce", "dernier"), "m")],
    "cette": [(("cette", "dernière"), "f")],
    "l'": [(("l'", "intéressé"), "m"), (("l'", "intéressée"), "f")],
    "le": [(("le", "premier"), "m"), (("le", "second"), "m")],
    "la": [(("la", "première"), "f"), (("la", "seconde"), "f")],
}
_KIN = word_set("kin")
_OWN = frozenset(["son", "sa", "ses", "leur", "leurs", "notre", "nos"])
_THEIRS = _OWN - {"notre", "nos"}
_KINDRED = _OWN | {"un", "une"}
_FUSED = frozenset(["au", "du", "aux"])  # a preposition and an article in one
_PARTICLES = word_set("particles")
_DEGREES = word_set("degrees")
SEVERAL = frozenset(["les", "des", "ces", "nos", "leurs"])
_COUNTED = SEVERAL | {"deux", "trois", "quatre"}
_YOUNG = frozenset(["jeune", "vieil", "vieille"])
_PERSONS = word_set("persons")
_INHABITANT = re.compile(r"[a-zà-ÿœ-]{3,}(?:ais|ois|ien|ain|éen|ard|in)(?:e|ne)?")
_RANKS = word_set("ranks")
_MOMENT = word_set("moment")
_LONG = 8  # words of a function that names no body itself
_MANY = 8  # names that one phrase may join
_AGES = frozenset(["an", "ans", "mois"])


@dataclass(frozen=True, slots=True)
class Named:
    """One person or organisation in a phrase: canonical `name`, where it is mentioned, `label`."""

    name: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase over the tokens `first`–`last` (exclusive).

    `named` holds who is named; with none, `role` is a function alone (`le directeur général`), `body` the common
    noun of an organisation (`la mutuelle`), `pointing` a word that points back (`cette dernière`).
    """

    first: int
    last: int
    named: tuple[Named, ...] = ()
    role: Role | None = None
    gender: str | None = None
    definite: bool = True
    pointing: str | None = None
    body: str | None = None
    demonstrative: bool = False
    several: bool = False  # `les commissaires`
    joined: Phrase | None = None  # `X et Y`: the phrase of Y


@cache
def _civilities() -> dict[str, str | None]:
    return {row[0]: None if row[1] == "?" else row[1] for row in rows("alambic.quotes", "civilities.txt")}


@cache
def body_nouns() -> dict[str, bool]:
    """Common nouns for an organisation; true for those that can mean the release's own issuer."""
    return {row[0]: len(row) > 1 for row in rows("alambic.quotes", "org_nouns.txt")}


def _body_at(toks: Sequence[Token], at: int) -> tuple[int, str] | None:
    """Where `la mutuelle` ends, and its noun; a phrase that says more (`la ville de X`) is none."""
    if at >= len(toks):
        return None
    noun = toks[at].low
    if noun not in body_nouns() and (
        toks[at - 1].low not in _COUNTED or noun.removesuffix("s") not in body_nouns()
    ):
        return None
    behind = toks[at + 1] if at + 1 < len(toks) else None
    if behind is not None and (behind.low in ("de", "d'", "du", "des") or behind.text[0].isupper()):
        return None
    end = at + 1
    if behind is not None and behind.low.endswith(
        ("aise", "aises", "ais", "ien", "ienne", "ois", "oise", "ale", "el")
    ):
        end += 1
    return end, toks[at].low


def civility_at(toks: Sequence[Token], at: int) -> tuple[int, str | None] | None:
    """Where the civility at `at` ends and the gender that it tells."""
    if at < len(toks) and (toks[at].text in _civilities() or toks[at].text.capitalize() in _civilities()):
        word = toks[at].text if toks[at].text in _civilities() else toks[at].text.capitalize()
        if toks[at].text.islower() and word not in (
            "Père",
            "Sœur",
            "Docteur",
            "Professeur",
            "Professeure",
            "Maître",
        ):
            return None
        end = at + 1
        if end < len(toks) and toks[end].text == ".":
            end += 1
        return end, _civilities()[word]
    return None


def phrase_at(page: Narration, toks: Sequence[Token], at: int, *, bold: bool = False) -> Phrase | None:
    """The phrase that begins at token `at`, `None` if none does.

    `bold` also takes two capitalised words for a name that the entity stage has missed.
    """
    if at >= len(toks):
        return None
    for pointing, gender in _POINTING.get(toks[at].low, ()):
        if tuple(token.low for token in toks[at : at + len(pointing)]) == pointing:
            behind = toks[at + len(pointing)] if at + len(pointing) < len(toks) else None
            verb = behind is not None and is_verb_form(behind.low)
            if pointing[0] in ("le", "la") and behind is not None and behind.text.isalpha() and not verb:
                continue  # la première usine
            return Phrase(at, at + len(pointing), gender=gender, pointing=pointing[-1])
    someone = _person_noun(page, toks, at)
    if someone is not None:
        return someone
    name = _name_at(page, toks, at, bold=bold)
    if name is None and not bold and toks[at].text[0].isupper() and toks[at].start not in page.by_start:
        missed = _name_at(page, toks, at, bold=True)  # a name that the entity stage has not found …
        whole = missed is not None and not page.entities_between(missed.named[0].start, missed.named[0].end)
        if whole and missed is not None and missed.role is not None and is_role_noun(missed.role.noun):
            name = missed  # … but whose function follows
    if name is not None:
        return name
    article = toks[at].low in ARTICLES or toks[at].low in _FUSED
    begin = at + 1 if toks[at].low in _FUSED else at
    body = _body_at(toks, at + 1) if article else None
    if body is not None:
        return Phrase(
            at, body[0], body=body[1], definite=toks[at].low not in _OWN
        )  # `son cabinet` is another's
    role = role_at(page, toks, begin) or (role_at(page, toks, begin, loose=True) if article else None)
    if role is None or not (article or (role.first == at and (bold or toks[at].text[0].isupper()))):
        return None
    after = role.last
    second = None
    if after < len(toks) and toks[after].text == "(" and article:
        inner = _name_at(page, toks, after + 1, bold=False)
        if (
            inner is not None
            and inner.named[0].label == "PER"
            and inner.last < len(toks)
            and toks[inner.last].text == ")"
        ):
            given = inner.role or role  # `l'inspecteur (M. Roy, IEN)`
            return replace(
                inner, first=at, last=inner.last + 1, role=given, gender=inner.gender or role.gender
            )
    if after < len(toks) and toks[after].text == "(":
        close = next((i for i in range(after, min(len(toks), after + 10)) if toks[i].text == ")"), None)
        after = close + 1 if close and close + 1 < len(toks) and toks[close + 1].text == "," else after
    if after + 2 < len(toks) and toks[after].low in ("depuis", "dès") and toks[after + 2].text == ",":
        after += 2  # `Directrice du fonds depuis 2019, X`
    if after < len(toks) and toks[after].text == ",":
        after += 1
        if after < len(toks) and toks[after].low in ARTICLES:
            second = role_at(page, toks, after, loose=True)
            if second is not None:
                after = second.last
            elif (
                after + 2 < len(toks) and toks[after + 1].text.istitle() and _person_at(page, toks, after + 2)
            ):
                after += 2  # `sa directrice, la Suisse X`
    singular = toks[at].low not in ("aux", "les", "des", "ces", "nos", "leurs")
    name = _name_at(page, toks, after, bold=article) if singular and after < len(toks) else None
    if name is not None and (after == role.last or name.named[0].label == "PER"):
        kin = role.noun in _KIN and (name.role is not None or toks[at].low in _KINDRED)
        ranked = role.noun in _RANKS and role.last == role.first + 1  # le colonel X, commandant du groupement
        own = (second or name.role) if kin else (name.role or role) if ranked and _plain(name.role) else role
        return replace(name, first=at, role=own, gender=name.gender or role.gender)
    if (not article and not bold) or not is_role_noun(role.noun):
        return None
    definite = toks[at].low in ("le", "la", "l'", "les", "notre", "nos", "son", "sa", "ses", "au", "du")
    pointing_out = toks[at].low in ("ce", "cet", "cette")
    return Phrase(
        at,
        role.last,
        role=role,
        gender=role.gender,
        definite=definite,
        demonstrative=pointing_out,
        several=toks[at].low in SEVERAL,
    )


def _person_noun(page: Narration, toks: Sequence[Token], at: int) -> Phrase | None:
    """`la quadragénaire`, `le Lillois`: a noun that points back to somebody without saying what they do."""
    if toks[at].low not in ("le", "la", "l'") or at + 1 >= len(toks) or toks[at + 1].start in page.by_start:
        return None
    young = toks[at + 1].low in _YOUNG and at + 2 < len(toks) and toks[at + 2].low in _PERSONS
    last = at + 2 + young  # `la jeune femme`
    noun, behind = toks[last - 1], toks[last] if last < len(toks) else None
    ends = behind is None or behind.text in ".,;:!?»" or behind.text[0] == "\n"
    if not ends and not (behind is not None and noun.low in _PERSONS and is_verb_form(behind.low)):
        return None
    if noun.low not in _PERSONS and not (noun.text.istitle() and _INHABITANT.fullmatch(noun.low)):
        return None
    feminine = toks[at].low == "la" or toks[at].low == "l'" and noun.low.endswith("e")
    return Phrase(at, last, gender="f" if feminine else "m", pointing=noun.low)


def _plain(role: Role | None) -> bool:
    return role is not None and is_role_noun(role.noun)


def _person_at(page: Narration, toks: Sequence[Token], at: int) -> bool:
    entity = page.by_start.get(toks[at].start)
    return entity is not None and entity.label == "PER"


def _name_at(page: Narration, toks: Sequence[Token], at: int, *, bold: bool) -> Phrase | None:
    first, gender = at, None
    if at + 1 < len(toks) and toks[at].low in ARTICLES and toks[at].start not in page.by_start:
        at += 1
    civil = civility_at(toks, at)
    if civil:
        at, gender = civil
    elif (
        at > first
        and at < len(toks)
        and not ((found := page.by_start.get(toks[at].start)) and (found.label == "ORG" or at == first))
    ):
        return None
    if at >= len(toks):
        return None
    entity = page.by_start.get(toks[at].start)
    if entity is None and at == first and toks[at].low in ("l'", "la", "le", "les"):
        return None
    if entity is not None:
        last = at
        while last < len(toks) and toks[last].start < entity.end:
            last += 1
        named = [Named(entity.canonical, entity.start, entity.end, entity.label)]
    else:
        last = _capitalised(toks, at, single=civil is not None) if bold or civil else at
        if last == at:
            return None
        start, end = toks[at].start, toks[last - 1].end
        named = [Named(" ".join(page.text[start:end].split()), start, end, "PER")]
    acronym = last
    if named[0].label == "ORG" and civil is None:
        if acronym + 2 < len(toks) and toks[acronym].text == "(" and toks[acronym + 2].text == ")":
            acronym = last = acronym + 3
    role, last = _apposition(page, toks, last)
    if role and named[0].label == "ORG" and civil is None and toks[role.first - 1].low in ARTICLES:
        role, last = None, acronym  # `le Syndicat X, le préfet`: two phrases
    if role:
        last = max(last, role.last)
        if gender is None:
            gender = role.gender
    joined: Phrase | None = None
    while last + 2 < len(toks) and len(named) < _MANY:
        link = last + 1 if role and toks[last].text == "," else last  # `X, président, et Y, secrétaire`
        joins = toks[link].low == "et" or not role and toks[link].text == "," and _listed(page, toks, last)
        other = _name_at(page, toks, link + 1, bold=False) if joins else None
        if other is None or other.named[0].label != named[0].label:
            break
        named += other.named
        last = other.last
        joined = other
    return Phrase(first, last, tuple(named), role, gender, joined=joined)


def _listed(page: Narration, toks: Sequence[Token], at: int) -> bool:
    """Whether the names after the comma at token `at` end a list (`X, Y et Z`)."""
    for _ in range(_MANY):
        if at >= len(toks) or toks[at].low not in (",", "et"):
            return False
        ends = toks[at].low == "et"
        article = at + 1 < len(toks) and toks[at + 1].low in ARTICLES
        at += 2 if article and toks[at + 1].start not in page.by_start else 1
        entity = page.by_start.get(toks[at].start) if at < len(toks) else None
        if entity is None:
            return False
        if ends:
            return True
        while at < len(toks) and toks[at].start < entity.end:
            at += 1
    return False


def _capitalised(toks: Sequence[Token], at: int, *, single: bool) -> int:
    """Where a run of capitalised words ends that can be a person's name; `at` if there is none."""
    end = at
    words = 0
    while end < len(toks) and end - at < 6:
        text = toks[end].text
        if text[0].isupper() and (len(text) > 1 or (end + 1 < len(toks) and toks[end + 1].text == ".")):
            words += 1
            end += 1
            if len(text) == 1:
                end += 1
        elif words and text.lower() in _PARTICLES and end + 1 < len(toks) and toks[end + 1].text[0].isupper():
            end += 1
        else:
            break
    if toks[at].text.isupper() and not single and words < 2:
        return at
    return end if words >= (1 if single else 2) else at


def _apposition(page: Narration, toks: Sequence[Token], at: int) -> tuple[Role | None, int]:
    """The function in apposition behind a name that ends at token `at`, and where what was read ends.

    An age (`, 52 ans,`), a bracket (`(PS)`) or a place of work (`, de l'Université Y,`) may come first.
    """
    end = at
    for _ in range(3):
        if end >= len(toks):
            return None, at
        sign = toks[end].text
        if sign == "(":
            role = role_at(page, toks, end + 1, loose=True)
            close = next((i for i in range(end, min(len(toks), end + 16)) if toks[i].text == ")"), None)
            if close is None:
                return None, at
            if role:
                return replace(role, last=min(role.last, close)), close + 1
            end = at = close + 1
            continue
        if sign not in (",", "–", "—", "-"):
            return None, at
        begin = end + 1
        while begin < len(toks) and begin - end < 3 and toks[begin].low in _MOMENT:
            begin += 1  # `X, aujourd'hui cheffe du service`
        body = page.by_start.get(toks[begin].start) if begin < len(toks) else None
        if body is not None and body.label == "ORG" and body.text[0].isupper():
            return None, at  # `X, Frontières & Droits et Y`
        role = role_at(page, toks, begin, loose=True)
        if role and toks[begin].low in SEVERAL:
            return None, at  # `sous la présidence de X, les élus ont voté`
        if role:
            role = _with_house(page, toks, role)
            return role, role.last
        aside = next((i for i in range(end + 1, min(len(toks), end + 9)) if toks[i].text in ",.;:»("), None)
        if aside is None or toks[aside].text != "," or sign != ",":
            return None, at
        inner = toks[end + 1 : aside]
        aged = len(inner) <= 4 and inner and inner[-1].low in _AGES
        if not aged and not (inner and all(token.low in _DEGREES or token.text == "." for token in inner)):
            return None, at
        end = at = aside
    return None, at


def _with_house(page: Narration, toks: Sequence[Token], role: Role) -> Role:
    """The function with the body that a comma sets apart (`Directeur médical, Novatis,`), if it names none itself."""
    at = role.last + 1
    if at >= len(toks) or toks[role.last].text != "," or at - role.first > _LONG:
        return role
    house = page.by_start.get(toks[at].start)
    if house is None or house.label != "ORG" or page.entities_between(toks[role.first].start, toks[at].start):
        return role
    last = at
    while last < len(toks) and toks[last].start < house.end:
        last += 1
    if last < len(toks) and toks[last].text[0] not in ",:\n":
        return role
    text = written(page.text, toks[role.first].start, toks[last - 1].end)
    return replace(role, last=last, text=text)


def phrases(page: Narration, toks: Sequence[Token]) -> list[tuple[Phrase, bool]]:
    """All phrases of a stretch, left to right, each with whether a preposition governs it."""
    found: list[tuple[Phrase, bool]] = []
    at = 0
    while at < len(toks):
        token = toks[at]
        if not (
            token.start in page.by_start
            or token.low in ARTICLES
            or token.low in _FUSED
            or token.text[0].isupper()
            or token.low in ("celui-ci", "celle-ci")
        ):
            at += 1
            continue
        phrase = phrase_at(page, toks, at)
        if phrase is None or phrase.last <= at:
            at += 1
            continue
        governed = token.low in _FUSED or (
            at > 0 and (toks[at - 1].low in PREPOSITIONS or toks[at - 1].text == "(")
        )
        alone = _subject_beside(page, toks, phrase) if governed else None
        if alone is not None:
            found.append((_bare(phrase), governed))
            phrase, governed = alone, False
        found.append((phrase, governed))
        at = phrase.last
    return found


def _subject_beside(page: Narration, toks: Sequence[Token], phrase: Phrase) -> Phrase | None:
    """`le maire de Y` in `Interrogé par X, le maire de Y a déclaré`: no apposition, as no comma parts it from its verb."""
    if not phrase.named or phrase.role is None or phrase.joined is not None or phrase.last >= len(toks):
        return None
    first = phrase.role.first - 1
    if toks[first].low not in ("le", "la", "l'") or toks[first - 1].text != ",":
        return None
    return phrase_at(page, toks, first) if is_verb_form(toks[phrase.last].low) else None


def _bare(phrase: Phrase) -> Phrase:
    """A named phrase without the function that is not its own."""
    role = phrase.role
    return phrase if role is None else replace(phrase, last=role.first - 2, role=None)
