"""The rules of single days: written out, in figures, counted from the release's own day, feasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from alambic.dates import intervals
from alambic.dates.intervals import Interval
from alambic.dates.placing import (
    NO_REFERENCE,
    NO_SUCH_DAY,
    Resolved,
    Setting,
    full_year,
    in_year,
    nearest,
    shifted_month,
    told,
)
from alambic.dates.points import Point

MONTH_FIRST = "month written before the day"


def day(point: Point, setting: Setting) -> Resolved | None:
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
        found = in_year(point, setting, "day", lambda year: intervals.day(year, month, number))
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
    found = in_year(point, setting, "day", lambda year: intervals.day(year, month, number))
    note = found.note if found.days is None else "the weekday written is not that day's"
    return Resolved(found.days, "day", found.relative, note)


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
        return Resolved(None, "day", False, NO_SUCH_DAY)
    return Resolved(days, "day", False, note)


def _iso(point: Point, setting: Setting) -> Resolved | None:
    month, day = point.numbers
    days = intervals.day(point.years[0], month, day)
    return Resolved(days, "day", False, None if days else NO_SUCH_DAY)


def _lettered_day(point: Point, setting: Setting) -> Resolved | None:
    """`15-déc-2025`, `15/déc/25`."""
    day, *short = point.numbers
    year = point.years[0] if point.years else full_year(short[0])
    assert point.month is not None
    days = intervals.day(year, point.month, day)
    return Resolved(days, "day", False, None if days else NO_SUCH_DAY)


def _day_and_month(point: Point, setting: Setting) -> Resolved | None:
    day, month = point.numbers
    if month > 12:
        return None
    return in_year(point, setting, "day", lambda year: intervals.day(year, month, day))


def weekday_and_day(point: Point, setting: Setting) -> Resolved | None:
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


def _day_of_month(point: Point, setting: Setting) -> Resolved | None:
    """`le 15 de ce mois`, `le 3 du mois prochain`."""
    if setting.reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    month = shifted_month(point, setting.reference)
    return told(intervals.day(month.year, month.month, point.numbers[0]), "day")


def _current_day(point: Point, setting: Setting) -> Resolved | None:
    """`le 3 courant` is of the release's month, `le 20 prochain` the next twentieth."""
    if point.part not in ("whole", None):
        return None
    reference = setting.reference
    if reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    number = point.numbers[0]
    month = reference.replace(day=1)
    if point.part is None and number <= reference.day:
        month = intervals.shift_months(month, 1)
    return told(intervals.day(month.year, month.month, number), "day")


def _deictic(point: Point, setting: Setting) -> Resolved | None:
    if setting.reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    found = setting.reference + dt.timedelta(days=point.offset)
    return Resolved((found, found), "day", True)


def _night(point: Point, setting: Setting) -> Resolved | None:
    """`la nuit dernière` began the day before, `la nuit prochaine` begins today."""
    if setting.reference is None:
        return Resolved(None, "day", True, NO_REFERENCE)
    found = setting.reference - dt.timedelta(days=int(point.rank == -1))
    return Resolved((found, found), "day", True)


def holiday(point: Point, setting: Setting) -> Resolved | None:
    rule = point.holiday
    assert rule is not None

    def make(year: int) -> Interval:
        found = intervals.holiday(rule, year)
        return found, found

    return in_year(point, setting, "day", make)


DAY_RULES: dict[str, Callable[[Point, Setting], Resolved | None]] = {
    "day": day,
    "iso_day": _iso,
    "numeric_day": _numeric,
    "day_and_month": _day_and_month,
    "dotted_day": _day_and_month,
    "weekday_and_day": weekday_and_day,
    "lettered_day": _lettered_day,
    "day_of_month": _day_of_month,
    "current_day": _current_day,
    "which_night": _night,
    "holiday": holiday,
    "deictic": _deictic,
    "this_day": _deictic,
    "this_part_of_day": _deictic,
}
