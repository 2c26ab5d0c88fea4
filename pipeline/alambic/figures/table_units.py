"""Units that a table gives once, in its title or its header row (`En M€`, `CA (M€)`), for the bare numbers below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from alambic.figures import measures, money, numbers, percent
from alambic.figures.amounts import Amount
from alambic.figures.exclusions import is_year
from alambic.figures.numbers import MAGNITUDES, Marks, Number
from alambic.figures.tokens import NUMBER, Block, tokenise
from alambic.record import Kind

_CELL_END = re.compile(r"\t|$")
_TITLE_LENGTH = 14


@dataclass(frozen=True, slots=True)
class TableUnit:
    """What a bare number of the table is worth: `value * factor` of `unit`."""

    kind: Kind
    unit: str
    factor: float


@dataclass(slots=True)
class TableUnits:
    """The units in force while a table goes on: one for all of it, or one a column."""

    whole: TableUnit | None = None
    columns: list[TableUnit | None] = field(default_factory=list)
    in_rows: bool = False

    def read(self, text: str, start: int, end: int, block: Block) -> None:
        """Takes notice of a block: a title or header row that names units, a row, or the end of the table."""
        row = text.find("\t", start, end) != -1
        if not row:
            self.columns = []
            if self.in_rows or end > start and self.whole:
                self.whole, self.in_rows = None, False
            if len(block) <= _TITLE_LENGTH:
                self.whole = _stated(block)
            return
        self.in_rows = True
        cells = _cells(text, start, end)
        units = [_stated(tokenise(text, first, last)) for first, last in cells]
        if units[0] and not any(units[1:]):
            self.whole = units[0]
        elif any(units):
            self.columns = units

    def amounts(self, text: str, start: int, end: int, block: Block) -> list[Amount]:
        """The bare numbers that fill a cell of a row, with the unit of their column or table."""
        if not (self.whole or self.columns) or text.find("\t", start, end) == -1:
            return []
        found = []
        for column, (first, last) in enumerate(_cells(text, start, end)):
            unit = (self.columns[column] if column < len(self.columns) else None) or self.whole
            inside = [i for i, token in enumerate(block) if first <= token.start < last]
            if column == 0 or unit is None or not inside:
                continue
            amount = _alone(block, inside, unit)
            if amount:
                found.append(amount)
        return found


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells = []
    while start <= end:
        match = _CELL_END.search(text, start, end)
        stop = match.start() if match else end
        cells.append((start, stop))
        start = stop + 1
    return cells


def _stated(block: Block) -> TableUnit | None:
    """The unit that a title or a header cell states: `En M€`, `(en milliers de tonnes)`, `CA (M€)`."""
    if len(block) > _TITLE_LENGTH:
        return None
    for index, token in enumerate(block):
        follows_en = token.low == "en" and (index == 0 or block[index - 1].text in ("(", ",", "–", "-"))
        bracketed = token.text == "("
        if not follows_en and not bracketed:
            continue
        position = index + 1 + (bracketed and block.low(index + 1) == "en")
        scale = 1.0
        if block.low(position) in MAGNITUDES or block.low(position) == "milliers":
            scale = MAGNITUDES.get(block.low(position), 1e3)
            position += 1
        unit, last = _unit(block, position, scale)
        if unit and (block.at(last).text in (")", "", ",") or follows_en):
            return unit
    return None


def _unit(block: Block, index: int, scale: float) -> tuple[TableUnit | None, int]:
    currency = money.after(block, index, scale > 1)
    if currency:
        return TableUnit("money", currency.code, currency.factor * scale), currency.last
    rate = percent.after(block, index, Number(index, index, 0.0))
    if rate:
        return TableUnit("percent", rate.unit, rate.factor), rate.last
    unit = measures.after(block, index, scale > 1)
    if unit and unit.kind == "quantity":
        return TableUnit("quantity", unit.symbol, scale), unit.last
    return None, index


def _alone(block: Block, inside: list[int], unit: TableUnit) -> Amount | None:
    """The amount of a cell that holds a number and nothing else."""
    first = inside[0]
    minus = block[first].text in ("-", "−", "–") and len(inside) > 1
    index = first + minus
    if block[index].kind != NUMBER or len(inside) != 1 + minus or is_year(block[index].text):
        return None
    number = numbers.read(block, index, Marks())
    if number is None:
        return None
    number.last = index + 1
    value = (-number.value if minus else number.value) * unit.factor
    return Amount(
        first,
        index + 1,
        number,
        float(f"{value:.12g}"),
        unit.kind,
        unit.unit,
        unit.factor,
        doubt=number.doubt,
    )
