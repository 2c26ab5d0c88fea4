"""A release as it goes to a tool, and what comes back once somebody has changed the tool's file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alambic.evaluation import Gold
from alambic.record import Date, Entity, Figure, Quote, Release
from alambic.review.exporting import export
from alambic.review.importing import import_gold
from alambic.review.tools import Tool

TEXT = (
    "🏭 Solvor Énergie ouvre une usine\n\n"
    "Lille, le 3 mars 2025 – Solvor investit 12 millions d’euros d’ici 2027 et crée près de 80 emplois.\n"
    "« Nous sommes fiers », déclare Claire Dupont, directrice générale de Solvor.\n"
)


def at(part: str, after: int = 0) -> dict[str, Any]:
    """Start, end and text of the first `part` of TEXT that stands after `after`."""
    start = TEXT.index(part, after)
    return {"start": start, "end": start + len(part), "text": part}


GOLD = Gold(
    Release(
        doc_id="solvor",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        published="2025-03-03",
        entities=(
            Entity(**at("Solvor Énergie"), label="ORG", canonical="Solvor Énergie"),
            Entity(**at("Solvor", 30), label="ORG", canonical="Solvor Énergie"),
            Entity(**at("Claire Dupont"), label="PER", canonical="Claire Dupont"),
        ),
        figures=(Figure(**at("12 millions d’euros"), kind="money", value=12_000_000, unit="EUR"),),
        dates=(Date(**at("3 mars 2025"), iso_start="2025-03-03", iso_end="2025-03-03"),),
        quotes=(
            Quote(
                **at("Nous sommes fiers"),
                speaker="Claire Dupont",
                speaker_role="directrice générale de Solvor",
                cue="déclare",
            ),
        ),
    ),
    TEXT,
)


STUDIO = "out/tasks.json"


def annotate(tasks: Any, annotator: int = 1) -> list[Any]:
    """Makes the prediction an annotation, as opening the task in Label Studio does; its results."""
    results: list[Any] = json.loads(json.dumps(tasks[0]["predictions"][0]["result"]))
    tasks[0].setdefault("annotations", []).append({"completed_by": annotator, "result": results})
    return results


def region(results: list[Any], text: str) -> list[Any]:
    (found,) = {r["id"] for r in results if r["type"] == "labels" and r["value"]["text"] == text}
    return [result for result in results if result["id"] == found]


def new(label: str, part: str, **more: Any) -> dict[str, Any]:
    """A region that somebody drew, as Label Studio exports it: a label and nothing else."""
    value = at(part) | {"labels": [label]} | more
    return {"id": f"new-{part}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


@dataclass
class Review:
    """A folder for one review: `export` writes GOLD for a tool, `back` imports what lies there."""

    folder: Path

    def export(self, tool: Tool) -> Path:
        export([GOLD], self.folder / "out", tool)
        return self.folder / "out"

    def change(self, path: Path, change: Callable[[Any], None]) -> None:
        """Has `change` edit the JSON value in the file `path`."""
        told = json.loads(path.read_text(encoding="utf-8"))
        change(told)
        path.write_text(json.dumps(told), encoding="utf-8")

    def back(self, *paths: Path) -> Back:
        done = import_gold(list(paths) or [self.folder / "out"], self.folder / "gold")
        files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in done.written}
        return Back(files, done.conflicts, done.notes)


@dataclass
class Back:
    """What came back: gold records by file name, conflicts and notes."""

    records: dict[str, Any]
    conflicts: list[str]
    notes: list[str]

    @property
    def record(self) -> Any:
        (record,) = self.records.values()
        return record

    def item(self, stage: str, text: str) -> Any:
        """The only item of the list `stage` with this text."""
        (item,) = [item for item in self.record[stage] if item["text"] == text]
        return item
