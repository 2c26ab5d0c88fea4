"""What differs between two states of a release, row by row.

Rows are paired from the surest likeness to the loosest: the same place, the same words and values in the same
sentence, the same words and values anywhere, the same words in the same sentence, other words in a sentence that is
else the same, and in the same text places that overlap. Each pass looks rows up by a key, so that the whole takes time linear in their number.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from alambic.regression.kept import NAMES, SPANS, TABLES, Kept, Row

What = Literal["appeared", "vanished", "moved", "changed"]
Text = Literal["same", "changed", "new", "gone", "renamed"]

WHATS: tuple[What, ...] = ("appeared", "vanished", "moved", "changed")


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs: `old` is `None` where it appeared, `new` where it vanished.

    `cells` names the columns that differ; it is empty where the row only stands elsewhere now (`moved`).
    """

    table: str
    what: What
    old: Row | None
    new: Row | None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one release.

    `text` says what became of its raw text: `same` (the extraction differs), `changed`, `new`, `gone`, or `renamed`
    from `formerly`. `same` counts the rows that are as they were, by table.
    """

    doc_id: str
    text: Text
    changes: list[Change] = field(default_factory=list)
    same: Mapping[str, int] = field(default_factory=dict)
    formerly: str | None = None

    def __bool__(self) -> bool:
        return self.text != "same" or bool(self.changes)


def compare_all(old: Mapping[str, Kept], new: Mapping[str, Kept]) -> Iterator[Difference]:
    """The difference of every release of two states, in the order of their names, the equal ones too.

    A release that has another name but the same text (SHA-256) is `renamed`.
    """
    former = _renamed(old, new)
    for doc_id in sorted({*old, *new} - set(former.values())):
        if doc_id in former:
            found = compare(old[former[doc_id]], new[doc_id])
            yield Difference(doc_id, "renamed", found.changes, found.same, former[doc_id])
        else:
            yield compare(old.get(doc_id), new.get(doc_id))


def _renamed(old: Mapping[str, Kept], new: Mapping[str, Kept]) -> dict[str, str]:
    """New names to old ones, of the releases whose text is the same."""
    gone: dict[str, deque[str]] = defaultdict(deque)
    for doc_id in sorted(set(old) - set(new)):
        if sha256 := old[doc_id].sha256:
            gone[sha256].append(doc_id)
    found = {}
    if gone:
        for doc_id in sorted(set(new) - set(old)):
            if formerly := gone.get(new[doc_id].sha256 or ""):
                found[doc_id] = formerly.popleft()
    return found


def compare(old: Kept | None, new: Kept | None) -> Difference:
    """What differs between two states of one release, either of which may be missing.

    >>> before = Kept("a", "0" * 64, {"figures": [{"text": "12 M€", "value": 12000000, "start": 9}]})
    >>> after = Kept("a", "0" * 64, {"figures": [{"text": "12 M€", "value": 12, "start": 9}]})
    >>> [(change.what, change.cells) for change in compare(before, after).changes]
    [('changed', ('value',))]
    """
    assert old or new, "one of the two states must hold the release"
    doc_id = (new or old).doc_id  # type: ignore[union-attr]
    text: Text = "new" if old is None else "gone" if new is None else "changed"
    if old and new and old.sha256 == new.sha256:
        text = "same"
    changes: list[Change] = []
    same: dict[str, int] = {}
    for table in TABLES:
        before, after = old.rows(table) if old else [], new.rows(table) if new else []
        differing = list(_changes(table, before, after, text == "same"))
        same[table] = len(after) - sum(change.new is not None for change in differing)
        changes += sorted(differing, key=_order)
    return Difference(doc_id, text, changes, same)


def _order(change: Change) -> tuple[int, str]:
    row = change.new or change.old or {}
    return row.get("start", 0), row.get("name", "")


def _changes(table: str, old: list[Row], new: list[Row], same_text: bool) -> Iterator[Change]:
    # Where the text has changed, so may have the sentence around what was read: it is compared in the same text alone.
    ignored = {"start"} if same_text else {"start", "sentence"}
    pairs, vanished, appeared = _paired(table, old, new, same_text)
    for before, after in pairs:
        cells = tuple(
            column
            for column in dict.fromkeys((*before, *after))
            if column not in ignored and _comparable(column, before) != _comparable(column, after)
        )
        if cells:
            yield Change(table, "changed", before, after, cells)
        elif before.get("start") != after.get("start"):
            yield Change(table, "moved", before, after)
    for row in vanished:
        yield Change(table, "vanished", row, None)
    for row in appeared:
        yield Change(table, "appeared", None, row)


Key = Callable[[Row], Hashable]


def _paired(
    table: str, old: list[Row], new: list[Row], same_text: bool
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    pairs: list[tuple[Row, Row]] = []
    for key in _keys(table, same_text):
        more, old, new = _matched(key, old, new)
        pairs += more
    if table in SPANS and same_text:
        more, old, new = _overlapping(old, new)
        pairs += more
    if table in NAMES:
        more, old, new = _alike(old, new)
        pairs += more
    return pairs, old, new


def _keys(table: str, same_text: bool) -> list[Key]:
    if table in NAMES:
        return [_values, lambda row: row.get("name")]
    if table not in SPANS:
        return [lambda row: True]
    anywhere: list[Key] = [lambda row: (_values(row), _sentence(row)), _values]
    if same_text:
        return [lambda row: (_place(row), _values(row)), _place, *anywhere]
    return [*anywhere, lambda row: (_comparable("text", row), _sentence(row)), _setting]


def _matched(key: Key, old: list[Row], new: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs with the same `key`, in order, and what is left of `old` and `new`."""
    waiting: dict[Hashable, deque[Row]] = defaultdict(deque)
    for row in old:
        waiting[key(row)].append(row)
    pairs, left = [], []
    for row in new:
        if same := waiting.get(key(row)):
            pairs.append((same.popleft(), row))
        else:
            left.append(row)
    taken = {id(before) for before, _ in pairs}
    return pairs, [row for row in old if id(row) not in taken], left


