"""From a point to the days it covers: absolute ones by the calendar, relative ones from the release's own date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from alambic.dates import intervals
from alambic.dates.intervals import Interval
from alambic.dates.points import Point
from alambic.dates.tense import Tense
from alambic.record import Precision

NO_REFERENCE = "relative date, and the release gives no date to resolve it against"
FISCAL = "quarter or half of a fiscal year whose first month the release does not say"
MONTH_FIRST = "month written before the day"
# Days by which the verb's tense outweighs nearness: a day eight weeks on the wrong side is still nearer the mark than
# one most of a year away, for which a release would write the year.
AGAINST_TENSE: dict[str, int] = {"day": 250, "month": 310}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that a point covers (`None` where it cannot be resolved), how precise it is, and what is doubtful."""

    days: Interval | None
    precision: Precision
    relative: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a relative date is read against: the release's own day and the tense of the sentence."""

    reference: dt.date | None
    tense: Tense | None = None

    def against(self, days: Interval) -> bool:
        """Whether the tense puts the date on the other side of the reference."""
        if self.tense is None or self.reference is None:
            return False
        return days[1] < self.reference if self.tense.direction == "future" else days[0] > self.reference


def resolve(point: Point, setting: Setting) -> Resolved | None:
    """The days of `point`, or `None` when it is no date after all (`18/25`, `3e mai`)."""
    return _RULES[point.rule](point, setting)


def nearest(
    setting: Setting,
    make: Callable[[int], Interval | None],
    which: int | None = None,
    precision: Precision = "day",
) -> Interval | None:
    """The interval that `make` gives for the year nearest the reference that fits the tense.

    `which` is -1 where the phrase says `dernier`, 1 for `prochain`: then the last one that has begun before the
    reference, or the first one after it.
    """
    reference = setting.reference
    assert reference is not None
    around = [
        made for year in range(reference.year - 2, reference.year + 3) if (made := make(year)) is not None
    ]
    if which == 1:
        return next((made for made in around if made[0] > reference), None)
    if which == -1:
        return next((made for made in reversed(around) if made[1] < reference), None)

    def cost(made: Interval) -> int:
        distance = max((made[0] - reference).days, (reference - made[1]).days, 0)
        if not setting.against(made):
            return distance
        assert setting.tense is not None
        return distance + (10_000 if setting.tense.sure else AGAINST_TENSE.get(precision, 310))

    return min(around, key=cost, default=None)


def _in_year(
    point: Point, setting: Setting, precision: Precision, make: Callable[[int], Interval | None]
) -> Resolved:
    """A point that recurs every year: in its own year, or in the one that the phrase or the tense tells."""
    impossible = "no such day in the calendar"
    year, relative = point.year, False
    if year is None:
        if setting.reference is None:
            return Resolved(None, precision, True, NO_REFERENCE)
        relative = True
        if point.of_year is not None:
            year = setting.reference.year + point.of_year
    if year is not None:
        days = make(year)
    else:
        days = nearest(setting, make, point.which, precision)
    if days is None:
        return Resolved(None, precision, relative, impossible)
    if point.part is not None and point.part != "whole":
        return Resolved(intervals.third(days, point.part), "third", relative)
    return Resolved(days, precision, relative)


def _day(point: Point, setting: Setting) -> Resolved | None:
    if point.month is None:
        return None
    number = point.numbers[0] if point.numbers else point.count or point.rank
    if number is None or (point.rank is not None and point.rank != 1):
        return None
    month = point.month
    if (
        point.weekday is None
        or point.year is not None
        or point.which is not None
        or setting.reference is None
    ):
        found = _in_year(point, setting, "day", lambda year: intervals.day(year, month, number))
        if (
            point.weekday is not None
            and found.days is not None
            and found.days[0].isoweekday() != point.weekday
        ):
            return Resolved(found.days, "day", found.relative, "the weekday written is not that day's")
        return found

    def agreeing(year: int) -> Interval | None:
        made = intervals.day(year, month, number)
        return made if made is not None and made[0].isoweekday() == point.weekday else None

    days = nearest(setting, agreeing)
    if days is not None and abs((days[0] - setting.reference).days) < 400:
        return Resolved(days, "day", True)
    found = _in_year(point, setting, "day", lambda year: intervals.day(year, month, number))
    note = found.note if found.days is None else "the weekday written is not that day's"
    return Resolved(found.days, "day", found.relative, note)


