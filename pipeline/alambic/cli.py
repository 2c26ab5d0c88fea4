"""The command line: parses, calls, prints. A command imports what it needs when it runs: help is quick."""

from __future__ import annotations

import signal
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from alambic.console import Model, fail, shown
from alambic.evaluation import commands as evaluation
from alambic.regression import commands as regression
from alambic.review import commands as review
from alambic.training import commands as training

_SOME_REJECTED, _STOPPED = 1, 130

app = typer.Typer(
    name="alambic",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """A format that tables are written in; `alambic.tabulation.Format` would load pyarrow."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    DUCKDB = "duckdb"


class Engine(StrEnum):
    """What runs the extraction."""

    LOCAL = "local"
    RAY = "ray"


def main() -> None:
    """Runs the command line."""
    app()


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"alambic {version('alambic')}")
        raise typer.Exit


@app.callback()
def alambic(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Distils French press releases into tables: organisations and people, figures, dates, quotes.

    Examples:

        alambic run releases/ -o outputs/tables

        alambic extract communique.txt
    """


_MODEL = typer.Option(help="The entity model: the most accurate, or the fast one.")


@app.command()
def run(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATHS...", help="Files, folders, patterns or archives; - is standard input."),
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", help="Folder for the tables.", show_default="outputs/<time>"),
    ] = None,
    formats: Annotated[
        list[Format] | None,
        typer.Option("-f", "--format", help="May be given several times.", show_default="parquet"),
    ] = None,
    model: Annotated[Model, _MODEL] = Model.ACCURATE,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Processes.", show_default="1; with Ray, all CPUs but one"),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Keep what an earlier run into the folder has done; extract what is new."
        ),
    ] = False,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Write the raw texts that offsets refer to.")
    ] = False,
    text_column: Annotated[
        str | None, typer.Option(help="Column of CSV, JSON lines and Parquet files that holds the text.")
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="Column that identifies a release.")] = None,
    date_column: Annotated[str | None, typer.Option(help="Column with the day of publication.")] = None,
    max_bytes: Annotated[int, typer.Option(min=1, help="Reject what is larger, unpacked.")] = 50_000_000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one release.")] = 300.0,
    engine: Annotated[
        Engine, typer.Option(help="This machine's processes, or Ray's on many machines.")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None,
        typer.Option(help="Of the Ray cluster, or auto.", show_default="a Ray started here for the run"),
    ] = None,
) -> None:
    """Extract all releases under PATHS and write their tables.

    Exit status: 0 all were extracted, 1 some were rejected (see the table `rejected`), 2 nothing could be
    done.

    Examples:

        alambic run releases/ -o tables/ --format csv --format xlsx

        alambic run "archive/**/*.pdf" releases.zip --jobs 4

        alambic run releases.jsonl --text-column body --id-column url --date-column day

        alambic run releases/ -o tables/ --resume

        alambic run s3://bucket/releases/ -o s3://bucket/tables --text-column body --engine ray --address auto
    """
    from alambic.readers import Columns
    from alambic.running.engines import Wanted, run_wanted
    from alambic.running.faults import RunFault
    from alambic.running.settings import Settings
    from alambic.running.terminal import TerminalProgress, summary_lines

    columns = None
    if text_column or id_column or date_column:
        columns = Columns(text_column or "text", id_column, date_column)
    settings = Settings(
        model=model.value, max_bytes=max_bytes, timeout=timeout, keep_text=keep_text, columns=columns
    )
    folder = output or f"outputs/{datetime.now():%Y-%m-%d_%H-%M-%S}"
    wanted = Wanted(
        paths, folder, [form.value for form in formats or []], jobs, resume, engine.value, address
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with TerminalProgress() as progress:
            summary = run_wanted(wanted, settings, progress)
    except RunFault as fault:
        fail(str(fault))
    except KeyboardInterrupt:
        typer.echo(
            f"Stopped. What is done is kept; the same command with -o {folder} --resume goes on.", err=True
        )
        raise typer.Exit(_STOPPED) from None
    for line in summary_lines(summary):
        typer.echo(shown(line))
    if summary.rows["rejected"]:
        raise typer.Exit(_SOME_REJECTED)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One release; - is standard input.")],
    model: Annotated[Model, _MODEL] = Model.ACCURATE,
) -> None:
    """Print the record of one release as JSON.

    Example:

        alambic extract communique.pdf | jq .quotes
    """
    import json
    from dataclasses import asdict

    from alambic.readers import Input, Unreadable, content, find, read
    from alambic.readers.inputs import ROWS

    items = find([file]).items
    if len(items) != 1:
        fail(f"{file}: it holds {len(items)} releases; extract reads one, use alambic run.")
    (item,) = items
    if not isinstance(item, Input):
        fail(str(item))
    if item.suffix in ROWS:
        fail(f"{file}: it is a table of releases; use alambic run {file} --text-column NAME.")
    try:
        sources = list(read(item, content(item)))
    except Unreadable as fault:
        fail(f"{file}: {fault.reason}; {fault.remedy}.")
    from alambic.extraction import Extractor

    for release in Extractor(model=model.value).stream(sources):
        typer.echo(json.dumps(asdict(release), ensure_ascii=False, indent=1))


@app.command()
def report(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="The folder that alambic run wrote its tables to.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The page to write.", show_default="RUN/report.html")
    ] = None,
) -> None:
    """Write one HTML page on a run: each release with what was read marked in its text, and totals.

    The page loads nothing from elsewhere and opens from disk. It shows whole texts where the run kept them
    (alambic run --keep-text), else the sentences that something was read from.

    Example:

        alambic run releases/ -o tables/ --keep-text && alambic report tables/
    """
    from alambic.report import ReportFault, write_report

    try:
        page = write_report(run, output)
    except ReportFault as fault:
        fail(str(fault))
    typer.echo(f"Report: {page} ({page.stat().st_size / 1e6:,.1f} MB)")


@app.command()
def schema(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Print the data dictionary: every table, its columns, their types, units and meaning."""
    from alambic.tabulation.dictionary import as_data, as_text

    if as_json:
        import json

        typer.echo(json.dumps(as_data(), ensure_ascii=False, indent=1))
    else:
        typer.echo(as_text())


app.command()(evaluation.evaluate)
app.command()(regression.snapshot)
app.command()(regression.diff)
app.command()(training.train)
app.add_typer(review.app, name="review")
