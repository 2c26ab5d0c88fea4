"""Export: records as files that an annotation tool loads."""

from __future__ import annotations

import os
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

    Raises `ReviewFault` where the folder holds something, since that may be somebody's annotation, or cannot be
    written.
    """
    count = 0

    def counted() -> Iterator[Gold]:
        nonlocal count
        for gold in golds:
            count += 1
            yield gold

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.listdir(folder):
            raise ReviewFault(
                f"{folder}: it is not empty, and may hold somebody's annotation; name a new folder."
            )
        written = _WRITERS[tool](counted(), folder)
    except OSError as error:
        raise ReviewFault(
            f"{folder}: it cannot be written ({error.strerror}); name a folder that can be."
        ) from None
    return count, written
