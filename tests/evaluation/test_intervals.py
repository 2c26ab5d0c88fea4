"""Intervals: by draws of whole releases, the same for the same seed, as wide as the releases differ."""

from __future__ import annotations

import pytest

from alambic.evaluation.intervals import Bootstrap
from alambic.evaluation.scoring import Counts, Scores


def _scores(*counts: tuple[int, int, int]) -> Scores:
    scores = Scores()
    for number, (right, wrong, missed) in enumerate(counts):
        scores.count(f"d{number}", "figures", Counts(right, wrong, missed))
    return scores


def _drawn(scores: Scores, times: int = 2000, seed: int = 0) -> Bootstrap:
    return Bootstrap(list(scores.documents), times, seed)


def test_releases_that_are_alike_give_no_width() -> None:
    scores = _scores(*[(9, 1, 1)] * 12)
    interval = _drawn(scores).f1(scores)["figures"]
    assert interval.low == pytest.approx(0.9)
    assert interval.high == pytest.approx(0.9)


def test_the_interval_holds_the_score_and_narrows_with_more_releases() -> None:
    few, many = _scores(*[(9, 0, 0), (5, 4, 4)] * 5), _scores(*[(9, 0, 0), (5, 4, 4)] * 80)
    narrow, wide = _drawn(many).f1(many)["figures"], _drawn(few).f1(few)["figures"]
    assert wide.low < few.stages["figures"].f1 < wide.high
    assert narrow.high - narrow.low < 0.5 * (wide.high - wide.low)


def test_two_releases_have_three_draws() -> None:
    # Drawn: both, or one of them twice, which leaves F1 of 0.5, 2/3 or 1 with a quarter of the draws at either end.
    scores = _scores((1, 0, 0), (1, 2, 0))
    interval = _drawn(scores).f1(scores)["figures"]
    assert (interval.low, interval.high) == (pytest.approx(0.5), pytest.approx(1.0))


def test_the_same_seed_gives_the_same_interval() -> None:
    scores = _scores((9, 0, 0), (5, 4, 4), (3, 2, 1), (7, 1, 0), (2, 2, 2))
    first, again, other = (_drawn(scores, 200, seed).f1(scores)["figures"] for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_nothing_to_find_and_nothing_found_is_one() -> None:
    scores = _scores((0, 0, 0), (0, 0, 0))
    interval = _drawn(scores).f1(scores)["figures"]
    assert (interval.low, interval.high) == (1.0, 1.0)


def test_a_difference_is_drawn_on_the_same_releases() -> None:
    # One model is better by the same on every release: its advantage is sure, though the scores themselves are not.
    first = _scores((4, 6, 6), (8, 2, 2), (6, 4, 4), (9, 1, 1))
    second = _scores((5, 5, 5), (9, 1, 1), (7, 3, 3), (10, 0, 0))
    drawn = _drawn(first)
    difference = drawn.difference(first, second)["figures"]
    assert (difference.low, difference.high) == (pytest.approx(0.1), pytest.approx(0.1))
    assert drawn.f1(first)["figures"].high - drawn.f1(first)["figures"].low > 0.2


def test_a_row_that_one_model_lacks_is_left_out() -> None:
    first, second = _scores((1, 0, 0), (1, 1, 0)), _scores((1, 0, 0), (1, 0, 0))
    first.count("d0", "entities PER", Counts(right=1))
    assert set(_drawn(first).difference(first, second)) == {"figures"}
