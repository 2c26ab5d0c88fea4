"""Gold that goes to a tool and comes back untouched is the same gold, character by character."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alambic.evaluation import Gold, read_folder
from alambic.record import Date, Entity, Figure, Kind, Label, Modifier, Quote, Release
from alambic.review.exporting import export
from alambic.review.importing import import_gold
from alambic.review.tools import Tool

GOLD = Path(__file__).parents[2] / "corpus" / "gold"

# What breaks offsets and formats: line ends of all sorts, characters beyond U+FFFF, joined emoji, bidi marks, accents
# in two code points, no-break blanks, what XML, JSON, brat's notes and Label Studio's line ends give a meaning.
PIECES = [
    "Verkor", "Élodie", "12 %", "«", "»", " ", "  ", "\u00a0", "\u202f", "\n", "\r\n", "\r", "\t", "\u2028", "\u0085",
    "\f", "🏭", "👩🏽\u200d🚒", "𝟛", "\u202bעברית\u202c", "\u200f", "\u2066", "e\u0301", "|", "\\", "\\n", "=", ";", "#",
    "<b>&amp;", '"', "'", "T1\tORG 0 1", "\x1c", "\x00", "{", "[0, 3]",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)
DAYS = st.dates().map(lambda day: day.isoformat())
NUMBERS = st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False))


@st.composite
def golds(draw: st.DrawFn) -> Gold:
    text = draw(TEXTS.filter(str.strip))
    edges = [at for at, char in enumerate(text) if not char.isspace()]

    def place() -> dict[str, Any]:
        start, last = sorted((draw(st.sampled_from(edges)), draw(st.sampled_from(edges))))
        return {
            "start": start,
            "end": last + 1,
            "text": text[start : last + 1],
            "optional": draw(st.booleans()),
        }

    def days() -> dict[str, Any]:
        first, last = sorted((draw(DAYS), draw(DAYS)))
        return {"iso_start": first, "iso_end": last}

    def figure() -> Figure:
        at, value = place(), draw(NUMBERS)
        is_range = draw(st.booleans())
        return Figure(
            **at,
            kind=draw(st.sampled_from(get_args(Kind))),
            value=None if at["optional"] and draw(st.booleans()) else value,
            value_max=draw(NUMBERS.filter(lambda most: most > value)) if is_range and value < 1e15 else None,
            unit=draw(st.one_of(WORDS, st.just(""))),
            modifier=draw(st.sampled_from(get_args(Modifier))),
        )

    def date() -> Date:
        at = place()
        unresolved = at["optional"] and draw(st.booleans())
        return Date(**at, **({"iso_start": None, "iso_end": None} if unresolved else days()))

    def entity() -> Entity:
        return Entity(**place(), label=draw(st.sampled_from(get_args(Label))), canonical=draw(WORDS))

    def quote() -> Quote:
        of = st.one_of(st.none(), WORDS)
        return Quote(**place(), speaker=draw(of), speaker_role=draw(of), cue=draw(of))

    def several(make: Any) -> tuple[Any, ...]:
        made = dict.fromkeys(make() for _ in range(draw(st.integers(0, 3))))  # 0 and 0.0 are one value
        return tuple(sorted(made, key=lambda item: (item.start, item.end)))

    release = Release(
        doc_id=draw(WORDS),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=draw(st.one_of(st.none(), DAYS)),
        entities=several(entity),
        figures=several(figure),
        dates=several(date),
        quotes=several(quote),
    )
    return Gold(release, text)


@pytest.mark.parametrize("tool", list(Tool))
@settings(max_examples=80, deadline=None)
@given(gold=golds())
def test_gold_comes_back_the_same(tool: Tool, gold: Gold) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export([gold], Path(folder, "out"), tool)
        done = import_gold([Path(folder, "out")], Path(folder, "gold"))
        (back,) = read_folder(Path(folder, "gold"))
    assert back == gold
    assert [told for told in done.conflicts if "overlap" not in told] == []


@pytest.mark.parametrize("tool", list(Tool))
def test_the_shipped_gold_comes_back_byte_for_byte(tool: Tool, tmp_path: Path) -> None:
    export(read_folder(GOLD), tmp_path / "out", tool)
    done = import_gold([tmp_path / "out"], tmp_path / "gold")
    assert done.conflicts == []
    for path in GOLD.glob("*.*"):
        assert (tmp_path / "gold" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("tool", list(Tool))
def test_releases_whose_names_would_be_one_file_stay_apart(tool: Tool, tmp_path: Path) -> None:
    ids = ["mai/a", "mai_a", "MAI_A", "../../a", "CON"]
    digest = hashlib.sha256("Été.".encode()).hexdigest()
    made = [Gold(Release(doc_id=doc_id, sha256=digest), "Été.") for doc_id in ids]
    export(made, tmp_path / "out", tool)
    import_gold([tmp_path / "out"], tmp_path / "gold")
    assert {gold.release.doc_id for gold in read_folder(tmp_path / "gold")} == set(ids)
    assert len({path.name.casefold() for path in (tmp_path / "gold").glob("*.json")}) == len(ids)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "gold"}


def test_doccano_counts_utf_16_units_and_label_studio_code_points(tmp_path: Path) -> None:
    text = "🏭 Verkor"
    verkor = Entity(start=2, end=8, text="Verkor", label="ORG", canonical="Verkor")
    release = Release(doc_id="a", sha256=hashlib.sha256(text.encode()).hexdigest(), entities=(verkor,))
    for tool in Tool:
        export([Gold(release, text)], tmp_path / tool, tool)
    (task,) = json.loads((tmp_path / "label-studio/tasks.json").read_text())
    (line,) = (tmp_path / "doccano/releases.jsonl").read_text().splitlines()
    place = task["predictions"][0]["result"][0]["value"]
    assert (place["start"], place["end"]) == (2, 8)
    assert json.loads(line)["label"] == [[3, 9, "ORG"]]
    assert "T1\tORG 2 8\tVerkor\n" in (tmp_path / "brat/a.ann").read_text()


def test_brat_has_a_fragment_for_each_line_of_a_span(tmp_path: Path) -> None:
    text = "Emmanuel \n \nMacron"
    macron = Entity(start=0, end=18, text=text, label="PER", canonical="Emmanuel Macron")
    release = Release(doc_id="a", sha256=hashlib.sha256(text.encode()).hexdigest(), entities=(macron,))
    export([Gold(release, text)], tmp_path / "brat", Tool.BRAT)
    assert "T1\tPER 0 9;12 18\tEmmanuel  Macron\n" in (tmp_path / "brat/a.ann").read_text()


def test_brat_finds_the_spans_though_it_makes_one_character_of_a_windows_line_end(tmp_path: Path) -> None:
    text = "Oxélia\r\ninvestit.\rVerkor\r\nInnovation aussi.\r\n"
    names = [(0, 6, "Oxélia"), (18, 36, "Verkor\r\nInnovation")]
    found = tuple(Entity(start=a, end=b, text=name, label="ORG", canonical="Verkor") for a, b, name in names)
    release = Release(doc_id="a", sha256=hashlib.sha256(text.encode()).hexdigest(), entities=found)
    export([Gold(release, text)], tmp_path / "brat", Tool.BRAT)
    seen = (tmp_path / "brat/a.txt").read_text(encoding="utf-8")  # newlines are universal by default
    lines = (tmp_path / "brat/a.ann").read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line.startswith("T")):
        _, place, shown = line.split("\t")
        pieces = [piece.split() for piece in place.removeprefix("ORG ").split(";")]
        assert " ".join(seen[int(a) : int(b)] for a, b in pieces) == shown
    import_gold([tmp_path / "brat"], tmp_path / "gold")
    (back,) = read_folder(tmp_path / "gold")
    assert (back.text, back.release.entities) == (text, found)
