"""Finds the stretches of text that stand between quotation marks.

The shape of a mark says less than its place: a straight `"` opens and closes, typists write `” “` and `« … "`,
and a mark is forgotten as often as it is doubled. So each mark is first read as opening or closing by its shape
and by what touches it, then paired within its paragraph. A pair may run on into the next paragraphs only where
those repeat the opening mark or close what is open before they open anything: an unclosed mark costs its own
paragraph, never the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_MARK = re.compile(r"<<+|>>+|«+|»+|“+|”+|„+|‟|\"+|‹+|›+|''|``")  # a doubled mark is one mark
_FAMILY = {
    **dict.fromkeys(["«", "»", "<<", ">>"], "guillemets"),
    **dict.fromkeys(["“", "”", "„", "‟"], "curly"),
    **dict.fromkeys(["‹", "›"], "single"),
    **dict.fromkeys(['"', "''", "``"], "straight"),
}
_OPENING = frozenset(["«", "“", "„", "‹", "‟", "<<", "``"])
_CLOSING = frozenset(["»", "”", "›", ">>"])
_BREAK = re.compile(r"\n(?:[^\S\n]*\n)+\s*|(?<=[.!?…:;»”\"])[^\S\n]*\n\s*(?=[A-ZÀ-ÖØ-Þ«“\"„‹0-9–—•*-])")
_CANNOT_OPEN = re.compile(r"[^\S\n]?(?:[,;)]|\.(?!\.))")
_REACH = 6  # blocks without a mark that one quote may run on over
_LONGEST = 24  # blocks that one quote may hold

Tail = Callable[[int, int], "int | None"]


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between two marks: `start`–`end` without the marks and trimmed, `outer_start`–`outer_end` with them.

    `opened` or `closed` is false where that mark is missing and an edge of the paragraph stands for it.
    """

    outer_start: int
    start: int
    end: int
    outer_end: int
    opened: bool = True
    closed: bool = True


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    shape: str
    opens: bool
    closes: bool


def _read(text: str, found: re.Match[str]) -> _Mark:
    """What a mark can do where it stands."""
    start, end, shape = found.start(), found.end(), found.group()
    if shape[0] not in "<>'`":
        shape = shape[0]
    else:
        shape = shape[:2]
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    free_before = before.isspace() or before in "([{—–-:'’/«“\"‹„…"
    free_after = after.isspace() or after in '.,;:!?…)]}»”"›/—–'
    if shape in _OPENING:
        stops = (not free_before and free_after) or bool(_CANNOT_OPEN.match(text, end))
        return _Mark(start, end, shape, not stops, stops)
    if shape in _CLOSING:
        return _Mark(start, end, shape, free_before and not free_after, True)
    if free_before and not free_after:
        return _Mark(start, end, shape, True, False)
    if free_after and (not free_before or _CANNOT_OPEN.match(text, end)):
        return _Mark(start, end, shape, False, True)
    return _Mark(start, end, shape, True, True)


