"""Finds every date of a text: start reading here.

The text is cut into atoms (`atoms.py`); ranges are looked for first, then lists of days, then single points, all by
the patterns of `grammar.py`; `exclusions.py` throws out what only looks like a date; `points.py` reads what is left
and `resolving.py` gives it its days; `settling.py` lets the dates of a text complete each other.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from alambic.dates.atoms import Reading
from alambic.dates.exclusions import is_no_date
from alambic.dates.found import Found, Search, take
from alambic.dates.grammar import ANY_POINT, CORE, ISLAND
from alambic.dates.lone_days import lone_days
from alambic.dates.placing import Setting
from alambic.dates.points import read
from alambic.dates.published import find_published_in
from alambic.dates.ranges import day_lists, ranges
from alambic.dates.resolving import resolve
from alambic.dates.settling import settle
from alambic.record import Date, Span

DAY_BY_DAY = frozenset(
    {"deictic", "this_day", "this_part_of_day", "weekday", "this_weekday", "weekday_and_day"}
)
WEEKS = re.compile(r" en (?P<weeks>huit|quinze)\b")  # lundi en huit
MONTH_ONLY = "the release is dated to the month only"


def find_dates(text: str, reference: dt.date | None = None, entities: Sequence[Span] = ()) -> list[Date]:
    """Every expression of `text` that places something in the calendar, with the days that it covers.

    Args:
        text: French text, cleaned or as it comes.
        reference: the day the text was published, which relative expressions are resolved against; where it is not
            given, the one that `find_published` reads in the text.
        entities: names in the text; what stands within one is no date (`demain` as a company's name, `Paris 2024`).

    Returns:
        The dates in order, none overlapping another. Offsets are string indices into `text`. `iso_start` and
        `iso_end` are `None` where an expression cannot be resolved, and `note` says why.

    >>> for found in find_dates("Livraison entre mi-2026 et 2028, annoncée hier.", dt.date(2025, 12, 11)):
    ...     print(found.text, found.iso_start, found.iso_end, found.precision)
    entre mi-2026 et 2028 2026-05-01 2028-12-31 range
    hier 2025-12-10 2025-12-10 day
    """
    return date_release(text, reference, entities)[1]


def date_release(
    text: str, published: dt.date | None = None, entities: Sequence[Span] = ()
) -> tuple[dt.date | None, list[Date]]:
    """The day on which `text` was published, as `find_published` tells where it is not given, and what `find_dates` finds.

    >>> day, dates = date_release("Paris, le 6 juin 2008. La fusion a été conclue hier.")
    >>> day, [date.iso_start for date in dates]
    (datetime.date(2008, 6, 6), ['2008-06-06', '2008-06-05'])
    """
    reading = Reading(text)
    reference, month_only = published, False
    if reference is None and (found_out := find_published_in(reading)) is not None:
        reference, month_only = found_out.day, found_out.whole_month
    search = Search(reading, reference)
    found = []
    taken = bytearray(len(reading.kinds) + 1)
    for island in ISLAND.finditer(reading.kinds):
        if CORE.search(reading.kinds, *island.span()) is not None:
            found += _search_island(search, *island.span(), taken)
    found.sort(key=lambda one: one.first)
    settle(search, found)
    if lone := lone_days(search, found, taken):
        found = sorted(found + lone, key=lambda one: one.first)
    dates = [_date(reading, one, month_only) for one in found]
    if entities:
        within = _Names(entities)
        dates = [date for date in dates if not within.hold(date)]
    return reference, dates


class _Names:
    """Where the names of a text stand."""

    def __init__(self, names: Sequence[Span]) -> None:
        self._spans = sorted((name.start, name.end) for name in names)

    def hold(self, span: Span) -> bool:
        """Whether `span` lies within a name."""
        before = bisect_right(self._spans, (span.start, sys.maxsize)) - 1
        return before >= 0 and span.end <= self._spans[before][1]


def _search_island(search: Search, begin: int, end: int, taken: bytearray) -> list[Found]:
    found = list(ranges(search, begin, end, taken))
    for listed in day_lists(search, begin, end):
        if not any(taken[listed[0].first : listed[-1].last]):
            found += listed
            take(taken, listed)
    found += _points(search, begin, end, taken)
    return found


def _points(search: Search, begin: int, end: int, taken: bytearray) -> Iterator[Found]:
    reading = search.reading
    at = begin
    while (match := ANY_POINT.search(reading.kinds, at, end)) is not None:
        first, last, rule = match.start(), match.end(), match.lastgroup or ""
        at = first + 1
        if any(taken[first:last]) or is_no_date(reading, rule, first, last):
            continue
        point = read(reading, rule, first, last)
        if (
            rule == "weekday"
            and point.which is None
            and (weeks := WEEKS.match(reading.text, reading.starts[last]))
        ):
            last = reading.index(weeks.end() - 1) + 1
            point.weeks = 1 if weeks["weeks"] == "huit" else 2
        resolved = resolve(point, search.setting(point, first, last))
        if resolved is not None:
            at = last
            yield Found(first, last, resolved, point)
            if rule == "decade" and (second := _second_decade(search, last)) is not None:
                yield second


def _second_decade(search: Search, last: int) -> Found | None:
    """The second of `les années 80 et 90`."""
    kinds = search.reading.kinds
    if kinds[last : last + 3] != " t " or kinds[last + 3 : last + 4] not in ("d", "o"):
        return None
    point = read(search.reading, "decade", last + 3, last + 4)
    resolved = resolve(point, Setting(search.reference))
    return None if resolved is None else Found(last + 3, last + 4, resolved, point)


def _date(reading: Reading, found: Found, month_only: bool) -> Date:
    start, end = reading.starts[_span_start(reading, found)], reading.starts[found.last]
    days, note = found.resolved.days, found.resolved.note
    if month_only and found.point is not None and found.point.rule in DAY_BY_DAY:
        days, note = None, MONTH_ONLY
    return Date(
        start=start,
        end=end,
        text=reading.text[start:end],
        iso_start=days[0].isoformat() if days else None,
        iso_end=days[1].isoformat() if days else None,
        precision=found.resolved.precision,
        relative=found.resolved.relative,
        note=note,
    )


def _span_start(reading: Reading, found: Found) -> int:
    """The first atom of the span: without `courant`, and without `ce` before a full day (guide, sections 3 and 7)."""
    kinds, point = reading.kinds, found.point
    if point is None:
        return found.first
    if point.part == "whole":
        skipped = "F~ _-'elua" if point.rule == "year" else "F~ _-'elu"
        return next(at for at in range(found.first, found.last) if kinds[at] not in skipped)
    if point.rule == "this_weekday" and point.numbers:
        return found.first + 2
    return found.first
