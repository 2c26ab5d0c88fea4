"""doccano: one JSON line a release, and what annotators left read back.

The form is doccano's JSONL for sequence labelling (`text`, `label`: triples of start, end and label), read back also in
its relation form (`entities`). Its offsets count UTF-16 units (doccano issues 2290 and 2484): JavaScript makes them and
the server does not turn them. A span has nothing but its label, so the values travel in the line's metadata (`alambic`),
which doccano keeps: a span that was not touched gets its values back, a new or moved one does not have them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alambic.evaluation.gold import Gold
from alambic.review.labels import COLOURS, FIELDS, OPTIONAL, known_label
from alambic.review.marks import NOT_TOLD, Mark, Reading, ReviewFault, marks_of
from alambic.review.offsets import Utf16

LINES, LABELS = "releases.jsonl", "labels.json"
_META = "alambic"
_MOVES_WITH = {"ORG", "PER", "QUOTE"}  # whose values do not hang on where exactly the span ends
_TELLING = 2


def write(golds: Iterable[Gold], folder: Path) -> list[Path]:
    """Writes `golds` as JSON lines into `folder`, and the labels to load in the project's settings."""
    lines, labels = folder / LINES, folder / LABELS
    with open(lines, "w", encoding="utf-8", newline="\n") as stream:
        for gold in golds:
            stream.write(json.dumps(line(gold), ensure_ascii=False) + "\n")
    settings = [
        {
            "text": label,
            "prefix_key": None,
            "suffix_key": label[0].lower(),
            "background_color": COLOURS[label],
            "text_color": "#ffffff",
        }
        for label in FIELDS
    ]
    labels.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8", newline="\n")
    return [lines, labels]


def line(gold: Gold) -> dict[str, Any]:
    """The entry that shows `gold`."""
    marks, offsets = marks_of(gold.release), Utf16(gold.text)
    return {
        "text": gold.text,
        "label": [[offsets.units(mark.start), offsets.units(mark.end), mark.label] for mark in marks],
        _META: {
            "doc_id": gold.release.doc_id,
            "published": gold.release.published,
            "sha256": gold.release.sha256,
            "spans": [{"start": m.start, "end": m.end, "label": m.label, **m.values} for m in marks],
        },
    }


def read(path: Path) -> Iterator[Reading]:
    """What one annotator left in `path`, JSON lines or a JSON list. Raises `ReviewFault` for another form."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewFault(
            f"{path}: it cannot be read as UTF-8 ({error}); export again from doccano."
        ) from None
    try:
        entries = json.loads(text) if text.lstrip().startswith("[") else None
        if entries is None:
            entries = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise ReviewFault(f"{path}: it is no JSON lines ({error}); export from doccano as JSONL.") from None
    for number, entry in enumerate(entries, 1):
        body = (
            next((entry[key] for key in ("text", "data") if key in entry), None)
            if isinstance(entry, dict)
            else None
        )
        if not isinstance(body, str):
            raise ReviewFault(f"{path}: its entry {number} has no text; export from doccano as JSONL.")
        yield _reading(entry, body, path.stem)


def _reading(entry: Mapping[str, Any], text: str, annotator: str) -> Reading:
    told = _object(entry.get(_META))
    reading = Reading(
        doc_id=str(told.get("doc_id") or f"doccano-{entry.get('id', annotator)}"),
        text=text,
        annotator=f"annotator {annotator}",
        published=told.get("published", NOT_TOLD),
        sha256=told.get("sha256"),
    )
    exported = list(_exported(told.get("spans")))
    labelled = list(_labelled(reading, entry))
    places = _in_code_points(reading, labelled, set(map(_place, exported)))
    reading.marks = list(_with_values(places, exported))
    _tell_lost_overlaps(reading, exported)
    return reading


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _exported(spans: Any) -> Iterator[Mark]:
    for span in spans if isinstance(spans, list) else []:
        match span:
            case {"start": int(start), "end": int(end), "label": str(label), **values}:
                yield Mark(label=label, start=start, end=end, values={str(n): v for n, v in values.items()})


def _labelled(reading: Reading, entry: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    told: list[Any] = next(
        (entry[key] for key in ("label", "labels", "entities") if isinstance(entry.get(key), list)), []
    )
    for span in told:
        parts = (
            [span.get("start_offset"), span.get("end_offset"), span.get("label")]
            if isinstance(span, dict)
            else span
        )
        match parts:
            case [int(start), int(end), str(label)]:
                yield start, end, label
            case _:
                reading.conflicts.append(
                    f"{reading.doc_id}: {span!r} is no span of doccano; correct the file."
                )


def _in_code_points(
    reading: Reading, labelled: Sequence[tuple[int, int, str]], exported: set[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """The places in code points. They are read as they are only where more of what was exported is then found again."""
    offsets = Utf16(reading.text)
    turned = [(offsets.code_points(start), offsets.code_points(end), label) for start, end, label in labelled]
    if len(exported.intersection(labelled)) > sum(place in exported for place in turned):
        return list(labelled)
    places = []
    for (start, end, label), (first, last, _) in zip(labelled, turned, strict=True):
        if first is None or last is None:
            reading.conflicts.append(
                f"{reading.doc_id}: {label} at {start}–{end} cuts a character in two; mark it again, in a project"
                " that does not count grapheme clusters."
            )
        else:
            places.append((first, last, label))
    return places


def _with_values(places: Sequence[tuple[int, int, str]], exported: Sequence[Mark]) -> Iterator[Mark]:
    at: dict[tuple[int, int, str], list[Mark]] = {}
    for mark in exported:
        at.setdefault(_place(mark), []).append(mark)
    untouched = {place for place in places if place in at}
    moved = [mark for place, marks in at.items() if place not in untouched for mark in marks]
    for start, end, label in places:
        same = at.get((start, end, label))
        if same:
            yield same.pop(0) if len(same) > 1 else same[0]
            continue
        before = next(
            (m for m in moved if m.label == known_label(label) and m.start < end and start < m.end), None
        )
        values = {}
        if before is not None:
            kept = before.values if before.label in _MOVES_WITH else {}
            values = {**kept, OPTIONAL: before.values.get(OPTIONAL, False)}
        yield Mark(label=label, start=start, end=end, values=values)


def _tell_lost_overlaps(reading: Reading, exported: Sequence[Mark]) -> None:
    """A project that forbids overlaps drops every span that overlaps an earlier one, at loading and without a word."""
    left = {_place(mark) for mark in reading.marks}
    overlapping = _overlapping(exported)
    lost = [mark for mark in overlapping if _place(mark) not in left]
    if len(lost) >= _TELLING and not _overlapping([m for m in overlapping if _place(m) in left]):
        reading.conflicts.append(
            f"{reading.doc_id}: {len(lost)} of {len(overlapping)} spans that overlapped others are gone, and no two"
            " overlap now, as happens in a project that does not allow it; allow overlapping spans in doccano's"
            " settings and load the file again."
        )


def _place(mark: Mark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.label


def _overlapping(marks: Iterable[Mark]) -> list[Mark]:
    """Those of `marks` that share characters with another one."""
    found: dict[int, Mark] = {}
    furthest: Mark | None = None
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if furthest is not None and mark.start < furthest.end:
            found |= {id(furthest): furthest, id(mark): mark}
        if furthest is None or mark.end > furthest.end:
            furthest = mark
    return list(found.values())
