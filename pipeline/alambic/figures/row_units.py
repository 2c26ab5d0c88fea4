"""The unit that the first row of a list gives for the bare numbers of the rows below it.

Côte-d'Or .............. 19 840 projets
Saône-et-Loire ......... 18 310
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from alambic.figures.amounts import Amount
from alambic.figures.heads import is_plural_word
from alambic.figures.joining import take
from alambic.figures.tokens import Block

_GAP = re.compile(r"[ \u00a0]*(?:\t|\.{4,}|…{2,}|(?:\. ){4,})[ \u00a0]*")
_LONGEST_ROW = 200


@dataclass(slots=True)
class RowUnits:
    """The rows of the list that is being read: the amount that fills the first (`owner`), the bare ones of the others."""

    owner: Amount | None = None
    bare: list[tuple[Block, Amount]] = field(default_factory=list)
    in_rows: bool = False
    things: int = 0

    def read(
        self, text: str, start: int, end: int, block: Block, amounts: list[Amount]
    ) -> list[tuple[Block, Amount]]:
        """Takes notice of a block. Where it ends a list, gives the bare amounts of its rows, with their unit."""
        gap = _GAP.search(text, start, end) if block and end - start <= _LONGEST_ROW else None
        if gap is None or _GAP.search(text, gap.end(), end):
            return self.close() if end > start else []
        alone = [amount for amount in amounts if block[amount.first].start >= gap.end()]
        filled = len(alone) == 1 and block[alone[0].first].start == gap.end() and alone[0].last == len(block)
        if not self.in_rows:
            self.owner = alone[0] if filled and alone[0].kind in ("money", "count") else None
        elif self.owner and filled and alone[0].kind is None:
            self.bare.append((block, alone[0]))
            self.things += is_plural_word(block[0])
        else:
            self.owner = None
        self.in_rows = True
        return []

    def close(self) -> list[tuple[Block, Amount]]:
        """The bare amounts of a list that has ended, with the unit of its first row.

        A single one may be of another kind, and so may rows whose labels name things (`Emplois`, `Logements`).
        """
        owner, rows, things = self.owner, self.bare, self.things
        self.owner, self.bare, self.in_rows, self.things = None, [], False, 0
        if owner is None or len(rows) < 2 or things * 2 > len(rows):
            return []
        for _, amount in rows:
            take(amount, owner)
        return rows
