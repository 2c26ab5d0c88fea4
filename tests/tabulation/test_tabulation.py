from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alambic.readers import Rejected
from alambic.record import Date, Entity, Figure, Organisation, Person, Quote, Release
from alambic.tabulation import Format
from alambic.tabulation.dictionary import as_data, as_text
from alambic.tabulation.formulas import guarded
from alambic.tabulation.parquet import ParquetWriter
from alambic.tabulation.rows import rejected_row, release_rows
from alambic.tabulation.schemas import TABLES, InvalidRows, arrow_schema, checked
from alambic.tabulation.writing import TablesWriter

RELEASE = Release(
    doc_id="lefèvre",
    sha256="0" * 64,
    source="lefèvre.txt",
    published="2025-03-03",
    title="=SOMME(A1:A9)",
    n_words=42,
    entities=(
        Entity(start=0, end=7, text="Lefèvre", label="ORG", canonical="Lefèvre SA", entity_id="o1", confidence=0.98765432),
        Entity(start=0, end=7, text="Lefèvre", label="PER", canonical="Lefèvre", entity_id="p1"),
    ),
    people=(Person(entity_id="p1", name="Claire Dupont", aliases=("Mme Dupont", "Dupont"), role="directrice", employer="Lefèvre SA", employer_id="o1", mentions=2),),
    organisations=(Organisation(entity_id="o1", name="Lefèvre SA", mentions=1),),
    figures=(
        Figure(start=10, end=16, text="-4,1 %", sentence="En baisse (-4,1 %).", kind="percent", value=-4.1, unit="%"),
        Figure(start=20, end=27, text="12,5 M€", kind="money", value=12_500_000.0, unit="EUR", about="chiffre d’affaires"),
    ),
    dates=(
        Date(start=30, end=34, text="2030", iso_start="2030-01-01", iso_end="2030-12-31", precision="year"),
        Date(start=36, end=46, text="31 février", iso_start=None, iso_end=None, note="no such day"),
        Date(start=50, end=54, text="1450", iso_start="1450-01-01", iso_end="1450-12-31", precision="year"),
    ),
    quotes=(Quote(start=60, end=80, text="@Nous sommes\r\nfiers", speaker="Claire Dupont ; Lefèvre SA", speaker_id="p1 ; o1"),),
)  # fmt: skip
REFUSED = Rejected("vide", "vide.txt", "reading", "it is empty", "give a file that holds text")


def _tables() -> dict[str, pa.Table]:
    rows = release_rows(RELEASE, {"encoding": "utf-8"}) | {"rejected": [rejected_row(REFUSED)]}
    return {name: checked(name, rows.get(name, [])) for name in TABLES}


def _written(folder: Path, *formats: Format) -> list[str]:
    with TablesWriter(folder, folder / ".new", formats, list(TABLES)) as writer:
        for name, table in _tables().items():
            writer.write(name, table)
    return writer.files


def test_every_row_of_a_span_has_its_place_its_sentence_and_an_identifier_of_its_own() -> None:
    for name in ("entities", "figures", "dates", "quotes"):
        table = _tables()[name]
        assert table.column_names[:6] == ["id", "doc_id", "start", "end", "text", "sentence"]
        assert len(set(table["id"].to_pylist())) == table.num_rows
    assert _tables()["figures"]["sentence"].to_pylist()[0] == "En baisse (-4,1 %)."


def test_entities_people_organisations_and_quotes_join_by_entity_id() -> None:
    tables = {name: table.to_pandas() for name, table in _tables().items()}
    people = tables["entities"].merge(tables["people"], on="entity_id")
    assert people["name"].tolist() == ["Claire Dupont"]
    assert tables["people"]["employer_id"].isin(tables["organisations"]["entity_id"]).all()
    assert tables["quotes"]["speaker_id"].tolist() == ["lefèvre:p1 ; lefèvre:o1"]


