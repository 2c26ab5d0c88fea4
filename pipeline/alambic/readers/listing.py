"""A million inputs in little memory: where each lies is kept, and the rest is worked out when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import overload

from alambic.readers.names import UniqueNames, identifier, printable
from alambic.readers.source import STANDARD_INPUT, Input, Rejected

_FORMS: tuple[Callable[[PurePosixPath], str], ...] = (
    lambda below: below.stem,
    lambda below: str(below.with_suffix("")),
    str,
)


class Listing(Sequence[Input | Rejected]):
    """Inputs in the order in which they were added, and what is none among them.

    Each has the shortest name (`doc_id`) that no other has: its stem, its path below what the user gave without
    extension, or with it. `settle` chooses them, once all are added.

    >>> listing = Listing()
    >>> for path in ("in/2024/mars.txt", "in/2025/mars.txt", "in/avril.txt"):
    ...     listing.add(path, 10, below_from=3)
    >>> listing.settle()
    >>> [item.doc_id for item in listing]
    ['2024/mars', '2025/mars', 'avril']
    """

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._members: dict[int, str] = {}
        self._sizes = array("q")
        self._below_from = array("l")
        self._levels = bytearray()  # which of `_FORMS` an input is named by
        self._renamed: dict[int, str] = {}
        self._rejected: dict[int, Rejected] = {}

    def add(self, path: str, n_bytes: int, *, below_from: int, member: str | None = None) -> None:
        """Adds the file at `path`, or the `member` of the archive there; `path[below_from:]` is its path below
        what the user gave.
        """
        if member is not None:
            self._members[len(self._paths)] = member
        self._paths.append(path)
        self._sizes.append(n_bytes)
        self._below_from.append(below_from)
        self._levels.append(0)

    def reject(self, rejected: Rejected) -> None:
        """Adds what is no input."""
        self._rejected[len(self._paths)] = rejected
        self.add("", 0, below_from=0)

    def settle(self) -> None:
        """Gives each input its name."""
        for level in (1, 2):
            repeated = _repeated(hash(name) for _, name in self._names())
            if not repeated:
                break
            for index, name in self._names():
                if hash(name) in repeated:
                    self._levels[index] = level
        taken = UniqueNames()
        for index, name in self._names():
            unique = taken.claim(name)
            if unique != name:
                self._renamed[index] = unique

    def _names(self) -> Iterator[tuple[int, str]]:
        return (
            (index, self._name(index)) for index in range(len(self._paths)) if index not in self._rejected
        )

    def _name(self, index: int) -> str:
        path = self._paths[index]
        below = PurePosixPath("stdin" if path == STANDARD_INPUT else path[self._below_from[index] :])
        if index in self._members:
            below = below.with_suffix("") / self._members[index]
        return identifier(_FORMS[self._levels[index]](below))

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Input | Rejected: ...
    @overload
    def __getitem__(self, index: slice) -> list[Input | Rejected]: ...
    def __getitem__(self, index: int | slice) -> Input | Rejected | list[Input | Rejected]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        if index in self._rejected:
            return self._rejected[index]
        path, member = self._paths[index], self._members.get(index)
        doc_id = self._renamed.get(index) or self._name(index)
        source = printable(path) if member is None else f"{printable(path)}!{printable(member)}"
        return Input(doc_id, source, path, member, self._sizes[index])


def _repeated(numbers: Iterable[int]) -> set[int]:
    seen, repeated = set[int](), set[int]()
    for number in numbers:
        (repeated if number in seen else seen).add(number)
    return repeated
