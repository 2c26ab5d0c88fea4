"""How sure a score is: intervals by the bootstrap over documents.

The documents are drawn anew, as many as there are and with replacement, and scored each time; an interval holds the
middle 95 % of what came out (percentile bootstrap, Efron 1979). Documents are drawn, not items, since the items of one
release are alike. With few documents the interval is too narrow: it cannot know the releases that are not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alambic.evaluation.scoring import Counts, Scores

_LOW, _HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the resampled values."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:.3f}–{self.high:.3f}"


class Bootstrap:
    """`times` draws of `documents`, the same for whatever is asked of one object, so that two models can be compared.

    >>> scores = Scores()
    >>> scores.count("a", "figures", Counts(right=8, wrong=2))
    >>> scores.count("b", "figures", Counts(right=1, missed=1))
    >>> print(Bootstrap(["a", "b"], times=500, seed=1).f1(scores)["figures"])
    0.667–0.889
    """

    def __init__(self, documents: Sequence[str], times: int, seed: int) -> None:
        self._documents = documents
        draws = np.random.default_rng(seed).integers(len(documents), size=(times, len(documents)))
        # How often each document was drawn: sums over a draw are then one product of matrices.
        self._drawn = np.zeros((times, len(documents)))
        for row, draw in enumerate(draws):
            self._drawn[row] = np.bincount(draw, minlength=len(documents))

    def f1(self, scores: Scores) -> dict[str, Interval]:
        """The interval of each row of `scores.stages`."""
        return {row: _interval(self._f1(scores, row)) for row in scores.stages}

    def difference(self, first: Scores, second: Scores) -> dict[str, Interval]:
        """The interval of F1 of `second` less that of `first`, on the same draws, for each row that both have."""
        return {
            row: _interval(self._f1(second, row) - self._f1(first, row))
            for row in first.stages
            if row in second.stages
        }

    def _f1(self, scores: Scores, row: str) -> NDArray[np.float64]:
        none = Counts()
        counts = [scores.documents.get(document, {}).get(row, none) for document in self._documents]
        twice_right = self._drawn @ np.array([2.0 * c.right for c in counts])
        total = twice_right + self._drawn @ np.array([float(c.wrong + c.missed) for c in counts])
        # As Counts.f1 has it: 1 where there was nothing to find and nothing was found.
        f1: NDArray[np.float64] = np.divide(twice_right, total, out=np.ones_like(total), where=total > 0)
        return f1


def _interval(values: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(values, [_LOW, _HIGH])
    return Interval(float(low), float(high))
