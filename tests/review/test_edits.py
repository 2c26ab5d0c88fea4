"""What a person does in the tool is what the gold then says; what a new span lacks, Alambic's stages read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from alambic.evaluation import read_folder
from alambic.review.importing import import_gold
from alambic.review.tools import Tool

from .solvor import STUDIO, TEXT, Review, annotate, at, new, region


def test_a_new_region_gets_its_values_from_the_stage(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(
        review.folder / STUDIO,
        lambda tasks: annotate(tasks).extend([new("FIGURE", "80 emplois"), new("DATE", "2027")]),
    )
    back = review.back()
    assert back.conflicts == []
    figure = back.item("figures", "80 emplois")
    assert (figure["kind"], figure["value"], figure["unit"], figure["modifier"]) == (
        "count",
        80,
        "emploi",
        "about",
    )
    assert back.item("dates", "2027") == at("2027") | {"iso_start": "2027-01-01", "iso_end": "2027-12-31"}
    assert (
        "solvor: FIGURE '80 emplois' at 121–131 came without kind, value, value_max, unit, modifier; Alambic reads"
        " kind 'count', value 80, value_max None, unit 'emploi', modifier 'about'." in back.notes
    )


def test_a_name_that_is_marked_anew_is_joined_with_its_other_mentions(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    last = at("Solvor", TEXT.index("directrice"))
    review.change(review.folder / STUDIO, lambda tasks: annotate(tasks).append(new("ORG", "Solvor", **last)))
    entities = review.back().record["entities"]
    assert [(item["start"], item["canonical"]) for item in entities if item["text"] == "Solvor"][1] == (
        last["start"],
        "Solvor Énergie",
    )


def test_a_new_quote_gets_its_speaker_from_the_stage(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)

    def replace_quote(tasks: Any) -> None:
        results = annotate(tasks)
        for result in region(results, "Nous sommes fiers"):
            results.remove(result)
        results.append(new("QUOTE", "Nous sommes fiers"))

    review.change(review.folder / STUDIO, replace_quote)
    quote = review.back().item("quotes", "Nous sommes fiers")
    assert (quote["speaker"], quote["cue"]) == ("Claire Dupont", "déclare")
    assert quote["speaker_role"] == "directrice générale de Solvor"


def test_a_figure_that_no_stage_can_read_is_optional_until_its_value_is_written(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(review.folder / STUDIO, lambda tasks: annotate(tasks).append(new("FIGURE", "une usine")))
    back = review.back()
    item = back.item("figures", "une usine")
    assert (item["value"], item["optional"]) == (None, True)
    assert back.conflicts == [
        "solvor: FIGURE 'une usine' at 23–32 (annotator 1) has no kind, value, value_max, unit, modifier, and none"
        " could be read; it is optional until they are written."
    ]


def _edit_value(results: list[Any], text: str, name: str, value: Any) -> None:
    for result in region(results, text):
        if result["from_name"] == name:
            key = {"textarea": "text", "choices": "choices"}[result["type"]]
            result["value"][key] = value


@pytest.mark.parametrize(
    ("name", "written", "field", "read"),
    [
        ("value", ["13 000 000"], "value", 13_000_000),
        ("value", ["13 000 000,5"], "value", 13_000_000.5),
        ("value", ["1.3e7"], "value", 13_000_000),
        ("unit", ["USD"], "unit", "USD"),
        ("modifier", ["min"], "modifier", "min"),
        ("value", [], "value", 12_000_000),
    ],
)
def test_a_value_that_is_corrected_is_taken(
    review: Review, name: str, written: list[str], field: str, read: Any
) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(
        review.folder / STUDIO,
        lambda tasks: _edit_value(annotate(tasks), "12 millions d’euros", name, written),
    )
    back = review.back()
    assert back.conflicts == []
    assert back.item("figures", "12 millions d’euros")[field] == read


def test_a_speaker_that_is_taken_out_is_none(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)

    def clear(tasks: Any) -> None:
        results = annotate(tasks)
        results[:] = [result for result in results if result["from_name"] != "speaker"]

    review.change(review.folder / STUDIO, clear)
    quote = review.back().item("quotes", "Nous sommes fiers")
    assert (quote["speaker"], quote["cue"]) == (None, "déclare")


def test_a_label_that_is_changed_brings_values_of_its_own(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)

    def relabel(tasks: Any) -> None:
        results = annotate(tasks)
        region(results, "12 millions d’euros")[0]["value"]["labels"] = ["DATE"]
        region(results, "3 mars 2025")[0]["value"]["labels"] = ["FIGURE"]

    review.change(review.folder / STUDIO, relabel)
    back = review.back()
    assert back.item("dates", "12 millions d’euros")["optional"]
    assert {sentence.split(" at ")[0] for sentence in back.conflicts} == {
        "solvor: DATE '12 millions d’euros'",
        "solvor: FIGURE '3 mars 2025'",
    }


def test_what_is_deleted_is_gone_and_what_is_skipped_is_not_written(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(review.folder / STUDIO, lambda tasks: annotate(tasks).clear())
    assert review.back().record["entities"] == []

    def skip(tasks: Any) -> None:
        tasks[0]["annotations"][0]["was_cancelled"] = True
        tasks[0]["predictions"] = []

    review.change(review.folder / STUDIO, skip)
    back = review.back()
    assert back.records == {}
    assert back.notes == ["solvor: nobody annotated it, or it was skipped; no gold was written."]


def test_predictions_that_nobody_looked_at_are_told(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    assert review.back().notes == ["solvor: nobody annotated it; its predictions were taken as they are."]


def test_offsets_of_early_label_studio_are_turned(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)

    def count_utf_16(tasks: Any) -> None:
        for result in annotate(tasks):
            result["value"]["start"] += 1
            result["value"]["end"] += 1

    review.change(review.folder / STUDIO, count_utf_16)
    back = review.back()
    assert back.conflicts == []
    assert back.item("entities", "Solvor Énergie")["start"] == 2


def test_line_ends_and_trimmed_blanks_in_a_region_s_text_are_no_conflict(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    part = "usine\n\nLille"
    written = new("ORG", part, text="usine\\n\\nLille ")
    review.change(review.folder / STUDIO, lambda tasks: annotate(tasks).append(written))
    back = review.back()
    assert back.conflicts == []
    assert back.item("entities", part)["canonical"] == "usine Lille"


def test_white_space_at_the_edges_of_a_selection_is_left_out(review: Review) -> None:
    review.export(Tool.LABEL_STUDIO)
    review.change(review.folder / STUDIO, lambda tasks: annotate(tasks).append(new("FIGURE", " 80 emplois")))
    assert review.back().item("figures", "80 emplois")["value"] == 80


def _edit_lines(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, other in changes:
        assert old in text
        text = text.replace(old, other)
    path.write_text(text, encoding="utf-8")


def test_brat_notes_and_attributes_are_read(review: Review) -> None:
    ann = review.export(Tool.BRAT) / "solvor.ann"
    _edit_lines(
        ann,
        ("value=12000000 | ", "value=12,5 |"),
        ("cue=déclare", "cue="),
        ("modifier T4 exact", "modifier T4 about"),
    )
    back = review.back()
    assert back.conflicts == []
    figure = back.item("figures", "12 millions d’euros")
    assert (figure["value"], figure["modifier"]) == (12.5, "about")
    assert back.item("quotes", "Nous sommes fiers")["cue"] is None


def test_a_brat_span_without_a_note_gets_its_values_from_the_stage(review: Review) -> None:
    ann = review.export(Tool.BRAT) / "solvor.ann"
    place = at("80 emplois")
    with open(ann, "a", encoding="utf-8") as stream:
        stream.write(f"T9\tFIGURE {place['start']} {place['end']}\t80 emplois\nA9\toptional T9\n")
    item = review.back().item("figures", "80 emplois")
    assert (item["value"], item["unit"], item["optional"]) == (80, "emploi", True)


def test_brat_without_alambic_s_own_file_is_read_too(review: Review) -> None:
    folder = review.folder / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("Paris, le 3 mai 2024. Verkor recrute hier.", encoding="utf-8")
    (folder / "a.ann").write_text("T1\tORG 22 28\tVerkor\nT2\tDATE 37 41\thier\n", encoding="utf-8")
    back = review.back()
    assert (back.record["doc_id"], back.record["published"]) == ("a", "2024-05-03")
    assert back.item("dates", "hier")["iso_start"] == "2024-05-02"


def _doccano(review: Review, change: Any) -> None:
    path = review.export(Tool.DOCCANO) / "releases.jsonl"
    entry = json.loads(path.read_text(encoding="utf-8"))
    change(entry)
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")


def test_a_doccano_span_that_is_moved_keeps_who_speaks_and_computes_amounts_anew(review: Review) -> None:
    def move(entry: Any) -> None:
        for span in entry["alambic"]["spans"]:
            if span["label"] == "FIGURE":
                span["value"] = 12  # as if the amount had been misread with the span
        for span in entry["label"]:
            if span[2] == "QUOTE":
                span[0] += len("Nous ")
            elif span[2] == "FIGURE":
                span[1] -= len(" d’euros")

    _doccano(review, move)
    back = review.back()
    assert back.conflicts == []
    assert back.item("quotes", "sommes fiers")["speaker"] == "Claire Dupont"
    figure = back.item("figures", "12 millions")
    assert (figure["value"], figure["unit"]) == (12_000_000, "EUR")


@pytest.mark.parametrize("form", ["label", "entities", "data"])
def test_every_form_that_doccano_exports_is_read(review: Review, form: str) -> None:
    def rewrite(entry: Any) -> None:
        if form == "entities":
            entry["entities"] = [
                {"id": n, "start_offset": a, "end_offset": b, "label": label}
                for n, (a, b, label) in enumerate(entry.pop("label"))
            ]
            entry |= {"relations": [], "Comments": []}
        elif form == "data":
            entry["data"] = entry.pop("text")

    _doccano(review, rewrite)
    back = review.back()
    assert back.conflicts == []
    assert back.item("entities", "Claire Dupont")["canonical"] == "Claire Dupont"


def test_a_doccano_list_and_code_points_are_read_where_they_fit_better(review: Review) -> None:
    def in_code_points(entry: Any) -> None:
        entry["label"] = [[start - 1, end - 1, label] for start, end, label in entry["label"]]

    _doccano(review, in_code_points)
    path = review.folder / "out/releases.jsonl"
    path.with_suffix(".json").write_text(f"[{path.read_text(encoding='utf-8')}]", encoding="utf-8")
    path.unlink()
    back = review.back()
    assert back.conflicts == []
    assert back.item("entities", "Solvor Énergie")["start"] == 2


def test_an_export_of_label_studio_itself_is_read(tmp_path: Path) -> None:
    # From Label Studio 1.23.2: in its page a day was deleted, and 12 millions, Jeanne Roy and Lille were drawn anew; the
    # text has CR LF, and a joined emoji before the amount on its line.
    export = Path(__file__).with_name("label-studio-1.23.2.json")
    done = import_gold([export], tmp_path / "gold")
    (gold,) = read_folder(tmp_path / "gold")
    assert hashlib.sha256(gold.text.encode()).hexdigest() == gold.release.sha256
    drawn = next(figure for figure in gold.release.figures if figure.text == "12 millions")
    assert (drawn.value, drawn.unit) == (12_000_000, "EUR")
    assert [date.text for date in gold.release.dates] == ["Lille", "2027"]
    assert [name.text for name in gold.release.entities].count("Jeanne Roy") == 1
    assert gold.release.quotes[0].text == "Nous sommes fiers\nde ce projet"
    assert [conflict.split(" at ")[0] for conflict in done.conflicts] == [
        "solvor: DATE 'Lille'",
        "solvor: FIGURE '12 millions'",
    ]
