"""Hands a run to the engine that the user wants, and says which of the other options do not go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alambic.readers import store
from alambic.running.faults import RunFault
from alambic.running.local import Progress
from alambic.running.manifest import Summary
from alambic.running.settings import Settings
from alambic.tabulation.writing import Format

RAY = "ray"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run as the command line asks for it; `formats` empty, `jobs` and `address` `None` where it says nothing."""

    paths: Sequence[str]
    folder: str
    formats: Sequence[str] = ()
    jobs: int | None = None
    resume: bool = False
    engine: str = "local"
    address: str | None = None


def run_wanted(wanted: Wanted, settings: Settings, progress: Progress) -> Summary:
    """Does the run. Raises `RunFault` where it cannot be done, or where its options do not go together."""
    formats = [Format(form) for form in wanted.formats] or [Format.PARQUET]
    if wanted.engine == RAY:
        if formats != [Format.PARQUET]:
            others = ", ".join(form for form in formats if form != Format.PARQUET)
            raise RunFault(
                f"--format {others}: Ray writes Parquet alone, which many machines can write at once;"
                " leave --format out, or use --engine local."
            )
        from alambic.running import cluster

        return cluster.run(
            wanted.paths,
            wanted.folder,
            settings,
            progress,
            address=wanted.address or cluster.HERE,
            jobs=wanted.jobs,
            resume=wanted.resume,
        )
    if wanted.address is not None:
        raise RunFault(f"--address {wanted.address}: it is that of a Ray cluster; add --engine ray.")
    if store.is_address(wanted.folder):
        raise RunFault(
            f"-o {wanted.folder}: the local engine writes to folders of this machine; add --engine ray, or copy the"
            " tables there after the run."
        )
    from alambic.running import local

    return local.run(
        wanted.paths,
        Path(wanted.folder),
        settings,
        progress,
        formats=formats,
        jobs=wanted.jobs or 1,
        resume=wanted.resume,
    )
