"""Cuts the inputs of a distributed run into slices, by the inputs alone: the same ones give the same slices."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from alambic.readers import Columns, Found, Input, Rejected, Unreadable, store
from alambic.readers.columns import rows
from alambic.readers.expanding import expanded
from alambic.readers.inputs import ROWS
from alambic.readers.names import UniqueNames
from alambic.readers.stretches import Footer, Stretch, footer, stretches
from alambic.running.faults import RunFault

# Minutes of work: enough that writing its files costs nothing beside, few enough to lose little when a machine goes.
_RELEASES_A_SLICE = 1_000
_AT_LEAST = 32
_SLICES = 256  # wanted at least, so that a few releases are spread over many machines too
_BYTES_A_SLICE = 64_000_000

Unit = Input | Rejected | Stretch


@dataclass(frozen=True, slots=True)
class Slice:
    """Consecutive inputs that one process extracts; its number is their place in the run."""

    number: int
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """The stem of the files that it gives; sorts as the numbers do."""
        return f"{self.number:08d}"

    @property
    def n_inputs(self) -> int:
        """How many inputs it holds."""
        return sum(_size(unit)[0] for unit in self.units)

    @property
    def key(self) -> str:
        """A hash of all that its rows depend on beside the run's settings; files count by size and time of change."""
        digest = hashlib.sha256()
        stamps: dict[str, str] = {}
        for unit in self.units:
            item = unit.table if isinstance(unit, Stretch) else unit
            if isinstance(item, Input) and item.path not in stamps and item.text is None:
                stamps[item.path] = store.stamp(item.path)
            digest.update(json.dumps(asdict(unit), sort_keys=True, default=str).encode())
        digest.update(json.dumps(stamps).encode())
        return digest.hexdigest()


def slices(found: Found, columns: Columns | None, max_bytes: int) -> Iterator[Slice]:
    """The slices of `found`, in order.

    Raises `RunFault` for tables in other formats than Parquet, which only one process can read.
    """
    units: list[Unit | Footer] = []
    for item in found.items:
        if isinstance(item, Input) and item.suffix in ROWS:
            units += _table(item, columns or Columns())
        elif isinstance(item, Input):
            units += [
                _shared(one) if isinstance(one, Input) else one
                for one in expanded(Found([item]), columns, max_bytes)
            ]
        else:
            units.append(item)
    total = sum(unit.n_rows if isinstance(unit, Footer) else 1 for unit in units)
    rows_a_slice = min(_RELEASES_A_SLICE, max(_AT_LEAST, total // _SLICES))
    return _packed(_cut(units, columns or Columns(), rows_a_slice), rows_a_slice)


def _table(item: Input, columns: Columns) -> list[Unit | Footer]:
    if item.suffix != ".parquet":
        raise RunFault(
            f"{item.source}: Ray reads tables of releases from Parquet alone, which many machines can read at once;"
            " write it as Parquet, or use --engine local."
        )
    item = _shared(item)
    try:
        told = footer(item, columns)
    except Unreadable:
        told = None
    return (
        [told] if told and told.n_rows else list(rows(item, columns, UniqueNames()))
    )  # says why there are none


def _shared(item: Input) -> Input:
    """`item` with a path that holds in whatever folder a process runs."""
    if item.text is not None or store.is_address(item.path):
        return item
    return replace(item, path=os.path.abspath(item.path))


def _cut(units: Iterable[Unit | Footer], columns: Columns, rows_a_slice: int) -> Iterator[Unit]:
    units = list(units)
    tables = {unit.table.doc_id for unit in units if isinstance(unit, Footer)}
    taken = [*tables, *(unit.doc_id for unit in units if isinstance(unit, Input))]
    names: UniqueNames | None = None
    # Else a row's name, its table's with its number, is unique of itself.
    if columns.id or any(name.rpartition("/")[0] in tables for name in taken):
        names = UniqueNames()
        for name in taken:
            names.claim(name)
    for unit in units:
        if isinstance(unit, Footer):
            yield from stretches(unit, columns, names, rows_a_slice, _BYTES_A_SLICE)
        else:
            yield unit


def _size(unit: Unit) -> tuple[int, int]:
    match unit:
        case Stretch(count=count, n_bytes=n_bytes):
            return count, n_bytes
        case Input(n_bytes=n_bytes):
            return 1, n_bytes
    return 1, 0


def _packed(units: Iterable[Unit], rows_a_slice: int) -> Iterator[Slice]:
    number, waiting, n_rows, n_bytes = 0, list[Unit](), 0, 0
    for unit in units:
        count, size = _size(unit)
        if waiting and (n_rows + count > rows_a_slice or n_bytes + size > _BYTES_A_SLICE):
            yield Slice(number, tuple(waiting))
            number, waiting, n_rows, n_bytes = number + 1, [], 0, 0
        waiting.append(unit)
        n_rows += count
        n_bytes += size
    if waiting:
        yield Slice(number, tuple(waiting))
