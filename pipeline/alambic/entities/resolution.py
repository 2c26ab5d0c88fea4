"""Document level: from the mentions of one release to its entities, people and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alambic.entities.cues import civility_before
from alambic.entities.decision import decide
from alambic.entities.employment import Employment, employments
from alambic.entities.organisations import acronym_of, group_organisations
from alambic.entities.people import group_people
from alambic.entities.reading import Mention, Reading
from alambic.entities.roles import role_after, role_before
from alambic.entities.surfaces import Surface, fullest, mend
from alambic.record import Entity, Label, Organisation, Person


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a text in order, and one record for each person and organisation, in order of first mention.

    Offsets refer to the text that was resolved. `entity_id` (`org-1`, `per-1`, …) joins the three.
    """

    entities: tuple[Entity, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


def resolve(text: str, reading: Reading) -> Resolution:
    """Decides once per name, finds it wherever it stands, and joins the names of one organisation or person.

    `reading` is what the recogniser saw in `text`.

    >>> text = "Verkor grandit.\\nÀ propos de Verkor\\nContact : Mme Stromboni, directrice de Verkor"
    >>> seen = Reading.from_mentions(text, [Mention(0, 6, "ORG", 0.9), Mention(49, 58, "PER", 0.9)])
    >>> found = resolve(text, seen)
    >>> [(e.text, e.entity_id) for e in found.entities]
    [('Verkor', 'org-1'), ('Verkor', 'org-1'), ('Stromboni', 'per-1'), ('Verkor', 'org-1')]
    >>> found.people[0].role, found.people[0].employer
    ('directrice de Verkor', 'Verkor')
    """
    mentions = decide(text, reading)
    organisations = _organisation_sets(text, [m for m in mentions if m.label == "ORG"])
    people = _people_sets(text, [m for m in mentions if m.label == "PER"])
    owner: dict[tuple[int, int], tuple[str, str]] = {}
    for sort, sets in (("org", organisations), ("per", people)):
        for number, surfaces in enumerate(sets, 1):
            name = fullest(surfaces).text
            for surface in surfaces:
                for place in surface.places:
                    owner[place] = (f"{sort}-{number}", name)
    entities = tuple(_entity(text, m, *owner[m.start, m.end]) for m in mentions)
    return Resolution(
        entities,
        tuple(
            _person(surfaces, f"per-{n}", job)
            for n, (surfaces, job) in enumerate(
                zip(people, employments(text, people, entities), strict=True), 1
            )
        ),
        tuple(_organisation(surfaces, f"org-{n}") for n, surfaces in enumerate(organisations, 1)),
    )


def _surfaces(text: str, mentions: Sequence[Mention]) -> list[Surface]:
    found: dict[str, Surface] = {}
    for mention in mentions:
        name = mend(text[mention.start : mention.end])
        found.setdefault(name, Surface(name, mention.label)).places.append((mention.start, mention.end))
    return list(found.values())


def _organisation_sets(text: str, mentions: Sequence[Mention]) -> list[list[Surface]]:
    return group_organisations(text, _surfaces(text, mentions)).sets()


def _people_sets(text: str, mentions: Sequence[Mention]) -> list[list[Surface]]:
    def gender_at(start: int, end: int) -> str:
        gender = civility_before(text[max(0, start - 24) : start])
        if gender:
            return gender
        role = role_after(text, end) or role_before(text, start)
        return role.gender if role else ""

    return group_people(_surfaces(text, mentions), gender_at).sets()


def _entity(text: str, mention: Mention, entity_id: str, canonical: str) -> Entity:
    label: Label = "ORG" if mention.label == "ORG" else "PER"
    return Entity(
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        label=label,
        canonical=canonical,
        entity_id=entity_id,
        confidence=round(mention.confidence, 4),
    )


def _names(surfaces: Sequence[Surface]) -> tuple[str, tuple[str, ...], int]:
    full = fullest(list(surfaces)).text
    aliases = dict.fromkeys(s.text for s in surfaces if s.text != full)
    return full, tuple(aliases), sum(len(s.places) for s in surfaces)


def _organisation(surfaces: list[Surface], entity_id: str) -> Organisation:
    name, aliases, mentions = _names(surfaces)
    return Organisation(
        entity_id=entity_id, name=name, aliases=aliases, acronym=acronym_of(surfaces), mentions=mentions
    )


def _person(surfaces: list[Surface], entity_id: str, job: Employment) -> Person:
    name, aliases, mentions = _names(surfaces)
    return Person(
        entity_id=entity_id,
        name=name,
        aliases=aliases,
        role=job.role,
        employer=job.employer,
        employer_id=job.employer_id,
        mentions=mentions,
    )
