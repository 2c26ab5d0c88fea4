"""Scores predictions against gold, by section 6 of the annotation guide."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alambic.evaluation.gold import Gold
from alambic.record import Date, Entity, Figure, Quote, Release, Span

Place = tuple[int, int]

STAGES = ("entities", "figures", "dates", "quotes")
_QUOTE_OVERLAP = 0.9
_AROUND = 40
_SAME_UNIT = {
    "€": "eur",
    "euro": "eur",
    "ans": "an",
    "annee": "an",
    "m2": "m²",
    "m3": "m³",
    "points": "point",
}


@dataclass(slots=True)
class Counts:
    """Right predictions, wrong ones, and gold items that were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """2 P R / (P + R); 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def __iadd__(self, other: Counts) -> Counts:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self


@dataclass(slots=True)
class Share:
    """How many of some matched pairs agree in one field."""

    right: int = 0
    of: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.of if self.of else 1.0

    def add(self, is_right: bool) -> None:
        self.right += is_right
        self.of += 1


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement: `what` is `missed`, `wrong` or the name of a field; `context` is the text around it."""

    doc_id: str
    stage: str
    what: str
    gold: str
    predicted: str
    context: str

    def __str__(self) -> str:
        sides = [f"gold {self.gold}"] if self.gold else []
        sides += [f"found {self.predicted}"] if self.predicted else []
        return f"{self.doc_id} · {self.stage} {self.what} · {' · '.join(sides)} · …{self.context}…"


