"""The small sets of words that the rules of this room name, from `word_sets.txt`."""

from __future__ import annotations

from functools import cache

from alambic.knowledge import rows


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in rows("alambic.quotes", "word_sets.txt")}


def word_set(name: str) -> frozenset[str]:
    """The words of one set, in lower case.

    >>> "selon" in word_set("prepositions")
    True
    """
    return _sets()[name]
