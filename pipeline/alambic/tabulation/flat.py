"""Tables for formats that know no lists: their cells joined."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_BETWEEN = " ; "


def flat(rows: pa.Table) -> pa.Table:
    """`rows` with each list of texts as one text, its items joined by « ; »."""
    for index, field in enumerate(rows.schema):
        if pa.types.is_list(field.type):
            joined = pc.binary_join(rows.column(index), _BETWEEN)
            rows = rows.set_column(index, pa.field(field.name, pa.string(), metadata=field.metadata), joined)
    return rows
