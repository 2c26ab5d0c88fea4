"""What the page holds, as JSON: an index of all releases, and the text and marks of each.

The index is small and read when the page opens; a release's own part is read when it is shown. Offsets in a
part count UTF-16 units, as JavaScript's strings do.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from alambic.report.excerpts import Place, excerpts
from alambic.report.run_tables import SEVERAL, RunTables

Row = dict[str, Any]

_LABELS = {"people": "PER", "organisations": "ORG"}
_SPANS = {"entities": "entity", "figures": "figure", "dates": "date", "quotes": "quote"}
_SHOWN = {
    "entity": ("confidence",),
    "figure": ("kind", "value", "value_max", "unit", "modifier", "about", "value_base", "unit_base", "note"),
    "date": ("iso_start", "iso_end", "precision", "relative", "note"),
    "quote": ("speaker", "speaker_role", "cue", "direct"),
}
_OF_A_RELEASE = ("title", "issuer", "published", "place", "source", "language")


class Contents:
    """Gathers the index while the parts of releases are made, one `add` each."""

    def __init__(self, run: RunTables) -> None:
        self._run = run
        self._names = _Numbering()
        self._units = _Numbering()
        self._releases: list[Row] = []

    def add(self, release: Row, rows: dict[str, list[Row]]) -> Row:
        """The part of one release: its text, the marks in it and who they name. `rows` are its rows by table."""
        spans = [(kind, row) for table, kind in _SPANS.items() for row in rows[table]]
        spans.sort(key=lambda span: (span[1]["start"], -span[1]["end"]))
        text, places = _text_and_places(rows["texts"], [row for _, row in spans])
        cast = _Cast(rows)
        marks = [self._mark(kind, row, places.get(row["id"]), cast) for kind, row in spans]
        actors = cast.told(self._names)
        self._releases.append(self._entry(release, rows, marks, actors))
        return {"text": text, "whole": bool(rows["texts"]), "marks": marks, "actors": actors}

    def index(self) -> Row:
        """The index of all releases that were added."""
        run = self._run
        return {
            "run": {
                "folder": run.folder.resolve().name,
                "alambic": run.manifest.get("alambic"),
                "model": run.manifest.get("model"),
                "texts": run.has_texts,
            },
            "names": self._names.shown,
            "units": self._units.shown,
            "releases": self._releases,
            "rejected": [
                {name: row[name] for name in ("source", "stage", "reason", "remedy")}
                for row in run.tables["rejected"]
            ],
        }

    def _mark(self, kind: str, row: Row, place: Place | None, cast: _Cast) -> Row:
        told = {name: row[name] for name in _SHOWN[kind] if row[name] not in (None, "")}
        mark: Row = {"mark": kind, "at": place} if place else {"mark": kind, "text": row["text"]}
        if kind == "entity":
            mark["actor"] = cast.of_mention(row)
        if kind == "quote":
            mark["speakers"] = cast.of_speakers(row)
        if kind == "figure":
            mark["group"] = self._units.number((row["kind"], row["unit"]), [row["kind"], row["unit"]])
        return mark | told

    def _entry(self, release: Row, rows: dict[str, list[Row]], marks: list[Row], actors: list[Row]) -> Row:
        return {
            "id": release["doc_id"],
            "words": release["n_words"],
            **{name: release[name] for name in _OF_A_RELEASE if release[name]},
            "issuer_name": self._names.known(_key("ORG", release["issuer"] or "")),
            "names": [part for actor in actors for part in (actor["name_number"], actor["mentions"])],
            "roles": {actor["name_number"]: actor["role"] for actor in actors if actor["role"]},
            "figures": [
                part for mark in marks if "group" in mark for part in (mark["group"], mark.get("value"))
            ],
            "n_dates": len(rows["dates"]),
            "dates": [row["iso_start"] for row in rows["dates"] if row["iso_start"]],
            "quotes": [
                [actors[speaker]["name_number"] for speaker in mark["speakers"]]
                for mark in marks
                if mark["mark"] == "quote"
            ],
        }


class _Numbering:
    """Numbers things by key, in order of coming."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.shown: list[list[str]] = []

    def number(self, key: tuple[str, str], shown: list[str]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.shown)
            self.shown.append(shown)
        return self._numbers[key]

    def known(self, key: tuple[str, str]) -> int | None:
        return self._numbers.get(key)


class _Cast:
    """Who is named in a release: the rows of people and organisations, and whoever only mentions or quotes name."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self._actors: list[Row] = []
        self._by_id: dict[str, int] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        for table, label in _LABELS.items():
            for row in rows[table]:
                self._add(label, row["name"], row["entity_id"], row)

    def _add(self, label: str, name: str, entity_id: str | None, row: Row) -> int:
        number = len(self._actors)
        told = {field: row.get(field) for field in ("role", "employer", "acronym")}
        aliases = row.get("aliases") or []
        self._actors.append(
            {"label": label, "name": name, "mentions": row.get("mentions", 0), "aliases": aliases} | told
        )
        if entity_id:
            self._by_id[entity_id] = number
        self._by_name.setdefault(_key(label, name), number)
        return number

    def of_mention(self, row: Row) -> int:
        label, name, entity_id = row["label"], row["canonical"], row["entity_id"]
        number = self._by_id.get(entity_id or "", self._by_name.get(_key(label, name)))
        if number is None:
            number = self._add(label, name, entity_id, {})
            self._actors[number]["unlisted"] = True
        if self._actors[number].get("unlisted"):
            self._actors[number]["mentions"] += 1
        return number

    def of_speakers(self, row: Row) -> list[int]:
        names = (row["speaker"] or "").split(SEVERAL) if row["speaker"] else []
        ids = (row["speaker_id"] or "").split(SEVERAL)
        if len(ids) != len(names):
            ids = [""] * len(names)
        return [self._speaker(name, entity_id) for name, entity_id in zip(names, ids, strict=True)]

    def _speaker(self, name: str, entity_id: str) -> int:
        for number in (
            self._by_id.get(entity_id),
            self._by_name.get(_key("PER", name)),
            self._by_name.get(_key("ORG", name)),
        ):
            if number is not None:
                return number
        return self._add("PER", name, entity_id or None, {})

    def told(self, names: _Numbering) -> list[Row]:
        """The actors, each with the number of its name across releases."""
        for actor in self._actors:
            actor.pop("unlisted", None)
            actor["name_number"] = names.number(
                _key(actor["label"], actor["name"]), [actor["label"], actor["name"]]
            )
        return self._actors


def _key(label: str, name: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFD", name.replace("’", "'"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return label, " ".join(bare.casefold().split())


def _text_and_places(texts: Sequence[Row], spans: Sequence[Row]) -> tuple[str, dict[str, Place]]:
    if texts:
        text: str = texts[0]["text"]
        places = {
            row["id"]: (row["start"], row["end"])
            for row in spans
            if text[row["start"] : row["end"]] == row["text"]
        }
    else:
        text, places = excerpts(spans)
    return text, in_utf16(text, places)


def in_utf16(text: str, places: dict[str, Place]) -> dict[str, Place]:
    """`places` (code points of `text`) in UTF-16 units, where a character beyond U+FFFF takes two.

    >>> in_utf16("🔋 Verkor", {"a": (2, 8)})
    {'a': (3, 9)}
    """
    if not text or max(text) <= "\uffff":
        return places
    astral = [place for place, letter in enumerate(text) if letter > "\uffff"]
    return {
        name: (start + bisect_left(astral, start), end + bisect_left(astral, end))
        for name, (start, end) in places.items()
    }
