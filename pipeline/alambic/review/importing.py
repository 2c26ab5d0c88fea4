"""Import: what annotators left in a tool, as gold files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alambic.review import brat, doccano, label_studio
from alambic.review.assembly import Assembled, assemble
from alambic.review.marks import Reading, ReviewFault
from alambic.review.naming import FileNames

_LINES = (".jsonl", ".ndjson")


@dataclass(slots=True)
class Imported:
    """What an import brought: the gold files `written`, sentences on `conflicts` to decide and on what else was done
    (`notes`)."""

    written: list[Path] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_gold(paths: Sequence[Path], folder: Path) -> Imported:
    """Reads the exports of an annotation tool at `paths` and writes gold into `folder`, a `.json` and a `.txt` each.

    A path is a Label Studio or doccano file, a folder of such, or a folder of brat's. Several readings of one release
    are joined, whether they stand in one file or in several. A file of `folder` is written anew, save where its text
    is another one: that is a conflict. Raises `ReviewFault` where nothing can be read or written.
    """
    done, names = Imported(), FileNames()
    made = list(assemble(reading for path in paths for reading in read(path)))
    if not made:
        raise ReviewFault(f"{', '.join(map(str, paths))}: no annotated release is there; name an export.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for release in made:
            done.conflicts += release.conflicts
            done.notes += release.notes
            if release.record is not None:
                _write(release, folder, names.of(release.doc_id), done)
    except OSError as error:
        raise ReviewFault(
            f"{folder}: it cannot be written ({error.strerror}); name a folder that can be."
        ) from None
    return done


def read(path: Path) -> Iterator[Reading]:
    """The readings in `path`, in whichever of the three forms they are. Raises `ReviewFault` where in none."""
    if not path.exists():
        raise ReviewFault(f"{path}: there is no such file or folder; check the path.")
    if path.is_dir():
        if any(path.glob("*.ann")) or any(path.glob("*/*.ann")):
            yield from brat.read(path)
            return
        files = sorted(p for p in path.iterdir() if p.suffix in (".json", *_LINES))
        exports = [p for p in files if p.name != doccano.LABELS]
        if not exports:
            raise ReviewFault(f"{path}: it holds no .ann, .json or .jsonl file; name a tool's export.")
        for file in exports:
            yield from read(file)
    elif path.suffix in _LINES:
        yield from doccano.read(path)
    elif path.suffix == ".json":
        yield from (label_studio if label_studio.is_export(path) else doccano).read(path)
    else:
        raise ReviewFault(
            f"{path}: it is no export that Alambic reads; give Label Studio's .json, doccano's .jsonl (unpacked), or"
            " the folder of brat's .ann files."
        )


def _write(release: Assembled, folder: Path, name: str, done: Imported) -> None:
    text, gold = folder / f"{name}.txt", folder / f"{name}.json"
    raw = release.text.encode("utf-8")
    if text.exists() and text.read_bytes() != raw:
        done.conflicts.append(
            f"{release.doc_id}: {text} holds another text, so nothing was written; import into a new folder."
        )
        return
    told = json.dumps(release.record, ensure_ascii=False, indent=1) + "\n"
    for path, contents in ((text, raw), (gold, told.encode("utf-8"))):
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(contents)
        os.replace(partial, path)
    done.written.append(gold)