def full_year(number: int) -> int:
    """The year that two digits stand for: 00–69 in the 2000s, 70–99 in the 1900s."""
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _numeric(point: Point, setting: Setting) -> Resolved | None:
    numbers = point.numbers
    if len(numbers) == 2 and point.years:
        day, month, year = numbers[0], numbers[1], point.years[0]
    elif len(numbers) == 3:
        day, month, year = numbers[0], numbers[1], full_year(numbers[2])
    else:
        return None
    note = None
    if month > 12 >= day:
        day, month, note = month, day, MONTH_FIRST
    days = intervals.day(year, month, day)
    if days is None:
        if not point.years:  # 45/13/02 is more likely a code than a date
            return None
        return Resolved(None, "day", False, "no such day in the calendar")
    return Resolved(days, "day", False, note)


def _iso(point: Point, setting: Setting) -> Resolved | None:
    month, day = point.numbers
    days = intervals.day(point.years[0], month, day)
    return Resolved(days, "day", False, None if days else "no such day in the calendar")


def _day_and_month(point: Point, setting: Setting) -> Resolved | None:
    day, month = point.numbers
    if month > 12:
        return None
    return _in_year(point, setting, "day", lambda year: intervals.day(year, month, day))


def _weekday_and_day(point: Point, setting: Setting) -> Resolved | None:
    """`vendredi 12`: the nearest month, by the tense, whose twelfth is a Friday."""
    if not point.numbers:
        return None
    number, reference = point.numbers[0], setting.reference
    if reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    best: tuple[int, Interval] | None = None
    for step in range(-6, 7):
        anchor = intervals.shift_months(reference.replace(day=1), step)
        days = intervals.day(anchor.year, anchor.month, number)
        if days is None or days[0].isoweekday() != point.weekday:
            continue
        distance = (days[0] - reference).days
        cost = abs(distance) + 60 * setting.against(days)
        if best is None or cost < best[0]:
            best = cost, days
    if best is None:
        return Resolved(None, "day", True, "no month near the release has that weekday on that day")
    return Resolved(best[1], "day", True)


def _weekday(point: Point, setting: Setting) -> Resolved | None:
    reference = setting.reference
    if reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    assert point.weekday is not None
    ahead = (point.weekday - reference.isoweekday()) % 7  # 0 to 6 days
    past = setting.tense is not None and setting.tense.direction == "past"
    if point.which == 1:
        step = ahead or 7
    elif point.which == -1:
        step = ahead - 7
    elif (
        point.this
    ):  # `ce jeudi` is the nearest Thursday, rather of the same week; the tense only breaks a near tie
        future = setting.tense is not None and setting.tense.direction == "future"
        week = intervals.week(reference)

        def cost(days: int) -> int:
            against = (past and days > 0) or (future and days < 0)
            outside = not week[0] <= reference + dt.timedelta(days=days) <= week[1]
            return abs(days) + 4 * against + 2 * outside

        step = min((ahead, ahead - 7), key=cost)
    elif past and ahead != 0:
        step = ahead - 7
    else:
        step = ahead
    found = reference + dt.timedelta(days=step)
    return Resolved((found, found), "day", True)


def _this_weekday(point: Point, setting: Setting) -> Resolved | None:
    if point.month is not None:
        return _day(point, setting)
    if point.numbers:
        return _weekday_and_day(point, setting)
    return _weekday(point, setting)


def _fortnight(point: Point, setting: Setting) -> Resolved | None:
    month = point.month
    if month is None or point.rank not in (1, 2, -1):
        return None

    def make(year: int) -> Interval:
        first, last = intervals.month(year, month)
        return (first, first.replace(day=15)) if point.rank == 1 else (first.replace(day=16), last)

    return _in_year(point, setting, "range", make)


def _week_of_month(point: Point, setting: Setting) -> Resolved | None:
    """The nth seven days of a month; the last is the week, Monday to Sunday, that holds its last Sunday."""
    month, rank = point.month, point.rank
    if month is None or rank is None or not (rank == -1 or 1 <= rank <= 4):
        return None

    def make(year: int) -> Interval:
        if rank == -1:
            return intervals.week(intervals.nth_weekday(year, month, 7, -1))
        first = dt.date(year, month, 1 + 7 * (rank - 1))
        return first, first + dt.timedelta(days=6)

    return _in_year(point, setting, "range", make)


