"""The one model of the data: what a release says, in the gold form of the annotation guide.

Gold files, predictions, tables and review all use these classes. Inside the stages offsets refer to the text
that the stage was given (the clean text); in a `Release` they refer to the raw text as decoded, and
``raw[start:end] == text``. Offsets count code points, as Python's string indices do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Label = Literal["ORG", "PER"]
Kind = Literal["money", "percent", "quantity", "count", "duration"]
Modifier = Literal["exact", "about", "min", "max"]
Precision = Literal["day", "month", "quarter", "half", "season", "third", "year", "range"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters of a text: `start` inclusive, `end` exclusive, `text` as it stands there.

    `optional` is true for gold items that two careful readers could disagree on; scoring ignores them. `sentence`
    is the context, cleaned; empty in gold and inside the stages.
    """

    start: int
    end: int
    text: str
    optional: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Span):
    """A mention of an organisation or a person.

    `canonical` is the fullest name that the release gives for the same entity; `entity_id` joins the mentions of
    one entity within a release; `confidence` is the recogniser's probability (0 to 1), `None` in gold.
    """

    label: Label
    canonical: str
    entity_id: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Span):
    """A measured or counted number (guide, section 2).

    `value` is the plain number in full, `value_max` the upper end of a range. `unit` is an ISO 4217 code, `%`,
    `point`, a unit symbol, a singular head noun, or a duration's name. `value_base` and `unit_base` are the same
    amount in a unit that can be compared (`5 Mt` and `5 millions de tonnes` both 5e9 `kg`), `None` where there is
    none. `about` is the entity or noun that the sentence measures. `note` says what is doubtful in the reading
    (`"1,234: decimal or thousands?"`), else `None`.
    """

    kind: Kind
    value: float | None
    value_max: float | None = None
    unit: str = ""
    modifier: Modifier = "exact"
    about: str | None = None
    value_base: float | None = None
    unit_base: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Span):
    """An expression that places something in the calendar (guide, section 3).

    `iso_start` and `iso_end` are ISO days, both inclusive; `None` where the expression cannot be resolved, and
    `note` then says why (an impossible date such as `31 février`, a relative one without a reference date).
    """

    iso_start: str | None
    iso_end: str | None
    precision: Precision = "day"
    relative: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Span):
    """Speech that the release attributes to someone (guide, section 4); marks excluded from the span.

    `speaker` is a canonical name, several joined by `" ; "`, `None` where the release names none. `direct` is
    false for indirect speech (`X annonce que …`).
    """

    speaker: str | None
    speaker_role: str | None = None
    cue: str | None = None
    speaker_id: str | None = None
    direct: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of a release: `name` is canonical, `role` and `employer` as the release gives them."""

    entity_id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    employer: str | None = None
    employer_id: str | None = None
    mentions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation of a release: `name` is canonical, `acronym` the short form that the release writes."""

    entity_id: str
    name: str
    aliases: tuple[str, ...] = ()
    acronym: str | None = None
    mentions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """All that was read from one release. `sha256` is that of the raw text's UTF-8 bytes."""

    doc_id: str
    sha256: str
    source: str | None = None
    published: str | None = None
    place: str | None = None
    title: str | None = None
    issuer: str | None = None
    language: str | None = None
    n_words: int = 0
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = field(default=())
