"""Runs the pipeline over gold and scores it; how scores are shown and used as a gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from alambic.evaluation.gold import Gold, read_folder
from alambic.evaluation.scoring import Scores, score
from alambic.record import Release

if TYPE_CHECKING:  # numpy takes its time
    from alambic.evaluation.intervals import Interval


def evaluate(folder: Path, *, texts: Path | None = None, model: str = "accurate") -> Scores:
    """The scores of the pipeline, with the entity model `model`, on the gold of `folder`.

    `texts` is the folder of the texts where they do not stand beside the gold. The release's date is not given to
    the pipeline unless the text does not tell it: then it is taken from the gold, as a file's metadata would give it.
    Raises `alambic.evaluation.GoldFault` where gold or texts are wrong.
    """
    golds = read_folder(folder, texts)
    return score(golds, predict(golds, model))


def predict(golds: Iterable[Gold], model: str = "accurate") -> dict[str, Release]:
    """What the pipeline, with the entity model `model`, reads in the texts of `golds`, by `doc_id`; see `evaluate`."""
    from alambic.extraction import Extractor
    from alambic.readers import Source

    sources = [
        Source(
            gold.release.doc_id, gold.text, gold.release.doc_id, _given_day(gold.text, gold.release.published)
        )
        for gold in golds
    ]
    return {release.doc_id: release for release in Extractor(model).stream(sources)}


def _given_day(text: str, published: str | None) -> date | None:
    from alambic.cleaning import clean
    from alambic.dates import find_published

    if published is None or find_published(clean(text).text) is not None:
        return None
    return date.fromisoformat(published)


def table(
    scores: Scores, *, by_document: bool = False, intervals: Mapping[str, Interval] | None = None
) -> Iterator[str]:
    """The lines of a table of `scores`: a row a stage, then the fields, then, on demand, F1 by document.

    `intervals` are those of F1 by row, shown in a column of their own.
    """
    sure = intervals or {}
    yield (
        f"{'':<20}{'precision':>10}{'recall':>10}{'F1':>8}{'gold':>8}{'found':>8}"
        + ("   F1, 95 %" if sure else "")
    )
    for name, c in scores.stages.items():
        yield (
            f"{name:<20}{c.precision:>10.3f}{c.recall:>10.3f}{c.f1:>8.3f}"
            f"{c.right + c.missed:>8}{c.right + c.wrong:>8}" + (f"   {sure[name]}" if name in sure else "")
        )
    for name, share in scores.fields.items():
        yield f"{name:<20}{'accuracy':>10}{share.accuracy:>10.3f}{'':>8}{share.of:>8}"
    if by_document:
        stages = [name for name in scores.stages if " " not in name]
        yield ""
        yield f"{'F1 by document':<44}" + "".join(f"{name:>10}" for name in stages)
        for doc_id, rows in scores.documents.items():
            yield f"{doc_id:<44}" + "".join(
                f"{rows[name].f1:>10.3f}" if name in rows else "" for name in stages
            )


def below(scores: Scores, least: dict[str, float]) -> list[str]:
    """Sentences on what stays below `least`: F1 by stage (`entities`, `entities ORG`) or accuracy by field.

    Raises `KeyError` with the name of what was not scored.
    """
    missed = []
    for name, floor in least.items():
        reached = scores.stages[name].f1 if name in scores.stages else scores.fields[name].accuracy
        if reached < floor:
            missed.append(f"{name} reaches {reached:.4f}, below {floor:g}.")
    return missed
