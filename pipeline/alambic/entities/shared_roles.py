"""Functions told of several people at once: `les fondateurs, X et Y`, `X et Y, copropriétaires de Garaga`, a list's heading,
`X et Y, respectivement maire et préfète`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from alambic.entities.contacts import opens_line
from alambic.entities.named import Named
from alambic.entities.role_nouns import around, is_plural_noun
from alambic.entities.roles import role_at
from alambic.record import Entity

_REACH = 120
_LEAST_IN_LIST = 2
_LONGEST_ARTICLE = 5
_WORD = re.compile(r"[\w-]+")
_CIVILITY = r"(?:(?:M|MM|Mme|Mmes|Mlle|Dr|Drs|Pr|Me|Mes)\.?\s)?"
_IN_A_ROW = re.compile(rf"(?:\s?\([^()\n]{{1,80}}\))?(?:\s?,|\s(?:et|&|/)|\s?,\set)\s{_CIVILITY}")
_CLOSE = re.compile(rf"\s?[,:(–—-]?[\s(]{{0,3}}{_CIVILITY}$")
_AFTER = re.compile(
    r"(?:,\s|\s?\(|\s(?:sont|étaient)\s)(?:tous |toutes )?(?:deux |trois )?(?:ses |nos |respectivement )?"
    r"(?P<role>(?P<noun>[\w-]+)(?: [^\W\d_][\w'’-]*){0,9}?)(?=\s?[,.;:)\n»–]|$)"
)
_BEFORE_LIST = re.compile(r"[\n(;.]")
_RESPECTIVELY = re.compile(r",?\srespectivement\s")
_NEXT_FUNCTION = re.compile(r",\s(?:et\s)?|\set\s")
_BREAK = re.compile(r"[.;!?»«\"“”()\n]")
_OPENERS = frozenset(
    "les ses nos vos leurs des aux de d ces deux trois quatre cinq six sept huit neuf dix autres".split()
)
Place = tuple[int, int]


def shared_roles(named: Named) -> dict[Place, Place]:
    """For each mention that shares a function, in the plural, with others: where the function stands."""
    shared: dict[Place, Place] = {}
    for heading_end, members in _lists(named):
        if role := _plural_before(named.text, heading_end):
            shared.update({(p.start, p.end): role for p in members})
    for row in _rows(named):
        shared.update(_respectively(named, row))
        role = _plural_before(named.text, row[0].start) or _plural_after(named.text, row[-1].end)
        if role and not _in_name(named, role[0]):
            shared.update({(p.start, p.end): role for p in row})
    return shared


def _in_name(named: Named, at: int) -> bool:
    """Whether an offset lies inside an organisation's name (`Joffe & Associés`)."""
    firm = named.firm_before(at)
    return firm is not None and firm.end > at


def _rows(named: Named) -> Iterator[list[Entity]]:
    """People named one after the other, nothing but commas, `et` and brackets between them."""
    row: list[Entity] = []
    for person, following in zip_longest(named.people, named.people[1:]):
        row.append(person)
        if following is not None and _IN_A_ROW.fullmatch(named.text[person.end : following.start][:_REACH]):
            continue
        if len(row) > 1:
            yield row
        row = []


def _lists(named: Named) -> Iterator[tuple[int, list[Entity]]]:
    """Lines that each begin with a person, under a line that ends with a colon: where that one ends, and the people."""
    text = named.text
    members: list[Entity] = []
    last = -1
    for person in [*named.people, None]:
        number = named.line_number(person.start) if person else -1
        opens = person is not None and opens_line(
            text[max(named.line(number)[0], person.start - _REACH) : person.start]
        )
        if person and opens and members and _next_line(named, last, number):
            members.append(person)
            last = number
            continue
        if person and members and number == last:
            continue
        if len(members) >= _LEAST_IN_LIST:
            end = named.line(named.line_number(members[0].start))[0]
            floor = max(0, end - _REACH)
            above = text[floor:end].rstrip()
            if above.endswith(":"):
                yield floor + len(above), members
        members, last = ([person], number) if person and opens else ([], -1)


def _next_line(named: Named, last: int, number: int) -> bool:
    return number == last + 1 or (
        number == last + 2 and not named.text[slice(*named.line(last + 1))][:_REACH].strip()
    )


def _plural_before(text: str, end: int) -> Place | None:
    """The function in the plural right before an offset, commas, a colon, a bracket and a civility between."""
    floor = max(0, end - _REACH)
    stretch = text[floor:end]
    close = _CLOSE.search(stretch)
    limit = close.start() if close else len(stretch)
    words = list(_WORD.finditer(stretch, 0, limit))
    if not words or stretch[words[-1].end() : limit].strip():
        return None
    for i in range(len(words) - 1, max(-1, len(words) - 11), -1):
        word = words[i].group()
        if i + 1 < len(words) and _BREAK.search(stretch[words[i].end() : words[i + 1].start()]):
            return None
        if word in around("stop"):
            return None
        if is_plural_noun(word):
            first = i
            while first and words[first - 1].group().lower() in around("fresh") | around("before"):
                first -= 1
            opener = words[first - 1].group().lower() if first else ""
            alone = not _BEFORE_LIST.split(stretch[: words[first].start()])[-1].strip(" •–—-*\t")
            if opener in _OPENERS or alone or word[0].isupper():
                return floor + words[i].start(), floor + words[-1].end()
    return None


def _respectively(named: Named, row: list[Entity]) -> dict[Place, Place]:
    """`X et Y, respectivement maire de Lens et directrice du parc`: one function each, in the order of the names."""
    opening = _RESPECTIVELY.match(named.text, row[-1].end)
    if opening is None:
        return {}
    starts = [opening.end()]
    for gap in _NEXT_FUNCTION.finditer(named.text, opening.end(), opening.end() + _REACH * len(row)):
        role = role_at(named.text, gap.end())
        if role and role.start - gap.end() < _LONGEST_ARTICLE and len(starts) < len(row):
            starts.append(gap.end())
    if len(starts) != len(row):
        return {}
    ends = [*(at - 1 for at in starts[1:]), len(named.text)]
    told: dict[Place, Place] = {}
    for person, start, end in zip(row, starts, ends, strict=True):
        if role := role_at(named.text, start, limit=min(end, start + 2 * _REACH)):
            told[person.start, person.end] = (role.start, role.end)
    return told


def _plural_after(text: str, end: int) -> Place | None:
    found = _AFTER.match(text, end, end + 2 * _REACH)
    return found.span("role") if found and is_plural_noun(found["noun"]) else None
