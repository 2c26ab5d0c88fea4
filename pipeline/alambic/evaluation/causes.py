"""Why predictions are wrong: each mistake with its cause, and what was taken for what.

The scores of `scoring` say how many; this says which and why, on the same pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alambic.evaluation.gold import Gold
from alambic.evaluation.scoring import (
    STAGES,
    Pairing,
    field_values,
    folded_unit,
    is_close,
    overlap,
    pairing,
    told,
)
from alambic.record import Date, Entity, Figure, Release, Span

NOTHING = "nothing"
LABELS = ("ORG", "PER", "FIGURE", "DATE", "QUOTE")
"""What a span can be taken for, beside `NOTHING`."""

CAUSES = (
    "boundary",
    "label",
    "label and boundary",
    "wrong value",
    "wrong unit",
    "wrong value and unit",
    "wrong days",
    "another stage",
    "missed",
    "spurious",
    "wrong kind",
    "wrong modifier",
    "wrong canonical",
    "wrong speaker",
    "wrong role",
    "wrong cue",
)
"""The causes, in the order in which they are shown."""

_AROUND = 40
_SAME_PLACE = 0.5  # of the characters that either covers; a figure inside a quote is not the quote


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement: its `cause`, the gold item and what was found, either of which may be `None`.

    `stage` is that of the gold item, or of what was found where there is none. `text` is the raw text of the release.
    """

    doc_id: str
    stage: str
    cause: str
    gold: Span | None
    found: Span | None
    text: str = field(repr=False)

    @property
    def place(self) -> tuple[int, int]:
        """From the first to the last character of either item."""
        items = [item for item in (self.gold, self.found) if item is not None]
        return min(item.start for item in items), max(item.end for item in items)

    def sides(self) -> Iterator[tuple[str, str]]:
        """What gold says and what was found, each as told in a list of errors; for a field, that field's values."""
        name = self.cause.removeprefix("wrong ")
        if self.gold is not None and self.found is not None:
            for of, want, got, _ in field_values(self.gold, self.found):
                if of == name:
                    yield "gold", f"{told(self.gold)} {want!r}"
                    yield "found", repr(got)
                    return
        if self.gold is not None:
            yield "gold", _described(self.gold)
        if self.found is not None:
            yield "found", _described(self.found)


@dataclass(slots=True)
class Diagnosis:
    """`mistakes` in the order of the texts; `confusion` counts, for each label of gold (or `NOTHING`), what it was taken
    for (a label, or `NOTHING`), edges and values aside."""

    mistakes: list[Mistake] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def by_cause(self) -> Iterator[tuple[str, str, list[Mistake]]]:
        """Stage, cause and mistakes, in the order of the stages and of `CAUSES`; none that is empty."""
        for stage in STAGES:
            for cause in CAUSES:
                of_cause = [m for m in self.mistakes if m.stage == stage and m.cause == cause]
                if of_cause:
                    yield stage, cause, of_cause


def diagnose(golds: Iterable[Gold], predictions: Mapping[str, Release]) -> Diagnosis:
    """Every mistake of `predictions`, by `doc_id`, on `golds`. Optional gold explains what it overlaps, as in scoring.

    >>> text = "Verkor investit."
    >>> gold = Entity(start=0, end=6, text="Verkor", label="ORG", canonical="Verkor")
    >>> found = Entity(start=0, end=6, text="Verkor", label="PER", canonical="Verkor")
    >>> read = {"a": Release(doc_id="a", sha256="", entities=(found,))}
    >>> seen = diagnose([Gold(Release(doc_id="a", sha256="", entities=(gold,)), text)], read)
    >>> [(m.stage, m.cause) for m in seen.mistakes], seen.confusion
    ([('entities', 'label')], Counter({('ORG', 'PER'): 1}))
    """
    diagnosis = Diagnosis()
    for gold in golds:
        nothing = Release(doc_id=gold.release.doc_id, sha256="")
        _diagnose(diagnosis, gold, predictions.get(gold.release.doc_id, nothing))
    return diagnosis


