"""Offices that a verb tells: `X est nommée directrice de Verkor`, `X prend la tête de Verkor`, `Verkor, fondée par X`.

The clause after a name is read as `name (aside) between* verb between* complement`. What a verb may be and what it
asks for stands in `data/office_verbs.txt`; functions are read by `roles`, organisations looked up in `Named`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from alambic.entities.lexicon import own_kinds
from alambic.entities.named import Named
from alambic.entities.role_nouns import noun_of_function
from alambic.entities.roles import Role, role_at
from alambic.entities.words import words_of
from alambic.folding import Letters
from alambic.knowledge import rows
from alambic.record import Entity

_DATA = "alambic.entities.data"
_REACH = 220
_LONGEST_ASIDE = 130
_MOST_BETWEEN = 8
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CALENDAR = re.compile(
    r"\d{1,4}(?:er)?|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche"
)
_BEFORE_CALENDAR = frozenset(
    ["le", "en", "des", "depuis", "ce", "au", "a", "fin", "debut", "du", "compter", "partir"]
)
_BY = re.compile(
    r"(?P<verb>(?<!\w)(?:co)?(?:fond|dirig|cree|presid|pilot|gere|anim|lanc|administr|represent|mene)[a-z]{0,3}"
    r"(?: [^,;:.()]{1,40})?) par (?:(?:m|mm|mme|mmes|dr|le dr|le pr|pr)\.? )?$"
)
_THAT = re.compile(r",? qu(?:e |')(?:dirige|preside|pilote|anime|conduit)(?:nt)? (?:(?:m|mme|dr|pr)\.? )?$")
_VOICE = re.compile(r",? par (?:la voix|l'intermediaire) d(?:e |')(?:(?:m|mme|dr|pr)\.? )?$")
_OWN_BOARD = re.compile(
    r"(?:le |notre |son )(?:conseil d'administration|conseil de surveillance|directoire)\b[^.;]*$"
)
_AT_HEAD = re.compile(
    r",? (?:a la tete|a la presidence|a la direction) (?:de laquelle|duquel) (?:se trouve|est|figure|siege) (?:(?:m|mme|dr|pr)\.? )?$"
)
_HANDS_OVER = re.compile(r"succ|rempla|suite|relève")
_UNDER = re.compile(
    r"\bsous (?:la presidence|la direction|la houlette|l'autorite) d(?:e |u |')(?:(?:m|mme|dr|pr)\.? )?$"
)
_OWNED = re.compile(r"(?<![a-z'-])(?P<kind>[a-z-]+(?: [a-z-]+){0,2}) d(?:e |')(?:(?:m|mme|dr|pr)\.? )?$")
_APPOSED = re.compile(r", (?:la |le |l'|une |un )?(?:[a-z-]+ )?")
_OUR = frozenset({"la", "le", "l", "notre", "cette", "ce", "son", "sa"})
_LINK_BACK = re.compile(
    r"\)?(?:\s?\([^()\n]{1,40}\))?(?:,? (?:est |etait |a ete |et )?|, (?:une? |la |le |l')?(?:[a-z'-]+ ){1,5})?$"
)
_REACH_BACK = 120
_BODY_REACH = 60
_LONGEST_ENDING = 5
_VERBS = ("heads", "founds", "becomes", "joins", "succeeds", "holds")


@dataclass(frozen=True, slots=True)
class Office:
    """What a clause tells of a person: a function, an organisation, or both; `past` where it says that it is over, `founded` where
    the organisation is said to be the person's foundation only, `own` where a noun of its kind stands for its name
    (`dirige la société`)."""

    role: Role | None = None
    firm: Entity | None = None
    past: bool = False
    founded: bool = False
    own: bool = False


def offices(named: Named, person: Entity) -> Iterator[Office]:
    """What verbs around one mention tell of the person.

    An office that one person takes over from another is told of both.
    """
    clause = _Clause(named, person.end)
    yield from clause.offices()
    before = named.person_before(person.start)
    if before and _HANDS_OVER.search(named.text, before.end, min(person.start, before.end + _REACH)):
        yield from (o for who, o in _Clause(named, before.end).shared() if who is person)
    yield from _told_before(named, person)


def offices_from(named: Named, end: int) -> Iterator[Office]:
    """What the verb after an offset tells, where a pronoun that stands for a person ends."""
    return _Clause(named, end).offices()


def flat(text: str) -> str:
    """`text` in lower case and without accents, of the same length.

    >>> flat("Présidée à l’unanimité")
    "presidee a l'unanimite"
    """
    return text.translate(_FLAT)


def _flat(letter: str) -> str:
    low = unicodedata.normalize("NFD", letter.lower())[:1] or letter
    return "'" if low == "’" else " " if low.isspace() else low


_FLAT = Letters(_flat)


@cache
def _frames() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first three letters, which no stem is shorter than, longest first."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for phrase, frame in rows(_DATA, "office_verbs.txt"):
        tokens = tuple(re.findall(r"\w+~?", flat(phrase)))
        for last in {tokens[-1:], ("d",) if tokens[-1] == "de" else ("du",), ("des",)}:
            variant = tokens[:-1] + last if tokens[-1] == "de" and len(tokens) > 1 else tokens
            entry = (variant, frame)
            if entry not in found[variant[0][:3]]:
                found[variant[0][:3]].append(entry)
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return dict(found)


def _is_form(word: str, part: str) -> bool:
    if part[-1] != "~":
        return word == part
    return word.startswith(part[:-1]) and len(word) - len(part) < _LONGEST_ENDING


class _Clause:
    """The words after a name, up to the end of its line or sentence."""

    def __init__(self, named: Named, end: int) -> None:
        self._named = named
        self._end = end
        stretch = flat(named.text[end : end + _REACH]).split("\n")[0]
        self._tokens = [(m.group(), end + m.start()) for m in _TOKEN.finditer(stretch)]

    def offices(self) -> Iterator[Office]:
        for found in self._read():
            yield found[1]

    def shared(self) -> Iterator[tuple[Entity, Office]]:
        """Offices that are told of another person too, who is named in the clause."""
        for other, office in self._read():
            if other is not None:
                yield other, office

    def _read(self) -> Iterator[tuple[Entity | None, Office]]:
        for i in self._starts():
            frame, i, past = self._verb(i)
            if not frame:
                continue
            office, other = self._complement(frame, i)
            if office.role or office.firm or office.own:
                yield other, replace(office, past=past, founded=frame == "founds")
            return

    def _starts(self) -> Iterator[int]:
        """Where the verb may be looked for: right after the name, after its comma, after what stands between commas."""
        tokens = self._tokens
        if not tokens:
            return
        if tokens[0][0] not in ",(":
            yield 0
            return
        if tokens[0][0] == ",":
            yield 1
        open_brackets = 0
        for i, (word, at) in enumerate(tokens):
            if at - self._end > _LONGEST_ASIDE or word in ".;:!?«»" or self._named.names_person(at, at + 1):
                return
            open_brackets += (word == "(") - (word == ")")
            if i and not open_brackets and word in ",)" and tokens[i + 1 : i + 2] != [",", at + 1]:
                yield i + 1

    def _between(self, i: int) -> int:
        """Past auxiliaries, adverbs and days."""
        for _ in range(_MOST_BETWEEN):
            past = 0 if self._phrase(i, "as", "top") else self._phrase(i, "between")
            past = past or i + self._calendar(i)
            if past == i:
                break
            i = past
        return i

    def _calendar(self, i: int) -> int:
        """How many words from `i` are a day or a year (`le 1er mars 2025`)."""
        n = 0
        while i + n < len(self._tokens) and n < 8:
            word = self._tokens[i + n][0]
            if _CALENDAR.fullmatch(word):
                n += 1
            elif word in _BEFORE_CALENDAR and any(
                _CALENDAR.fullmatch(w) for w, _ in self._tokens[i + n + 1 : i + n + 3]
            ):
                n += 1
            else:
                break
        if n and i + n < len(self._tokens) and i > 0 and self._tokens[i + n][0] == ",":
            n += 1
        return n

    def _phrase(self, i: int, *frames: str) -> int:
        """The word after the phrase of one of `frames` that begins at word `i`; 0 if none does."""
        return self._framed(i, frames)[1]

    def _framed(self, i: int, frames: tuple[str, ...]) -> tuple[str, int]:
        if i < len(self._tokens):
            for phrase, frame in _frames().get(self._tokens[i][0][:3], ()):
                if frame in frames and (end := self._past(phrase, i)):
                    return frame, end
        return "", 0

    def _past(self, phrase: tuple[str, ...], i: int) -> int:
        """The word after `phrase`, which begins at word `i`; 0 if it does not. A day may follow its first word."""
        for number, part in enumerate(phrase):
            if number == 1 and len(phrase) > 2:
                i += self._calendar(i)
            i = self._past_apostrophe(i)
            if i >= len(self._tokens) or not _is_form(self._tokens[i][0], part):
                return 0
            i += 1
        return self._past_apostrophe(i)

    def _past_apostrophe(self, i: int) -> int:
        return i + 1 if i < len(self._tokens) and self._tokens[i][0] == "'" else i

    def _verb(self, i: int) -> tuple[str, int, bool]:
        """The frame of the verb that is reached from word `i`, the word after it, and whether it tells of the past."""
        past = False
        for _ in range(3):
            i = self._between(i)
            frame, end = self._framed(i, _VERBS)
            if not end or (frame in ("heads", "founds") and self._is_noun(i)):
                return ("as" if self._phrase(i, "as", "top") else "", i, past)
            past = past or self._tokens[i][0] in _PAST
            if frame in ("heads", "joins") and self._over(i):
                return "", i, True
            following = self._between(end)
            onward = frame == "becomes" and self._phrase(following, "becomes", "heads", "holds")
            if not onward or self._is_noun(following):
                return frame, end, past
            i = following  # `est nommé`
        return "", i, past

    def _is_noun(self, i: int) -> bool:
        """Whether word `i` is a noun of function (`est présidente`), no verb (`est présidée`)."""
        at = self._tokens[i][1]
        return noun_of_function(self._named.text[at : at + len(self._tokens[i][0])]) is not None

    def _over(self, i: int) -> bool:
        """Whether the verb at word `i` tells of work that is done (`a dirigé`), not of a beginning (`a fondé`)."""
        before = next((w for w, _ in reversed(self._tokens[max(0, i - 4) : i]) if w in _HAS), None)
        return before is not None and not self._tokens[i][0].startswith(_BEGINNINGS)

    def _complement(self, frame: str, i: int) -> tuple[Office, Entity | None]:
        if frame in ("heads", "founds"):
            i = self._between(i)
            firm = self._firm(i)
            return Office(firm=firm, own=firm is None and frame == "heads" and self._own_kind(i)), None
        if frame == "succeeds":
            other = self._person(i)
            if other is None:
                return Office(), None
            rest = _Clause(self._named, other.end)
            return rest._post(rest._past_aside()), other
        if frame == "joins":
            i = self._between(i)
            firm = self._firm(i)
            if firm is None:
                return self._post(self._past_own_kind(i), linked=True), None
            rest = _Clause(self._named, firm.end)
            told = rest._post(rest._between(0), linked=True)
            return Office(told.role, firm), None
        i = self._between(i)
        if frame == "becomes" and self._tokens[i : i + 1] and self._tokens[i][0] == "dans":
            return self._post(
                self._past_own_kind(i + 1), linked=True
            ), None  # `reste dans le groupe comme conseiller`
        return self._post(i, linked=frame == "as"), None

    def _post(self, i: int, *, linked: bool = False) -> Office:
        """A function (after a link, if `linked`), or the organisation after `à la tête de`."""
        for _ in range(3):
            if top := self._phrase(i, "top"):
                return Office(firm=self._firm(top))
            link = self._phrase(i, "as")
            if link or not linked:
                at = self._offset(link or i)
                role = role_at(self._named.text, at, loose=bool(link)) if at is not None else None
                return Office(role=role)
            step = self._between(i) - i
            if not step:
                break
            i += step
        return Office()

    def _past_aside(self) -> int:
        """Past an apposition of the person just named, if what follows it opens an office."""
        for i in self._starts():
            if self._phrase(self._between(i), "as", "top"):
                return self._between(i)
        return 0

    def _offset(self, i: int) -> int | None:
        return self._tokens[i][1] if i < len(self._tokens) else None

    def _firm(self, i: int) -> Entity | None:
        at = self._offset(i)
        return self._named.firm_at(at, led_to=True) if at is not None else None

    def _own_kind(self, i: int) -> bool:
        """Whether the words from `i` on are an article and a kind of body (`la société`, `notre association`)."""
        return self._past_own_kind(i) > i

    def _past_own_kind(self, i: int) -> int:
        """Past an article and a kind of body; `i` itself where they do not stand there."""
        noun = self._past_apostrophe(i + 1)
        words = [w for w, _ in (self._tokens[i : i + 1] + self._tokens[noun : noun + 1])]
        known = len(words) == 2 and words[0] in _OUR and (words[1],) in own_kinds()
        return noun + 1 if known else i

    def _person(self, i: int) -> Entity | None:
        """The person named from word `i` on, a civility or `le président` before the name."""
        at = self._offset(i)
        person = self._named.person_from(at) if at is not None else None
        if person is None or at is None or person.start - at > _LONGEST_ASIDE:
            return None
        gap = self._named.text[at : person.start]
        return person if not re.search(r"[.;:!?«»\n]\s", gap.replace("M. ", "").replace("Dr. ", "")) else None


_PAST = frozenset({"etait", "fut"})
_HAS = frozenset({"a", "ont", "avait", "avaient"})
_BEGINNINGS = ("fond", "cofond", "cree", "cocree", "rejoin", "pris", "integr")


def _presided(named: Named, start: int, end: int, before: str) -> Entity | None:
    """`le conseil de Verkor, réuni sous la présidence de X`: the one organisation that the sentence names before."""
    if not _UNDER.search(before):
        return None
    firms = named.firms_in(named.sentence_start(start), start)
    if not firms and named.text.startswith(", ", end):  # `Réuni sous la présidence de X, le conseil de Merle`
        firms = named.firms_in(end, end + _BODY_REACH)[:1]
    return firms[0] if len({f.entity_id for f in firms}) == 1 else None


def _owned(named: Named, end: int, before: str, origin: int) -> Entity | None:
    """`Sooretul, la société de X`, `la société de X, Sooretul`: a kind of body, and whose it is."""
    owned = _OWNED.search(before)
    if owned is None or not any(words_of(word)[:1] in own_kinds() for word in owned["kind"].split()):
        return None
    firm = named.firm_before(origin + owned.start("kind"))
    if firm and _APPOSED.fullmatch(flat(named.text[firm.end : origin + owned.start("kind")])):
        return firm
    return named.firm_at(end + 2) if named.text[end : end + 2] == ", " else None


def _told_before(named: Named, person: Entity) -> Iterator[Office]:
    """`Verkor, fondée par X`, `Fondée en 2020 par X, Verkor`, `Verkor, que dirige X`."""
    row = named.row(person)
    start, end = row[0].start, row[-1].end
    before = flat(named.text[max(0, start - _REACH_BACK) : start]).rsplit("\n", 1)[-1]
    origin = start - len(before)
    if presided := _presided(named, start, end, before):
        yield Office(firm=presided)
    elif _UNDER.search(before) and _OWN_BOARD.search(before):
        yield Office(
            own=True
        )  # `le conseil d'administration, réuni sous la présidence de X`: that of whose release it is
    if owned := _owned(named, end, before, origin):
        yield Office(firm=owned, founded=True)
    told = next((m for told in (_BY, _THAT, _AT_HEAD, _VOICE) if (m := told.search(before))), None)
    if told is None:
        return
    at = origin + told.start()
    founded = told.group().lstrip(", ").startswith(_BEGINNINGS)
    firm = named.firm_before(at)
    if firm and firm.end <= at and at - firm.end < 60:
        if _LINK_BACK.fullmatch(flat(named.text[firm.end : at])):
            yield Office(firm=firm, founded=founded)
            return
    opens = not before[: told.start()].strip(' -–—•\t«"') or before[: told.start()].rstrip()[-1:] in ".!?:"
    if opens and re.match(r",\s", named.text[end : end + 2]):
        following = named.firm_at(end + 2, led_to=True)
        if following:
            yield Office(firm=following, founded=founded)