def _slice(point: Point, setting: Setting, precision: Precision, size: int) -> Resolved | None:
    """A quarter (`size` 3) or a half (6) of a year."""
    rank, count = point.rank, 12 // size
    if rank is None or not (rank == -1 or 1 <= rank <= count):
        return None
    if point.fiscal or len(point.years) > 1 or _short_year(point):
        return Resolved(None, precision, point.year is None, FISCAL)
    first = 1 + size * ((count if rank == -1 else rank) - 1)
    return _in_year(point, setting, precision, lambda year: intervals.months(year, first, first + size - 1))


def _short_year(point: Point) -> bool:
    """Whether a two-digit year stands after a full one: `2023-24`."""
    return bool(point.years) and len(point.numbers) > (point.rank is not None and point.rank in point.numbers)


def _code(point: Point, setting: Setting, precision: Precision, size: int) -> Resolved | None:
    """`T3 2025`, `3T25`, `S1`."""
    if not point.numbers:
        return None
    point.rank, *rest = point.numbers
    if rest and not point.years:
        point.years = [full_year(rest[0])]
        point.numbers = [point.rank]
    return _slice(point, setting, precision, size)


def _months_code(point: Point, setting: Setting) -> Resolved | None:
    """`9M 2025`: the first nine months."""
    count, *rest = point.numbers
    if len(point.years) > 1 or (rest and point.years):
        return Resolved(None, "range", False, FISCAL)
    if not 1 <= count <= 12:
        return None
    if rest:
        point.years = [full_year(rest[0])]
    return _in_year(point, setting, "range", lambda year: intervals.months(year, 1, count))


def _run_of_months(point: Point, setting: Setting) -> Resolved | None:
    """`neuf premiers mois de 2025`, `trois derniers mois de l'année`."""
    count = point.count if point.count is not None else point.numbers[0] if point.numbers else None
    if count is None or not 1 <= count <= 12:
        return None
    if len(point.years) > 1 or (point.fiscal and not point.years):
        return Resolved(None, "range", not point.years, FISCAL)
    if point.rank == -1 or point.which == -1:
        point.which = None
        return _in_year(point, setting, "range", lambda year: intervals.months(year, 13 - count, 12))
    return _in_year(point, setting, "range", lambda year: intervals.months(year, 1, count))


def _month(point: Point, setting: Setting) -> Resolved | None:
    month = point.month
    assert month is not None
    return _in_year(point, setting, "month", lambda year: intervals.month(year, month))


def _numeric_month(point: Point, setting: Setting) -> Resolved | None:
    return Resolved(intervals.month(point.years[0], point.numbers[0]), "month")


def _season(point: Point, setting: Setting) -> Resolved | None:
    assert point.season is not None
    first, last = point.season
    years = _two_years(point)
    if years is not None:
        return Resolved(intervals.months(years[0], first, last), "season")
    wraps = last < first
    if wraps and point.year is not None and point.part == "start":
        return Resolved(intervals.third(intervals.months(point.year, first, last), "start"), "third")
    note = (
        "winter of one year: read as the one that begins in it" if wraps and point.year is not None else None
    )
    found = _in_year(point, setting, "season", lambda year: intervals.months(year, first, last))
    return Resolved(found.days, found.precision, found.relative, found.note or note)


def _school_start(point: Point, setting: Setting) -> Resolved | None:
    """`à la rentrée 2025`: French schools go back in September."""
    years = _two_years(point)
    if years is not None:
        return Resolved(intervals.month(years[0], 9), "month")
    return _in_year(point, setting, "month", lambda year: intervals.month(year, 9))


def _holiday(point: Point, setting: Setting) -> Resolved | None:
    rule = point.holiday
    assert rule is not None

    def make(year: int) -> Interval:
        found = intervals.holiday(rule, year)
        return found, found

    return _in_year(point, setting, "day", make)


