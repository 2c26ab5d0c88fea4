"""`alambic evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alambic.console import Model, fail

_BELOW = 1
_TELLING = 20


def evaluate(
    gold_folder: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="Folder of <doc_id>.json with <doc_id>.txt beside it.")
    ],
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="List each error with its context.")
    ] = False,
    by_cause: Annotated[
        bool, typer.Option("--by-cause", help="Tell what was taken for what, and group the errors by cause.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write all of it as one HTML page.")
    ] = None,
    bootstrap: Annotated[
        int, typer.Option(metavar="N", min=0, help="Draw the releases anew N times: intervals of 95 %.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 0,
    against: Annotated[
        Model | None, typer.Option(help="Score this model too, and tell the difference.")
    ] = None,
    minimum: Annotated[
        list[str] | None, typer.Option("--min", metavar="STAGE=F1", help="Fail below it, as entities=0.9.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Folder of the texts, where they are not beside.")
    ] = None,
    model: Annotated[
        Model, typer.Option(help="The entity model: the most accurate, or the fast one.")
    ] = Model.ACCURATE,
) -> None:
    """Score the extraction against annotated releases: precision, recall, F1 by stage.

    Exit status: 0, or 1 where a score stays below its --min.

    Examples:

        alambic evaluate corpus/gold -v --min entities=0.9 --min dates=0.95

        alambic evaluate gold/ --by-cause --bootstrap 1000 --against fast --html scores.html
    """
    from alambic.evaluation import causes, comparing
    from alambic.evaluation.gold import GoldFault, read_folder
    from alambic.evaluation.judging import below, predict, table
    from alambic.evaluation.scoring import score

    if against == model:
        fail(f"--against {against}: that is the model which is scored; name the other one.")
    least = dict(_minimum(given) for given in minimum or [])
    try:
        golds = read_folder(gold_folder, texts)
    except GoldFault as fault:
        fail(str(fault))
    found = predict(golds, model.value)
    scores = score(golds, found)
    try:
        missed = below(scores, least)
    except KeyError as name:
        fail(f"--min: nothing named {name} was scored; name a line of the table, as entities.")
    intervals, draws = {}, None
    if bootstrap:
        if len(golds) < 2:
            fail(f"--bootstrap: it draws releases anew, and {gold_folder} holds one; add others to it.")
        from alambic.evaluation.intervals import Bootstrap

        draws = Bootstrap(list(scores.documents), bootstrap, seed)
        intervals = draws.f1(scores)
    diagnosis = causes.diagnose(golds, found)
    comparison = None
    if against:
        other = predict(golds, against.value)
        both = scores, score(golds, other)
        comparison = comparing.compare(
            (model.value, against.value),
            both,
            (diagnosis, causes.diagnose(golds, other)),
            draws.difference(*both) if draws else None,
        )
    if verbose:
        for error in scores.errors:
            typer.echo(str(error))
    for line in table(scores, by_document=verbose, intervals=intervals):
        typer.echo(line)
    if bootstrap and len(golds) < _TELLING:
        typer.echo(f"The intervals are drawn from {len(golds)} releases: too few, so they are too narrow.")
    if by_cause:
        typer.echo("")
        for line in causes.lines(diagnosis):
            typer.echo(line)
    if comparison:
        typer.echo("")
        for line in comparing.lines(comparison):
            typer.echo(line)
    if html:
        from alambic.evaluation.writing import Evaluation, write_page

        try:
            write_page(
                Evaluation(gold_folder.resolve().name, model.value, scores, diagnosis, intervals, comparison),
                html,
            )
        except OSError as error:
            fail(f"{html}: it cannot be written ({error.strerror}); name a file in a folder that can be.")
        typer.echo(f"Page: {html}")
    for sentence in missed:
        typer.echo(sentence, err=True)
    if missed:
        raise typer.Exit(_BELOW)


def _minimum(given: str) -> tuple[str, float]:
    name, _, value = given.partition("=")
    try:
        return name, float(value)
    except ValueError:
        fail(f"--min {given}: it wants a name and a number, as entities=0.9.")
