"""What cannot be gold, or what people do not agree on, is told in a sentence; whatever is sound is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alambic.evaluation import read_folder
from alambic.review.importing import import_gold
from alambic.review.marks import ReviewFault
from alambic.review.tools import Tool

from .solvor import GOLD, STUDIO, Review, annotate, at, new, region

Change = Callable[[list[Any]], None]


def _adds(label: str, part: str, **more: Any) -> Change:
    return lambda results: results.append(new(label, part, **more))


def _value(text: str, name: str, written: Any) -> Change:
    def change(results: list[Any]) -> None:
        for result in region(results, text):
            if result["from_name"] == name:
                result["value"]["choices" if result["type"] == "choices" else "text"] = [written]

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            _adds("LIEU", "Lille"),
            "LIEU 'Lille' at 34–39 (annotator 1) has a label that gold does not have; make it one of ORG, PER, FIGURE,"
            " DATE, QUOTE.",
        ),
        (
            _adds("ORG", "Lille", end=9999),
            "ORG 'Lille' at 34–9999 (annotator 1) is outside the text, which has",
        ),
        (_adds("ORG", "Lille", end=34), "ORG 'Lille' at 34–34 (annotator 1) is outside the text"),
        (
            _adds("ORG", "Lille", start=33, end=38),
            "ORG 'Lille' at 33–38 (annotator 1) stands on other characters, 'Lill'; mark it again.",
        ),
        (_adds("ORG", "\n\n"), "ORG '' at 32–34 (annotator 1) is nothing but white space; take it out."),
        (
            _adds("PER", "Claire"),
            "PER 'Claire' at 164–170 and PER 'Claire Dupont' at 164–177 overlap; both were kept",
        ),
        (
            _value("12 millions d’euros", "value", "douze"),
            "FIGURE '12 millions d’euros' at 74–93 (annotator 1) has an unreadable value: 'douze' is no number (write"
            " it in full, as 3000000000 or 12.5); it is optional until that is corrected.",
        ),
        (_value("12 millions d’euros", "value", "inf"), "has an unreadable value: 'inf' is no number"),
        (
            _value("12 millions d’euros", "unit", "\ud800"),
            "has an unreadable unit: '\\ud800' holds half a character",
        ),
        (_value("12 millions d’euros", "modifier", "environ"), "is none of exact, about, min, max"),
        (
            _value("3 mars 2025", "iso_start", "3/3/2025"),
            "'3/3/2025' is no day (write it as 2025-12-31); it is",
        ),
        (
            _value("3 mars 2025", "iso_end", "2025-03-01"),
            "was left out: it ends (2025-03-01) before it starts (2025-03-03)",
        ),
        (lambda results: results.append({"id": "x", "type": "choices"}), "stand at a region without a label"),
        (_adds("ORG", "Lille", start="/p[1]"), "has no offsets into plain text ('/p[1]')"),
    ],
)
def test_a_conflict_is_told_and_the_rest_is_gold(review: Review, change: Change, told: str) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(review.folder / STUDIO, lambda tasks: change(annotate(tasks)))
    back = review.back()
    (conflict,) = back.conflicts
    assert conflict.startswith("solvor: ")
    assert told in conflict
    assert conflict.endswith(".")
    (gold,) = read_folder(review.folder / "gold")
    assert {e.text for e in GOLD.release.entities} <= {e.text for e in gold.release.entities}


def test_a_value_that_cannot_be_read_is_computed_and_the_item_optional(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    change = _value("12 millions d’euros", "value", "douze")
    review.change(review.folder / STUDIO, lambda tasks: change(annotate(tasks)))
    item = review.back().item("figures", "12 millions d’euros")
    assert (item["value"], item["optional"]) == (12_000_000, True)


def test_a_text_that_differs_is_told_and_the_gold_is_on_the_new_one(review: Review) -> None:
    text = review.export(Tool.BRAT) / "solvor.txt"
    text.write_text(text.read_text(encoding="utf-8") + "Fin.", encoding="utf-8")
    back = review.back()
    assert back.conflicts == [
        "solvor: its text is not the one that was exported; the gold is on the text that came back."
    ]
    assert read_folder(review.folder / "gold")[0].text.endswith("Fin.")


def test_annotators_who_disagree_leave_optional_items(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)

    def two_annotators(tasks: Any) -> None:
        first, second = annotate(tasks, 1), annotate(tasks, 2)
        region(first, "Claire Dupont")[0]["value"]["labels"] = ["ORG"]
        second.append(new("DATE", "2027"))
        _value("12 millions d’euros", "value", "13000000")(second)

    review.change(review.folder / STUDIO, two_annotators)
    back = review.back()
    assert back.conflicts == [
        "solvor: FIGURE '12 millions d’euros' at 74–93 has other values from each annotator (annotator 1: value"
        " 12000000; annotator 2: value 13000000); it is optional until it is decided.",
        "solvor: DATE '2027' at 100–104 was marked by annotator 2 and not by annotator 1; it is optional until it is"
        " decided.",
        "solvor: ORG 'Claire Dupont' at 164–177 was marked by annotator 1 and not by annotator 2, with PER 'Claire"
        " Dupont' at 164–177 from annotator 2 instead; it is optional until it is decided.",
    ]
    assert back.item("figures", "12 millions d’euros") == at("12 millions d’euros") | {
        "kind": "money",
        "value": 12_000_000,
        "value_max": None,
        "unit": "EUR",
        "modifier": "exact",
        "optional": True,
    }
    assert "optional" not in back.item("dates", "3 mars 2025")


def test_two_files_of_doccano_are_two_annotators(review: Review) -> None:
    path = review.export(Tool.DOCCANO) / "releases.jsonl"
    entry = json.loads(path.read_text(encoding="utf-8"))
    entry["label"] = [span for span in entry["label"] if span[2] != "PER"]
    path.with_name("paul.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    assert review.back().conflicts == [
        "solvor: PER 'Claire Dupont' at 164–177 was marked by annotator releases and not by annotator paul; it is"
        " optional until it is decided."
    ]


def test_folders_of_brat_are_annotators(review: Review) -> None:
    folder = review.export(Tool.BRAT)
    for name in ("anne", "paul"):
        (review.folder / "both" / name).mkdir(parents=True)
        for path in folder.iterdir():
            (review.folder / "both" / name / path.name).write_bytes(path.read_bytes())
    ann = review.folder / "both/paul/solvor.ann"
    ann.write_text(ann.read_text(encoding="utf-8").replace("ORG", "PER", 1), encoding="utf-8")
    back = review.back(review.folder / "both")
    assert back.conflicts[0].startswith(
        "solvor: ORG 'Solvor Énergie' at 2–16 was marked by annotator anne and not"
    )


def test_spans_that_a_project_without_overlaps_dropped_are_missed(review: Review) -> None:
    path = review.export(Tool.DOCCANO) / "releases.jsonl"
    entry = json.loads(path.read_text(encoding="utf-8"))
    spans = [at("Solvor Énergie"), at("Énergie"), at("usine"), at("une usine")]
    entry["alambic"]["spans"] = [
        {"start": s["start"], "end": s["end"], "label": "ORG", "canonical": s["text"]} for s in spans
    ]
    entry["label"] = []
    path.write_text(json.dumps(entry), encoding="utf-8")
    (conflict,) = review.back().conflicts
    assert "4 of 4 spans that overlapped others are gone, and no two overlap now" in conflict


def test_half_a_character_is_told(review: Review) -> None:
    path = review.export(Tool.DOCCANO) / "releases.jsonl"
    entry = json.loads(path.read_text(encoding="utf-8"))
    entry["label"].append([1, 3, "ORG"])
    path.write_text(json.dumps(entry), encoding="utf-8")
    (conflict,) = review.back().conflicts
    assert "ORG at 1–3 cuts a character in two" in conflict

    entry["text"] = "\ud83c" + entry["text"]
    path.write_text(json.dumps(entry), encoding="utf-8")
    back = review.back()
    assert back.records == {}
    assert "its text or its name holds half a character" in back.conflicts[-1]


def test_pieces_with_words_between_are_joined_and_told(review: Review) -> None:
    ann = review.export(Tool.BRAT) / "solvor.ann"
    start = at("Solvor Énergie")["start"]
    text = ann.read_text(encoding="utf-8").replace(
        "T1\tORG 2 16\tSolvor Énergie", "T1\tORG 2 8;17 22\tSolvor ouvre"
    )
    ann.write_text(text, encoding="utf-8")
    back = review.back()
    assert back.item("entities", "Solvor Énergie ouvre")["start"] == start
    (conflict,) = back.conflicts
    assert "is in pieces with other words between" in conflict


def test_gold_on_another_text_is_not_overwritten(review: Review) -> None:
    review.export(Tool.BRAT)
    (review.folder / "gold").mkdir()
    (review.folder / "gold/solvor.txt").write_text("Autre texte.", encoding="utf-8")
    back = review.back()
    assert back.records == {}
    assert "holds another text, so nothing was written; import into a new folder." in back.conflicts[0]


@pytest.mark.parametrize(
    ("file", "contents", "told"),
    [
        ("a.json", "[", r"a\.json: it cannot be read as JSON .*; export it again\."),
        ("a.json", '[{"id": 1, "text": "x", "label": []}]', None),
        (
            "a.json",
            "[1]",
            r"its entry 1 has no text under data; export from Label Studio as JSON \(not JSON-MIN",
        ),
        ("a.jsonl", "{]", r"a\.jsonl: it is no JSON lines .*; export from doccano as JSONL\."),
        ("a.jsonl", '{"label": []}', r"its entry 1 has no text; export from doccano as JSONL\."),
        ("a.ann", "T1\tORG 0 1\tx", r"a\.txt: the text is missing; put it beside its \.ann file\."),
        ("a.csv", "x", r"it holds no \.ann, \.json or \.jsonl file; name a tool's export\."),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, file: str, contents: str, told: str | None
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / file).write_text(contents, encoding="utf-8")
    if told is None:
        assert import_gold([tmp_path / "in"], tmp_path / "gold").written
        return
    with pytest.raises(ReviewFault) as raised:
        import_gold([tmp_path / "in"], tmp_path / "gold")
    assert re.search(told, str(raised.value))


def test_an_annotation_is_never_overwritten_by_an_export(review: Review) -> None:
    review.export(Tool.BRAT)
    with pytest.raises(
        ReviewFault, match="it is not empty, and may hold somebody's annotation; name a new folder"
    ):
        review.export(Tool.DOCCANO)
