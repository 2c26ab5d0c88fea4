"""From what annotators left in a tool to gold: every span checked, every value completed, every conflict told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from alambic.cleaning import clean
from alambic.dates import find_published
from alambic.evaluation.gold import item_faults
from alambic.evaluation.scoring import STAGES
from alambic.review.agreement import Item, join, overlaps
from alambic.review.completing import Completion
from alambic.review.labels import (
    FIELDS,
    OPTIONAL,
    Field,
    Unreadable,
    known_label,
    plain,
    read_optional,
    stage_of,
)
from alambic.review.marks import NOT_TOLD, Mark, Reading, agrees

_WITH_VALUES = ("FIGURE", "DATE")
_UNTIL_WRITTEN = {"kind": "count", "modifier": "exact", "unit": ""}


@dataclass(slots=True)
class Assembled:
    """The gold `record` of one release, in the form of the guide's section 5, and its raw `text`.

    `record` is `None` where there is nothing to make gold of. `conflicts` are sentences on what a person must decide
    or correct, `notes` sentences on what was done without asking.
    """

    doc_id: str
    text: str
    record: dict[str, Any] | None
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def assemble(readings: Iterable[Reading]) -> Iterator[Assembled]:
    """The gold of each release that `readings` are about, in order of `doc_id`; several readings of one are joined."""
    ordered = sorted(readings, key=lambda reading: reading.doc_id)
    for doc_id, of_release in groupby(ordered, key=lambda reading: reading.doc_id):
        yield _release(doc_id, list(of_release))


def _release(doc_id: str, readings: list[Reading]) -> Assembled:
    read = [reading for reading in readings if not reading.is_skipped]
    first = (read or readings)[0]
    made = Assembled(doc_id, first.text, None)
    for reading in readings:
        made.conflicts += reading.conflicts
        made.notes += reading.notes
    try:
        doc_id.encode("utf-8")
        digest = hashlib.sha256(first.text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        made.conflicts.append(
            f"{doc_id!r}: its text or its name holds half a character (a lone surrogate); export it again."
        )
        return made
    if not read:
        return made
    if first.sha256 not in (None, digest):
        made.conflicts.append(
            f"{doc_id}: its text is not the one that was exported; the gold is on the text that came back."
        )
    readings = [reading for reading in read if reading.text == first.text]
    made.conflicts += [
        f"{doc_id}: the text of {reading.annotator} is not that of {first.annotator}; its marks were left out."
        for reading in read
        if reading.text != first.text
    ]
    published = _published(first, made)
    items = [list(_Checked(reading, published, made).items()) for reading in readings]
    joined, disagreements = join([reading.annotator for reading in readings], items)
    made.conflicts += [f"{doc_id}: {sentence}" for sentence in disagreements]
    made.record = {"doc_id": doc_id, "sha256": digest, "published": published}
    for stage in STAGES:
        of_stage = [item for where, item in joined if where == stage]
        made.record[stage] = sorted(of_stage, key=lambda item: (item["start"], item["end"]))
        made.conflicts += [f"{doc_id}: {sentence}" for sentence in overlaps(stage, made.record[stage])]
    return made


def _published(reading: Reading, made: Assembled) -> str | None:
    told = reading.published
    if told is None:
        return None
    if told != NOT_TOLD:
        try:
            return date.fromisoformat(str(told)).isoformat()
        except ValueError:
            made.conflicts.append(f"{made.doc_id}: published {told!r} is no day; write it as 2025-12-31.")
    day = find_published(clean(reading.text).text)
    made.notes.append(
        f"{made.doc_id}: its day of publication was not told; {day or 'none'} was read in its text."
    )
    return day.isoformat() if day else None


class _Checked:
    """The marks of one reading as gold items."""

    def __init__(self, reading: Reading, published: str | None, made: Assembled) -> None:
        self._reading = reading
        self._text = reading.text
        self._made = made
        self._placed = list(self._places())
        names = [((start, end), label) for _, label, start, end in self._placed if label in ("ORG", "PER")]
        self._completion = Completion(reading.text, published, names)

    def items(self) -> Iterator[tuple[str, Item]]:
        """Stage and item, without the doubles of an item."""
        seen = set()
        for mark, label, start, end in self._placed:
            item = self._item(mark, label, start, end)
            if item is not None and (label, *item.items()) not in seen:
                seen.add((label, *item.items()))
                yield stage_of(label), item

    def _conflict(self, mark: Mark, fault: str) -> None:
        text = mark.written or self._text[mark.start : mark.end]
        self._made.conflicts.append(
            f"{self._made.doc_id}: {mark.label} {_shown(text)} at {mark.start}–{mark.end}"
            f" ({self._reading.annotator}) {fault}."
        )

    def _places(self) -> Iterator[tuple[Mark, str, int, int]]:
        """The marks that can be gold, with their label and their place, white space at the edges left out."""
        for mark in self._reading.marks:
            label = known_label(mark.label)
            if label is None:
                self._conflict(
                    mark, f"has a label that gold does not have; make it one of {', '.join(FIELDS)}"
                )
            elif not 0 <= mark.start < mark.end <= len(self._text):
                self._conflict(
                    mark, f"is outside the text, which has {len(self._text)} characters; mark it again"
                )
            elif not agrees(self._text, mark):
                there = _shown(self._text[mark.start : mark.end])
                self._conflict(mark, f"stands on other characters, {there}; mark it again")
            else:
                start, end = mark.start, mark.end
                while start < end and self._text[start].isspace():
                    start += 1
                while start < end and self._text[end - 1].isspace():
                    end -= 1
                if start == end:
                    self._conflict(mark, "is nothing but white space; take it out")
                else:
                    yield mark, label, start, end

    def _item(self, mark: Mark, label: str, start: int, end: int) -> Item | None:
        item: Item = {"start": start, "end": end, "text": self._text[start:end]}
        if stage_of(label) == "entities":
            item["label"] = label
        values, is_optional = self._values(mark, label, (start, end))
        item |= values
        if is_optional:
            item[OPTIONAL] = True
        faults = list(item_faults(stage_of(label), item, self._text))
        if not faults:
            return item
        self._conflict(mark, f"was left out: {'; '.join(faults)}; its values were {values}")
        return None

    def _values(self, mark: Mark, label: str, place: tuple[int, int]) -> tuple[dict[str, Any], bool]:
        is_optional = False
        if mark.values.get(OPTIONAL):
            try:
                is_optional = read_optional(mark.values[OPTIONAL])
            except Unreadable as fault:
                self._conflict(mark, f"has an unreadable {OPTIONAL}: {fault}")
        values: dict[str, Any] = {}
        for wanted in FIELDS[label]:
            given = mark.values.get(wanted.name)
            if given is not None:
                try:
                    values[wanted.name] = plain(wanted.read(given))
                except Unreadable as fault:
                    self._conflict(
                        mark,
                        f"has an unreadable {wanted.name}: {fault}; it is optional until that is corrected",
                    )
                    is_optional = True
            elif wanted.name in mark.values and _may_be_nothing(wanted, is_optional):
                values[wanted.name] = wanted.nothing
        lacking = [wanted.name for wanted in FIELDS[label] if wanted.name not in values]
        if lacking and not self._complete(mark, label, place, values, lacking) and label in _WITH_VALUES:
            self._conflict(
                mark,
                f"has no {', '.join(lacking)}, and none could be read; it is optional until they are written",
            )
            is_optional = True
        return {wanted.name: values[wanted.name] for wanted in FIELDS[label]}, is_optional

    def _complete(
        self, mark: Mark, label: str, place: tuple[int, int], values: dict[str, Any], lacking: Sequence[str]
    ) -> bool:
        """Adds to `values` what is `lacking`, as the stages read it; whether they read anything there."""
        found = self._completion.values(label, place)
        values |= {name: found.get(name, _UNTIL_WRITTEN.get(name)) for name in lacking}
        if found:
            told = ", ".join(f"{name} {values[name]!r}" for name in lacking)
            self._made.notes.append(
                f"{self._made.doc_id}: {label} {_shown(self._text[slice(*place)])} at {place[0]}–{place[1]} came"
                f" without {', '.join(lacking)}; Alambic reads {told}."
            )
        elif label not in _WITH_VALUES:
            self._conflict(
                mark, f"has no {', '.join(lacking)}, and none could be read; write what the release gives"
            )
        return bool(found)


def _may_be_nothing(wanted: Field, is_optional: bool) -> bool:
    return not wanted.needed or wanted.nothing is not None or (is_optional and wanted.may_lack)


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 80 else f"{words[:60]}…{words[-15:]}")
