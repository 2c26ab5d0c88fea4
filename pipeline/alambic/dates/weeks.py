"""The rules of weekdays, weeks, weekends and fortnights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from alambic.dates import intervals
from alambic.dates.days import day, holiday, weekday_and_day
from alambic.dates.intervals import Interval
from alambic.dates.placing import NO_REFERENCE, Resolved, Setting, in_year, shifted_month, told
from alambic.dates.points import Point
from alambic.record import Precision


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
    found = reference + dt.timedelta(days=step + 7 * point.weeks)
    return Resolved((found, found), "day", True)


def _this_weekday(point: Point, setting: Setting) -> Resolved | None:
    if point.month is not None:
        return day(point, setting)
    if point.numbers:
        return weekday_and_day(point, setting)
    return _weekday(point, setting)


def _weekday_of_week(point: Point, setting: Setting) -> Resolved | None:
    """`vendredi de la semaine prochaine`."""
    if setting.reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    assert point.weekday is not None
    monday = intervals.week(setting.reference + dt.timedelta(days=7 * (point.which or 0)))[0]
    found = monday + dt.timedelta(days=point.weekday - 1)
    return Resolved((found, found), "day", True)


def _weekdays(point: Point, setting: Setting) -> Resolved | None:
    """`de jeudi à dimanche`: from the Thursday that the tense tells to the Sunday after it."""
    opening = _weekday(point, setting)
    if opening is None or opening.days is None or point.until is None or point.weekday is None:
        return opening
    last = opening.days[0] + dt.timedelta(days=(point.until - point.weekday) % 7)
    return Resolved((opening.days[0], last), "range", True)


def _nth_weekday(point: Point, setting: Setting) -> Resolved | None:
    """`le premier lundi de juin`, `le dernier week-end du mois prochain`."""
    rank, weekend = point.rank, "weekend" in point.units
    if rank is None or not (rank == -1 or 1 <= rank <= 5):
        return None
    weekday = 6 if weekend else point.weekday
    assert weekday is not None

    def make(year: int, month: int) -> Interval | None:
        found = intervals.nth_weekday(year, month, weekday, rank)
        if found.month != month:
            return None
        return found, found + dt.timedelta(days=int(weekend))

    precision: Precision = "range" if weekend else "day"
    if point.month is None:
        if setting.reference is None:
            return Resolved(None, precision, True, NO_REFERENCE)
        first = shifted_month(point, setting.reference)
        return told(make(first.year, first.month), precision)
    month = point.month
    return in_year(point, setting, precision, lambda year: make(year, month))


def _week_of_day(point: Point, setting: Setting) -> Resolved | None:
    """`la semaine du 8 décembre`, `le week-end du 13 décembre`: the week or weekend that holds the day."""
    found = day(point, setting)
    if found is None or found.days is None:
        return found
    make = intervals.week if "week" in point.units else intervals.weekend
    return Resolved(make(found.days[0]), "range", found.relative)


def _iso_week(point: Point, setting: Setting) -> Resolved | None:
    """`semaine 42 de 2025`, `S42 2025`: weeks are numbered by ISO 8601."""
    try:
        monday = dt.date.fromisocalendar(point.years[0], point.numbers[0], 1)
    except ValueError:
        return None
    return Resolved((monday, monday + dt.timedelta(days=6)), "range")


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

    return in_year(point, setting, "range", make)


def _fortnight(point: Point, setting: Setting) -> Resolved | None:
    month = point.month
    if month is None or point.rank not in (1, 2, -1):
        return None

    def make(year: int) -> Interval:
        first, last = intervals.month(year, month)
        return (first, first.replace(day=15)) if point.rank == 1 else (first.replace(day=16), last)

    return in_year(point, setting, "range", make)


def _holiday_weekend(point: Point, setting: Setting) -> Resolved | None:
    """`le week-end de Pâques` has its Monday, that of the Ascension its Thursday and Friday."""
    found = holiday(point, setting)
    if found is None or found.days is None:
        return found
    day = found.days[0]
    saturday, sunday = intervals.weekend(day)
    if point.holiday in ("easter+0", "easter+49"):
        sunday = day + dt.timedelta(days=1)
    elif day.isoweekday() in (4, 5):
        saturday = day
    elif day.isoweekday() == 1:
        saturday, sunday = day - dt.timedelta(days=2), day
    return Resolved((saturday, sunday), "range", found.relative)


WEEK_RULES: dict[str, Callable[[Point, Setting], Resolved | None]] = {
    "nth_weekday": _nth_weekday,
    "week_of_day": _week_of_day,
    "iso_week": _iso_week,
    "weekday_of_week": _weekday_of_week,
    "weekdays": _weekdays,
    "fortnight": _fortnight,
    "week_of_month": _week_of_month,
    "holiday_weekend": _holiday_weekend,
    "this_weekday": _this_weekday,
    "weekday": _weekday,
}
