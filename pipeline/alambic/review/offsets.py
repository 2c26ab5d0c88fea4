"""Offsets of tools that count UTF-16 units, as JavaScript's strings do, and of those that count code points."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

Counted = Literal["code points", "UTF-16"]


class Utf16:
    """Turns offsets into `text` between code points and UTF-16 units. Both are the same before U+10000.

    >>> offsets = Utf16("🏭 Verkor")
    >>> offsets.units(2), offsets.code_points(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        # Characters beyond U+FFFF are rare: where they stand is enough, and costs nothing for most texts.
        self._astral = [at for at, char in enumerate(text) if char > "\uffff"]
        self._in_units = [at + number for number, at in enumerate(self._astral)]

    @property
    def differs(self) -> bool:
        """Whether the two ways to count part anywhere in the text."""
        return bool(self._astral)

    def units(self, code_points: int) -> int:
        """The UTF-16 units before the code point at index `code_points`."""
        return code_points + bisect_left(self._astral, code_points)

    def code_points(self, units: int) -> int | None:
        """The code points before the UTF-16 unit at index `units`; `None` where that cuts a character in two."""
        before = bisect_left(self._in_units, units)
        if before and self._in_units[before - 1] + 1 == units:
            return None
        return units - before
