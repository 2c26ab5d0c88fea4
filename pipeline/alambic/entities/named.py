"""The names of one text, by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from alambic.entities.words import APOSTROPHES, words_of
from alambic.entities.zones import Zones
from alambic.record import Entity

_TO_NAME = re.compile(
    rf"(?:(?:le|la|les|l|du|des|de|d|au|aux|à|en|chez|pour|notre|son|sa)(?:\s|[{APOSTROPHES}])){{0,3}}"
    r"(?:[a-zà-öø-ÿ-]{3,20} ){0,2}[«\"“]?\s?"
)
IN_A_ROW = re.compile(
    r"(?:\s?\([^()\n]{1,60}\))?(?:\s?,|\s(?:et|ou|&|and|/)|\s?,\s(?:et|ou))\s(?:(?:M|MM|Mme|Mmes|Dr|Pr|Me)\.?\s)?"
)
"""What stands between people named in a row: `X (Lyon), Y et Mme Z`."""
_LONGEST_ROW = 12
_SENTENCE_END = re.compile(r"[.!?…](?:\s?[»\"”])?\s|\n")
_BACK = 400


class Named:
    """The organisations and people of `text`, in order, with look-ups by offset and by line."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.firms = [e for e in entities if e.label == "ORG"]
        self.people = [e for e in entities if e.label == "PER"]
        self._people_zones = Zones((e.start, e.end) for e in self.people)
        self._firm_starts = [e.start for e in self.firms]
        self._people_starts = [e.start for e in self.people]
        self._by_first_word: defaultdict[str, list[Entity]] = defaultdict(list)
        for firm in self.firms:
            self._by_first_word[words_of(firm.text)[0] if words_of(firm.text) else ""].append(firm)
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def firms_in(self, start: int, end: int) -> list[Entity]:
        """The organisations that begin from `start` up to `end`."""
        return self.firms[bisect_left(self._firm_starts, start) : bisect_left(self._firm_starts, end)]

    def people_in(self, start: int, end: int) -> list[Entity]:
        """The people that begin from `start` up to `end`."""
        return self.people[bisect_left(self._people_starts, start) : bisect_left(self._people_starts, end)]

    def names_person(self, start: int, end: int) -> bool:
        """Whether a person's name lies on the span."""
        return self._people_zones.touch(start, end)

    def firm_at(self, start: int, *, led_to: bool = False) -> Entity | None:
        """The organisation that begins at `start`; if `led_to`, an article and a kind in lower case may come first."""
        found = self.firms_in(start, start + 1)
        if not found and led_to and (gap := _TO_NAME.match(self.text, start)):
            found = self.firms_in(gap.end(), gap.end() + 1)
        return found[0] if found else None

    def firm_before(self, end: int) -> Entity | None:
        """The last organisation that begins before `end`."""
        i = bisect_left(self._firm_starts, end)
        return self.firms[i - 1] if i else None

    def firm_called(self, word: str, end: int) -> Entity | None:
        """The last organisation before `end` whose name begins with a folded word."""
        called = self._by_first_word.get(word, [])
        i = bisect_left(called, end, key=lambda e: e.start)
        return called[i - 1] if i else None

    def person_from(self, start: int) -> Entity | None:
        """The first person that begins at or after `start`."""
        i = bisect_left(self._people_starts, start)
        return self.people[i] if i < len(self.people) else None

    def person_before(self, end: int) -> Entity | None:
        """The last person that begins before `end`."""
        i = bisect_left(self._people_starts, end)
        return self.people[i - 1] if i else None

    def row(self, person: Entity) -> list[Entity]:
        """The people named in a row with this one (itself included), as far as `_LONGEST_ROW` to either side."""
        i = bisect_left(self._people_starts, person.start)
        first = last = i
        while first and i - first < _LONGEST_ROW and self._joined(first - 1):
            first -= 1
        while last + 1 < len(self.people) and last - i < _LONGEST_ROW and self._joined(last):
            last += 1
        return self.people[first : last + 1]

    def _joined(self, i: int) -> bool:
        gap = self.text[self.people[i].end : self.people[i + 1].start][:_BACK]
        return IN_A_ROW.fullmatch(gap) is not None

    def line_number(self, at: int) -> int:
        """The number of the line that an offset lies on."""
        return bisect_right(self.line_starts, at) - 1

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, its line break left out."""
        last = number + 1 == len(self.line_starts)
        return self.line_starts[number], len(self.text) if last else self.line_starts[number + 1] - 1

    def sentence_start(self, at: int) -> int:
        """Where the sentence around an offset begins, at most `_BACK` characters before it."""
        floor = max(0, at - _BACK)
        ends = [m.end() for m in _SENTENCE_END.finditer(self.text, floor, at)]
        return ends[-1] if ends else floor
