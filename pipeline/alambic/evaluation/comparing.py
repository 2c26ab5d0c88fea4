"""Two models on the same gold, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from alambic.evaluation.causes import Diagnosis, Mistake
from alambic.evaluation.intervals import Interval
from alambic.evaluation.scoring import STAGES, Scores


@dataclass(frozen=True, slots=True)
class Moved:
    """A release on which two models do not make the same mistakes in a stage: `first` and `second` are their F1,
    `fixed` the mistakes that only the first makes, `broken` those that only the second makes."""

    doc_id: str
    stage: str
    first: float
    second: float
    fixed: tuple[Mistake, ...] = ()
    broken: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class Comparison:
    """The scores of two models by name, what moved between them, and how sure the differences are, if that was asked."""

    names: tuple[str, str]
    first: Scores
    second: Scores
    moved: list[Moved] = field(default_factory=list)
    differences: Mapping[str, Interval] = field(default_factory=dict)


def compare(
    names: tuple[str, str],
    scores: tuple[Scores, Scores],
    diagnoses: tuple[Diagnosis, Diagnosis],
    differences: Mapping[str, Interval] | None = None,
) -> Comparison:
    """What differs between two models, named `names`, on one gold; the largest movements first."""
    first, second = scores
    mistakes = [_by_place(diagnosis) for diagnosis in diagnoses]
    moved = []
    for doc_id, rows in first.documents.items():
        for stage in STAGES:
            before, after = rows[stage].f1, second.documents[doc_id][stage].f1
            ours, theirs = (of.get((doc_id, stage), {}) for of in mistakes)
            fixed = tuple(mistake for key, mistake in ours.items() if key not in theirs)
            broken = tuple(mistake for key, mistake in theirs.items() if key not in ours)
            if before != after or fixed or broken:
                moved.append(Moved(doc_id, stage, before, after, fixed, broken))
    moved.sort(key=lambda m: (-abs(m.second - m.first), -len(m.fixed) - len(m.broken)))
    return Comparison(names, first, second, moved, differences or {})


def _by_place(diagnosis: Diagnosis) -> dict[tuple[str, str], dict[tuple[object, ...], Mistake]]:
    by_release: dict[tuple[str, str], dict[tuple[object, ...], Mistake]] = {}
    for mistake in diagnosis.mistakes:
        key = (mistake.cause, mistake.place, *mistake.sides())
        by_release.setdefault((mistake.doc_id, mistake.stage), {})[key] = mistake
    return by_release


def lines(comparison: Comparison) -> Iterator[str]:
    """The comparison for a terminal: a row a stage and a field, then the releases that moved."""
    first, second = comparison.names
    is_sure = bool(comparison.differences)
    yield f"{'F1':<20}{first:>10}{second:>10}{'':>2}difference" + ("   95 %" if is_sure else "")
    for name, before, after in rows(comparison):
        interval = comparison.differences.get(name)
        sure = f"   {interval.low:+.3f} to {interval.high:+.3f}" if interval else ""
        yield f"{name:<20}{before:>10.3f}{after:>10.3f}{after - before:>+12.3f}{sure}"
    yield ""
    if not comparison.moved:
        yield "No release moved."
        return
    yield f"{'releases that moved':<44}{first:>10}{second:>10}{'':>2}difference   fixed  broken"
    for moved in comparison.moved:
        name = f"{moved.doc_id} {moved.stage}"
        difference = moved.second - moved.first
        yield (
            f"{name:<44}{moved.first:>10.3f}{moved.second:>10.3f}{difference:>+12.3f}"
            f"{len(moved.fixed):>8}{len(moved.broken):>8}"
        )


def rows(comparison: Comparison) -> Iterator[tuple[str, float, float]]:
    """Each row of the two scores with its F1, or its accuracy for a field, in both."""
    first, second = comparison.first, comparison.second
    for name in dict.fromkeys((*first.stages, *second.stages)):
        if name in first.stages and name in second.stages:
            yield name, first.stages[name].f1, second.stages[name].f1
    for name in dict.fromkeys((*first.fields, *second.fields)):
        if name in first.fields and name in second.fields:
            yield name, first.fields[name].accuracy, second.fields[name].accuracy