def _diagnose(diagnosis: Diagnosis, gold: Gold, prediction: Release) -> None:
    doc_id, mistakes, confusion = gold.release.doc_id, [], diagnosis.confusion
    missed: list[tuple[str, Pairing, Span]] = []
    wrong: list[tuple[str, Pairing, Span]] = []

    def mistake(stage: str, cause: str, expect: Span | None, found: Span | None) -> None:
        mistakes.append(Mistake(doc_id, stage, cause, expect, found, gold.text))
        confusion[label_of(expect), label_of(found)] += 1

    for stage in STAGES:
        paired = pairing(stage, gold, prediction)
        for expect, found in paired.matches:
            confusion[label_of(expect), label_of(found)] += 1
            for name, _, _, same in field_values(expect, found):
                if not same:
                    mistakes.append(Mistake(doc_id, stage, f"wrong {name}", expect, found, gold.text))
        pairs = list(_closest(paired))
        for expect, found in pairs:
            mistake(stage, _cause(expect, found, paired), expect, found)
        explained = {id(item) for pair in pairs for item in pair}
        missed += [(stage, paired, item) for item in paired.missed if id(item) not in explained]
        wrong += [(stage, paired, item) for item in paired.wrong if id(item) not in explained]

    taken: set[int] = set()
    for stage, paired, expect in missed:
        elsewhere = next(
            (
                found
                for _, other, found in wrong
                if id(found) not in taken and _share(paired.place(expect), other.place(found)) >= _SAME_PLACE
            ),
            None,
        )
        mistake(stage, "another stage" if elsewhere else "missed", expect, elsewhere)
        taken.add(id(elsewhere))
    for stage, _, found in wrong:
        if id(found) not in taken:
            mistake(stage, "spurious", None, found)
    diagnosis.mistakes += sorted(mistakes, key=lambda m: (STAGES.index(m.stage), m.place))


def label_of(item: Span | None) -> str:
    """What `item` is, of `LABELS`, or `NOTHING`."""
    if item is None:
        return NOTHING
    if isinstance(item, Entity):
        return item.label
    return "FIGURE" if isinstance(item, Figure) else "DATE" if isinstance(item, Date) else "QUOTE"


def _closest(paired: Pairing) -> Iterator[tuple[Span, Span]]:
    """Pairs of a missed and a wrong item that overlap, those that share most first, each item once."""
    pairs = [
        (share, expect, found)
        for expect in paired.missed
        for found in paired.wrong
        if (share := _share(paired.place(expect), paired.place(found)))
    ]
    taken: set[int] = set()
    for _, expect, found in sorted(pairs, key=lambda pair: -pair[0]):
        if id(expect) not in taken and id(found) not in taken:
            taken |= {id(expect), id(found)}
            yield expect, found


def _share(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = overlap(a, b)
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared else 0.0


def _cause(expect: Span, found: Span, paired: Pairing) -> str:
    """Why two overlapping items of one stage are no match."""
    if isinstance(expect, Entity) and isinstance(found, Entity):
        same_place = paired.place(expect) == paired.place(found)
        if expect.label == found.label:
            return "boundary"
        return "label" if same_place else "label and boundary"
    if isinstance(expect, Figure) and isinstance(found, Figure):
        same_value = is_close(expect.value, found.value) and is_close(expect.value_max, found.value_max)
        if folded_unit(expect.unit) == folded_unit(found.unit):
            return "wrong value"
        return "wrong unit" if same_value else "wrong value and unit"
    return "wrong days" if isinstance(expect, Date) else "boundary"


def _described(item: Span) -> str:
    return f"{label_of(item)} {told(item).removesuffix(' ' + label_of(item))}"


def lines(diagnosis: Diagnosis) -> Iterator[str]:
    """The confusion as a table, and the mistakes grouped by cause, for a terminal."""
    yield "what gold has (rows) was taken for (columns):"
    yield f"{'':<10}" + "".join(f"{name:>9}" for name in (*LABELS, NOTHING))
    for expect in (*LABELS, NOTHING):
        cells = (diagnosis.confusion[expect, found] for found in (*LABELS, NOTHING))
        yield f"{expect:<10}" + "".join(f"{cell or '·':>9}" for cell in cells)
    for stage, cause, mistakes in diagnosis.by_cause():
        yield ""
        yield f"{stage}: {cause} ({len(mistakes)})"
        for mistake in mistakes:
            sides = " · ".join(f"{side} {said}" for side, said in mistake.sides())
            yield f"  {mistake.doc_id} · {sides} · …{_around(mistake)}…"


def _around(mistake: Mistake) -> str:
    start, end = mistake.place
    if end - start > 2 * _AROUND:
        before = mistake.text[max(0, start - _AROUND) : start + _AROUND]
        return " ".join(f"{before} […] {mistake.text[end - _AROUND : end + _AROUND]}".split())
    return " ".join(mistake.text[max(0, start - _AROUND) : end + _AROUND].split())
