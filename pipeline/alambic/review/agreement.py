"""Annotators who agree, those who do not, and spans of one kind that overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

Item = dict[str, Any]
Placed = tuple[str, Item]
"""The list of the record that an item belongs to, and the item."""

_Key = tuple[str, int, int, str, int]


def join(annotators: Sequence[str], items: Sequence[Sequence[Placed]]) -> tuple[list[Placed], list[str]]:
    """One list from the `items` of each of `annotators`, and a sentence on each thing that they disagree on.

    What not all marked alike is kept, as its first annotator has it, and `optional`: the guide's word for an item that
    careful readers disagree on.

    >>> verkor = {"start": 0, "end": 6, "text": "Verkor", "label": "ORG", "canonical": "Verkor"}
    >>> kept, told = join(["A", "B"], [[("entities", verkor)], []])
    >>> kept[0][1]["optional"], told
    (True, ["ORG 'Verkor' at 0–6 was marked by A and not by B; it is optional until it is decided."])
    """
    if len(items) == 1:
        return list(items[0]), []
    by_key: dict[_Key, dict[str, Placed]] = {}
    for annotator, of_annotator in zip(_told_apart(annotators), items, strict=True):
        for key, placed in _keyed(of_annotator):
            by_key.setdefault(key, {})[annotator] = placed
    everyone = list(_told_apart(annotators))
    kept, sentences = [], []
    told: set[_Key] = set()
    for key in sorted(by_key, key=lambda key: key[1:3]):
        having = by_key[key]
        stage, item = next(iter(having.values()))
        without = [annotator for annotator in everyone if annotator not in having]
        there: list[tuple[_Key, str]] = []
        if without:
            there = _instead(by_key, key, without)
            others = [f"{name_of(*by_key[other][who])} from {who}" for other, who in there]
            fault = f"was marked by {_and(having)} and not by {_and(without)}"
            fault += f", with {_and(others)} instead" if others else ""
        elif any(other != item for _, other in having.values()):
            fault = f"has other values from each annotator ({_values_apart(having)})"
        else:
            kept.append((stage, item))
            continue
        kept.append((stage, item | {"optional": True}))
        if key not in told:
            sentences.append(f"{name_of(stage, item)} {fault}; it is optional until it is decided.")
        told.update(other for other, _ in there)
    return kept, sentences


def overlaps(stage: str, items: Sequence[Item]) -> Iterator[str]:
    """A sentence on each two neighbours of `items`, sorted and all of one kind, that share characters.

    None on two optional ones: that they cannot both be right is why they are optional.
    """
    for before, after in pairwise(items):
        if after["start"] < before["end"] and not (before.get("optional") and after.get("optional")):
            yield (
                f"{name_of(stage, before)} and {name_of(stage, after)} overlap; both were kept: take one out, or say"
                " which is optional."
            )


def name_of(stage: str, item: Item) -> str:
    """How messages name an item: label, text, place."""
    label = item.get("label") or {"figures": "FIGURE", "dates": "DATE", "quotes": "QUOTE"}[stage]
    words = " ".join(item["text"].split())
    shown = words if len(words) <= 80 else f"{words[:60]}…{words[-15:]}"
    return f"{label} {shown!r} at {item['start']}–{item['end']}"


def _told_apart(annotators: Sequence[str]) -> Iterator[str]:
    """The names, with a number where one comes again: two annotations by one person are two views."""
    met: Counter[str] = Counter()
    for name in annotators:
        met[name] += 1
        yield name if met[name] == 1 else f"{name} (annotation {met[name]})"


def _keyed(items: Sequence[Placed]) -> Iterator[tuple[_Key, Placed]]:
    met: Counter[tuple[str, int, int, str]] = Counter()
    for stage, item in items:
        place = (stage, item["start"], item["end"], item.get("label", ""))
        met[place] += 1
        yield (*place, met[place]), (stage, item)


def _instead(
    by_key: dict[_Key, dict[str, Placed]], key: _Key, without: Sequence[str]
) -> list[tuple[_Key, str]]:
    """What those who did not mark it have there, by annotator: the same words with another label, or other edges."""
    stage, start, end = key[:3]
    return [
        (other, annotator)
        for other, having in by_key.items()
        if other[0] == stage and other[1] < end and start < other[2]
        for annotator in without
        if annotator in having
    ]


def _values_apart(having: dict[str, Placed]) -> str:
    items = {annotator: item for annotator, (_, item) in having.items()}
    names = dict.fromkeys(name for item in items.values() for name in item)
    apart = [name for name in names if len({repr(item.get(name)) for item in items.values()}) > 1]
    return "; ".join(
        f"{annotator}: {', '.join(f'{name} {item.get(name)!r}' for name in apart)}"
        for annotator, item in items.items()
    )


def _and(names: Iterable[str]) -> str:
    return " and ".join(names)
