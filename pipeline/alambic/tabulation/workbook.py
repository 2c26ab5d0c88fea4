"""Tables as one Excel workbook, a sheet a table."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from alambic.tabulation.flat import flat
from alambic.tabulation.formulas import is_formula
from alambic.tabulation.schemas import arrow_schema

_MAX_ROWS = 1_048_575  # below the header, by the format
_MAX_CHARACTERS = 32_767
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_CREATED = datetime(2000, 1, 1)  # fixed: the same input gives the same workbook


class WorkbookWriter:
    """Writes `alambic.xlsx` into `folder`, row after row with flat memory.

    Texts are never read as formulas, numbers or links; a text longer than Excel allows ends with `…`, and a
    table longer than a sheet goes on in another (`entities 2`).
    """

    files = ["alambic.xlsx"]  # noqa: RUF012

    def __init__(self, folder: Path, tables: list[str]) -> None:
        self._book = xlsxwriter.Workbook(
            str(folder / self.files[0]),
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": _CREATED})
        self._heading = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._sheets = {table: self._add_sheet(table, table) for table in tables}
        self._rows = dict.fromkeys(tables, 0)

    def _add_sheet(self, table: str, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(arrow_schema(table)):
            sheet.write_string(0, column, field.name, self._heading)
        return sheet

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds `rows` to `table`."""
        rows = flat(rows)
        risky = {
            name: is_formula(rows.column(name)).to_pylist()
            for name, kind in zip(rows.schema.names, rows.schema.types, strict=True)
            if pa.types.is_string(kind)
        }
        for number, row in enumerate(rows.to_pylist()):
            done = self._rows[table]
            self._rows[table] += 1
            if done and done % _MAX_ROWS == 0:
                self._sheets[table] = self._add_sheet(table, f"{table} {done // _MAX_ROWS + 1}")
            sheet, line = self._sheets[table], done % _MAX_ROWS + 1
            for column, (name, cell) in enumerate(row.items()):
                self._write_cell(sheet, line, column, cell, name in risky and risky[name][number])

    def _write_cell(self, sheet: Any, line: int, column: int, cell: Any, risky: bool) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(line, column, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(line, column, cell)
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            sheet.write_datetime(line, column, cell, self._day)
        else:
            text = cell.isoformat() if isinstance(cell, date) else str(cell)
            if len(text) > _MAX_CHARACTERS:
                text = text[: _MAX_CHARACTERS - 1] + "…"
            sheet.write_string(line, column, text, self._quoted if risky else None)

    def close(self) -> None:
        """Puts the workbook together. Raises `OSError`."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from None
