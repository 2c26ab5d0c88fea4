"""The function and the employer of each person, as the release gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from alambic.entities.roles import Role, is_plural_noun, role_after, role_before
from alambic.entities.surfaces import Surface
from alambic.entities.words import fold
from alambic.entities.zones import Zones
from alambic.record import Entity

_IN_BRACKETS = re.compile(r"\s?\(\s?")
_AFTER_ROLE = re.compile(
    r"(?:\s?[,(–—-]\s?|\s(?:chez|de|du|d['’]|au sein de|à)\s?(?:la |l['’])?|\s-\s|\n)\s?"
)
_CLOSED = re.compile(r"\s?(?:[,.;:)\n»\"”(–—]|$)")
_OWN_HOUSE = re.compile(
    r"\b(?:du|de la|de l'|de notre|de son|de cette|au|à la|de)\s?(?:groupe|societe|entreprise|association|fondation|federation|"
    r"maison|cooperative|mutuelle|institution|ecole|banque|compagnie|organisation|club|reseau|collectif|agence|syndicat|cabinet)$"
)
_CONTACT = re.compile(r"\b(?:contacts?|presse|media|medias|relations|service)\b")
_FROM = re.compile(r"\s?(?:\(|,|–|—|-|/|\||chez|de|pour|:)\s?")
_HEADER_REACH = 160


@dataclass(frozen=True, slots=True)
class Employment:
    """What a release says of a person's work: a function, and the canonical name and id of the employer."""

    role: str | None = None
    employer: str | None = None
    employer_id: str | None = None


def employments(text: str, people: Sequence[list[Surface]], entities: Sequence[Entity]) -> list[Employment]:
    """For each person (a list of surfaces) the function and employer; `entities` are all those of the text, in order."""
    firms = [e for e in entities if e.label == "ORG"]
    starts = [e.start for e in firms]
    persons = [e for e in entities if e.label == "PER"]
    named = Zones((e.start, e.end) for e in persons)
    issuer = _issuer(text, firms)
    shared = _shared_roles(text, persons, firms, starts)
    jobs = []
    for surfaces in people:
        job = _employment(text, surfaces, firms, starts, named, issuer)
        if job.role is None:
            places = (place for surface in surfaces for place in surface.places)
            role, firm = next((shared[place] for place in places if place in shared), (None, None))
            job = _employed(role, firm) if role and not job.employer else replace(job, role=role)
        jobs.append(job)
    return jobs


def _shared_roles(
    text: str, persons: Sequence[Entity], firms: list[Entity], starts: list[int]
) -> dict[tuple[int, int], tuple[str, Entity | None]]:
    """The function, in the plural, of people in a row: `les directeurs généraux, Julien Roy (Agrial) et Éric Forin`."""
    shared: dict[tuple[int, int], tuple[str, Entity | None]] = {}
    row: list[Entity] = []
    for person, following in zip_longest(persons, persons[1:]):
        row.append(person)
        if following is not None and _IN_A_ROW.fullmatch(text[person.end : following.start]):
            continue
        if len(row) > 1:
            start = max(0, row[0].start - _ROLE_REACH)
            before = _PLURAL_BEFORE.search(text[start : row[0].start])
            after = _PLURAL_AFTER.match(text, row[-1].end)
            span = (
                (start + before.start("role"), start + before.end("role"))
                if before and is_plural_noun(before["noun"])
                else after.span("role")
                if after and is_plural_noun(after["noun"])
                else None
            )
            if span:
                inside = _inside(firms, starts, *span)
                told = (" ".join(text[slice(*span)].split()), inside[0] if inside else None)
                shared.update({(one.start, one.end): told for one in row})
        row = []
    return shared


_ROLE_REACH = 100
_ROLE_WORDS = r"(?P<role>(?P<noun>[\w-]+)(?: [^\W\d_][\w'’-]*){0,7}?)"
_IN_A_ROW = re.compile(r"(?:\s?\([^()\n]{1,60}\))?(?:\s?,|\s(?:et|&)|\s?,\set)\s")
_PLURAL_BEFORE = re.compile(
    rf"(?:^|[\s'’(«])(?i:les|ses|nos|vos|leurs|des|aux|deux|trois|quatre|cinq)\s{_ROLE_WORDS}\s?[,:]?\s$"
)
_PLURAL_AFTER = re.compile(rf",\s(?:les |ses |nos |respectivement )?{_ROLE_WORDS}(?=\s?[,.;:)\n»–])")


def _employment(
    text: str,
    surfaces: list[Surface],
    firms: list[Entity],
    starts: list[int],
    named: Zones,
    issuer: Entity | None,
) -> Employment:
    best: tuple[int, Role, Entity | None] | None = None
    places = sorted(place for surface in surfaces for place in surface.places)
    for start, end in places:
        for role in (role_after(text, end), role_before(text, start)):
            if role is None or named.touch(role.start, role.end):
                continue
            role = _whole(role, firms, starts)
            firm = _employer_of(text, role, end, firms, starts)
            rank = 2 * (firm is not None) + (len(role.of(text).split()) > 1) + 2 * (role.sort != "profession")
            if best is None or rank > best[0]:
                best = (rank, role, firm)
    if best is not None:
        _, role, firm = best
        if firm is None:
            firm = next((f for s, e in places if (f := _beside(text, s, e, firms, starts))), None)
        if firm is None and role.sort == "post" and _in_own_house(role.of(text)):
            firm = issuer
        return _employed(role.of(text), firm)
    firm = next((f for s, e in places if (f := _beside(text, s, e, firms, starts))), None)
    return _employed(None, firm)


