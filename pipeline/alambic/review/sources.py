"""What can be exported: the tables of a run, a gold folder, or releases that are extracted for it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from alambic.evaluation.gold import Gold, GoldFault, read_folder
from alambic.record import Date, Entity, Figure, Quote, Release, Span
from alambic.review.marks import ReviewFault

SpanType = TypeVar("SpanType", bound=Span)


def golds(paths: Sequence[Path], texts: Path | None, model: str, unreadable: list[str]) -> Iterator[Gold]:
    """The records to review with their raw texts.

    `paths` is one folder that `alambic run --keep-text` wrote, one gold folder (`texts` holds its texts where they do
    not stand beside), or releases, which are extracted with the entity model `model`; a
    sentence on each one that cannot be read is added to `unreadable`. Raises `ReviewFault` where there is nothing to
    export.
    """
    if len(paths) == 1 and paths[0].is_dir():
        (folder,) = paths
        if (folder / "run.json").exists():
            yield from _of_run(folder)
            return
        if any(map(_is_gold, sorted(folder.glob("*.json"))[:1])):
            try:
                yield from read_folder(folder, texts)
            except GoldFault as fault:
                raise ReviewFault(str(fault)) from None
            return
    yield from _extracted(paths, model, unreadable)


def _is_gold(path: Path) -> bool:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and {"doc_id", "entities", "figures"} <= told.keys()


def _of_run(folder: Path) -> Iterator[Gold]:
    from alambic.report.faults import ReportFault
    from alambic.report.run_tables import read_run

    try:
        run = read_run(folder)
    except ReportFault as fault:
        raise ReviewFault(str(fault)) from None
    if not run.has_texts and run.tables["releases"]:
        raise ReviewFault(
            f"{folder}: the run kept no texts, and annotators need them; run again with --keep-text."
        )
    for release, rows in run.releases():
        (kept,) = rows["texts"]
        yield Gold(
            Release(
                doc_id=release["doc_id"],
                sha256=release["sha256"],
                published=release["published"],
                entities=_spans(Entity, rows["entities"]),
                figures=_spans(Figure, rows["figures"]),
                dates=_spans(Date, rows["dates"]),
                quotes=_spans(Quote, rows["quotes"]),
            ),
            kept["text"],
        )


def _spans(of: type[SpanType], rows: Sequence[dict[str, Any]]) -> tuple[SpanType, ...]:
    known = {field.name for field in fields(of)}
    return tuple(of(**{name: cell for name, cell in row.items() if name in known}) for row in rows)


def _extracted(paths: Sequence[Path], model: str, unreadable: list[str]) -> Iterator[Gold]:
    from alambic.extraction import Extractor
    from alambic.readers import Input, Source, Unreadable, content, find, read

    found = find([str(path) for path in paths]).items
    if not found:
        raise ReviewFault(f"{', '.join(map(str, paths))}: no releases are there; check the path.")
    waiting: deque[str] = deque()

    def sources() -> Iterator[Source]:
        for item in found:
            if not isinstance(item, Input):
                unreadable.append(str(item))
                continue
            try:
                for source in read(item, content(item)):
                    waiting.append(source.text)
                    yield source
            except Unreadable as fault:
                unreadable.append(f"{item.source}: {fault}.")

    for release in Extractor(model).stream(sources()):
        yield Gold(release, waiting.popleft())
