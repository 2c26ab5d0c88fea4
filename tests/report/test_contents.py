"""What goes into the page: the same from every format, offsets that JavaScript can use, nothing that ends a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from alambic.cli import app
from alambic.report import ReportFault, write_report
from alambic.report.contents import in_utf16
from alambic.report.excerpts import excerpts
from alambic.report.run_tables import read_run
from alambic.tabulation import Format

from .conftest import WriteRun
from .written import elsewhere, hostile, verdelec


def data(page: Path) -> dict[str, Any]:
    written = page.read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', written, re.DOTALL)
    return {name: json.loads(text) for name, text in found}


@pytest.mark.parametrize("form", [Format.JSONL, Format.CSV, Format.DUCKDB])
def test_every_format_gives_the_same_tables_back(form: Format, write_run: WriteRun) -> None:
    written = verdelec(), elsewhere(), hostile()
    given_back = read_run(write_run(*written, formats=(form,))).tables
    assert given_back == read_run(write_run(*written)).tables


def test_the_same_run_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    once, again = write_report(run, tmp_path / "1.html"), write_report(run, tmp_path / "2.html")
    assert once.read_bytes() == again.read_bytes()


def test_no_text_ends_its_script(run: Path, tmp_path: Path) -> None:
    told = data(write_report(run, tmp_path / "page.html"))
    assert len(told) == 304
    assert told["release-2"]["text"] == hostile().text


@given(st.text(alphabet="aé \n🔋👏𝒳", min_size=1, max_size=40), st.data())
def test_places_are_those_of_utf16(text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    low, high = in_utf16(text, {"a": (start, end)})["a"]
    units = text.encode("utf-16-le")
    assert units[2 * low : 2 * high].decode("utf-16-le") == text[start:end]


@pytest.mark.parametrize(
    ("spans", "text", "places"),
    [
        pytest.param(
            [
                ("a", 100, "Verdélec", "Verdélec crée 12 emplois."),
                ("b", 114, "12\n emplois", "Verdélec crée 12 emplois."),
            ],
            "Verdélec crée 12 emplois.",
            {"a": "Verdélec", "b": "12 emplois"},
            id="the spans of a sentence are in it, line breaks or not",
        ),
        pytest.param(
            [
                ("q", 2, "Oui. L’usine ouvre", "« Oui. L'usine ouvre », dit Zoé."),
                ("o", 7, "L’usine", "L'usine ouvre », dit Zoé."),
            ],
            "« Oui. L'usine ouvre », dit Zoé.",
            {"q": "Oui. L'usine ouvre", "o": "L'usine"},
            id="a sentence inside a quote's is shown once",
        ),
        pytest.param(
            [
                ("b", 60, "2025", "Et 2025."),
                ("a", 5, "2024", "De 2024 à 2024."),
                ("c", 12, "2024", "De 2024 à 2024."),
            ],
            "De 2024 à 2024.\n\nEt 2025.",
            {"a": "2024", "b": "2025", "c": "2024"},
            id="sentences come in the order of the text",
        ),
        pytest.param(
            [("a", 0, "Ver-\n\n12\n\ndélec", "Verdélec ouvre.")],
            "Verdélec ouvre.",
            {},
            id="what a page break cut has no place",
        ),
    ],
)
def test_without_texts_the_sentences_are_shown(
    spans: list[tuple[str, int, str, str]], text: str, places: dict[str, str]
) -> None:
    rows = [dict(zip(("id", "start", "text", "sentence"), span, strict=True)) for span in spans]
    shown, found = excerpts(rows)
    assert shown == text
    assert {name: shown[slice(*place)] for name, place in found.items()} == places


def test_two_mentions_in_a_sentence_have_two_places() -> None:
    sentence = "De 2024 à 2024."
    rows = [{"id": str(start), "start": start, "text": "2024", "sentence": sentence} for start in (53, 60)]
    assert excerpts(rows)[1] == {"53": (3, 7), "60": (10, 14)}


def test_a_span_that_is_not_at_its_place_is_listed_all_the_same(write_run: WriteRun, tmp_path: Path) -> None:
    one = verdelec()
    one.text = one.text.replace("Vierzon, le", "Bourges, ce")  # the text was changed after the run
    one.text = one.text.replace("🔋⚡ ", "")
    marks = data(write_report(write_run(one), tmp_path / "page.html"))["release-0"]["marks"]
    assert all("at" not in mark for mark in marks)
    assert [mark["text"] for mark in marks if mark["mark"] == "date"] == ["12 mars 2025", "2027"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "holds no tables"),
        ({"alambic.xlsx": "PK"}, "a workbook alone"),
        ({"releases.parquet": "no"}, "cannot be read"),
        ({"releases.jsonl": '{"doc_id": "a"}\n'}, "lacks the column source"),
    ],
)
def test_a_folder_without_usable_tables_is_refused(files: dict[str, str], told: str, tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(ReportFault, match=told):
        write_report(tmp_path)
    assert not (tmp_path / "report.html").exists()


def test_the_command_says_where_the_page_is(run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(run), "-o", str(tmp_path / "page.html")])
    assert done.exit_code == 0
    assert str(tmp_path / "page.html") in done.output
    refused = CliRunner().invoke(app, ["report", str(tmp_path / "nowhere")])
    assert (refused.exit_code, "no such folder" in refused.output) == (2, True)
