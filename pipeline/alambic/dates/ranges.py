"""Two dates that make one (`du 3 au 5 mars 2025`) and several that share a month (`les 3, 5 et 7 mai`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alambic.dates.atoms import Reading
from alambic.dates.exclusions import tells_against, tied
from alambic.dates.found import Found, Search, take
from alambic.dates.grammar import DAY_LIST, LIST_ITEM, RANGES
from alambic.dates.placing import Resolved, Setting
from alambic.dates.points import Point, read, read_any
from alambic.dates.resolving import resolve

DAYS = frozenset({"numeric_day", "iso_day", "day", "deictic", "day_and_month", "dotted_day"})
PERIODS = frozenset(
    {
        "month",
        "year",
        "season",
        "quarter",
        "half",
        "numeric_month",
        "deictic",
        "day",
        "holiday",
        "school_start",
    }
)
CODES = frozenset({"quarter_code", "half_code"})
YEARLESS = frozenset(
    {"day", "month", "season", "quarter", "half", "day_and_month", "dotted_day", "quarter_code", "half_code"}
)


def ranges(search: Search, begin: int, end: int, taken: bytearray) -> Iterator[Found]:
    """The ranges among the atoms from `begin` to `end`; the atoms that they use are marked in `taken`."""
    for pattern in RANGES:
        at = begin
        while (match := pattern.search(search.reading.kinds, at, end)) is not None:
            at = match.start() + 1
            if taken[match.start()]:
                continue
            made = _range(search, match.start(), match.end(), match.span("left"), match.span("right"))
            if made is not None:
                take(taken, [made])
                at = match.end()
                yield made


def _range(
    search: Search, first: int, last: int, left: tuple[int, int], right: tuple[int, int]
) -> Found | None:
    reading = search.reading
    end = read_any(reading, *right)
    start = read_any(reading, *left) or _bare(reading, *left)
    if start is None or end is None or _one_point(reading, first, start, end):
        return None
    if not _complete(start, end):
        return None
    if tied(reading, first, last) or (end.rule == "year" and tells_against(reading, "year", *right)):
        return None
    seasons = start.rule == end.rule == "season" and bool(end.years)  # `printemps-été 2025`
    if left[0] == first and start.rule in ("year", "season", "month", "holiday") and not seasons:
        # no word frames the range
        if tells_against(reading, start.rule, *left):
            return None
    setting = search.setting(end, first, last)
    closing = resolve(end, setting)
    if closing is None:
        return None
    if start.rule in YEARLESS and not start.years and start.of_year is None and closing.days is not None:
        _borrow_year(start, closing, setting)
    opening = resolve(start, setting)
    if opening is None:
        return None
    relative, note = closing.relative or opening.relative, opening.note or closing.note
    if opening.days is None or closing.days is None:
        return Found(first, last, Resolved(None, "range", relative, note))
    if opening.days[0] > closing.days[1]:
        return None
    return Found(first, last, Resolved((opening.days[0], closing.days[1]), "range", relative, note))


def _one_point(reading: Reading, first: int, start: Point, end: Point) -> bool:
    """What looks like two points and is one: `2024-2025`, `hiver 2024-2025`; or a number and a date: `n° 3 – 5 mars`."""
    if start.rule == "day" and end.rule == "year":  # 15-déc-2025
        return end.first == start.last + 1
    if start.rule == end.rule == "year":
        return start.first == first and end.first == start.last + 1 and end.part is None
    if start.rule in ("season", "school_start", "quarter", "half") and end.rule == "year":
        return bool(start.year and end.year == start.year + 1)
    return start.rule == "bare" and reading.kinds[start.last : start.last + 2] in (" -", " –")


def _borrow_year(start: Point, closing: Resolved, setting: Setting) -> None:
    """Gives the left side the right side's year, or the one before (`du 22 décembre au 9 mars 2025`)."""
    assert closing.days is not None
    start.years = [closing.days[1].year]
    opening = resolve(start, setting)
    if opening is not None and opening.days is not None and opening.days[0] > closing.days[0]:
        start.years = [closing.days[1].year - 1]


def _complete(start: Point, end: Point) -> bool:
    """Gives the left side what only the right side writes; false when the two do not go together."""
    if start.rule == "bare" and end.rule == "day_of_month":
        start.rule, start.units, start.which = end.rule, end.units, end.which
        return bool(start.numbers)
    if start.rule == "bare" or (start.rule == "weekday_and_day" and end.rule == "day"):
        if end.rule == "day" and start.numbers and start.rank in (None, 1):
            start.rule, start.month = "day", end.month
            return True
        if end.rule in ("quarter", "half") and start.rank is not None:
            start.rule, start.fiscal, start.of_year = end.rule, end.fiscal, end.of_year
            return True
        return False
    if start.rule in DAYS and end.rule in DAYS:
        return start.rule != "day" or end.rule != "day_and_month"
    return start.rule == end.rule or any(start.rule in kin and end.rule in kin for kin in (PERIODS, CODES))


def _bare(reading: Reading, first: int, last: int) -> Point | None:
    """A day or a rank that has no month of its own (`3` in `du 3 au 5 mars`)."""
    point = read(reading, "bare", first, last)
    return point if point.numbers or point.rank is not None else None


def day_lists(search: Search, begin: int, end: int) -> Iterator[list[Found]]:
    """The days listed before one that has the month, each with that one."""
    at = begin
    while (match := DAY_LIST.search(search.reading.kinds, at, end)) is not None:
        made = _list(search, match.start(), match.span("items"), match.span("last"))
        if made:
            yield made
        at = match.end() if made else match.start() + 1


def _list(search: Search, first: int, items: tuple[int, int], last: tuple[int, int]) -> list[Found]:
    reading = search.reading
    kinds = reading.kinds
    announced = kinds[max(0, first - 2) : first] in ("l ", "u ", "x ") or kinds[first] in "Ww"
    if ("," in kinds[items[0] : items[1]] and not announced) or tied(reading, first, last[1]):
        return []
    closing = read_any(reading, *last)
    if closing is None or closing.rule != "day":
        return []
    setting = search.setting(closing, first, last[1])
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
