"""Gold files: one JSON object a release (annotation guide, section 5), with its text beside it or in another folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from alambic.record import Date, Entity, Figure, Kind, Label, Modifier, Quote, Release, Span

SpanType = TypeVar("SpanType", bound=Span)


class GoldFault(ValueError):
    """A gold file or its text cannot be used. The message names the file, the fault and the remedy."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A release as annotated, and the raw text that its offsets refer to."""

    release: Release
    text: str


def read_folder(folder: Path, texts: Path | None = None) -> list[Gold]:
    """The gold of `folder` (`<doc_id>.json`, not below), with its texts (`<doc_id>.txt`) there or in `texts`.

    Every file is checked. Raises `GoldFault` for the first that is wrong, or where there is none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldFault(f"{folder}: no gold is there; name a folder that holds <doc_id>.json files.")
    return [read_gold(path, (texts or folder) / f"{path.stem}.txt") for path in paths]


def read_gold(path: Path, text_path: Path) -> Gold:
    """The gold file `path` with the text of `text_path`; raises `GoldFault` where they do not fit."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldFault(f"{path}: it is no JSON in UTF-8 ({error}); write it anew.") from None
    try:
        text = text_path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise GoldFault(
            f"{path}: its text {text_path} is missing; put it there or name its folder."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise GoldFault(f"{text_path}: it cannot be read as UTF-8 ({error}); save it as UTF-8.") from None
    wrong = list(faults(record, text))
    if wrong:
        raise GoldFault(f"{path}: {'; '.join(wrong[:5])}{' …' if len(wrong) > 5 else ''}; correct the file.")
    return Gold(_release(record), text)


def _release(record: dict[str, Any]) -> Release:
    return Release(
        doc_id=record["doc_id"],
        sha256=record["sha256"],
        published=record.get("published"),
        entities=_spans(Entity, record["entities"]),
        figures=_spans(Figure, record["figures"]),
        dates=_spans(Date, record["dates"]),
        quotes=_spans(Quote, record["quotes"]),
    )


def _spans(of: type[SpanType], items: list[dict[str, Any]]) -> tuple[SpanType, ...]:
    known = {field.name for field in fields(of)}
    return tuple(of(**{name: value for name, value in item.items() if name in known}) for item in items)


_REQUIRED = {
    "entities": ("label", "canonical"),
    "figures": ("kind", "value", "unit", "modifier"),
    "dates": ("iso_start", "iso_end"),
    "quotes": ("speaker", "speaker_role", "cue"),
}


def faults(record: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with a gold record and its raw `text`, as clauses: offsets, texts, hash, form of the values."""
    if record.get("sha256") != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "its text is not the one that was annotated (another sha256)"
    if record.get("published") is not None and not _is_day(record["published"]):
        yield f"published {record['published']!r} is no ISO day"
    for stage in _REQUIRED:
        items = record.get(stage)
        if not isinstance(items, list):
            yield f"it has no list {stage!r}"
            continue
        for item in items:
            yield from (
                f"{stage} at {item.get('start')}: {fault}" for fault in item_faults(stage, item, text)
            )


def item_faults(stage: str, item: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with one `item` of the list `stage`, as clauses."""
    start, end = item.get("start"), item.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        yield f"the offsets {start}–{end} are outside the text or empty"
        return
    if item.get("text") != text[start:end]:
        yield f"its text {item.get('text')!r} is not the characters {start}–{end}, {text[start:end]!r}"
    if text[start].isspace() or text[end - 1].isspace():
        yield "it has white space at its edge"
    missing = [name for name in _REQUIRED[stage] if name not in item]
    if missing:
        yield f"it lacks {', '.join(missing)}"
        return
    yield from _value_faults(stage, item)


def _value_faults(stage: str, item: dict[str, Any]) -> Iterator[str]:
    optional = bool(item.get("optional"))
    if stage == "entities" and item["label"] not in get_args(Label):
        yield f"its label {item['label']!r} is not one of {', '.join(get_args(Label))}"
    if stage == "figures":
        if item["kind"] not in get_args(Kind) or item["modifier"] not in get_args(Modifier):
            yield f"its kind {item['kind']!r} or modifier {item['modifier']!r} is unknown"
        value, most = item["value"], item.get("value_max")
        if not (isinstance(value, int | float) or (optional and value is None)):
            yield f"its value {value!r} is no number"
        elif most is not None and value is not None and most <= value:
            yield f"its value_max {most!r} is not above its value {value!r}"
    if stage == "dates":
        start, end = item["iso_start"], item["iso_end"]
        if not (_is_day(start) and _is_day(end)):
            if not optional:
                yield f"{start!r} – {end!r} are no ISO days"
        elif start > end:
            yield f"it ends ({end}) before it starts ({start})"


def _is_day(written: Any) -> bool:
    try:
        return isinstance(written, str) and date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
