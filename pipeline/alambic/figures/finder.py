"""Finds the figures of a text: block by block, amount by amount."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from alambic.figures import amounts, joining, modifiers, numbers
from alambic.figures.amounts import Amount
from alambic.figures.anaphora import bare_millions
from alambic.figures.base import in_base
from alambic.figures.money import Country
from alambic.figures.numbers import Marks
from alambic.figures.row_units import RowUnits
from alambic.figures.subject import subject
from alambic.figures.table_units import TableUnits
from alambic.figures.tokens import NUMBER, WORD, Block, blocks, tokenise
from alambic.record import Entity, Figure

_GREATEST = 1e24  # the largest prefix of a unit is a number of this order


def find_figures(text: str, entities: Sequence[Entity] = ()) -> list[Figure]:
    """The figures of a French text, in its order.

    Args:
        text: any text; clean text is read best (one line a paragraph), but curly apostrophes, no-break blanks and
            wrapped lines are understood too.
        entities: the organisations and people found in the same text, if known: numbers inside their names are
            no figures, and they may be what a figure is about.

    Returns:
        Figures whose offsets are indices into `text`. A number that can be read in two ways has a `note`.

    >>> [(f.text, f.value, f.unit, f.modifier) for f in find_figures("Plus de 40 nouveaux sites et 3,2 Md€.")]
    [('40 nouveaux sites', 40.0, 'site', 'min'), ('3,2 Md€', 3200000000.0, 'EUR', 'exact')]
    """
    marks, country, names = Marks(text), Country(text), _Names(entities)
    topic, table, rows = joining.Topic(), TableUnits(), RowUnits()
    found: list[tuple[Block, Amount]] = []
    bare: list[tuple[Block, Amount]] = []
    for start, end in blocks(text):
        block = tokenise(text, start, end)
        tabled = table.amounts(text, start, end, block)
        table.read(text, start, end, block)
        amounts_here = _amounts(block, marks)
        joined = joining.join(block, amounts_here, topic) if amounts_here else []
        found += rows.read(text, start, end, block, joined)
        for amount in _with_cells(joined, tabled) if tabled else joined:
            if not names.hold(block, amount):
                (found if amount.kind else bare).append((block, amount))
    found += rows.close()
    found += _bare_money(found, bare)
    figures = [_figure(text, block, amount, country) for block, amount in found if _is_measure(amount)]
    figures.sort(key=lambda figure: figure.start)
    return figures


def _bare_money(
    found: list[tuple[Block, Amount]], bare: list[tuple[Block, Amount]]
) -> list[tuple[Block, Amount]]:
    """The bare millions that can only be money, in the currency that the text names first."""
    currency = next((amount.unit for _, amount in found if amount.kind == "money"), None)
    if currency is None:
        return []
    money = []
    for block, amount in bare:
        if amount.kind is None and bare_millions(block, amount):
            amount.kind, amount.unit = "money", currency
            money.append((block, amount))
    return money


def _is_measure(amount: Amount) -> bool:
    """Whether a release can measure as much: a longer row of digits is an identifier or a broken table."""
    return all(abs(value) <= _GREATEST for value in (amount.value, amount.value_max) if value is not None)


class _Names:
    """Where the names of a text stand."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._spans = sorted((entity.start, entity.end) for entity in entities)
        self._starts = [start for start, _ in self._spans]

    def hold(self, block: Block, amount: Amount) -> bool:
        """Whether the number of an amount stands within a name."""
        if not self._spans:
            return False
        position = block[amount.number.first].start
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._spans[index][1]


def _with_cells(joined: list[Amount], tabled: list[Amount]) -> list[Amount]:
    """The amounts of a row: those with a unit of their own, and the bare ones that the table gives a unit."""
    taken = {index for amount in joined if amount.kind for index in range(amount.first, amount.last)}
    cells = [amount for amount in tabled if amount.number.first not in taken]
    return sorted([amount for amount in joined if amount.kind] + cells, key=lambda amount: amount.first)


def _amounts(block: Block, marks: Marks) -> list[Amount]:
    found: list[Amount] = []
    read_to = 0
    starters = numbers.STARTERS
    for index, token in enumerate(block):
        low = token.low
        may = token.kind == NUMBER or (token.kind == WORD and (low in starters or "-" in low))
        if may and index >= read_to and numbers.starts(token):
            amount, read_to = amounts.read(block, index, marks)
            if amount is not None:
                found.append(amount)
    return found


def _figure(text: str, block: Block, amount: Amount, country: Country) -> Figure:
    start, end = block[amount.first].start, block[amount.last - 1].end
    unit = country.code(amount.unit) if amount.kind == "money" else amount.unit
    if not unit:
        amount.kind, unit = "count", amount.unit  # «12 couronnes», where no country says that it is money
    modifier = modifiers.before(block, amount.first) or modifiers.after(block, amount.last)
    if modifier is None:
        modifier = "about" if amount.number.about else "exact"
    assert amount.kind is not None
    value_base, unit_base = in_base(amount.kind, amount.value, unit)
    return Figure(
        start=start,
        end=end,
        text=text[start:end],
        kind=amount.kind,
        value=amount.value,
        value_max=amount.value_max,
        unit=unit,
        modifier=modifier,
        about=subject(text, block, amount),
        value_base=value_base,
        unit_base=unit_base,
        note=amount.doubt,
    )
