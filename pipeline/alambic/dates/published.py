"""The release's own date, read where French releases write it: dateline, header, embargo, signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from alambic.dates import intervals
from alambic.dates.atoms import Reading, fold
from alambic.dates.grammar import ANY_POINT
from alambic.dates.placing import Setting
from alambic.dates.points import Point, read
from alambic.dates.resolving import resolve
from alambic.knowledge import rows

HEAD, TAIL = 3000, 1200  # characters at either end of the text where the date may stand
LINE_REACH = 160
OWN_RULES = frozenset({"day", "numeric_day", "iso_day", "month", "this_weekday"})
CUES = {
    kind: tuple(fold(word) for word in words.split(","))
    for kind, words in rows("alambic.dates", "published.txt")
}

_NAME = r"[A-ZÀ-ÖØ-Ý][\w’'.]*"
_PLACE = (
    rf"{_NAME}(?:[ -](?:(?:[dDlL][’'])?{_NAME}|sur|sous|de|du|des|la|le|les|lès|lez|en|aux|près|et)){{0,7}}"
    r"(?: ?\([^()\n]{2,40}\))?"
)
PLACE = re.compile(
    rf"(?:(?:(?:Fait|Donné|Signé) )?[àÀ] )?{_PLACE}(?: ?(?:,|–|-|/|&|et|•) ?{_PLACE}){{0,4}}(?: ?[,:–—-] ?(?i:le |ce )?| (?i:le) | *, *)"
)
NO_TEXT = re.compile(r"[\s>*#|•·–—/-]*(?P<article>le )?$", re.IGNORECASE)
LINE_ENDS = re.compile(r"\s*(?:$|(?i:par )[A-ZÀ-Ý]|[|/·•–—:.(,;*-]|\d{1,2} ?[hH:]|à \d)")
SEPARATOR = re.compile(r" [|–—/-] |: ?")
NOT_ALONE = frozenset("xt-–v")  # the end of a range, the last of a list


@dataclass(frozen=True, slots=True)
class Published:
    """A release's own date; `whole_month` where it gives no day and `day` is the first of that month."""

    day: dt.date
    whole_month: bool = False


def find_published(text: str) -> dt.date | None:
    """The day on which the release says that it was published, or `None`.

    A release dated to the month only (`Communiqué de presse — Novembre 2025`) gives the first day of that month.

    >>> find_published("Bourbourg (Dunkerque), 11 décembre 2025 – Verkor inaugure sa gigafactory.")
    datetime.date(2025, 12, 11)
    """
    found = find_published_in(Reading(text))
    return found.day if found else None


def find_published_in(reading: Reading) -> Published | None:
    """The same, of a text already cut into atoms: the surest candidate, the first of equals."""
    best: tuple[int, Published] | None = None
    for point, in_tail in _candidates(reading):
        weight = _weight(reading, point, in_tail)
        if not weight or (best is not None and weight <= best[0]):
            continue
        if not point.years and point.rule != "numeric_day":
            day = _without_year(reading, point)
        else:
            resolved = resolve(point, Setting(None))
            day = resolved.days[0] if resolved is not None and resolved.days is not None else None
        if day is not None:
            best = weight, Published(day, point.rule == "month")
    return best[1] if best else None


def _candidates(reading: Reading) -> Iterator[tuple[Point, bool]]:
    length = len(reading.text)
    parts = (
        [(0, length, False)] if length <= HEAD + TAIL else [(0, HEAD, False), (length - TAIL, length, True)]
    )
    for begin, end, in_tail in parts:
        at, stop = reading.index(begin), reading.index(end) if end < length else len(reading.kinds)
        for match in ANY_POINT.finditer(reading.kinds, at, stop):
            rule = match.lastgroup or ""
            first = match.start()
            if rule not in OWN_RULES:
                continue
            before = reading.kinds[max(0, first - 2) : first]
            if before and (before[-1] in NOT_ALONE or (before[-1] in " _" and before[0] in NOT_ALONE)):
                if not (before[-1] in " _" and before[0] in "-–"):
                    continue
            yield read(reading, rule, first, match.end()), in_tail


def _without_year(reading: Reading, point: Point) -> dt.date | None:
    """The day of a dateline without a year (`Ciney, mercredi 12 octobre`): in a year that the text names, or the next
    one, on which it falls on that weekday."""
    if point.weekday is None or point.month is None or not point.numbers:
        return None
    years = {int(atom) for atom, kind in zip(reading.atoms, reading.kinds, strict=True) if kind == "Y"}
    for year in sorted(years | {year + 1 for year in years}, reverse=True):
        days = intervals.day(year, point.month, point.numbers[0])
        if days is not None and days[0].isoweekday() == point.weekday:
            return days[0]
    return None


def _weight(reading: Reading, point: Point, in_tail: bool) -> int:
    """How surely the point is the release's own date; 0 where nothing says so."""
    text = reading.text
    start, end = reading.starts[point.first], reading.starts[point.last]
    line_start = text.rfind("\n", max(0, start - LINE_REACH), start) + 1 or max(0, start - LINE_REACH)
    before = " ".join(text[line_start:start].split()) + (" " if text[start - 1 : start].isspace() else "")
    before = before.lstrip("*#>•–—- ") or before[-1:]
    after = text[end : end + 40].split("\n", 1)[0]
    folded = fold(before).rstrip(" :,-–—|/*#0123456789°n.")
    month_only = point.rule == "month"
    if point.part is not None or (month_only and not point.years):
        return 0
    if point.rule == "this_weekday":
        return 65 if point.years else 0
    if _says(folded, CUES["event"]):
        return 0
    if _says(folded, CUES["embargo"]):
        return 80 * (not month_only)
    if _says(folded, CUES["stamp"]):
        return 70 * (not month_only)
    if LINE_ENDS.match(after) is None:
        return 0
    if not month_only and _after_place(before):
        return 50 if in_tail else 90
    if in_tail:
        return 0
    if _says(folded, CUES["kind"]) or fold(before).startswith(CUES["kind"]):
        return 60 - 20 * month_only
    if not point.years and point.rule == "day":
        return 0
    alone = not after.strip(" .|–—-*")
    if (empty := NO_TEXT.match(before)) is not None:
        if (month_only and not alone and start > 600) or (
            empty["article"] and not alone and after.lstrip()[:1] not in "–—-"
        ):
            return 0
        return (55 if alone else 45) - 20 * month_only
    if before and start < 600 and len(before) < 100 and alone:
        return 20 - 5 * month_only  # a line of the header that ends with it
    return 0


def _after_place(before: str) -> bool:
    """Whether the line up to the date is a place, or says what the document is and then a place."""
    if PLACE.fullmatch(before):
        return True
    for cut in SEPARATOR.finditer(before):
        if _says(fold(before[: cut.start()]), CUES["kind"]) and PLACE.fullmatch(before[cut.end() :]):
            return True
    return False


def _says(folded: str, words: tuple[str, ...]) -> bool:
    return folded.endswith(words) and any(
        folded == word or (folded.endswith(word) and not folded[-len(word) - 1].isalnum()) for word in words
    )
