"""Two models on the same gold: side by side, with the releases on which they differ."""

from __future__ import annotations

from dataclasses import replace

from alambic.evaluation import Gold, score
from alambic.evaluation.causes import diagnose
from alambic.evaluation.comparing import Comparison, compare, lines, rows
from alambic.evaluation.intervals import Bootstrap
from alambic.record import Release

from .releases import CLAIRE, MONEY, RELEASE, SAID, STAFF, TEXT, VERKOR

GOLDS = [Gold(replace(RELEASE, doc_id=doc_id), TEXT) for doc_id in ("a", "b", "c")]


def _read(**by_release: Release) -> dict[str, Release]:
    return {gold.release.doc_id: by_release.get(gold.release.doc_id, gold.release) for gold in GOLDS}


def _compare(first: dict[str, Release], second: dict[str, Release], times: int = 0) -> Comparison:
    scores = score(GOLDS, first), score(GOLDS, second)
    drawn = Bootstrap(["a", "b", "c"], times, 0).difference(*scores) if times else None
    return compare(("accurate", "fast"), scores, (diagnose(GOLDS, first), diagnose(GOLDS, second)), drawn)


WORSE = replace(RELEASE, doc_id="b", entities=(CLAIRE,), figures=(replace(MONEY, value=3), STAFF))


def test_the_same_reading_moves_nothing() -> None:
    comparison = _compare(_read(), _read())
    assert comparison.moved == []
    assert list(lines(comparison))[-1] == "No release moved."


def test_releases_that_moved_are_told_with_what_was_fixed_and_broken() -> None:
    better = replace(RELEASE, doc_id="b", entities=(replace(VERKOR, label="PER"), CLAIRE))
    comparison = _compare(_read(b=better), _read(b=WORSE))
    assert [(m.doc_id, m.stage, len(m.fixed), len(m.broken)) for m in comparison.moved] == [
        ("b", "figures", 0, 1),
        ("b", "entities", 1, 1),
    ]
    entities = comparison.moved[1]
    assert ([m.cause for m in entities.fixed], [m.cause for m in entities.broken]) == (["label"], ["missed"])
    assert (entities.first, entities.second) == (0.5, 2 / 3)


def test_other_mistakes_with_the_same_score_are_a_movement_too() -> None:
    first = replace(RELEASE, doc_id="c", figures=(replace(MONEY, value=3), STAFF))
    second = replace(RELEASE, doc_id="c", figures=(MONEY, replace(STAFF, value=12)))
    (moved,) = _compare(_read(c=first), _read(c=second)).moved
    assert (moved.first, moved.second, len(moved.fixed), len(moved.broken)) == (0.5, 0.5, 1, 1)


def test_every_row_stands_beside_its_like() -> None:
    told = {
        name: (before, after)
        for name, before, after in rows(
            _compare(_read(), _read(b=replace(WORSE, quotes=(replace(SAID, speaker=None),))))
        )
    }
    assert told["entities ORG"] == (1.0, 0.8)
    assert told["speaker"] == (1.0, 2 / 3)


def test_the_table_has_differences_and_their_intervals() -> None:
    told = [line.split() for line in lines(_compare(_read(), _read(b=WORSE), times=500))]
    assert told[0] == ["F1", "accurate", "fast", "difference", "95", "%"]
    assert told[1][:5] == ["entities", "1.000", "0.909", "-0.091", "-0.333"]
    assert ["b", "entities", "1.000", "0.667", "-0.333", "0", "1"] in told
    assert ["95", "%"] not in [line.split()[-2:] for line in lines(_compare(_read(), _read(b=WORSE)))]
