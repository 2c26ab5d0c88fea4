"""What annotation tools show of a record: five labels, and the values that a span of each may carry."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from alambic.record import Date, Entity, Figure, Kind, Label, Modifier, Release, Span

Values = Mapping[str, Any]
"""Values by field name, typed as in the record; `None` says that there is none."""

OPTIONAL = "optional"

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_YES, _NO = ("true", "yes", "oui", "1", OPTIONAL), ("", "false", "no", "non", "0")


class Unreadable(ValueError):
    """A value that a tool or a person wrote is not of its field's form; the message says what the form is."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value that spans of a label carry.

    `read` makes it from what a tool holds; `choices` are its only values, where it has such. `needed` says that gold
    is not complete without it, save that of an optional span where it `may_lack`. `nothing` is what stands for a
    value that someone took out.
    """

    name: str
    read: Callable[[Any], Any]
    choices: tuple[str, ...] = ()
    needed: bool = False
    may_lack: bool = False
    nothing: str | None = None
    example: str = ""


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise Unreadable(f"{written!r} is no text")
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable(f"{written!r} holds half a character") from None
    return written


def _number(written: Any) -> float:
    if isinstance(written, int | float) and not isinstance(written, bool):
        value = float(written)
    else:
        bare = _BLANKS.sub("", str(written)).replace(",", ".").replace("−", "-")
        if not _NUMBER.fullmatch(bare):
            raise Unreadable(f"{written!r} is no number (write it in full, as 3000000000 or 12.5)")
        value = float(bare)
    if not math.isfinite(value):
        raise Unreadable(f"{written!r} is no number (write it in full, as 3000000000 or 12.5)")
    return value


def _day(written: Any) -> str:
    try:
        return date.fromisoformat(str(written).strip()).isoformat()
    except ValueError:
        raise Unreadable(f"{written!r} is no day (write it as 2025-12-31)") from None


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def read(written: Any) -> str:
        given = str(written).strip().casefold()
        if given not in choices:
            raise Unreadable(f"{written!r} is none of {', '.join(choices)}")
        return given

    return read


def read_optional(written: Any) -> bool:
    """Whether a mark or a word of a tool says `optional`; raises `Unreadable` where it says neither yes nor no."""
    if isinstance(written, bool):
        return written
    given = str(written).strip().casefold()
    if given in _YES:
        return True
    if given in _NO:
        return False
    raise Unreadable(f"{written!r} is neither yes nor no")


_KINDS, _MODIFIERS = get_args(Kind), get_args(Modifier)
_ENTITY = (Field("canonical", _text, needed=True, example="Verkor Innovation Centre"),)
_FIGURE = (
    Field("kind", _one_of(_KINDS), choices=_KINDS, needed=True),
    Field("value", _number, needed=True, may_lack=True, example="3000000000"),
    Field("value_max", _number, example="5000000000"),
    Field("unit", _text, needed=True, nothing="", example="EUR"),
    Field("modifier", _one_of(_MODIFIERS), choices=_MODIFIERS, needed=True),
)
_DATE = (
    Field("iso_start", _day, needed=True, may_lack=True, example="2025-12-01"),
    Field("iso_end", _day, needed=True, may_lack=True, example="2025-12-31"),
)
_QUOTE = (
    Field("speaker", _text, example="Claire Dupont"),
    Field("speaker_role", _text, example="directrice générale"),
    Field("cue", _text, example="déclare"),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    **{label: _ENTITY for label in get_args(Label)},
    "FIGURE": _FIGURE,
    "DATE": _DATE,
    "QUOTE": _QUOTE,
}
"""The fields of each label, in the order of the gold form."""

COLOURS = {"ORG": "#1c5a9c", "PER": "#84389a", "FIGURE": "#84550a", "DATE": "#1d6b4a", "QUOTE": "#97344a"}

_STAGES = {"FIGURE": "figures", "DATE": "dates", "QUOTE": "quotes"}


def stage_of(label: str) -> str:
    """The list of the record that spans of `label` stand in.

    >>> stage_of("ORG"), stage_of("QUOTE")
    ('entities', 'quotes')
    """
    return _STAGES.get(label, "entities")


def label_of(span: Span) -> str:
    """The label that tools show for `span`."""
    if isinstance(span, Entity):
        return span.label
    if isinstance(span, Figure):
        return "FIGURE"
    return "DATE" if isinstance(span, Date) else "QUOTE"


def known_label(written: str) -> str | None:
    """The label that `written` names, whatever its case; `None` for a label that gold does not have."""
    given = written.strip().upper()
    return given if given in FIELDS else None


def values_of(span: Span) -> dict[str, Any]:
    """The values of `span` by field name, numbers plain (3000000000, not 3e9), with `optional` where it is so.

    >>> values_of(Figure(start=0, end=4, text="12 %", kind="percent", value=12.0, unit="%"))
    {'kind': 'percent', 'value': 12, 'value_max': None, 'unit': '%', 'modifier': 'exact'}
    """
    values = {field.name: plain(getattr(span, field.name)) for field in FIELDS[label_of(span)]}
    return values | ({OPTIONAL: True} if span.optional else {})


def plain(value: Any) -> Any:
    """`value`, whole numbers without a decimal point, as gold files write them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def spans_of(release: Release) -> Iterator[Span]:
    """What gold holds of `release`, stage by stage; reported speech without marks is no part of it."""
    yield from release.entities
    yield from release.figures
    yield from release.dates
    yield from (quote for quote in release.quotes if quote.direct)