def _overlapping(old: list[Row], new: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of places that overlap in one text, the first with the first; rows come in the order of the text."""
    pairs, vanished, appeared = [], [], []
    befores, afters = deque(old), deque(new)
    while befores and afters:
        before, after = befores[0], afters[0]
        if _end(before) <= after["start"]:
            vanished.append(befores.popleft())
        elif _end(after) <= before["start"]:
            appeared.append(afters.popleft())
        else:
            pairs.append((befores.popleft(), afters.popleft()))
    return pairs, [*vanished, *befores], [*appeared, *afters]


def _alike(old: list[Row], new: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of people or organisations that have a name in common: another of their names is the fullest now."""
    by_name: dict[str, Row] = {}
    for row in new:
        for name in _names(row):
            by_name.setdefault(name, row)
    pairs: list[tuple[Row, Row]] = []
    taken: set[int] = set()
    left = []
    for row in old:
        match = next(
            (by_name[name] for name in _names(row) if name in by_name and id(by_name[name]) not in taken),
            None,
        )
        if match is None:
            left.append(row)
        else:
            pairs.append((row, match))
            taken.add(id(match))
    return pairs, left, [row for row in new if id(row) not in taken]


def _names(row: Row) -> Iterable[str]:
    return [row.get("name", ""), *row.get("aliases", ())]


def _place(row: Row) -> tuple[int, int]:
    return row.get("start", 0), _end(row)


def _end(row: Row) -> int:
    return int(row.get("start", 0)) + len(str(row.get("text", "")))


def _sentence(row: Row) -> str:
    return str(row.get("sentence", ""))


def _setting(row: Row) -> Hashable:
    """The sentence without what stands in it, so that a figure which was corrected is the same figure."""
    return _sentence(row).replace(str(_comparable("text", row)).replace("’", "'"), "…", 1)


def _values(row: Row) -> Hashable:
    return tuple(
        (column, repr(_comparable(column, row)))
        for column in sorted(row)
        if column not in ("start", "sentence")
    )


def _comparable(column: str, row: Row) -> object:
    """A cell as it is compared: a text broken over other lines is the same text."""
    cell = row.get(column)
    return " ".join(cell.split()) if column == "text" and isinstance(cell, str) else cell
