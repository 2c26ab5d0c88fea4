"""`run.json`: what a run was, beside the tables; written last, so that its presence says that they are whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alambic.running.settings import Settings

NAME = "run.json"


@dataclass(slots=True)
class Summary:
    """What a run did: rows of each table, inputs taken over from an earlier run, words, seconds, files
    written.

    `left_out` counts files of kinds that are no releases, by extension. `reasons` are sentences on the first inputs
    that were rejected, as far as the engine has them at hand.
    """

    folder: Path | str
    rows: dict[str, int] = field(default_factory=dict)
    inputs: int = 0
    kept: int = 0
    words: int = 0
    seconds: float = 0.0
    files: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


def withdraw(folder: Path) -> list[str]:
    """Takes away the manifest in `folder`, for its tables are about to change; the names of the files that it
    lists.
    """
    path = folder / NAME
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    path.unlink(missing_ok=True)
    files = told.get("files") if isinstance(told, dict) else None
    return [name for name in files or [] if isinstance(name, str) and name == os.path.basename(name)]


def as_json(summary: Summary, settings: Settings, jobs: int, engine: str = "local") -> str:
    """The manifest of a finished run."""
    told = {
        "alambic": version("alambic"),
        "model": settings.model,
        "settings": asdict(settings) | {"jobs": jobs, "engine": engine},
        "rows": summary.rows,
        "inputs": summary.inputs,
        "inputs_kept_from_before": summary.kept,
        "files_left_out": summary.left_out,
        "words": summary.words,
        "seconds": round(summary.seconds, 2),
        "words_per_second": round(summary.words / summary.seconds) if summary.seconds else None,
        "files": summary.files,
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path, manifest: str) -> None:
    """Writes `manifest` into `folder`, whole or not at all. Raises `OSError`."""
    partial = folder / f".{NAME}.partial"
    try:
        partial.write_text(manifest, encoding="utf-8")
        os.replace(partial, folder / NAME)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
