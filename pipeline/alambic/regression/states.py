"""What can be compared: snapshots, the tables of a run, or releases that are extracted for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from alambic.regression import snapshots
from alambic.regression.faults import RegressionFault
from alambic.regression.kept import Kept, kept
from alambic.regression.snapshots import Snapshots

if TYPE_CHECKING:
    from alambic.readers import Input, Rejected
    from alambic.running.work import Extracts

Kind = Literal["snapshots", "run", "releases"]

_DEFAULT_MODEL = "accurate"
_AT_ONCE = 16
_OF_A_RUN = ("run.json", "releases.parquet", "releases.jsonl", "releases.csv", "alambic.duckdb")


class Progress(Protocol):
    """Is told how an extraction goes."""

    def begin(self, total: int | None) -> None:
        """There are `total` inputs."""

    def advance(self, inputs: int, words: int) -> None:
        """So many inputs are finished so far, and they gave so many words."""


@dataclass(frozen=True, slots=True)
class State:
    """The releases under `path` by `doc_id`; `model` is the entity model, `None` where it is not known or not one."""

    path: Path
    kind: Kind
    model: str | None
    releases: Mapping[str, Kept]


def open_both(old: Path, new: Path, model: str | None, progress: Progress) -> tuple[State, State]:
    """The states that `old` and `new` hold: a folder of snapshots, one with the tables of a run, else releases.

    Releases are extracted with `model`; where that is `None`, with the model that the other side was made with.
    Raises `RegressionFault` where nothing of the three is there.
    """
    before, after = made_before(old), made_before(new)
    for made, other in ((before, after), (after, before)):
        if made is None and model is None:
            model = other.model if other else None
    name = model or _DEFAULT_MODEL
    return before or _extracted(old, name, progress), after or _extracted(new, name, progress)


def made_before(path: Path) -> State | None:
    """The snapshots or the run in `path`, `None` where it is neither."""
    if not path.is_dir():
        return None
    is_empty = not any(path.iterdir())  # it holds no snapshot yet
    if is_empty or any(snapshots.is_in_place(path, one) for one in snapshots.paths(path)):
        kept_there = Snapshots(path)
        return State(path, "snapshots", kept_there.model, kept_there)
    return _run(path) if _is_run(path) else None


def _extracted(path: Path, model: str, progress: Progress) -> State:
    return State(
        path, "releases", model, {release.doc_id: release for release in extracted([path], model, progress)}
    )


def _is_run(folder: Path) -> bool:
    present = set(os.listdir(folder))
    return not present.isdisjoint(_OF_A_RUN)


def _run(folder: Path) -> State:
    from alambic.report.faults import ReportFault
    from alambic.report.run_tables import read_run

    try:
        run = read_run(folder)
    except ReportFault as fault:
        raise RegressionFault(str(fault)) from None
    model = run.manifest.get("model")
    return State(folder, "run", model if isinstance(model, str) else None, kept(run.tables))


def extracted(
    paths: Sequence[str | os.PathLike[str]], model: str, progress: Progress, besides: Path | None = None
) -> Iterator[Kept]:
    """The releases under `paths` (not below `besides`), in order, a few at a time in memory.

    What cannot be read is kept as such, with the reason. Raises `RegressionFault` where there is no release at all.
    """
    from alambic.readers import MAX_BYTES, Input, expanded, find
    from alambic.running.work import shipped

    found = find(paths, besides=besides)
    if not any(isinstance(item, Input) for item in found.items):
        faults = [str(item) for item in found.items]
        given = ", ".join(map(str, paths))
        raise RegressionFault(
            "\n".join(faults)
            or f"{given}: no release is there (.txt, .md, .pdf, .html, .docx, .eml, .zip); check the path."
        )
    extractor = shipped(model)
    items = expanded(found, None, MAX_BYTES)
    progress.begin(len(found.items))
    done = words = 0
    while some := list(islice(items, _AT_ONCE)):
        releases = read_and_extract(some, extractor)
        yield from releases
        done += len(some)
        words += sum(row["n_words"] for release in releases for row in release.rows("releases"))
        progress.advance(done, words)


def read_and_extract(items: Iterable[Input | Rejected], extractor: Extracts) -> list[Kept]:
    """What is read from each of `items`, in order; a mail may hold several releases, and one may be rejected."""
    from alambic.readers import MAX_BYTES, Rejected
    from alambic.running.work import distil, load
    from alambic.tabulation.rows import rejected_row

    found: list[Kept] = []
    loaded = []
    for item in items:
        if isinstance(item, Rejected):
            found += kept({"rejected": [rejected_row(item)]}).values()
        else:
            loaded.append(load(item, MAX_BYTES))
    for outcome in distil(loaded, extractor):
        found += kept(outcome.rows).values()
    return found
