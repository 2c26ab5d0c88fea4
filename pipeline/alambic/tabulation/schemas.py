"""The data dictionary: every table, its columns, what each holds. All else that knows a column reads it here.

The schemas are pandera's and are checked at writing; `metadata` of a column holds its Arrow type and its
unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.compute as pc

from alambic.record import Kind, Label, Modifier, Precision
from alambic.tabulation.checking import fits

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_DAY = pa.date32()
_COUNT = pa.int32()
_NUMBER = pa.float64()
_YES = pa.bool_()


def _column(
    kind: pa.DataType,
    description: str,
    *checks: pandera.Check,
    unit: str | None = None,
    optional: bool = False,
    unique: bool = False,
) -> pandera.Column:
    return pandera.Column(
        pd.ArrowDtype(kind),
        checks=list(checks),
        nullable=optional,
        unique=unique,
        description=description,
        metadata={"arrow": kind, "unit": unit},
    )


def _one_of(literal: Any) -> pandera.Check:
    return pandera.Check.isin(list(get_args(literal)))


_NOT_NEGATIVE = pandera.Check.ge(0)
_SHARE = pandera.Check.in_range(0, 1)
_FINITE = pandera.Check.in_range(-1e300, 1e300)
_HASH = pandera.Check.str_length(64, 64)
_SAID = pandera.Check.str_length(min_value=1)


def _doc_id(*, unique: bool = False) -> pandera.Column:
    return _column(
        _TEXT, "the release: its file's stem or path, or the identifier column's value", _SAID, unique=unique
    )


def _span(what: str) -> dict[str, pandera.Column]:
    return {
        "id": _column(_TEXT, f"the {what}'s own identifier: release, kind and offsets", _SAID, unique=True),
        "doc_id": _doc_id(),
        "start": _column(_COUNT, "first character in the raw text", _NOT_NEGATIVE, unit="character"),
        "end": _column(_COUNT, "character after the last in the raw text", _NOT_NEGATIVE, unit="character"),
        "text": _column(_TEXT, "the characters start to end of the raw text", _SAID),
        "sentence": _column(_TEXT, "the sentence around it, cleaned of line breaks"),
    }


_ENTITY_ID = "the entity within all releases of the run; joins entities, people, organisations, quotes"

_COLUMNS: dict[str, tuple[str, dict[str, pandera.Column]]] = {
    "releases": (
        "one row a release",
        {
            "doc_id": _doc_id(unique=True),
            "source": _column(
                _TEXT, "where it was read: path, archive.zip!member, table.csv#row", optional=True
            ),
            "sha256": _column(_TEXT, "SHA-256 of the raw text in UTF-8, hexadecimal", _HASH),
            "published": _column(_DAY, "the release's own day", optional=True),
            "place": _column(_TEXT, "the place in its dateline", optional=True),
            "title": _column(_TEXT, "its title", optional=True),
            "issuer": _column(_TEXT, "the organisation that issues it", optional=True),
            "language": _column(_TEXT, "ISO 639-1 code", optional=True),
            "n_words": _column(_COUNT, "words of the cleaned text", _NOT_NEGATIVE, unit="word"),
            "n_entities": _column(_COUNT, "rows in entities", _NOT_NEGATIVE, unit="row"),
            "n_people": _column(_COUNT, "rows in people", _NOT_NEGATIVE, unit="row"),
            "n_organisations": _column(_COUNT, "rows in organisations", _NOT_NEGATIVE, unit="row"),
            "n_figures": _column(_COUNT, "rows in figures", _NOT_NEGATIVE, unit="row"),
            "n_dates": _column(_COUNT, "rows in dates", _NOT_NEGATIVE, unit="row"),
            "n_quotes": _column(_COUNT, "rows in quotes", _NOT_NEGATIVE, unit="row"),
            "metadata": _column(
                _TEXT, "what the file says of itself (encoding, author, subject …), a JSON object"
            ),
        },
    ),
    "entities": (
        "one row a mention of an organisation or a person",
        {
            **_span("mention"),
            "label": _column(_TEXT, "ORG or PER", _one_of(Label)),
            "canonical": _column(_TEXT, "the fullest name that the release gives", _SAID),
            "entity_id": _column(_TEXT, _ENTITY_ID, optional=True),
            "confidence": _column(_NUMBER, "the recogniser's probability", _SHARE, optional=True),
        },
    ),
    "people": (
        "one row a person of a release",
        {
            "entity_id": _column(_TEXT, _ENTITY_ID, _SAID, unique=True),
            "doc_id": _doc_id(),
            "name": _column(_TEXT, "the fullest name that the release gives", _SAID),
            "aliases": _column(_TEXTS, "the other forms of the name in the release"),
            "role": _column(_TEXT, "the function as the release gives it", optional=True),
            "employer": _column(_TEXT, "the organisation that the function is in", optional=True),
            "employer_id": _column(_TEXT, "its entity_id in organisations", optional=True),
            "mentions": _column(_COUNT, "mentions in the release", _NOT_NEGATIVE, unit="mention"),
        },
    ),
    "organisations": (
        "one row an organisation of a release",
        {
            "entity_id": _column(_TEXT, _ENTITY_ID, _SAID, unique=True),
            "doc_id": _doc_id(),
            "name": _column(_TEXT, "the fullest name that the release gives", _SAID),
            "aliases": _column(_TEXTS, "the other forms of the name in the release"),
            "acronym": _column(_TEXT, "the short form that the release writes", optional=True),
            "mentions": _column(_COUNT, "mentions in the release", _NOT_NEGATIVE, unit="mention"),
        },
    ),
    "figures": (
        "one row a measured or counted number",
        {
            **_span("figure"),
            "kind": _column(_TEXT, "money, percent, quantity, count or duration", _one_of(Kind)),
            "value": _column(_NUMBER, "the number in full, in `unit`", _FINITE, optional=True),
            "value_max": _column(_NUMBER, "the upper end of a range, in `unit`", _FINITE, optional=True),
            "unit": _column(_TEXT, "ISO 4217 code, %, point, unit symbol, singular noun or duration"),
            "modifier": _column(_TEXT, "exact, about, min (more than) or max (less than)", _one_of(Modifier)),
            "about": _column(_TEXT, "the entity or noun that it measures", optional=True),
            "value_base": _column(_NUMBER, "`value` in `unit_base`, to be compared", _FINITE, optional=True),
            "unit_base": _column(_TEXT, "the base unit of its dimension (kg, m, J …)", optional=True),
            "note": _column(_TEXT, "what is doubtful in the reading", optional=True),
        },
    ),
    "dates": (
        "one row an expression that places something in the calendar",
        {
            **_span("date"),
            "iso_start": _column(_DAY, "first day that it denotes", optional=True),
            "iso_end": _column(_DAY, "last day that it denotes, inclusive", optional=True),
            "precision": _column(
                _TEXT, "day, month, quarter, half, season, third, year or range", _one_of(Precision)
            ),
            "relative": _column(_YES, "whether it was resolved against the release's own day"),
            "note": _column(_TEXT, "why it cannot be resolved", optional=True),
        },
    ),
    "quotes": (
        "one row a stretch of speech",
        {
            **_span("quote"),
            "speaker": _column(_TEXT, "who speaks, canonical; several joined by « ; »", optional=True),
            "speaker_id": _column(_TEXT, "their entity_id; several joined by « ; »", optional=True),
            "speaker_role": _column(_TEXT, "the speaker's function as the release gives it", optional=True),
            "cue": _column(_TEXT, "the attributing verb or preposition", optional=True),
            "direct": _column(_YES, "false for indirect speech"),
        },
    ),
    "rejected": (
        "one row an input that no release was read from",
        {
            "doc_id": _doc_id(),
            "source": _column(_TEXT, "the input: path, archive.zip!member, table.csv#row", _SAID),
            "stage": _column(_TEXT, "where it failed: finding, reading, extraction, tables", _SAID),
            "reason": _column(_TEXT, "what is wrong with it", _SAID),
            "remedy": _column(_TEXT, "what helps", _SAID),
        },
    ),
    "texts": (
        "one row a release, the raw text that all offsets refer to (written with --keep-text)",
        {
            "doc_id": _doc_id(unique=True),
            "sha256": _column(_TEXT, "SHA-256 of the raw text in UTF-8, hexadecimal", _HASH),
            "text": _column(_TEXT, "the raw text as decoded, line ends untouched"),
        },
    ),
}

TABLES: dict[str, pandera.DataFrameSchema] = {
    name: pandera.DataFrameSchema(columns, name=name, description=description, strict=True, ordered=True)
    for name, (description, columns) in _COLUMNS.items()
}
"""The schema of each table, in the order in which they are written."""


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of `table`, each field with its description.

    >>> arrow_schema("rejected").names
    ['doc_id', 'source', 'stage', 'reason', 'remedy']
    """
    return pa.schema(
        [
            pa.field(
                name,
                column.metadata["arrow"],
                nullable=column.nullable,
                metadata={"description": str(column.description)},
            )
            for name, column in TABLES[table].columns.items()
        ],
        metadata={"description": str(TABLES[table].description)},
    )


class InvalidRows(Exception):
    """Rows break their table's schema; the message says which column and how."""


def checked(table: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """`rows` as an Arrow table, checked against the schema of `table`.

    Raises `InvalidRows`.
    """
    try:
        arrow = pa.Table.from_pylist(list(rows), schema=arrow_schema(table))
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError) as error:
        raise InvalidRows(f"a row of {table} does not fit its column types ({error})") from None
    if "start" in arrow.column_names and not _in_order(arrow):
        raise InvalidRows(f"a span of {table} ends before it starts")
    if arrow.num_rows and not fits(arrow, TABLES[table]):
        frame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
        try:
            TABLES[table].validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            first = error.failure_cases.iloc[0]
            raise InvalidRows(
                f"{table}.{first['column']} holds {first['failure_case']!r}, which fails {first['check']}"
            ) from None
    return arrow


def _in_order(spans: pa.Table) -> bool:
    return pc.all(pc.less(spans.column("start"), spans.column("end"))).as_py() is not False
