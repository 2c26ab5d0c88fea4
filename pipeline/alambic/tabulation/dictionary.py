"""The data dictionary as text and as data, for `alambic schema` and the docs."""

from __future__ import annotations

from typing import Any

from alambic.tabulation.schemas import TABLES

_NAMES = {"int32": "integer", "double": "number", "string": "text", "bool": "yes/no", "date32[day]": "day"}


def as_data() -> dict[str, Any]:
    """Tables by name: `description` and `columns`, each with name, type, unit, whether it may be empty,
    description.

    >>> as_data()["quotes"]["columns"][2]["name"]
    'start'
    """
    return {
        table: {
            "description": schema.description,
            "columns": [
                {
                    "name": name,
                    "type": _type(str(column.metadata["arrow"])),
                    "unit": column.metadata["unit"],
                    "may_be_empty": column.nullable,
                    "description": column.description,
                }
                for name, column in schema.columns.items()
            ],
        }
        for table, schema in TABLES.items()
    }


def as_text() -> str:
    """The data dictionary for people, in Markdown."""
    lines = []
    for table, told in as_data().items():
        lines += [f"## {table}", "", f"{told['description'].capitalize()}.", ""]
        lines += ["| column | type | empty? | what it holds |", "| --- | --- | --- | --- |"]
        for column in told["columns"]:
            unit = f" ({column['unit']}s)" if column["unit"] else ""
            empty = "may be" if column["may_be_empty"] else ""
            lines.append(
                f"| `{column['name']}` | {column['type']}{unit} | {empty} | {column['description']} |"
            )
        lines.append("")
    return "\n".join(lines).rstrip()


def _type(arrow: str) -> str:
    return _NAMES.get(arrow, "list of texts" if arrow.startswith("list") else arrow)
