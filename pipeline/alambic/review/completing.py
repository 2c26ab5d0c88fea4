"""The values that a mark lacks, as Alambic's own stages read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from alambic.cleaning import MappedText, clean
from alambic.dates import find_dates, find_published
from alambic.entities import Mention, resolve
from alambic.entities import Reading as Seen
from alambic.entities.resolution import Resolution
from alambic.evaluation.scoring import fold
from alambic.figures import find_figures
from alambic.quotes import find_quotes
from alambic.record import Span
from alambic.review.labels import FIELDS, values_of

Place = tuple[int, int]


class Completion:
    """What the stages say of one raw `text`, read when it is first asked for.

    `published` is the ISO day that relative dates refer to, `names` the places of the organisations and people that
    were marked, with their labels: the stages are told of them.
    """

    def __init__(self, text: str, published: str | None, names: Iterable[tuple[Place, str]]) -> None:
        self._raw = text
        self._published = date.fromisoformat(published) if published else None
        self._names = sorted(set(names))
        self._whole: dict[str, list[tuple[Place, Span]]] = {}

    def values(self, label: str, place: Place) -> dict[str, Any]:
        """The values of the span at `place`, by field name; empty where the stage of `label` finds none there.

        >>> completion = Completion("Un budget de 3 milliards d'euros en 2025.", None, [])
        >>> completion.values("FIGURE", (13, 32))["value"], completion.values("DATE", (36, 40))["iso_end"]
        (3000000000, '2025-12-31')
        """
        if label in ("ORG", "PER"):
            return {"canonical": self._canonical(place)}
        best = self._nearest(place, self._placed(label))
        if best is None and label != "QUOTE":
            alone = clean(self._raw[place[0] : place[1]]).text
            best = next(iter(self._found(label, alone)), None)
        if best is None:
            return {}
        values = values_of(best)
        return {field.name: values[field.name] for field in FIELDS[label]}

    @cached_property
    def _clean(self) -> MappedText:
        return clean(self._raw)

    @cached_property
    def _resolution(self) -> Resolution:
        mentions: list[Mention] = []
        for (start, end), label in self._names:
            first, last = self._clean.clean_span(start, end)
            if first < last and (not mentions or mentions[-1].end <= first):
                mentions.append(Mention(first, last, label, 0.99))
        return resolve(self._clean.text, Seen.from_mentions(self._clean.text, mentions))

    @cached_property
    def _canonicals(self) -> dict[str, str]:
        return {fold(entity.text): entity.canonical for entity in self._resolution.entities}

    def _canonical(self, place: Place) -> str:
        name = " ".join(self._raw[place[0] : place[1]].split())
        return self._canonicals.get(fold(name), name)

    def _placed(self, label: str) -> list[tuple[Place, Span]]:
        """What the stage of `label` finds in the whole text, at its places in the raw text."""
        if label not in self._whole:
            mapped = self._clean
            found = self._found(label, mapped.text)
            self._whole[label] = [(mapped.raw_span(item.start, item.end), item) for item in found]
        return self._whole[label]

    def _found(self, label: str, text: str) -> Sequence[Span]:
        names = self._resolution.entities if text == self._clean.text else ()
        if label == "FIGURE":
            return find_figures(text, names)
        if label == "DATE":
            reference = self._published or find_published(self._clean.text)
            return [found for found in find_dates(text, reference, names) if found.iso_start]
        return find_quotes(text, names, self._resolution.people)

    @staticmethod
    def _nearest(place: Place, found: Iterable[tuple[Place, Span]]) -> Span | None:
        """The one of `found` that shares most characters with `place`, of what either covers."""
        best, most = None, 0.0
        for (start, end), item in found:
            shared = min(end, place[1]) - max(start, place[0])
            share = shared / (max(end, place[1]) - min(start, place[0]))
            if share > most:
                best, most = item, share
        return best
