"""Differences in words: what each changed row is, the sentence that it stands in, and totals by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alambic.regression.comparing import WHATS, Change, Difference
from alambic.regression.kept import NAMES, SPANS, TABLES, Row

_AROUND = 50
_LONGEST = 90
_SHIFTS = 3
_INDENT = " " * 4

_TEXTS = {
    "same": "the text is the same, what is read from it differs",
    "changed": "the text has changed",
    "new": "a new release",
    "gone": "the release is gone",
    "renamed": "the same text, formerly",
}
_DESCRIBED: Mapping[str, tuple[str, ...]] = {
    "entities": ("label", "canonical"),
    "figures": ("kind", "value", "value_max", "unit", "modifier"),
    "dates": ("iso_start", "iso_end"),
    "quotes": ("speaker", "speaker_role", "cue"),
    "people": ("role", "employer", "mentions"),
    "organisations": ("acronym", "mentions"),
    "rejected": ("stage", "remedy"),
}


@dataclass(slots=True)
class Totals:
    """Counts over several releases: what became of their texts, and of their rows by table."""

    texts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, Counter[str]] = field(default_factory=lambda: {table: Counter() for table in TABLES})

    def add(self, difference: Difference) -> None:
        """Counts one release in."""
        self.texts[difference.text if difference else "equal"] += 1
        for table, n_rows in difference.same.items():
            self.rows[table]["same"] += n_rows
        for change in difference.changes:
            self.rows[change.table][change.what] += 1

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(self.texts[text] for text in _TEXTS)


def summary(totals: Totals) -> Iterator[str]:
    """The lines of a table of `totals`: a row a stage, then a sentence on the releases."""
    columns = ("same", *WHATS)
    yield f"{'':<14}" + "".join(f"{column:>10}" for column in columns)
    for table, counts in totals.rows.items():
        if counts or table != "rejected":
            yield f"{table:<14}" + "".join(f"{counts[column]:>10,}" for column in columns)
    texts = totals.texts
    told = [f"{texts['equal']:,} as before"]
    told += [
        f"{texts[text]:,} {words}"
        for text, words in (
            ("same", "with the same text read otherwise"),
            ("changed", "with a changed text"),
            ("new", "new"),
            ("gone", "gone"),
            ("renamed", "renamed"),
        )
        if texts[text]
    ]
    total = texts.total()
    yield f"{total:,} release{'' if total == 1 else 's'}: {', '.join(told)}."


def told(difference: Difference) -> Iterator[str]:
    """The lines on one release, none where nothing differs.

    >>> from alambic.regression.comparing import Change
    >>> row = {"text": "12 M€", "value": 12, "start": 9, "sentence": "Elle investit 12 M€ à Lyon."}
    >>> change = Change("figures", "changed", row | {"value": 12000000}, row, ("value",))
    >>> print(*told(Difference("a", "same", [change])), sep="\\n")
    a: the text is the same, what is read from it differs
      figures changed at 9: "12 M€", value 12000000 → 12
        Elle investit [12 M€] à Lyon.
    """
    if not difference:
        return
    words = _TEXTS[difference.text]
    if difference.formerly is not None:
        words = f"{words} {difference.formerly}"
    refused = [change for change in difference.changes if change.table == "rejected"]
    if any(change.what == "appeared" for change in refused):
        words = "it cannot be read any more" if difference.text == "changed" else "it cannot be read"
    elif any(change.what == "vanished" for change in refused) and difference.text == "changed":
        words = "it could not be read and can be now"
    yield f"{difference.doc_id}: {words}"
    if difference.text in ("new", "gone") or refused:
        yield from _counted(difference)
        for change in refused:
            yield from _lines(change)
        return
    moved = [change for change in difference.changes if change.what == "moved"]
    for change in difference.changes:
        if change.what != "moved" or difference.text == "same":
            yield from _lines(change)
    if difference.text == "changed":
        yield from _shifts(moved)
        if not difference.changes:
            yield "  everything that was read from it is as before"


def _counted(difference: Difference) -> Iterator[str]:
    counts = Counter(change.table for change in difference.changes if change.table in (*SPANS, *NAMES))
    if counts:
        yield "  " + ", ".join(f"{table}: {counts[table]:,}" for table in (*SPANS, *NAMES) if counts[table])


def _shifts(moved: Iterable[Change]) -> Iterator[str]:
    """Rows that the text before them pushed along, counted by how far, by table."""
    by_table: dict[str, Counter[int]] = {}
    for change in moved:
        if change.old and change.new:
            by_table.setdefault(change.table, Counter())[change.new["start"] - change.old["start"]] += 1
    for table, shifts in by_table.items():
        common = [f"{times:,} by {shift:+,}" for shift, times in shifts.most_common(_SHIFTS)]
        others = shifts.total() - sum(times for _, times in shifts.most_common(_SHIFTS))
        if others:
            common.append(f"{others:,} otherwise")
        yield f"  {table} moved with the text: {', '.join(common)} characters"


def _lines(change: Change) -> Iterator[str]:
    row = change.new or change.old or {}
    yield f"  {change.table} {change.what}{_where(change)}{_what(change, row)}"
    if context := _context(row):
        yield f"{_INDENT}{context}"


def _where(change: Change) -> str:
    old, new = change.old, change.new
    if change.table not in SPANS:
        return ": "
    if old and new and old["start"] != new["start"]:
        return f" from {old['start']} to {new['start']}: "
    return f" at {(new or old or {})['start']}: "


def _what(change: Change, row: Row) -> str:
    name = row.get("text") or row.get("name") or row.get("reason")
    head = [] if name is None else [f'"{_short(name)}"']
    if change.old and change.new and change.cells:
        return ", ".join([*head, *(_cell(column, change.old, change.new) for column in change.cells)])
    described = [str(row[column]) for column in _DESCRIBED.get(change.table, ()) if column in row]
    if not head:
        described = [f"{column} {_value(cell)}" for column, cell in row.items()]
    return ", ".join([*head, *map(_short, described)])


def _cell(column: str, old: Row, new: Row) -> str:
    return f"{column} {_value(old.get(column))} → {_value(new.get(column))}"


def _value(cell: object) -> str:
    match cell:
        case None:
            return "none"
        case str():
            return f'"{_short(cell)}"'
        case list():
            return "; ".join(map(str, cell))
    return str(cell)


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 31].rstrip()} … {bare[-30:].lstrip()}"


def _context(row: Row) -> str:
    """The sentence around a row's text, which is put in brackets; empty where the text fills it."""
    sentence, text = str(row.get("sentence", "")), " ".join(str(row.get("text", "")).split())
    at = sentence.replace("’", "'").find(text.replace("’", "'"))
    if at < 0:
        return _short(sentence)
    before, after = sentence[:at], sentence[at + len(text) :]
    if not before.strip() and not after.strip():
        return ""
    before = before if len(before) <= _AROUND else f"…{before[-_AROUND:]}"
    after = after if len(after) <= _AROUND else f"{after[:_AROUND]}…"
    return f"{before}[{_short(text)}]{after}"
