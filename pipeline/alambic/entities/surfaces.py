"""Surfaces: the different ways in which a release writes its names, and the grouping of those that are one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from alambic.entities.lexicon import ARTICLES, Words, closing, legal_forms, opening
from alambic.entities.words import fold, words_of


def mend(text: str) -> str:
    """A name on one line: word breaks at line ends closed, runs of blanks made one.

    >>> mend("Stel-\\n lantis  Ventures"), mend("Hauts-de-\\nFrance")
    ('Stel-lantis Ventures', 'Hauts-de-France')
    """
    return (
        " ".join(text.split()).replace("- ", "-") if "-" in text and "\n" in text else " ".join(text.split())
    )


@dataclass(eq=False)
class Surface:
    """One written form of a name (`text`, mended) and where it stands (`places`: offsets, in order)."""

    text: str
    label: str
    places: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def words(self) -> Words:
        return words_of(self.text)

    @cached_property
    def core(self) -> Words:
        """The words without an opening article and without legal forms."""
        words = self.words
        if len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        if self.label != "ORG":
            return words
        front = opening(words, legal_forms("before"))
        if 0 < front < len(words) and self.text[: len(words[0])].isupper():
            words = words[front:]
        while 0 < (back := closing(words, legal_forms("after"))) < len(words):
            words = words[:-back]
        return words

    @cached_property
    def key(self) -> str:
        """The core run together: `Hauts de France` and `Hauts-de-France` are equal."""
        return "".join(self.core)

    @property
    def first(self) -> int:
        return self.places[0][0]


class Groups:
    """Surfaces that are one entity: a union of sets, each surface in one."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        self.surfaces = list(surfaces)
        self._parent = {id(s): s for s in self.surfaces}

    def root(self, surface: Surface) -> Surface:
        while (parent := self._parent[id(surface)]) is not surface:
            self._parent[id(surface)] = self._parent[id(parent)]
            surface = self._parent[id(surface)]
        return surface

    def join(self, one: Surface, other: Surface) -> None:
        a, b = self.root(one), self.root(other)
        if a is not b:
            self._parent[id(b)] = a

    def together(self, one: Surface, other: Surface) -> bool:
        return self.root(one) is self.root(other)

    def sets(self) -> list[list[Surface]]:
        """The groups, each with its surfaces in order of first mention, ordered by first mention."""
        found: dict[int, list[Surface]] = {}
        for surface in sorted(self.surfaces, key=lambda s: s.first):
            found.setdefault(id(self.root(surface)), []).append(surface)
        return list(found.values())


def fullest(surfaces: list[Surface]) -> Surface:
    """The fullest name among the surfaces of one entity.

    Most letters first, where one letter more or less is a slip of the pen; then the form with fewer capitals, the one
    with hyphens and accents before the one without, the more frequent before the rarer, the earlier before the later.
    """
    if len(surfaces) == 1:
        return surfaces[0]
    letters = {id(s): sum(c.isalnum() for c in s.text) for s in surfaces}
    most = max(letters.values())

    def rank(surface: Surface) -> tuple[int, int, int, bool, int]:
        return (
            -sum(c.isupper() for c in surface.text),
            len(surface.places),
            surface.text.count("-"),
            fold(surface.text) != surface.text.lower(),
            -surface.first,
        )

    return max((s for s in surfaces if letters[id(s)] >= most - 1), key=rank)
