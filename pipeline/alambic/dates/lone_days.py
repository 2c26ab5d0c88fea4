"""Days that leave their month to the date before them: `match le samedi 12 octobre ; première à domicile le 19`."""

from __future__ import annotations

from bisect import bisect_right

from alambic.dates import intervals
from alambic.dates.found import Found, Search
from alambic.dates.grammar import LONE_DAY
from alambic.dates.placing import Resolved

REACH = 250  # characters within which the month of the date before still holds
DAYS = frozenset({"day", "numeric_day", "iso_day", "day_and_month", "weekday_and_day", "dotted_day"})
# What a number after «le» may be followed by when it is a day; after other words it counts or ranks (`le 20 heures`).
FOLLOWING = frozenset("à au aux en avec par pour sur chez dans et ou puis face contre avant après auprès devant prochain dernier".split())  # fmt: skip


def lone_days(search: Search, found: list[Found], taken: bytearray) -> list[Found]:
    """The lone days of a text, each in the month of the nearest day before it, if it comes after that day.

    `found` are the dates known so far, in order. A day that would fall into another month is left out: nothing says
    which one.
    """
    reading = search.reading
    lasts = [one.last for one in found]
    made: list[Found] = []
    for match in LONE_DAY.finditer(reading.kinds):
        first, last = match.span()
        before = bisect_right(lasts, first) - 1
        if before < 0 or taken[first] or reading.atoms[first - 2] not in ("le", "Le"):
            continue
        if reading.kinds[last : last + 1] == " " and reading.atoms[last + 1].lower() not in FOLLOWING:
            continue
        owner = found[before]
        days = owner.resolved.days
        near = reading.starts[first] - reading.starts[owner.last] <= REACH
        if days is None or not near or owner.point is None or owner.point.rule not in DAYS:
            continue
        number = int(reading.atoms[first])
        day = intervals.day(days[1].year, days[1].month, number)
        if day is not None and number > days[1].day:
            made.append(Found(first, last, Resolved(day, "day", owner.resolved.relative)))
    return made
