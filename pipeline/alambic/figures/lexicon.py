"""Phrases of a data file, found in a row of tokens by their first (or last) word."""

from __future__ import annotations

from collections.abc import Iterable
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
        self._meanings: dict[tuple[str, ...], T] = {}
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for phrase, meaning in entries:
            # An elided word is one where a letter follows it.
            whole = phrase + "a" if phrase.endswith("'") else phrase
            parts = tuple(token.low for token in tokenise(whole, 0, len(whole)))[
                : -1 if whole != phrase else None
            ]
            self._meanings.setdefault(parts, meaning)
            first.setdefault(parts[0], set()).add(len(parts))
            last.setdefault(parts[-1], set()).add(len(parts))
        # How many words the phrases have that begin (or end) with a word, most first.
        self._after = {word: sorted(lengths, reverse=True) for word, lengths in first.items()}
        self._before = {word: sorted(lengths, reverse=True) for word, lengths in last.items()}

    def after(self, block: Block, index: int) -> tuple[T, int] | None:
        """What begins at token `index`, with the index that follows it."""
        for length in self._after.get(block.low(index), ()):
            parts = tuple([token.low for token in block[index : index + length]])
            meaning = self._meanings.get(parts)
            if meaning is not None and len(parts) == length:
                return meaning, index + length
        return None

    def before(self, block: Block, index: int) -> tuple[T, int] | None:
        """What ends just before token `index`, with the index where it begins."""
        for length in self._before.get(block.low(index - 1), ()):
            first = index - length
            if first >= 0:
                meaning = self._meanings.get(tuple([token.low for token in block[first:index]]))
                if meaning is not None:
                    return meaning, first
        return None