def test_the_counts_of_a_release_are_those_of_the_tables() -> None:
    (release,) = _tables()["releases"].to_pylist()
    for name in ("entities", "people", "organisations", "figures", "dates", "quotes"):
        assert release[f"n_{name}"] == _tables()[name].num_rows
    assert json.loads(release["metadata"]) == {"encoding": "utf-8"}


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("figures", {"kind": "price"}, "figures.kind holds 'price'"),
        ("entities", {"label": "LOC"}, "entities.label holds 'LOC'"),
        ("entities", {"confidence": 1.5}, "entities.confidence holds 1.5"),
        ("figures", {"end": 3}, "a span of figures ends before it starts"),
        ("figures", {"value": float("inf")}, "figures.value holds inf"),
        ("quotes", {"start": "un"}, "a row of quotes does not fit its column types"),
        ("people", {"name": None}, "people.name holds"),
        ("people", {"mentions": -1}, "people.mentions holds -1"),
        ("entities", {"confidence": float("nan")}, "entities.confidence holds"),
        ("dates", {"text": ""}, "dates.text holds ''"),
        ("releases", {"sha256": "0" * 63}, "releases.sha256 holds"),
    ],
)
def test_a_row_that_breaks_its_schema_is_refused_with_column_and_value(
    table: str, change: dict[str, object], told: str
) -> None:
    rows = release_rows(RELEASE)[table]
    with pytest.raises(InvalidRows, match=told):
        checked(table, [rows[0] | change])


@pytest.mark.parametrize("column", ["id", "entity_id"])
def test_two_rows_with_one_identifier_are_refused(column: str) -> None:
    table = "people" if column == "entity_id" else "dates"
    (row, *_) = release_rows(RELEASE)[table]
    with pytest.raises(InvalidRows, match=f"{table}.{column} holds"):
        checked(table, [row, row])


@pytest.mark.parametrize("table", list(TABLES))
def test_parquet_gives_back_what_was_written(tmp_path: Path, table: str) -> None:
    _written(tmp_path, Format.PARQUET)
    read = pq.read_table(tmp_path / f"{table}.parquet")
    assert read.equals(_tables()[table])
    assert read.schema.field(0).metadata[b"description"]


@pytest.mark.parametrize("table", ["figures", "dates", "people", "rejected"])
def test_csv_and_json_lines_hold_the_same_values(tmp_path: Path, table: str) -> None:
    _written(tmp_path, Format.CSV, Format.JSONL)
    expected = _tables()[table].to_pylist()
    lines = (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row.items()}
        for row in expected
    ]
    read = pd.read_csv(tmp_path / f"{table}.csv", keep_default_na=False)
    assert list(read.columns) == arrow_schema(table).names
    assert len(read) == len(expected)


def test_lists_are_lists_where_the_format_has_them_and_joined_where_not(tmp_path: Path) -> None:
    _written(tmp_path, *Format)
    assert json.loads((tmp_path / "people.jsonl").read_text())["aliases"] == ["Mme Dupont", "Dupont"]
    assert pd.read_csv(tmp_path / "people.csv")["aliases"].tolist() == ["Mme Dupont ; Dupont"]
    with duckdb.connect(str(tmp_path / "alambic.duckdb"), read_only=True) as database:
        assert database.sql("SELECT aliases FROM people").fetchall() == [(["Mme Dupont", "Dupont"],)]
        joined = database.sql("SELECT p.name FROM entities JOIN people p USING (entity_id)").fetchall()
    assert joined == [("Claire Dupont",)]


