"""What a run was asked to do, and the fingerprint by which a later run knows whether its results still hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from alambic.readers import MAX_BYTES, Columns

TIMEOUT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How releases are read and extracted.

    `max_bytes` bounds an input, unpacked; `timeout` is in seconds for one release; `keep_text` keeps the raw
    texts with the tables; `columns` names the columns of tables of releases, which folders are searched for
    if it is given.
    """

    model: str = "accurate"
    max_bytes: int = MAX_BYTES
    timeout: float = TIMEOUT
    keep_text: bool = False
    columns: Columns | None = None

    def fingerprint(self) -> dict[str, str]:
        """What the results depend on beside the inputs, by name: if one differs, all is to be extracted anew."""
        return {
            "version": version("alambic"),
            "code and models": _digest(),
            "model": self.model,
            "max_bytes": str(self.max_bytes),
            "keep_text": str(self.keep_text),
            "columns": json.dumps(self.columns and asdict(self.columns)),
        }


def changes(kept: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs between two fingerprints, a clause each.

    >>> changes({"model": "fast"}, {"model": "accurate"})
    ['model was fast and is accurate']
    """
    return [
        f"{name} was {_short(kept.get(name))} and is {_short(value)}"
        for name, value in now.items()
        if kept.get(name) != value
    ]


def _short(value: object) -> str:
    text = str(value)
    return text[:12] + "…" if len(text) > 40 else text


def _digest() -> str:
    """A hash of all files of the package, its rules, word lists and models, wherever the models lie."""
    digest = hashlib.sha256()
    package = Path(str(files("alambic")))
    for folder in (package, package.parents[1] / "models"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
