"""Phrases of a data file, found in a row of tokens by their first (or last) word."""

from __future__ import annotations

from collections.abc import Iterable
from operator import eq
from typing import Generic, TypeVar

from alambic.figures.tokens import Block, tokenise

T = TypeVar("T")


class Phrases(Generic[T]):
    """A set of phrases, each with what it stands for; the longest one that fits is found.

    >>> units = Phrases([("mètres carrés", "m²"), ("mètres", "m")])
    >>> units.after(tokenise("12 mètres carrés", 0, 16), 1)
    ('m²', 3)
    >>> units.before(tokenise("12 mètres carrés", 0, 16), 3)
    ('m²', 1)
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in entries:
            # An elided word is one where a letter follows it.
            whole = phrase + "a" if phrase.endswith("'") else phrase
            parts = tuple(token.low for token in tokenise(whole, 0, len(whole)))[
                : -1 if whole != phrase else None
            ]
            self._by_first.setdefault(parts[0], []).append((parts, meaning))
            self._by_last.setdefault(parts[-1], []).append((parts, meaning))
        for group in (*self._by_first.values(), *self._by_last.values()):
            group.sort(key=lambda entry: -len(entry[0]))

    def after(self, block: Block, index: int) -> tuple[T, int] | None:
        """What begins at token `index`, with the index that follows it."""
        for parts, meaning in self._by_first.get(block.low(index), ()):
            last = index + len(parts)
            if last <= len(block) and all(map(eq, parts, [token.low for token in block[index:last]])):
                return meaning, last
        return None

    def before(self, block: Block, index: int) -> tuple[T, int] | None:
        """What ends just before token `index`, with the index where it begins."""
        for parts, meaning in self._by_last.get(block.low(index - 1), ()):
            first = index - len(parts)
            if first >= 0 and all(map(eq, parts, [token.low for token in block[first:index]])):
                return meaning, first
        return None
