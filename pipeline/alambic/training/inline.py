"""Reads releases that are annotated inline, as XML, into raw text and the gold form; checks their annotation.

The form::

    <release published="2025-12-11">
    text with <org c="canonical">…</org> <per c="canonical">…</per>
    <fig kind="money" v="3000000000" v2="" unit="EUR" mod="min">…</fig>
    <date s="2025-12-11" e="2025-12-11">…</date>
    <q speaker="…" role="…" cue="…">…</q>
    </release>

`c` defaults to the mention itself, `mod` to `exact`, `e` to `s`; any tag may carry `opt="1"` (optional, see
the annotation guide). A quote may hold the other tags, else tags do not nest. White space is kept as written;
the break right after `<release …>` is no part of the text. Lines end in `\\n`; `&`, `<`, `>` are escaped.

What is wrong, what looks forgotten, and counts by folder::

    python -m alambic.training.inline corpus/train
"""

from __future__ import annotations

import hashlib
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from alambic.record import Date, Entity, Figure, Kind, Label, Modifier, Quote, Release

_LABELS: dict[str, Label] = {"org": "ORG", "per": "PER"}
_ATTRIBUTES = {
    "release": {"published"},
    "org": {"c", "opt"},
    "per": {"c", "opt"},
    "fig": {"kind", "v", "v2", "unit", "mod", "opt"},
    "date": {"s", "e", "opt"},
    "q": {"speaker", "role", "cue", "opt"},
}
_DURATIONS = {"an", "mois", "semaine", "jour", "heure", "minute", "seconde"}
_CURRENCY = re.compile(r"[A-Z]{3}")
# All in lower case, for a company may well be called Meubles.com.
_ADDRESS = re.compile(r"#\w|\w@\w|https?://|www\.|\A[a-z0-9.-]+\.(?:fr|com|org|net|eu|io|example)\Z")
_ENTITY_EDGE = re.compile(r"""\A[\s,;:.?»”"')\]}–—-]|[\s,;:«“"(\[{–—-]\Z""")
_QUOTE_EDGE = re.compile(r"""\A[\s«“"]|[\s»”"]\Z""")
_PAIRS = (("«", "»"), ("“", "”"))


