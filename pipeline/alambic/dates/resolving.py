"""From a point to the days it covers: absolute ones by the calendar, relative ones from the release's own date.

Here are the rules of months, quarters, years and other periods; those of days and weeks are in files of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from alambic.dates import intervals
from alambic.dates.days import DAY_RULES
from alambic.dates.intervals import Interval
from alambic.dates.placing import NO_REFERENCE, Resolved, Setting, full_year, in_year
from alambic.dates.points import Point
from alambic.dates.weeks import WEEK_RULES
from alambic.record import Precision

MONTHS_OF = {"quarter": 3, "half": 6}
FISCAL = "quarter or half of a fiscal year whose first month the release does not say"


def resolve(point: Point, setting: Setting) -> Resolved | None:
    """The days of `point`, or `None` when it is no date after all (`18/25`, `3e mai`)."""
    return _RULES[point.rule](point, setting)


def _slice(point: Point, setting: Setting, precision: Precision, size: int) -> Resolved | None:
    """A quarter (`size` 3) or a half (6) of a year."""
    rank, count = point.rank, 12 // size
    if rank is None or not (rank == -1 or 1 <= rank <= count):
        return None
    if point.fiscal or len(point.years) > 1 or _short_year(point):
        return Resolved(None, precision, point.year is None, FISCAL)
    first = 1 + size * ((count if rank == -1 else rank) - 1)
    return in_year(point, setting, precision, lambda year: intervals.months(year, first, first + size - 1))


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
    return in_year(point, setting, "range", lambda year: intervals.months(year, 1, count))


def _run_of_months(point: Point, setting: Setting) -> Resolved | None:
    """`neuf premiers mois de 2025`, `trois derniers mois de l'année`."""
    count = point.count if point.count is not None else point.numbers[0] if point.numbers else None
    if count is None or not 1 <= count <= 12:
        return None
    if len(point.years) > 1 or (point.fiscal and not point.years):
        return Resolved(None, "range", not point.years, FISCAL)
    if point.rank == -1 or point.which == -1:
        point.which = None
        return in_year(point, setting, "range", lambda year: intervals.months(year, 13 - count, 12))
    return in_year(point, setting, "range", lambda year: intervals.months(year, 1, count))


def _run_of_units(point: Point, setting: Setting) -> Resolved | None:
    """`les trois premiers jours de mars`, `les deux dernières semaines de 2025`, `deux premiers trimestres 2026`."""
    count = point.count if point.count is not None else point.numbers[0] if point.numbers else None
    if not count:
        return None
    unit, last = point.units[0], point.rank == -1 or point.which == -1
    point.which = None

    def make(year: int) -> Interval | None:
        whole = intervals.month(year, point.month) if point.month is not None else intervals.year(year)
        if unit in MONTHS_OF:
            size = MONTHS_OF[unit] * count
            if size > 12 or point.month is not None:
                return None
            return intervals.months(year, 13 - size, 12) if last else intervals.months(year, 1, size)
        length = dt.timedelta(days=count * (7 if unit == "week" else 1) - 1)
        days = (whole[1] - length, whole[1]) if last else (whole[0], whole[0] + length)
        return days if whole[0] <= days[0] and days[1] <= whole[1] else None

    return in_year(point, setting, "range", make)


def _month(point: Point, setting: Setting) -> Resolved | None:
    month = point.month
    assert month is not None
    return in_year(point, setting, "month", lambda year: intervals.month(year, month))


def _short_year_month(point: Point, setting: Setting) -> Resolved | None:
    """`déc-25`, `janv. 26`: how tables and charts head their columns."""
    assert point.month is not None
    return Resolved(intervals.month(full_year(point.numbers[0]), point.month), "month")


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
    found = in_year(point, setting, "season", lambda year: intervals.months(year, first, last))
    return Resolved(found.days, found.precision, found.relative, found.note or note)


def _school_start(point: Point, setting: Setting) -> Resolved | None:
    """`à la rentrée 2025`: French schools go back in September."""
    years = _two_years(point)
    if years is not None:
        return Resolved(intervals.month(years[0], 9), "month")
    return in_year(point, setting, "month", lambda year: intervals.month(year, 9))


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
    """`années 1990`, `années 80`, `années soixante`; the 2020s are written `années 2020`, never `années 20`."""
    if point.years:
        first = point.years[0]
    elif point.count is not None and point.count >= 20:
        first = 1900 + point.count
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


def _words_year(point: Point, setting: Setting) -> Resolved | None:
    """`deux mille vingt-cinq`."""
    number = point.years[0]
    return Resolved(intervals.year(number), "year") if 2000 <= number < 2100 else None


def _following(point: Point, setting: Setting) -> Resolved | None:
    """`l'année suivante`: of the year told before it, which is found once all dates are (`settling.py`)."""
    return Resolved(None, "year", True, "no year before it")


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
    if unit == "year" and point.part == "whole":  # au cours de l'année: of any year
        return None
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
    **DAY_RULES,
    **WEEK_RULES,
    "quarter": lambda point, setting: _slice(point, setting, "quarter", 3),
    "half": lambda point, setting: _slice(point, setting, "half", 6),
    "quarter_code": lambda point, setting: _code(point, setting, "quarter", 3),
    "half_code": lambda point, setting: _code(point, setting, "half", 6),
    "months_code": _months_code,
    "run_of_months": _run_of_months,
    "run_of_units": _run_of_units,
    "short_year_month": _short_year_month,
    "month": _month,
    "numeric_month": _numeric_month,
    "season": _season,
    "school_start": _school_start,
    "decade": _decade,
    "words_year": _words_year,
    "following_period": _following,
    "years": _years,
    "year": _year,
    "this_period": _period,
    "which_period": _period,
    "part_of_period": _period,
}
