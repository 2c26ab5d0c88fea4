"""Export: records as files that an annotation tool loads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alambic.evaluation.gold import Gold
from alambic.review import brat, doccano, label_studio
from alambic.review.marks import ReviewFault
from alambic.review.tools import Tool

_WRITERS: dict[Tool, Callable[[Iterable[Gold], Path], list[Path]]] = {
    Tool.LABEL_STUDIO: label_studio.write,
    Tool.BRAT: brat.write,
    Tool.DOCCANO: doccano.write,
}


def export(golds: Iterable[Gold], folder: Path, tool: Tool) -> tuple[int, list[Path]]:
    """Writes `golds` into `folder`, which may not hold anything yet, for `tool`; how many there were, and the files.

    The folder is there whole or not at all. Raises `ReviewFault` where it holds something, since that may be somebody's
    annotation, where it cannot be written, or where there is nothing to write.
    """
    count = 0

    def counted() -> Iterator[Gold]:
        nonlocal count
        for gold in golds:
            count += 1
            yield gold

    partial = folder.with_name(f".{folder.name}.partial")
    try:
        if folder.exists() and os.listdir(folder):
            raise ReviewFault(
                f"{folder}: it is not empty, and may hold somebody's annotation; name a new folder."
            )
        partial.mkdir(parents=True)
        written = _WRITERS[tool](counted(), partial)
        if not count:
            raise ReviewFault("There is nothing to export: no release could be read.")
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        raise ReviewFault(
            f"{folder}: it cannot be written ({error.strerror}); name a folder that can be."
        ) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return count, [folder / path.relative_to(partial) for path in written]
