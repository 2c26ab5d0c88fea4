"""What is done with a handful of inputs: read, extract, make rows. Faults become `rejected` rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from alambic.readers import Input, Rejected, Source, Unreadable, content, read
from alambic.record import Release
from alambic.running.parts import Outcome, part
from alambic.tabulation.rows import rejected_row, release_rows, text_row
from alambic.tabulation.schemas import InvalidRows

_TOLD = 200  # characters of a foreign error message that a reason repeats


class Extracts(Protocol):
    """What the work needs of `alambic.extraction.Extractor`."""

    def stream(self, sources: Iterable[Source]) -> Iterator[Release]: ...


Extraction = Callable[[str], Extracts]
"""Loads the model of the given name; a module-level function, for processes are told it by its name."""


def shipped(model: str) -> Extracts:
    """The extraction that the package ships, with its entity model `model`."""
    from alambic.extraction import Extractor

    return Extractor(model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """An input with its bytes, or with the reason why there are none."""

    item: Input
    data: bytes | Unreadable

    @property
    def key(self) -> bytes:
        """A hash of all that the input's rows depend on, beside the run's settings."""
        item = self.item
        digest = hashlib.sha256()
        about = (item.doc_id, item.source, item.member, str(item.published), sorted(item.metadata.items()))
        digest.update(json.dumps(about).encode())
        digest.update(str(self.data).encode() if isinstance(self.data, Unreadable) else self.data)
        return digest.digest()


def load(item: Input, max_bytes: int) -> Loaded:
    """`item` with its bytes."""
    try:
        return Loaded(item, content(item, max_bytes))
    except Unreadable as fault:
        return Loaded(item, fault)


def rejection(item: Input, stage: str, reason: str, remedy: str) -> Rejected:
    """Why `item` gave nothing."""
    return Rejected(item.doc_id, item.source, stage, reason, remedy)


def rejected_outcome(key: bytes, rejected: Rejected) -> Outcome:
    """The outcome of an input that gave nothing."""
    return Outcome(key, {"rejected": [rejected_row(rejected)]})


def distil(
    loaded: Sequence[Loaded],
    extractor: Extracts,
    *,
    keep_text: bool = False,
    done: Callable[[], Any] = lambda: None,
) -> list[Outcome]:
    """The outcome of each of `loaded`, in order; `done` is called after each release.

    Releases go through the extractor together, for its batches. If that fails they go one by one, so that
    only the one at fault is rejected.
    """
    outcomes = [Outcome(one.key) for one in loaded]
    sources: list[tuple[int, Source]] = []
    for index, one in enumerate(loaded):
        read_sources, rejected = read_all(one)
        sources += [(index, source) for source in read_sources]
        if rejected:
            _add(outcomes[index], {"rejected": [rejected_row(rejected)]})
    for (index, source), release in zip(
        sources, _extracted([source for _, source in sources], extractor, done), strict=True
    ):
        if isinstance(release, Rejected):
            _add(outcomes[index], {"rejected": [rejected_row(release)]})
            continue
        _add(outcomes[index], release_rows(release, metadata=source.metadata))
        if keep_text:
            _add(outcomes[index], {"texts": [text_row(release, source.text)]})
    return outcomes


def part_of(
    loaded: Sequence[Loaded],
    extractor: Extracts,
    *,
    keep_text: bool = False,
    done: Callable[[], Any] = lambda: None,
) -> pa.Table:
    """The outcomes of `distil` as a part; a release whose rows break a table's schema is rejected."""
    outcomes = distil(loaded, extractor, keep_text=keep_text, done=done)
    try:
        return part(outcomes)
    except InvalidRows:
        return part([_valid(outcome, one.item) for outcome, one in zip(outcomes, loaded, strict=True)])


def _valid(outcome: Outcome, item: Input) -> Outcome:
    try:
        part([outcome])
    except InvalidRows as fault:
        return rejected_outcome(outcome.key, rejection(item, "tables", str(fault), "report it with the text"))
    return outcome


def _add(outcome: Outcome, rows: dict[str, list[dict[str, Any]]]) -> None:
    for table, of_table in rows.items():
        outcome.rows.setdefault(table, []).extend(of_table)


def read_all(loaded: Loaded) -> tuple[list[Source], Rejected | None]:
    """The releases in `loaded`, and why there are no more, if that is so."""
    sources: list[Source] = []
    if isinstance(loaded.data, Unreadable):
        return sources, rejection(loaded.item, "reading", loaded.data.reason, loaded.data.remedy)
    try:
        sources.extend(read(loaded.item, loaded.data))
    except Unreadable as fault:
        return sources, rejection(loaded.item, "reading", fault.reason, fault.remedy)
    except Exception as error:
        # Whatever a format's library raises on broken input: the run must go on and the row says what
        # happened.
        return sources, rejection(
            loaded.item, "reading", f"it cannot be read ({_told(error)})", "save it anew"
        )
    return sources, None


def _extracted(
    sources: Sequence[Source], extractor: Extracts, done: Callable[[], Any]
) -> Iterator[Release | Rejected]:
    finished = 0
    try:
        for release in extractor.stream(sources):
            yield release
            finished += 1
            done()
    except Exception:
        # Found again below, on the one release that raises it.
        for source in sources[finished:]:
            yield _alone(source, extractor)
            done()


def _alone(source: Source, extractor: Extracts) -> Release | Rejected:
    try:
        (release,) = extractor.stream([source])
    except Exception as error:
        reason = f"the extraction failed ({_told(error)})"
        return Rejected(source.doc_id, source.source, "extraction", reason, "report it with the text")
    return release


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_TOLD]
