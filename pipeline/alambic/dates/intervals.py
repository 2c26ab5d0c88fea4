"""Calendar arithmetic on intervals of whole days, both ends inclusive.

Everything here is exact and knows no French: months, quarters and seasons as pairs of days, thirds of them as the
annotation guide draws them (section 3), feasts by the Gregorian computus.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

Interval = tuple[dt.date, dt.date]


def day(year: int, month: int, number: int) -> Interval | None:
    """One day, or `None` where the calendar has no such day.

    >>> day(2025, 2, 31) is None
    True
    """
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    found = dt.date(year, month, number)
    return found, found


def month(year: int, number: int) -> Interval:
    """A whole month.

    >>> month(2024, 2)[1].isoformat()
    '2024-02-29'
    """
    return dt.date(year, number, 1), dt.date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Interval:
    """The first day of one month to the last of another; `last` below `first` falls in the next year.

    >>> [str(day) for day in months(2024, 12, 2)]
    ['2024-12-01', '2025-02-28']
    """
    return month(year, first)[0], month(year + (last < first), last)[1]


def year(number: int) -> Interval:
    """A whole calendar year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def week(anchor: dt.date) -> Interval:
    """The week of a day, Monday to Sunday."""
    monday = anchor - dt.timedelta(days=anchor.weekday())
    return monday, monday + dt.timedelta(days=6)


def weekend(anchor: dt.date) -> Interval:
    """The Saturday and Sunday of a day's week."""
    saturday = week(anchor)[0] + dt.timedelta(days=5)
    return saturday, saturday + dt.timedelta(days=1)


def third(whole: Interval, part: str) -> Interval:
    """The `start`, `middle` or `end` third of a month (days 1–10, 11–20, 21–end) or of any longer run of months.

    A run whose months do not divide by three (a half-year does, a week does not) is cut by days.

    >>> [str(day) for day in third(year(2027), "end")]
    ['2027-09-01', '2027-12-31']
    >>> [str(day) for day in third(month(2025, 6), "middle")]
    ['2025-06-11', '2025-06-20']
    """
    if part == "whole":
        return whole
    first, last = whole
    index = ("start", "middle", "end").index(part)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and length == 1:
        cuts = [first, first.replace(day=11), first.replace(day=21), last + dt.timedelta(days=1)]
    elif first.day == 1 and length % 3 == 0:
        cuts = [shift_months(first, length // 3 * step) for step in range(4)]
    else:
        days = (last - first).days + 1
        cuts = [first + dt.timedelta(days=round(days * step / 3)) for step in range(4)]
    return cuts[index], cuts[index + 1] - dt.timedelta(days=1)


def shift_months(anchor: dt.date, count: int) -> dt.date:
    """`anchor` moved by whole months, kept inside the month it lands in.

    >>> shift_months(dt.date(2025, 3, 31), -1).isoformat()
    '2025-02-28'
    """
    index = anchor.year * 12 + anchor.month - 1 + count
    target_year, target_month = divmod(index, 12)
    return dt.date(
        target_year, target_month + 1, min(anchor.day, monthrange(target_year, target_month + 1)[1])
    )


def easter(number: int) -> dt.date:
    """Easter Sunday of a Gregorian year (Meeus, *Astronomical Algorithms*, chapter 8).

    >>> easter(2025).isoformat()
    '2025-04-20'
    """
    golden, (century, rest) = number % 19, divmod(number, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    at_month, at_day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(number, at_month, at_day + 1)


def nth_weekday(number: int, at_month: int, weekday: int, nth: int) -> dt.date:
    """The `nth` ISO weekday of a month, -1 the last.

    >>> nth_weekday(2025, 6, 7, 3).isoformat()
    '2025-06-15'
    """
    first, last = month(number, at_month)
    if nth < 0:
        return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7)
    return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def holiday(rule: str, number: int) -> dt.date:
    """The day of a feast in a year, by the rules of `holidays.txt`.

    >>> holiday("easter+39", 2025).isoformat()
    '2025-05-29'
    """
    if rule.startswith("easter"):
        return easter(number) + dt.timedelta(days=int(rule.removeprefix("easter")))
    if rule.startswith("thanksgiving"):
        return nth_weekday(number, 11, 4, 4) + dt.timedelta(days=int(rule.removeprefix("thanksgiving")))
    if rule == "mothers":
        last_sunday = nth_weekday(number, 5, 7, -1)
        whit_sunday = easter(number) + dt.timedelta(days=49)
        return last_sunday + dt.timedelta(days=7) if last_sunday == whit_sunday else last_sunday
    if "/" in rule:
        at_month, weekday, nth = map(int, rule.split("/"))
        return nth_weekday(number, at_month, weekday, nth)
    at_month, at_day = map(int, rule.split("-"))
    return dt.date(number, at_month, at_day)
