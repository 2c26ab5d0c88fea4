"""`alambic snapshot` and `alambic diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alambic.console import Model, fail

if TYPE_CHECKING:
    from alambic.regression.states import State

_DIFFERS, _SOME_REJECTED = 1, 1


def snapshot(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS...", help="Files, folders, patterns or archives.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the snapshots.")],
    model: Annotated[Model, typer.Option(help="The entity model.")] = Model.ACCURATE,
) -> None:
    """Extract releases and keep their tables, one YAML file each, to be compared later with alambic diff.

    The files are made to be read in a version control system. Snapshots in DIR of releases that are not under
    PATHS are removed. Exit status: 0, 1 where some inputs cannot be read (which is kept too), 2 wrong usage.

    Example:

        alambic snapshot releases/ -o snapshots/
    """
    from alambic.regression import keeping, states
    from alambic.regression.faults import RegressionFault
    from alambic.running.terminal import TerminalProgress

    try:
        with TerminalProgress() as progress:
            found = states.extracted(paths, model.value, progress, besides=output)
            done = keeping.keep(output, found, model.value)
    except RegressionFault as fault:
        fail(str(fault))
    typer.echo(str(done))
    for reason in done.rejected:
        typer.echo(reason, err=True)
    if done.rejected:
        raise typer.Exit(_SOME_REJECTED)


def diff(
    old: Annotated[
        Path, typer.Argument(metavar="OLD", help="Snapshots, the tables of a run, or a folder of releases.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, to be compared with OLD.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the state of NEW into the snapshots OLD.")
    ] = False,
    model: Annotated[
        Model | None,
        typer.Option(help="The entity model for releases.", show_default="that of the other side"),
    ] = None,
) -> None:
    """Tell what differs between two states of releases: rows that appeared, vanished, moved or changed, by table.

    Releases are extracted first, with the entity model that the other side was made with. Exit status: 0 nothing
    differs (or it was accepted), 1 something does, 2 wrong usage.

    Examples:

        alambic diff snapshots/ releases/

        alambic diff snapshots/ releases/ --accept

        alambic diff tables-before/ tables-after/
    """
    from alambic.regression import comparing, keeping, telling
    from alambic.regression.faults import RegressionFault

    try:
        if accept:
            keeping.check_folder(old)
        before, after = _states(old, new, model)
        totals = telling.Totals()
        for difference in comparing.compare_all(before.releases, after.releases):
            totals.add(difference)
            for line in telling.told(difference):
                typer.echo(line)
        if totals:
            typer.echo("")
        for line in telling.summary(totals):
            typer.echo(line)
        if accept:
            typer.echo(str(keeping.keep(old, after.releases.values(), after.model or "accurate")))
            return
    except RegressionFault as fault:
        fail(str(fault))
    if totals:
        raise typer.Exit(_DIFFERS)


def _states(old: Path, new: Path, model: Model | None) -> tuple[State, State]:
    from alambic.regression.states import open_both
    from alambic.running.terminal import TerminalProgress

    with TerminalProgress() as progress:
        return open_both(old, new, model and model.value, progress)
