"""Page furniture: page numbers, and the headers and footers that stand beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

_NUMBER = re.compile(
    r"(?:[-–—|]\s?)?(?P<word>page\s)?(?P<page>\d{1,3})(?:\s?(?:/|sur|of|de)\s?(?P<total>\d{1,3}))?(?:\s?[-–—|])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_COUNTING_EDGE = re.compile(r"(?P<before>.*\D[ \t])?(?P<page>\d{1,3})(?P<after>[ \t]\D.*)?")
_SENTENCE_END = re.compile(r"[.!?…»”\"]\Z")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its offsets, trimmed, and what parts it from the line before.

    `blank_lines` counts the blank lines before it; `page_break` tells of a form feed among them.
    """

    start: int
    end: int
    text: str
    blank_lines: int
    page_break: bool


def find_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the `lines` that are page furniture.

    A page number stands alone between blank lines or page breaks and counts on from the one before; a single one
    must say what it is (`Page 2`, `2/3`, `- 2 -`) or stand at a page break. A header or footer is a short line
    that comes back, up to its digits, next to a page number or a page break, or that counts pages itself.
    """
    numbers = _page_numbers(lines) | _counting_edges(lines)
    heads = {i for i in range(len(lines)) if lines[i].page_break or i - 1 in numbers}
    feet = {i for i in range(len(lines) - 1) if lines[i + 1].page_break or i + 1 in numbers}
    return numbers | _recurring(lines, heads - numbers) | _recurring(lines, feet - numbers)


def _recurring(lines: Sequence[Line], edges: Set[int]) -> frozenset[int]:
    """Those of `edges`, the first or the last lines of pages, that come back on another page."""
    shapes = Counter(_DIGITS.sub("0", lines[i].text) for i in edges if _may_be_header(lines[i].text))
    return frozenset(i for i in edges if shapes[_DIGITS.sub("0", lines[i].text)] > 1)


def _may_be_header(text: str) -> bool:
    return len(text) <= _LONGEST and not _SENTENCE_END.search(text)


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    before = i == 0 or lines[i].blank_lines > 0 or lines[i].page_break
    after = i + 1 == len(lines) or lines[i + 1].blank_lines > 0 or lines[i + 1].page_break
    return before and after


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    found: list[int] = []
    bare: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        number = _NUMBER.fullmatch(line.text)
        if number is None:
            continue
        if number["word"]:
            found.append(i)
        elif _stands_alone(lines, i):
            at_break = line.page_break or (i + 1 < len(lines) and lines[i + 1].page_break)
            if number["total"] or at_break or not line.text[0].isdigit():
                found.append(i)
            else:
                bare.append((i, int(number["page"])))
    counting = {
        i
        for (a, page_a), (b, page_b) in pairwise(bare)
        if page_a in (1, 2) or a in found
        if page_b == page_a + 1
        for i in (a, b)
    }
    return frozenset(found) | counting


def _counting_edges(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that stand alone and say the same but for a number at one end, which counts on from page to page."""
    by_words: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        if not _may_be_header(line.text) or not _stands_alone(lines, i):
            continue
        m = _COUNTING_EDGE.fullmatch(line.text)
        if m and bool(m["before"]) != bool(m["after"]):
            by_words.setdefault((m["before"] or "", m["after"] or ""), []).append((i, int(m["page"])))
    return frozenset(
        i
        for places in by_words.values()
        for (a, page_a), (b, page_b) in pairwise(places)
        if page_b == page_a + 1
        for i in (a, b)
    )
