"""`alambic review`: to an annotation tool and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alambic.console import Model, fail
from alambic.review.tools import Tool

_NOT_ALL = 1

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Have records corrected in an annotation tool, and make gold of what comes back.",
)


@app.command("export")
def export_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN_OR_PATHS...", help="A run with its texts, a gold folder, or releases to extract."
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder for the tool's files.")],
    to: Annotated[Tool, typer.Option("--to", help="The annotation tool.")],
    texts: Annotated[
        Path | None, typer.Option(help="Folder of the texts, where they are not beside the gold.")
    ] = None,
    model: Annotated[
        Model, typer.Option(help="The entity model, where releases are extracted.")
    ] = Model.ACCURATE,
) -> None:
    """Write records as tasks of an annotation tool, with all their values.

    Exit status: 0, 1 where some releases could not be read, 2 where nothing was written.

    Examples:

        alambic run releases/ -o tables/ --keep-text && alambic review export tables/ -o to-review --to label-studio

        alambic review export corpus/gold -o brat-data/gold --to brat
    """
    from alambic.review.exporting import export
    from alambic.review.marks import ReviewFault
    from alambic.review.sources import golds

    unreadable: list[str] = []
    try:
        count, written = export(golds(paths, texts, model.value, unreadable), output, to)
    except ReviewFault as fault:
        fail("\n".join([*unreadable, str(fault)]))
    typer.echo(f"{count} {'release' if count == 1 else 'releases'} for {to}: {', '.join(map(str, written))}")
    for sentence in unreadable:
        typer.echo(sentence, err=True)
    if unreadable:
        raise typer.Exit(_NOT_ALL)


@app.command("import")
def import_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE_OR_DIR...", help="What the tool exported; several are joined."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The gold folder.")],
) -> None:
    """Make gold of what annotators left in a tool.

    Each thing that a person must decide or correct is a line on standard error; what is sound is written all the
    same.

    Exit status: 0 all was sound, 1 there were conflicts, 2 nothing could be read.

    Example:

        alambic review import project-1-at-2025-12-11.json -o gold/
    """
    from alambic.review.importing import import_gold
    from alambic.review.marks import ReviewFault

    try:
        done = import_gold(paths, output)
    except ReviewFault as fault:
        fail(str(fault))
    for note in done.notes:
        typer.echo(_printable(note))
    for conflict in done.conflicts:
        typer.echo(_printable(conflict), err=True)
    releases, conflicts = len(done.written), len(done.conflicts)
    typer.echo(
        f"{releases} gold {'release' if releases == 1 else 'releases'} in {output},"
        f" {conflicts} {'conflict' if conflicts == 1 else 'conflicts'}."
    )
    if conflicts:
        raise typer.Exit(_NOT_ALL)


def _printable(sentence: str) -> str:
    """`sentence`, which may quote anything that a file holds, as a terminal can show it on one line."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in sentence)
