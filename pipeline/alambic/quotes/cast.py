"""Who a release presents: each person's function and gender, and whom a pronoun or a function means.

Nothing is guessed: where two people fit equally well, the nearest one before the words is taken for a pronoun
(what French does), and nobody for a function.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from alambic.knowledge import rows
from alambic.quotes.cues import fold
from alambic.quotes.narration import Narration, tokens
from alambic.quotes.roles import Role, noun_gender
from alambic.quotes.speakers import Named, Phrase, civility_at, phrases
from alambic.record import Entity, Person

_NEAR = 2500  # characters back within which a pronoun finds its person
_SENTENCE = 1500  # characters of a sentence that are read
_SMALL = frozenset("de du des d l la le les et à au aux en pour".split())


@cache
def _first_names() -> dict[str, str]:
    return {fold(row[0].lower()): row[1] for row in rows("alambic.quotes", "first_names.txt")}


def first_name_gender(name: str) -> str | None:
    """`m` or `f` where the first name tells it.

    >>> first_name_gender("Jean-Marc Dupont"), first_name_gender("Dominique Martin")
    ('m', None)
    """
    first = fold(name.split()[0].lower()) if name.split() else ""
    known = _first_names().get(first)
    if known is None and "-" in first:
        known = _first_names().get(first.split("-")[0])
    return known if known in ("m", "f") else None


def _key(words: str) -> tuple[str, ...]:
    folded = re.findall(r"[^\W_]+", fold(words.lower().replace("’", "'")))
    return tuple(word for word in folded if word not in _SMALL)


@dataclass(slots=True)
class _Member:
    roles: list[tuple[int, str, str]] = field(default_factory=list)  # where, as written, head noun
    gender: str | None = None
    label: str = "PER"


class Cast:
    """The people and organisations of one release, in the order of their mentions."""

    def __init__(self, page: Narration, people: Sequence[Person]) -> None:
        self._page = page
        self.members: dict[str, _Member] = {}
        self._by_last: dict[str, str] = {}
        self._mentions: list[tuple[int, str, bool]] = []  # where, who, governed by a preposition
        self._phrases: dict[int, list[tuple[Phrase, bool]]] = {}
        for entity in page.entities:
            self._member(entity.canonical, entity.label)
        for person in people:
            member = self._member(person.name, "PER")
            if person.role:
                member.roles.append((len(page.text), person.role, person.role.lower().split()[0]))
        self._read(page)
        for name, member in self.members.items():
            if member.label == "PER" and member.gender is None:
                member.gender = first_name_gender(name)

    def _member(self, name: str, label: str) -> _Member:
        member = self.members.get(name)
        if member is None:
            member = self.members[name] = _Member(label=label)
            if label == "PER" and name.split():
                self._by_last.setdefault(fold(name.split()[-1].lower()), name)
        return member

    def _read(self, page: Narration) -> None:
        done = -1
        for entity in page.entities:
            if entity.start < done:
                continue
            start = page.sentence_start(entity.start)
            end = min(page.sentence_end(entity.start), entity.start + _SENTENCE)
            start = max(start, entity.start - _SENTENCE)
            done = end
            toks = tokens(page.masked, start, end)
            for phrase, governed in phrases(page, toks):
                self.add(phrase, toks[phrase.first].start, governed)
        self._mentions.sort()

    def add(self, phrase: Phrase, position: int, governed: bool) -> None:
        """Takes in what one phrase tells about who is named in it."""
        for named in phrase.named:
            name = self.name(named)
            member = self._member(name, named.label)
            self._mentions.append((position, name, governed))
            if len(phrase.named) == 1:
                if phrase.role:
                    member.roles.append((position, phrase.role.text, phrase.role.noun))
                if phrase.gender and member.gender is None:
                    member.gender = phrase.gender

    def name(self, named: Named) -> str:
        """The canonical name; a surname that the entity stage has not joined is joined here."""
        if named.name in self.members:
            return named.name
        parts = named.name.split()
        if named.label == "PER" and parts:
            known = self._by_last.get(fold(parts[-1].lower()))
            if known and (len(parts) == 1 or fold(known.lower()) == fold(named.name.lower())):
                return known
        return named.name

    def role(self, name: str, position: int) -> str | None:
        """The function of `name`, the last given before `position` or else the first given after it."""
        member = self.members.get(name)
        if member is None or not member.roles:
            return None
        return max(member.roles, key=lambda role: (len(_key(role[1])) > 0, role[0] <= position, -abs(role[0] - position)))[1]

    def gender(self, name: str) -> str | None:
        """`m`, `f` or `None` where nothing tells it."""
        member = self.members.get(name)
        return member.gender if member else None

    def is_person(self, name: str) -> bool:
        """Whether `name` is a person's."""
        member = self.members.get(name)
        return member is not None and member.label == "PER"

    def by_pronoun(self, gender: str | None, position: int) -> str | None:
        """The person nearest before `position` that a pronoun of this gender can mean."""
        at = bisect_left(self._mentions, (position, "", False))
        best: tuple[int, str] | None = None
        for where, name, governed in reversed(self._mentions[max(0, at - 40) : at]):
            if position - where > _NEAR:
                break
            if not self.is_person(name):
                continue
            own = self.gender(name)
            if gender and own and own != gender:
                continue
            rank = (2 if own == gender or gender is None else 1) - (2 if governed else 0)
            if best is None or rank > best[0]:
                best = (rank, name)
            if rank == 2:
                break
        return best[1] if best else None

    def by_function(self, role: Role, position: int) -> str | None:
        """The person of whom the release gives this function, `None` if none or if two fit."""
        wanted = _key(role.text)
        if not wanted:
            return None
        exact: list[tuple[int, str]] = []
        loose: list[tuple[int, str]] = []
        for name, member in self.members.items():
            if member.gender and role.gender and member.gender != role.gender and noun_gender(role.noun):
                continue
            for where, text, _ in member.roles:
                own = _key(text)
                if own == wanted:
                    exact.append((where, name))
                elif own[: len(wanted)] == wanted or wanted[: len(own)] == own:
                    loose.append((where, name))
        for found in (exact, loose):
            names = {name for _, name in found}
            if len(names) == 1:
                return names.pop()
            before = [item for item in found if item[0] < position]
            if before:
                return max(before)[1]
        return None

    def organisation(self, noun: str, position: int) -> str | None:
        """The organisation whose own name holds `noun` (`la mutuelle`: `Mutuelle des Faubourgs`)."""
        noun = fold(noun)
        fitting = [
            name for name, member in self.members.items() if member.label == "ORG" and noun in _key(name)
        ]
        return fitting[0] if len(fitting) == 1 else None


def entity_name(entity: Entity) -> str:
    """The canonical name of a mention."""
    return entity.canonical


__all__ = ["Cast", "civility_at", "first_name_gender"]
