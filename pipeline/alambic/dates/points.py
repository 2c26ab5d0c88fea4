"""From matched atoms to what they say: which year, month, day, rank, part … (`Point`), still without a calendar."""

from __future__ import annotations

from dataclasses import dataclass, field

from alambic.dates.atoms import Reading
from alambic.dates.grammar import POINT

UNITS = {"k": "week", "z": "weekend", "b": "month", "a": "year", "Q": "quarter", "H": "half", "E": "fiscal", "q": "fortnight"}  # fmt: skip
WHICH = {"P": 1, "L": -1, "V": -1, "D": -1, "C": 0, "é": 1}

YEARS_IN_WORDS = 2000  # `deux mille`: what years in words begin with


@dataclass(slots=True)
class Point:
    """What one point says. `rule` is its name in the grammar, `first` and `last` the atoms it stands on (`last`
    exclusive). `which` is -1 for `dernier`, 1 for `prochain`, 0 for `en cours`; `of_year` the same, or 0 for
    `cette année`, of the year that a month, a quarter or a season belongs to.
    """

    rule: str
    first: int
    last: int
    weekday: int | None = None
    numbers: list[int] = field(default_factory=list)
    month: int | None = None
    short_years: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    rank: int | None = None  # -1 for the last
    count: int | None = None
    part: str | None = None
    season: tuple[int, int] | None = None
    holiday: str | None = None
    offset: int = 0
    units: list[str] = field(default_factory=list)
    which: int | None = None
    of_year: int | None = None
    this: bool = False
    fiscal: bool = False
    until: int | None = None  # the weekday on which a run of days ends
    weeks: int = 0  # `lundi en huit`: one week after the Monday to come

    @property
    def year(self) -> int | None:
        """The one year that the point names."""
        return self.years[0] if len(self.years) == 1 else None


def read(reading: Reading, rule: str, first: int, last: int) -> Point:
    """The point that the atoms from `first` to `last` make under the grammar's `rule`."""
    point = Point(rule, first, last)
    kinds = reading.kinds
    for at in range(first, last):
        kind = kinds[at]
        if kind in "ndo":
            number = int(reading.atoms[at])
            if (at + 1 < last and kinds[at + 1] in "Ri") or kinds[at + 1 : at + 3] == " R":
                point.rank = number
            point.numbers.append(number)
        elif kind in "Yy":
            point.years.append(int(reading.atoms[at]))
        elif kind in "Mm":
            point.month = int(reading.value(at))
        elif kind in "Ww":
            if point.weekday is None:
                point.weekday = int(reading.value(at))
            else:
                point.until = int(reading.value(at))
        elif kind == "N" and kinds[at + 1 : at + 3] == " U":
            point.years.append(YEARS_IN_WORDS if reading.value(at) == "2" else 0)
        elif kind in "Nf" and "U" in kinds[first:at]:
            point.years[-1] += int(reading.value(at))
        elif kind in "Nf":
            point.count = int(reading.value(at))
        elif kind == "O":
            point.rank = int(reading.value(at))
        elif kind == "F":
            point.part = reading.value(at)
        elif kind == "S":
            first_month, last_month = reading.value(at).split("-")
            point.season = int(first_month), int(last_month)
        elif kind == "h":
            point.holiday = reading.value(at)
        elif kind == "A":
            point.offset = int(reading.value(at))
        elif kind == "c":
            point.this = True
            if point.units or point.month or point.season:
                point.of_year = 0
        elif kind == "è":
            point.units.append(reading.value(at))
        elif kind in UNITS:
            _unit(point, UNITS[kind])
        elif kind in WHICH:
            _which(point, kind)
    return point


def _unit(point: Point, unit: str) -> None:
    if unit in ("year", "fiscal") and (point.units or point.month or point.season or point.rank):
        point.of_year = 0
        point.fiscal = unit == "fiscal"
    else:
        point.units.append(unit)


def _which(point: Point, kind: str) -> None:
    if kind in "LD" and not point.units and not point.month and not point.weekday and not point.season:
        point.rank = -1  # dernier trimestre: a rank, not a tense
        if not point.holiday:
            return
    if point.of_year is not None:
        point.of_year = WHICH[kind]
    else:
        point.which = WHICH[kind]


def read_any(reading: Reading, first: int, last: int) -> Point | None:
    """The point that exactly these atoms make under the first rule that fits, or `None`."""
    for rule, pattern in POINT.items():
        if pattern.fullmatch(reading.kinds, first, last):
            return read(reading, rule, first, last)
    return None
