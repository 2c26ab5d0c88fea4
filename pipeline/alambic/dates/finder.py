"""Finds every date of a text: ranges first, then lists of days, then single points."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from alambic.dates import intervals
from alambic.dates.atoms import Reading
from alambic.dates.exclusions import is_no_date, tells_against, tied
from alambic.dates.grammar import ANY_POINT, DAY_LIST, LIST_ITEM, RANGES
from alambic.dates.points import Point, read, read_any
from alambic.dates.published import find_published_in
from alambic.dates.resolving import Resolved, Setting, resolve
from alambic.dates.tense import tense_around
from alambic.record import Date

TENSED = frozenset("day day_and_month weekday_and_day fortnight week_of_month quarter half quarter_code half_code "
                   "run_of_months month season school_start holiday this_weekday weekday this_period which_period part_of_period".split())  # fmt: skip

DAY_BY_DAY = frozenset({"deictic", "this_day", "this_part_of_day", "weekday", "this_weekday", "weekday_and_day"})
LISTED = frozenset({"day", "month", "quarter", "half", "season", "day_and_month"})
SAME_SENTENCE = 200  # characters within which a year just named is the one that `précédent` looks back from


@dataclass(slots=True)
class Found:
    """A date in atoms: `first` inclusive, `last` exclusive."""

    first: int
    last: int
    resolved: Resolved
    point: Point | None = None


def find_dates(text: str, reference: dt.date | None = None) -> list[Date]:
    """Every expression of `text` that places something in the calendar, with the days that it covers.

    Args:
        text: French text, cleaned or as it comes.
        reference: the day the text was published, which relative expressions are resolved against; where it is not
            given, the one that `find_published` reads in the text.

    Returns:
        The dates in order, none overlapping another. Offsets are string indices into `text`. `iso_start` and
        `iso_end` are `None` where an expression cannot be resolved, and `note` says why.

    >>> for found in find_dates("Livraison entre mi-2026 et 2028, annoncée hier.", dt.date(2025, 12, 11)):
    ...     print(found.text, found.iso_start, found.iso_end, found.precision)
    entre mi-2026 et 2028 2026-05-01 2028-12-31 range
    hier 2025-12-10 2025-12-10 day
    """
    reading = Reading(text)
    month_only = False
    if reference is None and (published := find_published_in(reading)) is not None:
        reference, month_only = published.day, published.whole_month
    search = _Search(reading, reference, month_only)
    return [search.date(found) for found in search.run()]


class _Search:
    def __init__(self, reading: Reading, reference: dt.date | None, month_only: bool) -> None:
        self.reading = reading
        self.reference = reference
        self.month_only = month_only

    def run(self) -> list[Found]:
        found = list(self.ranges())
        taken = bytearray(len(self.reading.kinds) + 1)
        _take(taken, found)
        for more in self.lists():
            if not any(taken[more[0].first : more[-1].last]):
                found += more
                _take(taken, more)
        found += self.points(taken)
        found.sort(key=lambda one: one.first)
        return self.settle_previous(self.settle_weekdays(self.share_years(found)))

    def ranges(self) -> Iterator[Found]:
        kinds = self.reading.kinds
        taken = bytearray(len(kinds) + 1)
        for pattern in RANGES:
            at = 0
            while (match := pattern.search(kinds, at)) is not None:
                at = match.start() + 1
                if taken[match.start()]:
                    continue
                made = self.range(match.start(), match.end(), match.span("left"), match.span("right"))
                if made is not None:
                    _take(taken, [made])
                    at = match.end()
                    yield made

    def range(self, first: int, last: int, left: tuple[int, int], right: tuple[int, int]) -> Found | None:
        reading = self.reading
        end = read_any(reading, *right)
        start = read_any(reading, *left) or _bare(reading, *left)
        if start is None or end is None:
            return None
        if start.rule == end.rule == "year" and left[0] == first and right[0] == left[1] + 1:
            return None  # 2024-2025 is one point
        if start.rule in ("season", "school_start") and end.rule == "year" and start.year and end.year == start.year + 1:
            return None  # `hiver 2024-2025` is one winter
        if start.rule == "bare" and reading.kinds[left[1] : left[1] + 2] in (" -", " –"):  # `n° 3 – 5 mars 2025`
            return None
        if not _complete(start, end):
            return None
        if tied(reading, first, last) or (end.rule == "year" and tells_against(reading, "year", *right)):
            return None
        if start.rule == "year" and left[0] == first and tells_against(reading, "year", *left):
            return None
        if left[0] == first and start.rule in ("season", "month", "holiday") and tells_against(reading, start.rule, *left):
            return None
        setting = self.setting(end, first, last)
        closing = resolve(end, setting)
        if closing is None:
            return None
        if closing.relative and closing.days is not None:
            setting = Setting(setting.reference, setting.tense)
        if start.rule in ("day", "month", "season", "quarter", "half", "bare") and not start.years and closing.days:
            start.years = [closing.days[1].year]
            opening = resolve(start, setting)
            if opening is not None and opening.days is not None and opening.days[0] > closing.days[0]:
                start.years = [closing.days[1].year - 1]
        opening = resolve(start, setting)
        if opening is None:
            return None
        relative = closing.relative or opening.relative
        if opening.days is None or closing.days is None:
            return Found(first, last, Resolved(None, "range", relative, opening.note or closing.note))
        if opening.days[0] > closing.days[1]:
            return None
        note = opening.note or closing.note
        return Found(first, last, Resolved((opening.days[0], closing.days[1]), "range", relative, note))

    def lists(self) -> Iterator[list[Found]]:
        kinds = self.reading.kinds
        at = 0
        while (match := DAY_LIST.search(kinds, at)) is not None:
            made = self.list(match.start(), match.span("items"), match.span("last"))
            if made:
                yield made
                at = match.end()
            else:
                at = match.start() + 1

    def list(self, first: int, items: tuple[int, int], last: tuple[int, int]) -> list[Found]:
        reading = self.reading
        kinds = reading.kinds
        comma = "," in kinds[items[0] : items[1]]
        article = kinds[max(0, first - 2) : first] in ("l ", "u ", "x ") or kinds[first] in "Ww"
        if (comma and not article) or (first and kinds[first - 1] in "-,./" ):
            return []
        closing = read_any(reading, *last)
        if closing is None or closing.rule != "day":
            return []
        setting = self.setting(closing, first, last[1])
        resolved = resolve(closing, setting)
        if resolved is None or resolved.days is None:
            return []
        made = []
        for item in LIST_ITEM.finditer(kinds, *items):
            point = _bare(reading, item.start(), item.end())
            if point is None:
                return []
            point.rule, point.month, point.years = "day", closing.month, [resolved.days[0].year]
            one = resolve(point, setting)
            if one is None:
                return []
            made.append(Found(item.start(), item.end(), replace(one, relative=resolved.relative)))
        return [*made, Found(last[0], last[1], resolved, closing)]

    def points(self, taken: bytearray) -> Iterator[Found]:
        reading = self.reading
        at = 0
        while (match := ANY_POINT.search(reading.kinds, at)) is not None:
            first, last, rule = match.start(), match.end(), match.lastgroup or ""
            at = first + 1
            if any(taken[first:last]):
                continue
            made = self.point(rule, first, last)
            if made is not None:
                at = last
                yield made

    def point(self, rule: str, first: int, last: int) -> Found | None:
        if is_no_date(self.reading, rule, first, last):
            return None
        point = read(self.reading, rule, first, last)
        resolved = resolve(point, self.setting(point, first, last))
        if resolved is None:
            return None
        return Found(first, last, resolved, point)

    def setting(self, point: Point, first: int, last: int) -> Setting:
        if self.reference is None or point.years or point.rule not in TENSED:
            return Setting(self.reference)
        starts = self.reading.starts
        return Setting(self.reference, tense_around(self.reading.text, starts[first], starts[last]))

    def share_years(self, found: list[Found]) -> list[Found]:
        """Gives dates listed together the year that one of them has: `en mars et juin 2025`, `juillet et août`."""
        kinds = self.reading.kinds
        pairs = [
            (one, other)
            for one, other in zip(found, found[1:], strict=False)
            if one.point is not None
            and other.point is not None
            and one.point.rule == other.point.rule
            and one.point.rule in LISTED
            and one.point.which is one.point.of_year is other.point.of_year is None
            and _joined(kinds[one.last : other.first])
        ]
        for one, other in reversed(pairs):
            assert one.point is not None and other.point is not None
            if not one.point.years and other.point.year is not None:
                self.reread(one, other.point.year, not_after=other)
        for one, other in pairs:
            assert one.point is not None and other.point is not None
            if not one.point.years and not other.point.years and one.resolved.days is not None:
                first_year = one.resolved.days[0].year
                for year in (first_year, first_year + 1):
                    if self.reread(other, year, not_before=one):
                        break
                other.point.years = []
        return found

    def reread(self, found: Found, year: int, not_after: Found | None = None, not_before: Found | None = None) -> bool:
        """Resolves a point again in the given year, unless that breaks the order of the list."""
        assert found.point is not None
        found.point.years = [year]
        resolved = resolve(found.point, Setting(self.reference))
        days = resolved.days if resolved is not None else None
        late = not_after is not None and not_after.resolved.days is not None and days and days > not_after.resolved.days
        early = not_before is not None and not_before.resolved.days is not None and days and days < not_before.resolved.days
        if resolved is None or days is None or late or early:
            found.point.years = []
            return False
        found.resolved = replace(resolved, relative=found.resolved.relative and not_after is None)
        return True

    def settle_weekdays(self, found: list[Found]) -> list[Found]:
        """Puts the days of a programme (`Vendredi 12`, a heading `Samedi`) into the event that the text dates."""
        events = [
            one.resolved.days
            for one in found
            if one.resolved.precision == "range" and one.resolved.days is not None and one.point is None
        ]
        events = [days for days in events if (days[1] - days[0]).days <= 31]
        for one in found:
            point = one.point
            if point is None or point.rule not in ("weekday_and_day", "weekday") or point.which is not None:
                continue
            if point.rule == "weekday" and not self.heads_a_programme(one):
                continue
            for first, last in events:
                days = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
                fitting = [
                    day
                    for day in days
                    if day.isoweekday() == point.weekday and (not point.numbers or day.day == point.numbers[0])
                ]
                if len(fitting) == 1:
                    one.resolved = replace(one.resolved, days=(fitting[0], fitting[0]), note=None)
                    break
        return found

    def settle_previous(self, found: list[Found]) -> list[Found]:
        """`en 2023, contre 1,9 M€ l'année précédente`: the year before the one just named, not before the release."""
        starts = self.reading.starts
        for at, one in enumerate(found):
            point = one.point
            if point is None or point.rule != "which_period" or "V" not in self.reading.kinds[one.first : one.last]:
                continue
            if point.units != ["year"] or point.part is not None:
                continue
            for other in reversed(found[max(0, at - 3) : at]):
                text = self.reading.text[starts[other.last] : starts[one.first]]
                if len(text) > SAME_SENTENCE or "\n\n" in text or re.search(r"[.!?]\s", text):
                    break
                if other.resolved.precision in ("year", "half", "quarter") and other.resolved.days is not None:
                    one.resolved = Resolved(intervals.year(other.resolved.days[0].year - 1), "year")
                    break
        return found

    def heads_a_programme(self, found: Found) -> bool:
        """Whether the date opens its line and closes it, or is followed by an hour."""
        kinds = self.reading.kinds
        opens = found.first == 0 or kinds[found.first - 1] in "_¶"
        rest = kinds[found.last : found.last + 4]
        return opens and (not rest or rest[0] in "_¶" or re.match(r",? [nd] ?[Js]", rest) is not None)

    def date(self, found: Found) -> Date:
        reading = self.reading
        first = self.span_start(found)
        start, end = reading.starts[first], reading.starts[found.last]
        days, note = found.resolved.days, found.resolved.note
        if self.month_only and found.point is not None and found.point.rule in DAY_BY_DAY:
            days, note = None, "the release is dated to the month only"
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

    def span_start(self, found: Found) -> int:
        """The first atom of the span: without `courant`, and without `ce` before a full day (guide, sections 3, 7)."""
        kinds, point = self.reading.kinds, found.point
        if point is None:
            return found.first
        if point.part == "whole":
            return next(at for at in range(found.first, found.last) if kinds[at] not in "F~ _-'elu")
        if point.rule == "this_weekday" and point.numbers:
            return found.first + 2
        return found.first


def _take(taken: bytearray, found: list[Found]) -> None:
    for one in found:
        taken[one.first : one.last] = b"\x01" * (one.last - one.first)


def _joined(between: str) -> bool:
    """Whether two dates are listed together: nothing but `, le`, `et`, `ou en`, or one verb (`détaché le 4 mars et
    payé le 6 mars 2025`), stands between them."""
    if not any(sign in between for sign in ",t/"):
        return False
    return (len(between) <= 8 and set(between) <= set(" _,tluex'/")) or (
        len(between) <= 9 and "t" in between and set(between) <= set(" _tlueX'") and between.count("X") == 1
    )


def _bare(reading: Reading, first: int, last: int) -> Point | None:
    """A day or a rank that has no month of its own (`3` in `du 3 au 5 mars`)."""
    point = read(reading, "bare", first, last)
    return point if point.numbers or point.rank is not None else None


def _complete(start: Point, end: Point) -> bool:
    """Gives the left side of a range what only the right side writes; false when the two do not go together."""
    if start.rule == "bare" or (start.rule == "weekday_and_day" and end.rule == "day"):
        if end.rule == "day" and start.numbers and (start.rank in (None, 1)):
            start.rule, start.month = "day", end.month
            return True
        if end.rule in ("quarter", "half") and start.rank is not None:
            start.rule = end.rule
            start.fiscal, start.of_year = end.fiscal, end.of_year
            return True
        if end.rule == "weekday_and_day" and start.rule == "weekday_and_day":
            return True
        return False
    if start.rule in ("numeric_day", "iso_day", "day") and end.rule in ("numeric_day", "iso_day", "day", "deictic", "day_and_month"):
        return start.rule != "day" or end.rule in ("day", "deictic", "numeric_day")
    if start.rule == end.rule:
        return True
    families = (
        {"month", "year", "season", "quarter", "half", "numeric_month", "deictic", "day", "holiday", "school_start"},
        {"quarter_code", "half_code"},
    )
    return any(start.rule in family and end.rule in family for family in families)
