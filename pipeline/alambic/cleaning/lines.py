"""Joins the lines of wrapped prose, and keeps apart what stands on lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from alambic.cleaning.furniture import Line, find_furniture
from alambic.cleaning.hyphens import keeps_hyphen, words_of
from alambic.cleaning.mapped import Edit, MappedText
from alambic.knowledge import words

_LINE = re.compile(r"[^\n\f]+")
_BULLET = re.compile(
    r"(?:[•●○▪■□◦‣⁃∙·➢➔➤→►▶✓✔✅❖*+§>]|[a-z]\)|\((?:[ivx]+|[a-z]|\d{1,2})\)|o(?= [A-ZÀ-Ý]))[ \t]?(?=\S)"
)
_DOUBTFUL_BULLET = re.compile(r"[-–—][ \t]|\d{1,2}[.)°][ \t]?(?=\S)")  # wrapped prose may begin a line so too
_LEADER = re.compile(r"\.(?: ?\.){3}")
_ADDRESS = re.compile(
    r"(?:https?:|www\.|[\w.+-]+@)|\S+@\S+\Z|(?:\+|\(0|0\d)[\d .()/-]{6,}"
    r"|(?:t[ée]l|mobile|port|fax|e-?mail|courriel|mail|contacts?|site|web|twitter|facebook|linkedin)\b\.?\s?:",
    re.IGNORECASE,
)
_ENDS_ADDRESS = re.compile(r"(?:\d\d|@\S+)\Z")
_HOLDS_ADDRESS = re.compile(r"@|\d\d[ .]\d\d[ .]\d\d")
_LABELLED = re.compile(r"[^\W\d_][^:.!?]{1,40} : ?(?=\S)")
_ENDED = re.compile(r"[.!?…][ '\"»”’)\]*]*\Z")
_GOES_ON_FROM = re.compile(r"(?:[:;,%)\]»”?!]|\.(?!\w))")
_GROUP_ENDS, _GROUP_FOLLOWS = re.compile(r"(?<![\d.,])\d{1,3}\Z"), re.compile(r"\d{3}(?!\d)")
_OPEN_END = re.compile(r"(?:[«“(\[]|(?:\A|\s)[-–—])\Z")
_CUT_WORD = re.compile(r"[^\W_][-\u00ad]\Z")
_LAST_WORD = re.compile(r"(?:\S+[ \t])?(?P<word>(?:[^\W\d_]+')?[^\s']*'?)\Z")

_PAGE_GAP = 3  # blank lines that tell of a page break rather than of a paragraph
_TELLING = 2  # wrapped lines that are needed before their width says anything
_BY_HAND = 0.85
_MUCH_LONGER = 1.5
_SLACK = 3  # the shortest line met may still reach a little further than the width asks for
_SHORT = 40


def join_lines(mapped: MappedText) -> MappedText:
    """`mapped` with one line a block: wrapped lines joined, cut words mended, page furniture out.

    A title, a list item, a table row or a contact line stays a line of its own. One empty line is left between
    paragraphs. Blanks at the edges of lines and of the text are gone.
    """
    every = list(_lines(mapped.text))
    furniture = find_furniture(every)
    kept = [i for i in range(len(every)) if i not in furniture]
    if not kept:
        return mapped.edit([(0, len(mapped.text), "")] if mapped.text else [])
    lines = [every[i] for i in kept]
    gaps = [_gap(every, a, b) for a, b in pairwise(kept)]
    reach = _reach(lines, gaps)
    known: frozenset[str] | None = None

    edits: list[Edit] = [(0, lines[0].start, "")] if lines[0].start else []
    block_start = lines[0].text
    for (line, after), (blank, page_break) in zip(pairwise(lines), gaps, strict=True):
        start, between = line.end, ""
        if not _joins(line.text, after.text, block_start, blank, page_break, reach):
            between = "\n" if blank == 0 and not page_break else "\n\n"
            block_start = after.text
        elif _CUT_WORD.search(line.text) and after.text[0].isalnum():
            known = words_of(mapped.text) if known is None else known
            soft = line.text.endswith("\u00ad")
            if soft or not keeps_hyphen(line.text, after.text, known):
                start -= 1
        else:
            between = " "
        if mapped.text[start : after.start] != between:
            edits.append((start, after.start, between))
    if lines[-1].end < len(mapped.text):
        edits.append((lines[-1].end, len(mapped.text), ""))
    return mapped.edit(edits)


def _lines(text: str) -> Iterator[Line]:
    done = 0
    for m in _LINE.finditer(text):
        line = m.group()
        bare = line.strip(" \t")
        if bare:
            start = m.start() + len(line) - len(line.lstrip(" \t"))
            between = text[done:start]
            yield Line(start, start + len(bare), bare, max(0, between.count("\n") - 1), "\f" in between)
            done = start + len(bare)


def _gap(every: Sequence[Line], a: int, b: int) -> tuple[int, bool]:
    """How many blank lines part the kept lines `a` and `b`, and whether a page ends between them."""
    between = every[a + 1 : b + 1]
    blank = max(line.blank_lines for line in between)
    return blank, len(between) > 1 or blank >= _PAGE_GAP or any(line.page_break for line in between)


def _reach(lines: Sequence[Line], gaps: Sequence[tuple[int, bool]]) -> int | None:
    """How far a line reaches, with the next one's first word, where the text wraps; `None` if it seems not to.

    Read from the lines that certainly go on: those followed, without a blank line, by one in lower case. The
    shortest of them decides, but for those far from the middle one, which the layout broke by hand. Where most of
    the text stands in lines much longer than these, it is not wrapped: a few items in lower case only look so.
    """
    reached = sorted(
        _reached(line.text, after.text)
        for (line, after), (blank, _) in zip(pairwise(lines), gaps, strict=True)
        if blank == 0 and after.text[0].islower() and not _ENDED.search(line.text)
    )
    if len(reached) < _TELLING:
        return None
    middle = reached[len(reached) // 2]
    lengths = [line.end - line.start for line in lines]
    if 2 * sum(length for length in lengths if length > _MUCH_LONGER * middle) > sum(lengths):
        return None
    return next(length for length in reached if length >= _BY_HAND * middle) - _SLACK


def _reached(line: str, after: str) -> int:
    return len(line) + 1 + len(after.split(None, 1)[0])


@cache
def _continuations() -> frozenset[str]:
    return frozenset(word.lower() for word in words("alambic.cleaning", "continuations.txt"))


def _needs_more(line: str) -> bool:
    """Whether the line ends with a word or a sign that cannot end a block."""
    if _OPEN_END.search(line):
        return True
    last = _LAST_WORD.search(line[-30:])
    if last is None or not last["word"]:
        return False
    word = last["word"].lower()
    return word in _continuations() or (word.endswith("'") and len(word) > 1)


def _joins(line: str, after: str, block_start: str, blank: int, page_break: bool, reach: int | None) -> bool:
    """Whether the line `after` goes on with the block that begins with `block_start` and now ends with `line`."""
    if _BULLET.match(after):
        return False
    if _is_row(line) or _is_row(after):
        return blank == 0 and line.endswith(" |") and not line.startswith("|")
    full = reach is not None and _reached(line, after) >= reach
    ended = _ENDED.search(line) is not None
    if _DOUBTFUL_BULLET.match(after):
        in_list = _BULLET.match(block_start) or _DOUBTFUL_BULLET.match(block_start)
        return full and blank == 0 and not ended and not in_list and line[-1] not in ":;"
    if _ADDRESS.match(after):
        return blank == 0 and full and (_needs_more(line) or (line[-1].isdigit() and after[0].isdigit()))
    if _ENDS_ADDRESS.search(line) and _HOLDS_ADDRESS.search(after):
        return False
    if _LABELLED.match(block_start) and _LABELLED.match(after) and not _needs_more(line):
        return False
    lower = after[0].islower()
    if blank and not page_break:
        return lower and not ended and line[-1] not in ":;" and len(line) >= _SHORT and _is_prose(line)
    if page_break:
        return not ended and (lower or (full and _needs_more(line)) or bool(_CUT_WORD.search(line) and full))
    if _CUT_WORD.search(line) and after[0].isalnum():
        return True
    if _GOES_ON_FROM.match(after) or _needs_more(line):
        return True
    if len(line) >= _SHORT and _GROUP_ENDS.search(line) and _GROUP_FOLLOWS.match(after):
        return True
    if lower and not ended and line[-1] not in ":;":
        return full or len(line) >= _SHORT or not block_start[0].islower()
    return full


def _is_row(line: str) -> bool:
    """Whether a line is one of a table: with columns, rules or dots that lead to a column."""
    return "\t" in line or line.startswith("|") or line.count("|") > 1 or _LEADER.search(line) is not None


def _is_prose(line: str) -> bool:
    return not _ADDRESS.search(line)
