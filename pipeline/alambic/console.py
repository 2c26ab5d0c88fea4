"""What the commands share: the names of the shipped models, and how a wrong use ends."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NoReturn

import typer

_WRONG_USE = 2


class Model(StrEnum):
    """A model that the package ships."""

    ACCURATE = "accurate"
    FAST = "fast"


# A file's name may hold what moves a terminal's cursor, colours it, or turns its text round.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    r"""`text` as it may be shown on a terminal: control characters but tabs and line feeds are written out.

    >>> shown("red\x1b[31m.txt")
    'red\\x1b[31m.txt'
    """
    return _CONTROL.sub(lambda control: repr(control.group())[1:-1], text)


def fail(sentence: str) -> NoReturn:
    """Ends the command with `sentence` on standard error and exit status 2. Raises `typer.Exit`."""
    typer.echo(shown(sentence), err=True)
    raise typer.Exit(_WRONG_USE)
