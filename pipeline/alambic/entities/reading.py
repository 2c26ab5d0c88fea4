"""What the model saw in one text: the mentions it decided on, and how sure it is of every stretch of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

KINDS = ("", "ORG", "PER")
"""Columns of `Reading.probabilities`: no entity, organisation, person."""

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name as it stands in a text.

    `start` and `end` are indices into the text that was read, `label` is `ORG` or `PER`, and `confidence` the
    mean probability (0 to 1) that the model gives to that label over the pieces of the span.
    """

    start: int
    end: int
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Mentions of one text, sorted, without overlap, and the probabilities that they were decoded from.

    Piece `i` stands at `starts[i]:ends[i]`; `probabilities[i]` are its probabilities of being in no name,
    in an organisation, in a person (B and I summed). They serve a later step that weighs all the
    occurrences of a name, those that were not decoded as mentions included.

    >>> reading = Reading.from_mentions("Nina Ricci et Nina Petit", [Mention(14, 24, "PER", 0.9)])
    >>> [reading.text[m.start:m.end] for m in reading.mentions]
    ['Nina Petit']
    >>> tuple(round(p, 2) for p in reading.score(14, 18))
    (0.1, 0.0, 0.9)
    >>> reading.score(0, 10)
    (1.0, 0.0, 0.0)
    """

    text: str
    mentions: tuple[Mention, ...]
    starts: NDArray[np.int32] = field(repr=False, compare=False)
    ends: NDArray[np.int32] = field(repr=False, compare=False)
    probabilities: NDArray[np.float32] = field(repr=False, compare=False)

    def score(self, start: int, end: int) -> tuple[float, float, float]:
        """Mean probability of (none, ORG, PER) over the pieces that touch `text[start:end]`.

        (1, 0, 0) where no piece does.
        """
        # A number of another type would have numpy copy all offsets first.
        first = int(self.ends.searchsorted(np.int32(start), side="right"))
        last = int(self.starts.searchsorted(np.int32(end), side="left"))
        if first >= last:
            return (1.0, 0.0, 0.0)
        total = np.add.reduce(self.probabilities[first:last], axis=0, dtype=np.float64)
        none, org, per = (total / (last - first)).tolist()
        return (none, org, per)

    @classmethod
    def from_mentions(cls, text: str, mentions: Iterable[Mention]) -> Reading:
        """A reading as sure of each word as of the mention over it, and sure that no other word is a name."""
        ordered = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        starts = np.array([a for a, _ in words], dtype=np.int32)
        ends = np.array([b for _, b in words], dtype=np.int32)
        probabilities = np.zeros((len(words), len(KINDS)), dtype=np.float32)
        probabilities[:, 0] = 1.0
        for mention in ordered:
            first = int(np.searchsorted(ends, mention.start, side="right"))
            last = int(np.searchsorted(starts, mention.end, side="left"))
            probabilities[first:last] = 0.0
            probabilities[first:last, 0] = 1.0 - mention.confidence
            probabilities[first:last, KINDS.index(mention.label)] = mention.confidence
        return cls(text, ordered, starts, ends, probabilities)
