"""Takes a state into a folder of snapshots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from alambic.regression import snapshots
from alambic.regression.faults import RegressionFault
from alambic.regression.kept import Kept
from alambic.regression.states import made_before


@dataclass(slots=True)
class Done:
    """What was kept in `folder`: snapshots written, removed, and the reasons of inputs that could not be read."""

    folder: Path
    written: int = 0
    removed: int = 0
    rejected: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"Snapshots: {self.folder} ({self.written:,} written{removed})"


def keep(folder: Path, releases: Iterable[Kept], model: str) -> Done:
    """Writes the snapshots of `releases`, extracted with `model`, into `folder`; others there are removed.

    Raises `RegressionFault` where the folder cannot be written.
    """
    done = Done(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        current = set()
        for release in releases:
            current.add(snapshots.write(folder, release, model))
            done.written += 1
            done.rejected += [
                f"{release.doc_id}: {row['reason']}; {row['remedy']}." for row in release.rows("rejected")
            ]
        for path in snapshots.paths(folder):
            if path not in current and snapshots.is_in_place(folder, path):
                path.unlink()
                done.removed += 1
    except OSError as error:
        raise RegressionFault(
            f"{error.filename or folder}: it cannot be written ({error.strerror}); choose another folder."
        ) from None
    return done


def check_folder(folder: Path) -> None:
    """Raises `RegressionFault` unless `folder` holds snapshots, which alone can take another state in, or nothing."""
    state = made_before(folder)
    if state is None or state.kind != "snapshots":
        what = "releases" if state is None else "the tables of a run"
        raise RegressionFault(
            f"{folder}: it holds {what}, and only snapshots can take a new state in;"
            f" make them with alambic snapshot."
        )