def test_a_workbook_has_a_sheet_a_table_with_numbers_and_days_as_such(tmp_path: Path) -> None:
    _written(tmp_path, Format.XLSX)
    book = openpyxl.load_workbook(tmp_path / "alambic.xlsx")
    assert [name for name in book.sheetnames if name != "texts"] == [
        name for name in TABLES if name != "texts"
    ]
    figures = [[cell.value for cell in row] for row in book["figures"].iter_rows()]
    value = figures[0].index("value")
    assert [row[value] for row in figures[1:]] == [-4.1, 12_500_000]
    dates = [[cell.value for cell in row] for row in book["dates"].iter_rows()]
    start = dates[0].index("iso_start")
    assert [row[start] for row in dates[1:]] == [pd.Timestamp("2030-01-01"), None, "1450-01-01"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SOMME(A1)", "'@SOMME(A1)"),
        ("+A1", "'+A1"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("- un tiret de liste", "'- un tiret de liste"),
        ("-4,1 %", "-4,1 %"),
        ("-1 234.5", "-1 234.5"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("Verkor = avenir", "Verkor = avenir"),
        ("", ""),
        (None, None),
    ],
)
def test_no_cell_runs_as_a_formula_and_negative_numbers_stay_numbers(
    cell: str | None, shown: str | None
) -> None:
    assert guarded(pa.array([cell], pa.string())).to_pylist() == [shown]


def test_a_title_that_is_a_formula_is_text_in_csv_and_workbook(tmp_path: Path) -> None:
    _written(tmp_path, Format.CSV, Format.XLSX)
    assert pd.read_csv(tmp_path / "releases.csv")["title"].tolist() == ["'=SOMME(A1:A9)"]
    sheet = openpyxl.load_workbook(tmp_path / "alambic.xlsx")["releases"]
    title = next(cell for cell in sheet[2] if cell.value == "=SOMME(A1:A9)")
    assert (title.data_type, title.quotePrefix) == ("s", True)


def test_bytes_do_not_depend_on_how_rows_come_in(tmp_path: Path) -> None:
    rows = [row | {"id": f"{row['id']}-{n}"} for n in range(700) for row in release_rows(RELEASE)["figures"]]
    whole = checked("figures", rows)
    files = []
    for step in (len(rows), 64, 7):
        folder = tmp_path / str(step)
        folder.mkdir()
        formats = (Format.PARQUET, Format.CSV, Format.JSONL)
        with TablesWriter(folder, folder / ".new", formats, ["figures"]) as writer:
            for start in range(0, len(rows), step):
                writer.write("figures", whole.slice(start, step))
        files.append({name: (folder / name).read_bytes() for name in writer.files})
    assert files[0] == files[1] == files[2]


def test_a_row_group_is_full_by_its_rows_or_by_the_length_of_their_texts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("alambic.tabulation.parquet._ROWS_A_GROUP", 40)
    monkeypatch.setattr("alambic.tabulation.parquet._BYTES_A_GROUP", 1_000)
    texts = [10] * 100 + [400] * 5 + [5_000, 1, 1]
    rows = pa.Table.from_pylist(
        [{"doc_id": "", "sha256": "", "text": "é" * (length // 2)} for length in texts], arrow_schema("texts")
    )
    for step in (1, 7, 200):
        writer = ParquetWriter(tmp_path, ["texts"])
        for first in range(0, len(texts), step):
            writer.write("texts", rows.slice(first, step))
        writer.close()
        file = pq.ParquetFile(tmp_path / "texts.parquet")
        groups = [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)]
        assert groups == [40, 40, 20 + 2, 3, 1, 2]
        assert file.read().equals(rows)


def test_a_run_that_fails_leaves_the_tables_that_were_there(tmp_path: Path) -> None:
    _written(tmp_path, *Format)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with (
        pytest.raises(ZeroDivisionError),
        TablesWriter(tmp_path, tmp_path / ".new", list(Format), ["figures"]) as writer,
    ):
        writer.write("figures", _tables()["figures"])
        raise ZeroDivisionError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert not (tmp_path / ".new").exists()


def test_a_process_that_is_killed_while_writing_leaves_no_half_table(tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from alambic.tabulation import Format
from alambic.tabulation.schemas import arrow_schema
from alambic.tabulation.writing import TablesWriter
folder = Path({os.fspath(tmp_path)!r})
with TablesWriter(folder, folder / ".new", list(Format), ["figures"]) as writer:
    writer.write("figures", arrow_schema("figures").empty_table())
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert [path.name for path in tmp_path.iterdir()] == [".new"]


def test_a_full_disk_is_told_as_such_by_a_workbook_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(self: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    with pytest.raises(OSError, match="No space left"):
        _written(tmp_path, Format.XLSX)


def test_raw_texts_go_only_to_formats_that_keep_every_character(tmp_path: Path) -> None:
    assert "texts.parquet" in _written(tmp_path, Format.CSV, Format.XLSX)
    assert not (tmp_path / "texts.csv").exists()
    assert "texts" not in openpyxl.load_workbook(tmp_path / "alambic.xlsx").sheetnames


def test_the_data_dictionary_describes_every_column() -> None:
    for name, told in as_data().items():
        assert told["description"]
        assert [column["name"] for column in told["columns"]] == arrow_schema(name).names
        assert all(column["description"] and column["type"] for column in told["columns"])
        assert f"## {name}" in as_text()
