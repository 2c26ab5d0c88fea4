"""Offices that a verb tells: `X est nommée directrice de Verkor`, `X prend la tête de Verkor`, `Verkor, fondée par X`.

The clause after a name is read as `name (aside) between* verb between* complement`. What a verb may be and what it
asks for stands in `data/office_verbs.txt`; functions are read by `roles`, organisations looked up in `Named`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from alambic.entities.named import Named
from alambic.entities.roles import Role, role_at
from alambic.folding import Letters
from alambic.knowledge import rows
from alambic.record import Entity

_DATA = "alambic.entities.data"
_REACH = 260
_LONGEST_ASIDE = 130
_MOST_BETWEEN = 8
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CALENDAR = re.compile(
    r"\d{1,4}|er|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi"
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
_UNDER = re.compile(
    r"\bsous (?:la presidence|la direction|la houlette|l'autorite) d(?:e |u |')(?:(?:m|mme|dr|pr)\.? )?$"
)
_LINK_BACK = re.compile(r"(?:\s?\([^()\n]{1,40}\))?(?:,? (?:est |etait |a ete |et )?|,? )$")
_REACH_BACK = 120


@dataclass(frozen=True, slots=True)
class Office:
    """What a clause tells of a person: a function, an organisation, or both; `past` where it says that it is over, `founded` where
    the organisation is said to be the person's foundation only."""

    role: Role | None = None
    firm: Entity | None = None
    past: bool = False
    founded: bool = False


def offices(named: Named, person: Entity) -> Iterator[Office]:
    """What verbs around one mention tell of the person.

    An office that one person takes over from another is told of both.
    """
    clause = _Clause(named, person.end)
    yield from clause.offices()
    before = named.person_before(person.start)
    if before and person.start - before.end < _REACH:
        yield from (o for who, o in _Clause(named, before.end).shared() if who is person)
    yield from _told_before(named, person)


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
            if office.role or office.firm:
                founded = frame == "founds"
                yield other, Office(office.role, office.firm, past, founded)
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
            words = 0 if self._phrase(i, "as", "top") else self._phrase(i, "between")
            past = self._after(i, words) if words else i + self._calendar(i)
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
        """How many words the phrase of one of `frames` takes that begins at word `i`; 0 if none does."""
        return self._framed(i, frames)[1]

    def _framed(self, i: int, frames: tuple[str, ...]) -> tuple[str, int]:
        if i < len(self._tokens):
            for phrase, frame in _frames().get(self._tokens[i][0][:3], ()):
                if frame in frames and self._matches(phrase, i):
                    return frame, len(phrase)
        return "", 0

    def _matches(self, phrase: tuple[str, ...], i: int) -> bool:
        if not self._tokens[i][0].startswith(phrase[0].rstrip("~")):  # most phrases end here
            return False
        words = [w for w, _ in self._tokens[i : i + 2 * len(phrase)] if w != "'"][: len(phrase)]
        return len(words) == len(phrase) and all(
            word == part
            or (part[-1] == "~" and word.startswith(part[:-1]) and len(word) - len(part) < _LONGEST_ENDING)
            for word, part in zip(words, phrase, strict=True)
        )

    def _verb(self, i: int) -> tuple[str, int, bool]:
        """The frame of the verb that is reached from word `i`, the word after it, and whether it tells of the past."""
        past = False
        for _ in range(3):
            i = self._between(i)
            frame, n = self._framed(i, ("heads", "founds", "becomes", "joins", "succeeds", "holds"))
            if not n:
                frame, n = self._framed(i, ("as", "top"))
                return (frame, i, past) if n else ("", i, past)
            past = past or self._tokens[i][0] in _PAST
            if frame in ("heads", "joins") and self._over(i):
                return "", i, True
            following = self._between(self._after(i, n))
            if frame != "becomes" or not self._phrase(following, "becomes", "heads", "holds"):
                return frame, self._after(i, n), past
            i = following  # `est nommé`
        return "", i, past

    def _over(self, i: int) -> bool:
        """Whether the verb at word `i` tells of work that is done (`a dirigé`), not of a beginning (`a fondé`)."""
        before = next((w for w, _ in reversed(self._tokens[max(0, i - 4) : i]) if w in _HAS), None)
        return before is not None and not self._tokens[i][0].startswith(_BEGINNINGS)

    def _after(self, i: int, n: int) -> int:
        """The word after `n` words from `i`, apostrophes not counted."""
        while n and i < len(self._tokens):
            n -= self._tokens[i][0] != "'"
            i += 1
        while i < len(self._tokens) and self._tokens[i][0] == "'":
            i += 1
        return i

    def _complement(self, frame: str, i: int) -> tuple[Office, Entity | None]:
        if frame in ("heads", "founds"):
            return Office(firm=self._firm(self._between(i))), None
        if frame == "succeeds":
            other = self._person(i)
            if other is None:
                return Office(), None
            rest = _Clause(self._named, other.end)
            return rest._post(rest._past_aside()), other
        if frame == "joins":
            firm = self._firm(self._between(i))
            if firm is None:
                return self._post(self._between(i), linked=True), None
            rest = _Clause(self._named, firm.end)
            told = rest._post(rest._between(0), linked=True)
            return Office(told.role, firm), None
        return self._post(self._between(i), linked=frame in ("as", "top")), None

    def _post(self, i: int, *, linked: bool = False) -> Office:
        """A function (after a link, if `linked`), or the organisation after `à la tête de`."""
        for _ in range(3):
            top = self._phrase(i, "top")
            if top:
                return Office(firm=self._firm(self._after(i, top)))
            link = self._phrase(i, "as")
            if link or not linked:
                at = self._offset(self._after(i, link) if link else i)
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
_LONGEST_ENDING = 5


def _presided(named: Named, person: Entity, before: str) -> Entity | None:
    """`le conseil de Verkor, réuni sous la présidence de X`: the one organisation that the sentence names before."""
    if not _UNDER.search(before):
        return None
    firms = named.firms_in(named.sentence_start(person.start), person.start)
    return firms[0] if len({f.entity_id for f in firms}) == 1 else None


def _told_before(named: Named, person: Entity) -> Iterator[Office]:
    """`Verkor, fondée par X`, `Fondée en 2020 par X, Verkor`, `Verkor, que dirige X`."""
    floor = max(0, person.start - _REACH_BACK)
    before = flat(named.text[floor : person.start]).rsplit("\n", 1)[-1]
    origin = person.start - len(before)
    if presided := _presided(named, person, before):
        yield Office(firm=presided)
    told = _BY.search(before) or _THAT.search(before)
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
    if opens and (comma := re.match(r",\s", named.text[person.end : person.end + 2])):
        following = named.firm_at(person.end + comma.end(), led_to=True)
        if following:
            yield Office(firm=following, founded=founded)
