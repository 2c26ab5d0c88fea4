"""What the commands share: the names of the shipped models, and how a wrong use ends."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn

import typer

_WRONG_USE = 2


class Model(StrEnum):
    """A model that the package ships."""

    ACCURATE = "accurate"
    FAST = "fast"


def fail(sentence: str) -> NoReturn:
    """Ends the command with `sentence` on standard error and exit status 2. Raises `typer.Exit`."""
    typer.echo(sentence, err=True)
    raise typer.Exit(_WRONG_USE)
