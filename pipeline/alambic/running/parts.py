"""Results of a handful of inputs as one Arrow table: a row an input, its rows of each table nested in it.

A part is what a worker gives, what the journal keeps on disk, and what the tables are put together from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from alambic.tabulation.schemas import TABLES, arrow_schema, checked

KEY = "key"
KEY_BYTES = 32


@dataclass(slots=True)
class Outcome:
    """What one input gave: the key of its content and settings, and its rows, by table."""

    key: bytes
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@cache
def schema() -> pa.Schema:
    """The Arrow schema of a part."""
    nested = [pa.field(table, pa.list_(pa.struct(list(arrow_schema(table))))) for table in TABLES]
    return pa.schema([pa.field(KEY, pa.binary(KEY_BYTES)), *nested])


def part(outcomes: Sequence[Outcome]) -> pa.Table:
    """`outcomes` as a part, their rows checked against the tables' schemas.

    Raises `alambic.tabulation.schemas.InvalidRows`.
    """
    columns: list[pa.Array] = [pa.array([outcome.key for outcome in outcomes], pa.binary(KEY_BYTES))]
    for name in TABLES:
        rows = [outcome.rows.get(name, []) for outcome in outcomes]
        table = checked(name, [row for of_one in rows for row in of_one])
        bounds = pa.array([0, *accumulate(len(of_one) for of_one in rows)], pa.int32())
        items = table.to_struct_array().combine_chunks() if table.num_rows else _no_rows(name)
        columns.append(pa.ListArray.from_arrays(bounds, items, type=schema().field(name).type))
    return pa.Table.from_arrays(columns, schema=schema())


def _no_rows(name: str) -> pa.Array:
    return pa.array([], pa.struct(list(arrow_schema(name))))


def unnested(part: pa.Table, table: str) -> pa.Table:
    """The rows of `table` in `part`, in order."""
    chunks = [chunk.flatten() for chunk in part.column(table).chunks]
    return (
        pa.Table.from_batches(
            [pa.RecordBatch.from_struct_array(chunk) for chunk in chunks], schema=None
        ).cast(arrow_schema(table))
        if chunks
        else arrow_schema(table).empty_table()
    )


def words_of(part: pa.Table) -> int:
    """The words of the releases in `part`."""
    return pc.sum(unnested(part, "releases").column("n_words")).as_py() or 0


def joined(pieces: Iterable[pa.Table]) -> pa.Table:
    """Parts one after the other."""
    return pa.concat_tables([schema().empty_table(), *pieces])