def _blocks(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for gap in _BREAK.finditer(text):
        if gap.start() > start:
            found.append((start, gap.start()))
        start = gap.end()
    if len(text) > start:
        found.append((start, len(text)))
    return found


def pair(text: str, tail: Tail | None = None) -> list[Marked]:
    """The outermost marked stretches of `text`, in order; what is marked inside them stays inside.

    `tail(start, end)` may tell where an attribution begins that ends those words (`…, dit-elle.`): it shows that
    a closing mark is missing there.

    >>> text = 'Il dit : « On m’a crié “partez” hier ». Le plan "Eau" suit.'
    >>> [text[m.start : m.end] for m in pair(text)]
    ['On m’a crié “partez” hier', 'Eau']
    """
    marks = [_read(text, found) for found in _MARK.finditer(text)]
    if not marks:
        return []
    blocks = _blocks(text)
    inside: list[list[_Mark]] = [[] for _ in blocks]
    at = 0
    for mark in marks:
        while mark.start >= blocks[at][1] and at + 1 < len(blocks):
            at += 1
        inside[at].append(mark)
    pairing = _Pairing(text, blocks, inside, tail)
    index = 0
    while index < len(blocks):
        index = pairing.block(index) if inside[index] else index + 1
    return pairing.found


class _Pairing:
    """Pairs marks block after block; each block is looked at a bounded number of times."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[tuple[int, int]],
        inside: Sequence[Sequence[_Mark]],
        tail: Tail | None,
    ) -> None:
        self.text, self.blocks, self.inside, self.tail = text, blocks, inside, tail
        self.found: list[Marked] = []

    def block(self, index: int) -> int:
        """Pairs the marks of one block and of those that its last quote runs on into; returns the next index."""
        open_marks: list[_Mark] = []
        last_close: _Mark | None = None  # the latest mark that closed something inside what is open
        begin = self.blocks[index][0]  # where words can begin whose opening mark is missing
        here = index
        while True:
            marks = self.inside[here]
            repeated = here != index and self._blank(self.blocks[here][0], marks[0].start)
            later = _closers_ahead(marks)
            for order, mark in enumerate(marks):
                if order == 0 and repeated:
                    continue
                if not open_marks:
                    if mark.opens:
                        open_marks, last_close = [mark], None
                    else:
                        self._add(begin, begin, mark.start, mark.end, opened=False)
                        begin = mark.end
                    continue
                closed = self._close(open_marks, mark, later[order])
                if closed is None:
                    if mark.opens and self._stray(open_marks[-1], mark):
                        open_marks[-1] = mark
                    elif mark.opens:
                        own = _FAMILY[open_marks[0].shape]
                        comes = own != _FAMILY[mark.shape] and own in later[order]
                        if not comes and self._missing_close(open_marks, last_close, mark):
                            open_marks, last_close = [], None
                        open_marks.append(mark)
                    continue
                last_close = mark
                if not open_marks:
                    self._add(closed.start, closed.end, mark.start, mark.end)
                    begin = mark.end
            if not open_marks:
                return here + 1
            ahead = self._runs_on(index, here, open_marks[0], last_close)
            if not ahead:
                break
            here = ahead
        first = open_marks[0]
        if last_close is not None:
            self._add(first.start, first.end, last_close.start, last_close.end)
            return here + 1
        end = self.blocks[index][1]
        if self.tail and (cut := self.tail(first.end, end)) is not None:
            end = cut
        self._add(first.start, first.end, end, end, closed=False)
        return index + 1

    @staticmethod
    def _close(open_marks: list[_Mark], mark: _Mark, expected: frozenset[str]) -> _Mark | None:
        """The mark that this one closes, taken off with all that was left open inside it; `None` if it closes none.

        `expected` holds the families that still close something later in the block: a mark of another shape
        closes (`« … "`) only where the right one does not come.
        """
        family = _FAMILY[mark.shape]
        if not mark.closes and not (mark.shape == "“" and open_marks[-1].shape == "„"):
            return None
        for depth in range(len(open_marks) - 1, max(-1, len(open_marks) - 4), -1):
            if _FAMILY[open_marks[depth].shape] == family:
                if mark.opens and open_marks[-1].shape != mark.shape and mark.shape not in _CLOSING:
                    continue
                closed = open_marks[depth]
                del open_marks[depth:]
                return closed
        if mark.opens or _FAMILY[open_marks[-1].shape] in expected:
            return None
        return open_marks.pop()

    def _stray(self, before: _Mark, mark: _Mark) -> bool:
        """Whether nothing stands between two opening marks of one shape: only the second counts."""
        return before.shape == mark.shape and self._blank(before.end, mark.start)

    def _missing_close(self, open_marks: list[_Mark], last_close: _Mark | None, mark: _Mark) -> bool:
        """Whether what is open ended with an attribution before this further mark; if so, adds it."""
        first = open_marks[0]
        if self.tail is None or len(open_marks) > 1:
            return False
        if last_close is not None:
            if self.tail(last_close.end, mark.start) is None:
                return False
            self._add(first.start, first.end, last_close.start, last_close.end)
            return True
        cut = self.tail(first.end, mark.start)
        if cut is not None:
            self._add(first.start, first.end, cut, cut, closed=False)
        return cut is not None

    def _runs_on(self, index: int, here: int, first: _Mark, last_close: _Mark | None) -> int:
        """The block that an open quote runs on into, 0 if none."""
        for ahead in range(here + 1, min(len(self.blocks), here + 1 + _REACH, index + _LONGEST)):
            marks = self.inside[ahead]
            if not marks:
                continue
            if not self._blank(self.blocks[ahead][0], marks[0].start):
                return ahead if not marks[0].opens else 0
            if last_close is not None or ahead != here + 1:
                return 0
            if here == index and self._blank(first.end, self.blocks[here][1]):
                return 0
            if here == index and self.tail and self.tail(first.end, self.blocks[here][1]) is not None:
                return 0
            return ahead
        return 0

    def _blank(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip()

    def _add(
        self,
        outer_start: int,
        start: int,
        end: int,
        outer_end: int,
        *,
        opened: bool = True,
        closed: bool = True,
    ) -> None:
        while start < end and (self.text[start].isspace()):
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if end > start:
            self.found.append(Marked(outer_start, start, end, outer_end, opened, closed))


def _closers_ahead(marks: Sequence[_Mark]) -> list[frozenset[str]]:
    """For each mark, the families that close something after it and before they open anew."""
    ahead: list[frozenset[str]] = []
    now: frozenset[str] = frozenset()
    for mark in reversed(marks):
        ahead.append(now)
        family = _FAMILY[mark.shape]
        now = now | {family} if mark.closes else now - {family}
    ahead.reverse()
    return ahead
