"""What dates say to each other once all are found: a shared year, the event of a programme, `l'année précédente`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from alambic.dates import intervals
from alambic.dates.found import Found, Search
from alambic.dates.placing import Resolved, Setting
from alambic.dates.resolving import resolve
from alambic.dates.tense import tense_around

LISTED = frozenset(
    {"day", "month", "quarter", "half", "season", "day_and_month", "quarter_code", "half_code"}
)
SAME_SENTENCE = 200  # characters within which a year just named is the one that `précédent` looks back from
LONGEST_EVENT = 31  # days
LONGEST_LIST = 3  # days from one listed day to the next


def settle(search: Search, found: list[Found]) -> None:
    """Completes the dates of a text, in order, by each other."""
    _share_years(search, found)
    _settle_agenda(search, found)
    _settle_programme(search, found)
    _settle_neighbours(search, found)


def _share_years(search: Search, found: list[Found]) -> None:
    """Gives dates listed together the year that one of them has: `en mars et juin 2025`, `juillet et août`."""
    kinds = search.reading.kinds
    pairs = [
        (one, other)
        for one, other in zip(found, found[1:], strict=False)
        if one.point is not None
        and other.point is not None
        and one.point.rule == other.point.rule
        and one.point.rule in LISTED
        and one.point.which is one.point.of_year is other.point.of_year is None
        and _joined(kinds[one.last : min(other.first, one.last + 10)])
    ]
    for one, other in reversed(pairs):
        assert one.point is not None and other.point is not None
        if not one.point.years and other.point.year is not None:
            _reread(search, one, other.point.year, not_after=other)
    for one, other in pairs:
        assert one.point is not None and other.point is not None
        if (
            not one.point.years
            and not other.point.years
            and other.point.which is None
            and one.resolved.days is not None
        ):
            first_year = one.resolved.days[0].year
            any(_reread(search, other, year, not_before=one) for year in (first_year, first_year + 1))
            other.point.years = []


def _joined(between: str) -> bool:
    """Whether two dates are listed together: nothing but `, le`, `et`, `ou en`, or one verb (`détaché le 4 mars et
    payé le 6 mars 2025`), stands between them."""
    if not any(sign in between for sign in ",t/"):
        return False
    return (len(between) <= 8 and set(between) <= set(" _,tluex'/")) or (
        len(between) <= 9 and "t" in between and set(between) <= set(" _tlueX'") and between.count("X") == 1
    )


def _reread(
    search: Search, found: Found, year: int, not_after: Found | None = None, not_before: Found | None = None
) -> bool:
    """Resolves a point again in the given year, unless that breaks the order of the list."""
    assert found.point is not None
    found.point.years = [year]
    resolved = resolve(found.point, Setting(search.reference))
    days = resolved.days if resolved is not None else None
    if resolved is not None and days is not None:
        late = (
            not_after is not None and not_after.resolved.days is not None and days > not_after.resolved.days
        )
        early = (
            not_before is not None
            and not_before.resolved.days is not None
            and days < not_before.resolved.days
        )
        if not late and not early:
            found.resolved = replace(resolved, relative=found.resolved.relative and not_after is None)
            return True
    found.point.years = []
    return False


def _settle_agenda(search: Search, found: list[Found]) -> None:
    """Keeps the lines of an agenda in order: after `20 janvier` to come, `28 avril` is not the one gone by."""
    reference, starts, text = search.reference, search.reading.starts, search.reading.text
    if reference is None:
        return
    for one, other in pairwise(found):
        if not (_is_yearless(one) and _is_yearless(other) and _opens_line(search, other)):
            continue
        first, last = one.resolved.days, other.resolved.days
        if first is None or last is None or not first[0] > reference > last[1]:
            continue
        start, end = starts[other.first], starts[other.last]
        tense = tense_around(text, start, end)
        if tense is None or tense.direction == "future":
            _reread(search, other, last[0].year + 1, not_before=one)
            assert other.point is not None
            other.point.years = []


def _opens_line(search: Search, found: Found) -> bool:
    return found.first == 0 or search.reading.kinds[found.first - 1] in "_¶"


def _is_yearless(found: Found) -> bool:
    point = found.point
    return (
        point is not None
        and point.rule in LISTED
        and not point.years
        and found.resolved.relative
        and (point.which is None and point.of_year is None)
    )


def _settle_programme(search: Search, found: list[Found]) -> None:
    """Puts the days of a programme (`Vendredi 12`, a heading `Samedi`) into the event that the text dates."""
    events = [one.resolved.days for one in found if one.point is None and one.resolved.precision == "range"]
    spans = [days for days in events if days is not None and (days[1] - days[0]).days <= LONGEST_EVENT]
    spans = (spans + _listed_days(found))[:50]
    for one in found if spans else ():
        point = one.point
        if point is None or point.which is not None or point.rule not in ("weekday_and_day", "weekday"):
            continue
        if point.rule == "weekday" and not _heads_a_programme(search, one):
            continue
        for first, last in spans:
            days = (first + dt.timedelta(days=step) for step in range((last - first).days + 1))
            fitting = [
                day
                for day in days
                if day.isoweekday() == point.weekday and (not point.numbers or day.day == point.numbers[0])
            ]
            if len(fitting) == 1:
                one.resolved = replace(one.resolved, days=(fitting[0], fitting[0]), note=None)
                break


def _listed_days(found: list[Found]) -> list[intervals.Interval]:
    """From the first to the last of days listed one after the other (`samedi 14 et dimanche 15 octobre`)."""
    spans = []
    for one, other in pairwise(found):
        first, last = one.resolved.days, other.resolved.days
        if (
            one.point is None
            and one.resolved.precision == other.resolved.precision == "day"
            and first
            and last
        ):
            if 0 < (last[0] - first[0]).days <= LONGEST_LIST:
                spans.append((first[0], last[0]))
    return spans


def _heads_a_programme(search: Search, found: Found) -> bool:
    """Whether the date opens its line and closes it, or is followed by an hour."""
    kinds = search.reading.kinds
    rest = kinds[found.last : found.last + 4]
    return _opens_line(search, found) and (
        not rest or rest[0] in "_¶" or re.match(r",? [nd] ?[Js]", rest) is not None
    )


def _settle_neighbours(search: Search, found: list[Found]) -> None:
    """`en 2023, contre 1,9 M€ l'année précédente`: the year before the one just named, not before the release.

    `l'année suivante` is of a year just named, or no date.
    """
    kinds, starts, text = search.reading.kinds, search.reading.starts, search.reading.text
    for at, one in enumerate(found):
        point = one.point
        if point is None or point.rule not in ("which_period", "following_period"):
            continue
        if point.rule == "which_period" and "V" not in kinds[one.first : one.last]:
            continue
        if point.units != ["year"] or point.part is not None:
            continue
        for other in reversed(found[max(0, at - 3) : at]):
            between = text[max(starts[other.last], starts[one.first] - SAME_SENTENCE) : starts[one.first]]
            if len(between) == SAME_SENTENCE or "\n\n" in between or re.search(r"[.!?]\s", between):
                break
            if other.resolved.precision in ("year", "half", "quarter") and other.resolved.days is not None:
                step = 1 if point.which == 1 else -1
                one.resolved = Resolved(intervals.year(other.resolved.days[0].year + step), "year")
                break
    found[:] = [
        one
        for one in found
        if one.point is None or one.point.rule != "following_period" or one.resolved.days is not None
    ]