def _whole(role: Role, firms: list[Entity], starts: list[int]) -> Role:
    """The function up to the end of the organisation that it breaks off in (`présidente de Parents, code et cartables`)."""
    last = bisect_left(starts, role.end) - 1
    if last >= 0 and firms[last].start >= role.start and firms[last].end > role.end:
        return replace(role, end=firms[last].end)
    return role


def _employed(role: str | None, firm: Entity | None) -> Employment:
    return Employment(role, firm.canonical, firm.entity_id) if firm else Employment(role)


def _inside(firms: list[Entity], starts: list[int], start: int, end: int) -> list[Entity]:
    i = bisect_left(starts, start)
    found = []
    while i < len(firms) and firms[i].start < end:
        found.append(firms[i])
        i += 1
    return found


def _employer_of(
    text: str, role: Role, name_end: int, firms: list[Entity], starts: list[int]
) -> Entity | None:
    """The organisation in the function itself, or right after it (`directrice, Verkor`; `président (Bigorneau)`)."""
    if role.sort == "office" and re.match(r"(?:premi\w+ )?(?:ministre|secretaire d)", fold(role.of(text))):
        return None
    inside = _inside(firms, starts, role.start, role.end)
    if inside:
        return inside[0]
    after = _AFTER_ROLE.match(text, role.end)
    if after and role.start >= name_end:
        following = _inside(firms, starts, after.end(), after.end() + 1)
        apart = any(mark in after.group() for mark in ",–—-\n")
        if following and not (apart and not _CLOSED.match(text, following[0].end)):
            return following[0]
    return None


def _beside(text: str, start: int, end: int, firms: list[Entity], starts: list[int]) -> Entity | None:
    """The organisation in brackets after the name, before it in the same contact line, or in the line above."""
    opening = _IN_BRACKETS.match(text, end)
    if opening:
        inside = _inside(firms, starts, opening.end(), opening.end() + 1)
        if inside and text[inside[0].end : inside[0].end + 1] in (")", ",", " "):
            return inside[0]
    line = text.rfind("\n", 0, start) + 1
    before = _inside(firms, starts, line, start)
    if before and text[before[-1].end : start] in (" (", "(") and text[end : end + 1] in (")", ","):
        return before[-1]  # `Orrick (Benjamin Roy)`
    label = text[line:start].strip(" •–—-*\t")
    if text[end : end + 2] == ", " and (not label or label.endswith(":")):
        following = _inside(firms, starts, end + 2, end + 3)
        if following and _CLOSED.match(text, following[0].end):
            return following[0]  # `Contact : Pierre Roy, Wellcom`
    if (
        before
        and text[before[-1].end : start] == ", "
        and _CONTACT.search(fold(text[line : before[-1].start]))
    ):
        return before[-1]  # `Relations presse : L'Agence RP, Mélanie Roy`
    if before and re.fullmatch(
        r"\s?[–—:|/-]\s?(?:[Cc]ontacts? \w+(?: \w+)? ?[:–-] ?)?", text[before[-1].end : start]
    ):
        return before[-1]
    if text[line:start].strip(" •–—-*\t"):
        return None
    for _ in range(3):
        above = text.rfind("\n", 0, max(0, line - 1)) + 1
        header = text[above : max(0, line - 1)]
        if len(header) > _HEADER_REACH or above >= line:
            return None
        named = _inside(firms, starts, above, line)
        if named and header.strip() == text[named[0].start : named[0].end]:
            return named[0]
        if named and _CONTACT.search(fold(header)):
            return named[0]
        if header.strip() and not _CONTACT.search(fold(header)) and not re.search(r"[@\d]", header):
            return None
        line = above
    return None


def _in_own_house(role: str) -> bool:
    """Whether a function without a named organisation is one in the issuer's own house (`directrice générale`)."""
    folded = fold(role)
    return (
        bool(_OWN_HOUSE.search(folded))
        or not re.search(r"\b(?:du|de|des|chez|d'|a la|au|aux)\b", folded)
        or bool(_FIELD.search(folded))
    )


_FIELD = re.compile(
    r"\b(?:du|de la|de l'|des|de|d')\s?(?:directoire|direction|conseil|comite|ressources|communication|marketing|operations|finances?|"
    r"recherche|developpement|strategie|production|etudes|ventes|innovation|technique|programmes?|projets?|produits?|systemes|"
    r"achats|relations|affaires|service|pole|site|usine|partenariats|investissements|publications?|redaction)"
)


def _issuer(text: str, firms: list[Entity]) -> Entity | None:
    """The organisation that the release is about: named in `À propos de`, else the one named most from the start on."""
    for match in re.finditer(r"À propos d(?:e |u |es |'|’)(?:la |le |l'|l’|les )?", text, re.IGNORECASE):
        named = [f for f in firms if f.start == match.end()]
        if named:
            return named[0]
    counts = Counter(f.entity_id for f in firms)
    return max(firms, key=lambda f: (counts[f.entity_id], -f.start), default=None)
