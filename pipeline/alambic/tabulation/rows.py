"""A release's record as rows of the tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from alambic.readers import Rejected
from alambic.record import Release, Span

Row = dict[str, Any]

_SEVERAL = " ; "


def release_rows(release: Release, metadata: Mapping[str, str] | None = None) -> dict[str, list[Row]]:
    """The rows that `release` gives to each table but `rejected` and `texts`.

    `metadata` is that of its source.
    Identifiers are made unique across releases: a span's is `doc_id:kind:start-end`, an entity's
    `doc_id:entity_id`.

    >>> from alambic.record import Entity
    >>> verkor = Entity(start=0, end=6, text="Verkor", label="ORG", canonical="Verkor", entity_id="e1")
    >>> rows = release_rows(Release(doc_id="a", sha256="0" * 64, entities=(verkor,)))
    >>> rows["entities"][0]["id"], rows["entities"][0]["entity_id"]
    ('a:entity:0-6', 'a:e1')
    """
    spans = _Spans(release.doc_id)
    known = _Entities(release.doc_id)
    rows: dict[str, list[Row]] = {
        "entities": [
            spans.row("entity", item)
            | {
                "label": item.label,
                "canonical": item.canonical,
                "entity_id": known.identifier(item.entity_id),
                "confidence": None if item.confidence is None else round(item.confidence, 4),
            }
            for item in release.entities
        ],
        "people": [
            {
                "entity_id": known.identifier(item.entity_id),
                "doc_id": release.doc_id,
                "name": item.name,
                "aliases": list(item.aliases),
                "role": item.role,
                "employer": item.employer,
                "employer_id": known.identifier(item.employer_id),
                "mentions": item.mentions,
            }
            for item in release.people
        ],
        "organisations": [
            {
                "entity_id": known.identifier(item.entity_id),
                "doc_id": release.doc_id,
                "name": item.name,
                "aliases": list(item.aliases),
                "acronym": item.acronym,
                "mentions": item.mentions,
            }
            for item in release.organisations
        ],
        "figures": [
            spans.row("figure", item)
            | {
                "kind": item.kind,
                "value": item.value,
                "value_max": item.value_max,
                "unit": item.unit,
                "modifier": item.modifier,
                "about": item.about,
                "value_base": item.value_base,
                "unit_base": item.unit_base,
                "note": item.note,
            }
            for item in release.figures
        ],
        "dates": [
            spans.row("date", item)
            | {
                "iso_start": _day(item.iso_start),
                "iso_end": _day(item.iso_end),
                "precision": item.precision,
                "relative": item.relative,
                "note": item.note,
            }
            for item in release.dates
        ],
        "quotes": [
            spans.row("quote", item)
            | {
                "speaker": item.speaker,
                "speaker_id": known.identifier(item.speaker_id),
                "speaker_role": item.speaker_role,
                "cue": item.cue,
                "direct": item.direct,
            }
            for item in release.quotes
        ],
    }
    rows["releases"] = [
        {
            "doc_id": release.doc_id,
            "source": release.source,
            "sha256": release.sha256,
            "published": _day(release.published),
            "place": release.place,
            "title": release.title,
            "issuer": release.issuer,
            "language": release.language,
            "n_words": release.n_words,
            **{f"n_{table}": len(found) for table, found in rows.items()},
            "metadata": json.dumps(dict(metadata or {}), ensure_ascii=False, sort_keys=True),
        }
    ]
    return rows


def rejected_row(rejected: Rejected) -> Row:
    """The row of an input that no release was read from."""
    return {
        "doc_id": rejected.doc_id,
        "source": rejected.source,
        "stage": rejected.stage,
        "reason": rejected.reason,
        "remedy": rejected.remedy,
    }


def text_row(release: Release, text: str) -> Row:
    """The row that keeps the raw `text` of `release`."""
    return {"doc_id": release.doc_id, "sha256": release.sha256, "text": text}


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


class _Entities:
    """Makes a release's entity identifiers unique across releases."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id

    def identifier(self, local: str | None) -> str | None:
        if not local:
            return None
        return _SEVERAL.join(f"{self._doc_id}:{part}" for part in local.split(_SEVERAL))


class _Spans:
    """Makes the columns that every span has."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self._used: Counter[str] = Counter()

    def row(self, kind: str, span: Span) -> Row:
        identifier = f"{self._doc_id}:{kind}:{span.start}-{span.end}"
        self._used[identifier] += 1
        if self._used[identifier] > 1:  # two readings of the same characters
            identifier += f"~{self._used[identifier]}"
        return {
            "id": identifier,
            "doc_id": self._doc_id,
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "sentence": span.sentence or span.text,
        }