class InlineError(ValueError):
    """A release that cannot be read; the message names the release, the fault and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedRelease:
    """A raw text with its annotation; the offsets in `release` are into `text`."""

    text: str
    release: Release


def read_inline(path: Path) -> AnnotatedRelease:
    """The release in the file `path` (UTF-8), its name without the suffix as `doc_id`.

    Raises `InlineError` where the file is not well-formed XML, or where a tag, an attribute or the form of a
    number is not one of those above.
    """
    return parse_inline(path.read_text(encoding="utf-8"), path.stem)


def parse_inline(xml: str, doc_id: str) -> AnnotatedRelease:
    """The release written inline in `xml`. Raises as `read_inline` does.

    >>> one = parse_inline('<release>\\n<org>Verkor</org> recrute <fig kind="count" v="1200" unit="emploi">'
    ...                    '1 200 emplois</fig>.</release>', "verkor")
    >>> one.text
    'Verkor recrute 1 200 emplois.'
    >>> [(figure.start, figure.end, figure.value) for figure in one.release.figures]
    [(15, 28, 1200)]
    """
    try:
        root = ET.fromstring(xml)
    except ET.ParseError as fault:
        raise InlineError(
            f"{doc_id} is not well-formed XML ({fault}): close the tag, escape the & or the <"
        ) from fault
    if root.tag != "release":
        raise InlineError(f"{doc_id} starts with <{root.tag}>: write <release>")
    reading = _Reading(doc_id)
    text = reading.element(root)
    release = Release(
        doc_id=doc_id,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=root.get("published"),
        n_words=len(text.split()),
        entities=tuple(sorted(reading.entities, key=_place)),
        figures=tuple(sorted(reading.figures, key=_place)),
        dates=tuple(sorted(reading.dates, key=_place)),
        quotes=tuple(sorted(reading.quotes, key=_place)),
    )
    return AnnotatedRelease(text=text, release=release)


def _place(span: Entity | Figure | Date | Quote) -> tuple[int, int]:
    return span.start, span.end


def _number(written: str | None) -> float | None:
    """A number in full, an `int` where it is whole, so that gold files say 1200 and not 1200.0."""
    if not written:
        return None
    value = float(written)
    return int(value) if value.is_integer() else value


class _Reading:
    """One pass over the tree: how far the text has come, and the spans closed so far."""

    def __init__(self, doc_id: str) -> None:
        self.doc_id = doc_id
        self.length = 0
        self.entities: list[Entity] = []
        self.figures: list[Figure] = []
        self.dates: list[Date] = []
        self.quotes: list[Quote] = []

    def element(self, node: ET.Element) -> str:
        """The text that `node` holds; its span and those inside it are filed."""
        if node.tag not in _ATTRIBUTES:
            raise InlineError(f"{self.doc_id} has an unknown tag <{node.tag}>: use org, per, fig, date, q")
        if unknown := set(node.attrib) - _ATTRIBUTES[node.tag]:
            raise InlineError(f"{self.doc_id}: <{node.tag}> takes no {min(unknown)!r}: leave it out")
        start = self.length
        lead = node.text or ""
        pieces = [self._pass(lead.removeprefix("\n") if node.tag == "release" else lead)]
        for child in node:
            pieces += [self.element(child), self._pass(child.tail or "")]
        text = "".join(pieces)
        try:
            self._file(node, start, text)
        except ValueError as fault:
            raise InlineError(f"{self.doc_id}: {text!r}: {fault}: write a plain number") from fault
        return text

    def _pass(self, text: str) -> str:
        self.length += len(text)
        return text

    def _file(self, node: ET.Element, start: int, text: str) -> None:
        get = node.attrib.get
        place: dict[str, Any] = {"start": start, "end": start + len(text), "text": text}
        place["optional"] = bool(get("opt"))
        if node.tag in _LABELS:
            canonical = get("c") or " ".join(text.split())
            self.entities.append(Entity(**place, label=_LABELS[node.tag], canonical=canonical))
        elif node.tag == "fig":
            figure = Figure(
                **place,
                kind=cast(Kind, get("kind", "")),
                value=_number(get("v")),
                value_max=_number(get("v2")),
                unit=get("unit", ""),
                modifier=cast(Modifier, get("mod") or "exact"),
            )
            self.figures.append(figure)
        elif node.tag == "date":
            self.dates.append(Date(**place, iso_start=get("s"), iso_end=get("e") or get("s")))
        elif node.tag == "q":
            role, cue = get("role") or None, get("cue") or None
            self.quotes.append(Quote(**place, speaker=get("speaker") or None, speaker_role=role, cue=cue))


def check(annotated: AnnotatedRelease) -> list[str]:
    """What is wrong with the annotation, a sentence each; empty where nothing is.

    >>> check(parse_inline('<release><org>verkor.com</org></release>', "v"))
    ["v: the entity 'verkor.com' is an address or a hashtag: take the tag off"]
    """
    release = annotated.release
    every = (_entities_wrong, _figures_wrong, _dates_wrong, _quotes_wrong)
    return [f"{release.doc_id}: {sentence}" for wrong in every for sentence in wrong(release)]


def _entities_wrong(release: Release) -> Iterator[str]:
    end = 0
    for entity in release.entities:
        text = entity.text
        if not text or _ENTITY_EDGE.search(text) or not _paired(text):
            yield f"the entity {text!r} is empty or has a blank or a mark at its edge: move the tag"
        if _ADDRESS.search(text):
            yield f"the entity {text!r} is an address or a hashtag: take the tag off"
        if entity.canonical != " ".join(entity.canonical.split()):
            yield f"the canonical name {entity.canonical!r} has odd blanks: write single ones"
        if entity.start < end:
            yield f"the entity {text!r} stands inside another: keep the longer name"
        end = max(end, entity.end)


def _figures_wrong(release: Release) -> Iterator[str]:
    for figure in release.figures:
        where = f"the figure {figure.text!r}"
        if figure.text != figure.text.strip() or not figure.text:
            yield f"{where} is empty or has a blank at its edge: move the tag"
        if figure.kind not in get_args(Kind):
            yield f"{where} is of kind {figure.kind!r}: use {', '.join(get_args(Kind))}"
        if figure.modifier not in get_args(Modifier):
            yield f"{where} has the modifier {figure.modifier!r}: use {', '.join(get_args(Modifier))}"
        if figure.optional:
            continue
        if figure.value is None:
            yield f"{where} has no value: write v, or opt where the text gives none"
        elif figure.value_max is not None and figure.value_max < figure.value:
            yield f"{where} runs from {figure.value} down to {figure.value_max}: swap v and v2"
        if not _unit_fits(figure):
            yield f"{where} has the unit {figure.unit!r}, none of its kind: see the guide, section 2"


def _unit_fits(figure: Figure) -> bool:
    match figure.kind:
        case "money":
            return _CURRENCY.fullmatch(figure.unit) is not None
        case "percent":
            return figure.unit in ("%", "point")
        case "duration":
            return figure.unit in _DURATIONS
        case _:
            return bool(figure.unit.strip())


def _dates_wrong(release: Release) -> Iterator[str]:
    if release.published is not None and not _is_day(release.published):
        yield f"published is {release.published!r}: write a day as 2025-12-31, or leave it out"
    for found in release.dates:
        if found.text != found.text.strip() or not found.text:
            yield f"the date {found.text!r} is empty or has a blank at its edge: move the tag"
        start, end = found.iso_start or "", found.iso_end or ""
        if not (_is_day(start) and _is_day(end) and start <= end):
            yield f"the date {found.text!r} runs from {start!r} to {end!r}: write ISO days in order"


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _quotes_wrong(release: Release) -> Iterator[str]:
    names = {name for entity in release.entities for name in (entity.canonical, entity.text)}
    for quote in release.quotes:
        text, start = quote.text, repr(quote.text[:40])
        if not text or text != text.strip() or (_QUOTE_EDGE.search(text) and not _paired(text)):
            yield f"the quote {start} is empty or has a blank or a mark at its edge: move the tag"
        for name in (quote.speaker or "").split(" ; "):
            if name and name not in names:
                yield f"the speaker {name!r} of {start} is no entity here: write its canonical name"


def _paired(text: str) -> bool:
    """Whether marks that open in `text` close in it: those at its edges are then its own."""
    return all(text.count(first) == text.count(last) for first, last in _PAIRS)


def bare_names(annotated: AnnotatedRelease) -> list[str]:
    """Places where a name annotated elsewhere in the release stands bare: forgotten, or a product or a place.

    >>> bare_names(parse_inline('<release><org>Verkor</org> recrute. Verkor investit.</release>', "v"))
    ["v: 'Verkor' is bare at 16: 'Verkor recrute. Verkor investit.'"]
    """
    text, release = annotated.text, annotated.release
    tagged = bytearray(len(text))
    for entity in release.entities:
        tagged[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    found = []
    for name in sorted({" ".join(entity.text.split()) for entity in release.entities}):
        if len(name) < 3:
            continue
        words = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text):
            if not any(tagged[match.start() : match.end()]):
                around = text[max(0, match.start() - 30) : match.end() + 20]
                found.append(f"{release.doc_id}: {name!r} is bare at {match.start()}: {around!r}")
    return found


def gold(annotated: AnnotatedRelease) -> dict[str, Any]:
    """The gold record of the annotation guide, section 5, ready for `json.dumps`."""
    release = annotated.release
    return {
        "doc_id": release.doc_id,
        "sha256": release.sha256,
        "published": release.published,
        "entities": _plain(release.entities, ("label", "canonical")),
        "figures": _plain(release.figures, ("kind", "value", "value_max", "unit", "modifier")),
        "dates": _plain(release.dates, ("iso_start", "iso_end")),
        "quotes": _plain(release.quotes, ("speaker", "speaker_role", "cue")),
    }


def _plain(spans: Iterable[Entity | Figure | Date | Quote], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = []
    for span in spans:
        every = asdict(span)
        row = {name: every[name] for name in ("start", "end", "text", *fields)}
        if span.optional:
            row["optional"] = True
        rows.append(row)
    return rows


def main(folder: Path) -> int:
    """Prints what is wrong in the releases below `folder`, and their counts; 1 where anything is wrong."""
    counts: dict[str, list[int]] = {}
    faults = 0
    for path in sorted(folder.rglob("*.xml")):
        try:
            annotated = read_inline(path)
        except InlineError as fault:
            print(fault)
            faults += 1
            continue
        wrong = check(annotated)
        faults += len(wrong)
        for sentence in [*wrong, *bare_names(annotated)]:
            print(sentence)
        more = _counts(annotated.release)
        row = counts.get(name := str(path.parent.relative_to(folder)), [0] * len(more))
        counts[name] = [sum(pair) for pair in zip(row, more, strict=True)]
    counts["**all**"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    print("\n| folder | releases | words | ORG | PER | figures | dates | quotes |\n| --- |" + " ---: |" * 7)
    for name, row in counts.items():
        print(f"| {name} | " + " | ".join(f"{count:,}" for count in row) + " |")
    return 1 if faults else 0


def _counts(release: Release) -> list[int]:
    labels = [entity.label for entity in release.entities]
    spans = [len(release.figures), len(release.dates), len(release.quotes)]
    return [1, release.n_words, labels.count("ORG"), labels.count("PER"), *spans]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