def _two_years(point: Point) -> tuple[int, int] | None:
    """The pair of `2024-2025`, `2024/25`, in order, or `None`."""
    if len(point.years) == 2:
        return (point.years[0], point.years[1]) if point.years[0] < point.years[1] else None
    if len(point.years) == 1 and point.numbers:
        first, second = point.years[0], point.years[0] // 100 * 100 + point.numbers[-1]
        return (first, second) if second == first + 1 else None
    return None


def _years(point: Point, setting: Setting) -> Resolved | None:
    years = _two_years(point)
    if years is None:
        return None
    return Resolved((intervals.year(years[0])[0], intervals.year(years[1])[1]), "range")


def _year(point: Point, setting: Setting) -> Resolved | None:
    days = intervals.year(point.years[0])
    if point.part is not None and point.part != "whole":
        return Resolved(intervals.third(days, point.part), "third")
    return Resolved(days, "year")


def _decade(point: Point, setting: Setting) -> Resolved | None:
    """`années 1990`, `années 80`; the 2020s may be written `années 2020`, never `années 20` (1920s?)."""
    if point.years:
        first = point.years[0]
    elif point.numbers and point.numbers[-1] >= 30:
        first = 1900 + point.numbers[-1]
    else:
        return None
    if first % 10:
        return None
    days = intervals.year(first)[0], intervals.year(first + 9)[1]
    if point.part is not None and point.part != "whole":
        return Resolved(intervals.third(days, point.part), "third")
    return Resolved(days, "range")


def _deictic(point: Point, setting: Setting) -> Resolved | None:
    if setting.reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    found = setting.reference + dt.timedelta(days=point.offset)
    return Resolved((found, found), "day", True)


def _period(point: Point, setting: Setting) -> Resolved | None:
    """`cette semaine`, `le mois dernier`, `l'année prochaine`, `fin d'année`: a whole unit, moved by `which`."""
    reference, which = setting.reference, point.which or 0
    unit = "season" if point.season is not None else point.units[0] if point.units else ""
    precision: Precision = {
        "month": "month",
        "quarter": "quarter",
        "half": "half",
        "year": "year",
        "season": "season",
    }.get(unit, "range")  # type: ignore[assignment]
    if reference is None:
        return Resolved(None, precision, True, NO_REFERENCE)
    if unit == "season":
        point.which = point.which if point.which else None
        if point.this:
            setting = Setting(reference, setting.tense)
        return _season(point, setting)
    if unit == "week":
        days = intervals.week(reference + dt.timedelta(days=7 * which))
    elif unit == "weekend":
        days = intervals.weekend(reference + dt.timedelta(days=7 * which))
        if which == -1 and days[1] >= reference:
            days = intervals.weekend(reference - dt.timedelta(days=14))
    else:
        size = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit)
        if size is None:
            return None
        index = reference.year * 12 + reference.month - 1
        first = intervals.shift_months(
            dt.date(reference.year, 1, 1), index // size * size + which * size - reference.year * 12
        )
        days = first, intervals.shift_months(first, size) - dt.timedelta(days=1)
    if point.part is not None and point.part != "whole":
        return Resolved(intervals.third(days, point.part), "third", True)
    return Resolved(days, precision, True)


_RULES: dict[str, Callable[[Point, Setting], Resolved | None]] = {
    "day": _day,
    "iso_day": _iso,
    "numeric_day": _numeric,
    "day_and_month": _day_and_month,
    "dotted_day": _day_and_month,
    "weekday_and_day": _weekday_and_day,
    "fortnight": _fortnight,
    "week_of_month": _week_of_month,
    "quarter": lambda point, setting: _slice(point, setting, "quarter", 3),
    "half": lambda point, setting: _slice(point, setting, "half", 6),
    "quarter_code": lambda point, setting: _code(point, setting, "quarter", 3),
    "half_code": lambda point, setting: _code(point, setting, "half", 6),
    "months_code": _months_code,
    "run_of_months": _run_of_months,
    "month": _month,
    "numeric_month": _numeric_month,
    "season": _season,
    "school_start": _school_start,
    "holiday": _holiday,
    "decade": _decade,
    "years": _years,
    "year": _year,
    "deictic": _deictic,
    "this_day": _deictic,
    "this_part_of_day": _deictic,
    "this_weekday": _this_weekday,
    "weekday": _weekday,
    "this_period": _period,
    "which_period": _period,
    "part_of_period": _period,
}
