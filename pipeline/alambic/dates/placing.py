"""How a point is placed in the calendar: in the year it names, or in the one nearest the release's own day."""

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
NO_SUCH_DAY = "no such day in the calendar"
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


def in_year(
    point: Point, setting: Setting, precision: Precision, make: Callable[[int], Interval | None]
) -> Resolved:
    """A point that recurs every year: in its own year, or in the one that the phrase or the tense tells."""
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
        return Resolved(None, precision, relative, NO_SUCH_DAY)
    if point.part is not None and point.part != "whole":
        return Resolved(intervals.third(days, point.part), "third", relative)
    return Resolved(days, precision, relative)


def told(days: Interval | None, precision: Precision) -> Resolved:
    """What a relative expression resolves to, where the calendar has it."""
    return Resolved(days, precision, True, None if days else NO_SUCH_DAY)


def shifted_month(point: Point, reference: dt.date) -> dt.date:
    """The first day of `ce mois`, `du mois prochain`, `du mois dernier`."""
    return intervals.shift_months(reference.replace(day=1), point.which or 0)


def full_year(number: int) -> int:
    """The year that two digits stand for: 00–69 in the 2000s, 70–99 in the 1900s."""
    return number if number > 99 else number + (2000 if number < 70 else 1900)
