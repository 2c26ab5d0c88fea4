"""Words cut at a line end: which keep their hyphen and which lose it."""

from __future__ import annotations

import re
from functools import cache

from alambic.knowledge import rows

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HEAD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?=-\Z)")
_TAIL = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@cache
def _members(place: str) -> frozenset[str]:
    return frozenset(row[1] for row in rows("alambic.cleaning", "hyphens.txt") if row[0] == place)


def words_of(text: str) -> frozenset[str]:
    """The words of `text` in lower case, compounds whole: what it writes elsewhere decides doubtful cuts."""
    return frozenset(_WORD.findall(text.lower()))


def keeps_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether the hyphen that ends the line `before` belongs to the word that the line `after` ends.

    It does before a capital or a digit, in compounds that the text writes elsewhere, and with the members listed
    in `hyphens.txt`; else it only marks the cut.

    >>> keeps_hyphen("dans les Hauts-de-", "France", frozenset())
    True
    >>> keeps_hyphen("elle a inaugu-", "ration", frozenset())
    False
    """
    head, tail = _HEAD.search(before), _TAIL.match(after)
    if head is None or tail is None or not tail.group()[0].islower() or head.group()[-1].isdigit():
        return True
    left, right = head.group().lower(), tail.group().lower()
    if left + right in words:
        return False
    if f"{left}-{right}" in words:
        return True
    return left.rpartition("-")[2] in _members("first") or right.partition("-")[0] in _members("second")
