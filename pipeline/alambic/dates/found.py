"""What the search for dates passes on: the text's reading, the day to resolve against, and the dates found so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from alambic.dates.atoms import Reading
from alambic.dates.placing import Resolved, Setting
from alambic.dates.points import Point
from alambic.dates.tense import tense_around

TENSED = frozenset(
    [
        "day",
        "day_and_month",
        "dotted_day",
        "weekday_and_day",
        "fortnight",
        "week_of_month",
        "quarter",
        "half",
        "quarter_code",
        "half_code",
        "run_of_months",
        "month",
        "season",
        "school_start",
        "holiday",
        "this_weekday",
        "weekday",
        "weekdays",
        "nth_weekday",
        "week_of_day",
        "run_of_units",
        "this_period",
        "which_period",
        "part_of_period",
    ]
)


@dataclass(slots=True)
class Found:
    """A date in atoms: `first` inclusive, `last` exclusive. `point` is `None` for ranges and the bare days of lists."""

    first: int
    last: int
    resolved: Resolved
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A text being searched: its reading and the release's own day."""

    reading: Reading
    reference: dt.date | None

    def setting(self, point: Point, first: int, last: int) -> Setting:
        """What a point on these atoms is resolved against; the tense is looked for only where it can matter."""
        if self.reference is None or point.years or point.which is not None or point.rule not in TENSED:
            return Setting(self.reference)
        starts = self.reading.starts
        return Setting(self.reference, tense_around(self.reading.text, starts[first], starts[last]))


def take(taken: bytearray, found: Iterable[Found]) -> None:
    """Marks the atoms of the dates found as used."""
    for one in found:
        taken[one.first : one.last] = b"\x01" * (one.last - one.first)
