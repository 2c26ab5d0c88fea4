"""Snapshots on disk: a folder with one YAML file a release, made to be read in the diff of a version control system.

One cell a line, rows in the text's order, what a row is about before where it stands; table names stand at the
margin, where `git diff` takes them for the heading of what changed below.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml  # type: ignore[import-untyped]

from alambic.regression.faults import RegressionFault
from alambic.regression.kept import TABLES, Kept

SUFFIX = ".yml"
_MARK = "alambic_snapshot"
_FORM = 1
_LONGEST = 200  # bytes of a file name, which must stay below 255 with what is added

# Written by Python's own emitter, the same everywhere; read by libyaml, where it is there, which is ten times as quick.
_Reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Writer(yaml.SafeDumper):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if "".join(text.splitlines()) != text else None  # a cell stays on its line
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def path_of(folder: Path, doc_id: str) -> Path:
    """Where the snapshot of `doc_id` is in `folder`. Whatever the name is, the path stays inside.

    >>> path_of(Path("s"), "2024/été n° 3").as_posix(), path_of(Path("s"), "../a:b").as_posix()
    ('s/2024/été n° 3.yml', 's/%2E%2E/a%3Ab.yml')
    """
    segments = [_segment(segment) for segment in doc_id.split("/")]
    return folder.joinpath(*segments[:-1], f"{segments[-1]}{SUFFIX}")


def _segment(name: str) -> str:
    safe = "".join(
        letter if letter.isalnum() or letter in " -_.,'’°()~@+&" else quote(letter, safe="", errors="replace")
        for letter in name
    )
    if not safe.strip("."):
        safe = "%2E" * len(safe) or "%"
    elif safe.startswith("."):
        safe = f"%2E{safe[1:]}"
    if len(safe.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        safe = f"{safe.encode()[: _LONGEST - 13].decode('utf-8', 'ignore')}~{digest}"
    return safe


def as_text(release: Kept, model: str) -> str:
    """The snapshot of `release`, extracted with the entity model `model`, as YAML."""
    told: dict[str, Any] = {_MARK: _FORM, "model": model, "doc_id": release.doc_id}
    if release.sha256:
        told["sha256"] = release.sha256
    told |= {table: release.rows(table) for table in TABLES if release.rows(table)}
    text: str = yaml.dump(told, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=2**31)
    return text


def read(path: Path) -> tuple[Kept, str]:
    """The release whose snapshot is the file `path`, and the model that it was extracted with.

    Raises `RegressionFault` where the file cannot be read or is none.
    """
    remedy = "take the state in again with alambic snapshot"
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=_Reader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise RegressionFault(f"{path}: it cannot be read ({reason}); mend it, or {remedy}.") from None
    if not isinstance(told, dict) or told.get(_MARK) != _FORM:
        raise RegressionFault(f"{path}: it is no snapshot of this version of Alambic; {remedy}.")
    tables = {table: told.get(table) or [] for table in TABLES}
    whole = isinstance(told.get("doc_id"), str) and all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables.values()
    )
    if not whole:
        raise RegressionFault(
            f"{path}: it is a snapshot without its doc_id or with rows of no form; {remedy}."
        )
    return Kept(told["doc_id"], told.get("sha256"), tables), str(told.get("model", "accurate"))


def write(folder: Path, release: Kept, model: str) -> Path:
    """Writes the snapshot of `release` into `folder`; its path."""
    path = path_of(folder, release.doc_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name[:_LONGEST]}.partial")
    partial.write_text(as_text(release, model), encoding="utf-8", newline="\n")
    os.replace(partial, path)
    return path


def paths(folder: Path) -> Iterator[Path]:
    """The snapshots in `folder` and below, sorted; other files are passed over."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        with open(path, "rb") as file:
            if file.readline(40).startswith(_MARK.encode()):
                yield path


def is_in_place(folder: Path, path: Path) -> bool:
    """Whether `path` is where a snapshot of its release is kept in `folder`, and not in a folder of snapshots below."""
    try:
        return path == path_of(folder, _heading(path)[0])
    except RegressionFault:
        return path.parent == folder


class Snapshots(Mapping[str, Kept]):
    """The releases of a folder of snapshots by `doc_id`, each read when it is asked for.

    `model` is the one that they were extracted with, `None` where there is no snapshot or several models.
    """

    def __init__(self, folder: Path) -> None:
        self._paths: dict[str, Path] = {}
        models = set()
        for path in paths(folder):
            doc_id, model = _heading(path)
            if doc_id in self._paths:
                raise RegressionFault(
                    f"{path}: {doc_id} is kept in {self._paths[doc_id]} too; delete one of the two."
                )
            self._paths[doc_id] = path
            models.add(model)
        self.model = models.pop() if len(models) == 1 else None

    def __getitem__(self, doc_id: str) -> Kept:
        return read(self._paths[doc_id])[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _heading(path: Path) -> tuple[str, str]:
    """The `doc_id` and the model of a snapshot, from its first lines, which are quick to read."""
    with open(path, encoding="utf-8", errors="replace") as lines:
        first = [next(lines, "") for _ in range(3)]
    try:
        told = yaml.load("".join(first), Loader=_Reader)
        return str(told["doc_id"]), str(told["model"])
    except (yaml.YAMLError, KeyError, TypeError):
        found, model = read(path)
        return found.doc_id, model