@dataclass(slots=True)
class Scores:
    """`stages` has a row a stage, with `entities ORG` and `entities PER`; `fields` the accuracies on matched pairs."""

    stages: dict[str, Counts] = field(default_factory=dict)
    fields: dict[str, Share] = field(default_factory=dict)
    documents: dict[str, dict[str, Counts]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    def count(self, doc_id: str, row: str, counts: Counts) -> None:
        self.stages.setdefault(row, Counts()).__iadd__(counts)
        self.documents.setdefault(doc_id, {}).setdefault(row, Counts()).__iadd__(counts)

    def share(self, name: str) -> Share:
        return self.fields.setdefault(name, Share())


def score(golds: Iterable[Gold], predictions: Mapping[str, Release]) -> Scores:
    """The scores of `predictions`, by `doc_id`, on `golds`; no prediction for a release counts as nothing found."""
    scores = Scores()
    for stage in STAGES:
        scores.stages[stage] = Counts()
    for gold in golds:
        nothing = Release(doc_id=gold.release.doc_id, sha256="")
        predicted = predictions.get(gold.release.doc_id, nothing)
        for stage in STAGES:
            _score_stage(scores, stage, gold, predicted)
    return scores


def fold(name: str | None) -> str:
    """`name` without case, accents and surplus white space, with one kind of apostrophe: what names are compared by."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class Pairing:
    """Gold and predictions of one stage in one text, paired as the guide pairs them.

    `missed` are gold items, `wrong` predictions; what optional gold explains is in none of the lists. `places` are the
    offsets of every item, by its `id()`, without white space at the edges.
    """

    matches: list[tuple[Span, Span]]
    missed: list[Span]
    wrong: list[Span]
    predicted: Sequence[Span]
    places: Mapping[int, Place]

    def place(self, item: Span) -> Place:
        return self.places[id(item)]


def pairing(stage: str, gold: Gold, prediction: Release) -> Pairing:
    """The items of `stage` in `gold` and in `prediction`, paired. Reported speech without marks is left out."""
    predicted: Sequence[Span] = getattr(prediction, stage)
    if stage == "quotes":  # indirect speech is no part of the scores
        predicted = [item for item in predicted if isinstance(item, Quote) and item.direct]
    expected: Sequence[Span] = getattr(gold.release, stage)
    places = {id(item): _trimmed(gold.text, item) for item in (*expected, *predicted)}
    return Pairing(*_paired(stage, expected, predicted, places), predicted, places)


def _score_stage(scores: Scores, stage: str, gold: Gold, prediction: Release) -> None:
    doc_id = gold.release.doc_id
    paired = pairing(stage, gold, prediction)

    def rows(item: Span) -> tuple[str, ...]:
        return (stage, f"{stage} {item.label}") if isinstance(item, Entity) else (stage,)

    def note(what: str, item: Span, expect: str, found: str) -> None:
        start, end = paired.place(item)
        context = " ".join(gold.text[max(0, start - _AROUND) : end + _AROUND].split())
        scores.errors.append(Error(doc_id, stage, what, expect, found, context))

    scores.count(doc_id, stage, Counts())
    for expect, found in paired.matches:
        for row in rows(expect):
            scores.count(doc_id, row, Counts(right=1))
        for name, want, got, same in field_values(expect, found):
            scores.share(name).add(same)
            if not same:
                note(name, expect, repr(want), repr(got))
    for expect in paired.missed:
        for row in rows(expect):
            scores.count(doc_id, row, Counts(missed=1))
        near = [item for item in paired.predicted if overlap(paired.place(expect), paired.place(item))]
        note("missed", expect, told(expect), ", ".join(map(told, near)))
    for found in paired.wrong:
        for row in rows(found):
            scores.count(doc_id, row, Counts(wrong=1))
        note("wrong", found, "", told(found))


def _paired(
    stage: str, expected: Sequence[Span], predicted: Sequence[Span], places: Mapping[int, tuple[int, int]]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Matched pairs, gold items missed, predictions that are wrong; what optional gold explains is in none of them."""
    same = _SAME[stage]
    free = sorted(predicted, key=lambda item: places[id(item)])
    matches: list[tuple[Span, Span]] = []
    missed: list[Span] = []
    for expect in sorted(expected, key=lambda item: (item.optional, places[id(item)])):
        place = places[id(expect)]
        match = next(
            (f for f in free if overlap(place, places[id(f)]) and same(expect, f, place, places[id(f)])),
            None,
        )
        if match is not None:
            free.remove(match)
            if not expect.optional:
                matches.append((expect, match))
        elif not expect.optional:
            missed.append(expect)
    optional = [places[id(item)] for item in expected if item.optional]
    wrong = [item for item in free if not any(overlap(place, places[id(item)]) for place in optional)]
    return matches, missed, wrong


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def overlap(a: Place, b: Place) -> int:
    """How many characters two places share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def is_close(a: float | None, b: float | None) -> bool:
    """Whether two values are the same, up to rounding."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a))


def folded_unit(unit: str) -> str:
    """What units are compared by: one spelling for those that the guide holds for the same."""
    folded = fold(unit).rstrip(".")
    return _SAME_UNIT.get(folded, folded)


def _same_entity(gold: Any, found: Any, gold_at: Place, found_at: Place) -> bool:
    return gold_at == found_at and gold.label == found.label


def _same_figure(gold: Any, found: Any, gold_at: Place, found_at: Place) -> bool:
    return (
        is_close(gold.value, found.value)
        and is_close(gold.value_max, found.value_max)
        and folded_unit(gold.unit) == folded_unit(found.unit)
    )


def _same_date(gold: Any, found: Any, gold_at: Place, found_at: Place) -> bool:
    return (gold.iso_start, gold.iso_end) == (found.iso_start, found.iso_end)


def _same_quote(gold: Any, found: Any, gold_at: Place, found_at: Place) -> bool:
    union = max(gold_at[1], found_at[1]) - min(gold_at[0], found_at[0])
    return overlap(gold_at, found_at) / union >= _QUOTE_OVERLAP


_SAME: dict[str, Callable[[Any, Any, Place, Place], bool]] = {
    "entities": _same_entity,
    "figures": _same_figure,
    "dates": _same_date,
    "quotes": _same_quote,
}


def field_values(gold: Span, found: Span) -> list[tuple[str, Any, Any, bool]]:
    """The fields that are scored on a matched pair: name, gold value, found value, whether they are the same."""
    if isinstance(gold, Entity) and isinstance(found, Entity):
        return [("canonical", gold.canonical, found.canonical, fold(gold.canonical) == fold(found.canonical))]
    if isinstance(gold, Figure) and isinstance(found, Figure):
        return [
            ("kind", gold.kind, found.kind, gold.kind == found.kind),
            ("modifier", gold.modifier, found.modifier, gold.modifier == found.modifier),
        ]
    if isinstance(gold, Quote) and isinstance(found, Quote):
        said = [("speaker", gold.speaker, found.speaker, fold(gold.speaker) == fold(found.speaker))]
        if gold.speaker_role:
            same = fold(gold.speaker_role) == fold(found.speaker_role)
            said.append(("role", gold.speaker_role, found.speaker_role, same))
        if gold.cue:
            said.append(("cue", gold.cue, found.cue, fold(gold.cue) == fold(found.cue)))
        return said
    return []


def told(item: Span) -> str:
    """What an error line says of an item."""
    text = " ".join(item.text.split())
    if isinstance(item, Entity):
        return f"{text!r} {item.label}"
    if isinstance(item, Figure):
        most = "" if item.value_max is None else f"–{item.value_max:g}"
        value = "?" if item.value is None else f"{item.value:g}"
        return f"{text!r} {value}{most} {item.unit}"
    if isinstance(item, Date):
        return f"{text!r} {item.iso_start}/{item.iso_end}"
    return repr(text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}")
