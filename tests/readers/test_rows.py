from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from alambic.readers import Columns, Input, Rejected, expanded, find

ROWS = pd.DataFrame(
    {
        "ref": ["a1", "a2", "a2"],
        "jour": ["2025-03-03", "11/12/2025", "bientôt"],
        "corps": ["L’été à « Nîmes », dit-elle.\nFin.", "Deux;virgules, trois", "Trois"],
    }
)
COLUMNS = Columns("corps", "ref", "jour")


def _write(folder: Path, kind: str) -> Path:
    path = folder / f"lot.{kind.partition(' ')[0]}"
    match kind:
        case "csv":
            ROWS.to_csv(path, index=False)
        case "csv with semicolons in Windows-1252":
            ROWS.to_csv(path, index=False, sep=";", encoding="cp1252")
        case "csv with a byte order mark":
            ROWS.to_csv(path, index=False, encoding="utf-8-sig")
        case "jsonl":
            ROWS.to_json(path, orient="records", lines=True, force_ascii=False)
        case "parquet":
            ROWS.to_parquet(path)
    return path


def _items(path: Path, columns: Columns = COLUMNS) -> list[Input | Rejected]:
    return list(expanded(find([path]), columns, 1_000_000))


@pytest.mark.parametrize(
    "kind",
    ["csv", "csv with semicolons in Windows-1252", "csv with a byte order mark", "jsonl", "parquet"],
)
def test_each_row_of_a_table_is_a_release(tmp_path: Path, kind: str) -> None:
    items = _items(_write(tmp_path, kind))
    assert [(item.doc_id, item.text, item.published) for item in items if isinstance(item, Input)] == [
        ("a1", "L’été à « Nîmes », dit-elle.\nFin.", date(2025, 3, 3)),
        ("a2", "Deux;virgules, trois", date(2025, 12, 11)),
        ("a2~2", "Trois", None),
    ]
    assert items[0].source.endswith("#1")


def test_without_an_identifier_a_row_is_named_by_its_number(tmp_path: Path) -> None:
    items = _items(_write(tmp_path, "csv"), Columns("corps"))
    assert [item.doc_id for item in items] == ["lot/1", "lot/2", "lot/3"]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path, kind: str) -> None:
    fault = _items(_write(tmp_path, kind), Columns("texte"))[0]
    assert isinstance(fault, Rejected)
    assert fault.reason == "it has no column 'texte' (its columns: ref, jour, corps)"
    assert "--text-column" in fault.remedy


def test_a_row_that_cannot_be_read_does_not_lose_the_others(tmp_path: Path) -> None:
    path = tmp_path / "lot.jsonl"
    path.write_bytes(
        b'{"corps": "Un."}\n{"corps": "coup\xc3\xa9\n\n[1]\n{"corps": ""}\n{"corps": "\\ud800 seul"}\n'
        + b"[" * 100_000
        + b'\n{"corps": "Fin."}'
    )
    items = _items(path, Columns("corps"))
    assert [item.text for item in items if isinstance(item, Input)] == ["Un.", "\ufffd seul", "Fin."]
    assert [item.reason for item in items if isinstance(item, Rejected)] == [
        "the line is not JSON",
        "the line is no JSON object",
        "its column 'corps': it is empty",
        "the line is not JSON",
    ]


@pytest.mark.parametrize("name", ["lot.csv", "lot.parquet", "lot.jsonl"])
def test_a_table_that_is_none_is_rejected(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01")
    items = _items(tmp_path / name)
    assert items
    assert all(isinstance(item, Rejected) for item in items)


@pytest.mark.parametrize(
    ("name", "data", "texts", "reasons"),
    [
        ("a.csv", "sep=;\nid;corps\n1;Un à Nîmes\n", ["Un à Nîmes"], []),
        ("a.csv", "id, corps\n1,Un\n", ["Un"], []),
        ("a.csv", 'id,corps\n1,Un\n2,"Deux\n3,Trois\n', ["Un"], ["a quotation mark in it is not closed, so that all that follows is one cell"]),
        ("a.csv", 'id,corps\n1,Un\n2,"Deux\nlignes"', ["Un", "Deux\nlignes"], []),
        ("a.csv", "id,corps\n", [], ["it has no rows"]),
        ("a.csv", "id,corps\n1,...\n2\n", [], ["its column 'corps': it holds no words", "its column 'corps': it is empty"]),
        ("a.jsonl", '[\n{"corps": "Un"},\n{"corps": "Deux"}\n]', [], ["it is one JSON array"]),
        ("a.jsonl", '{"corps": ["Un"]}\n{"corps": 12}\n{"corps": "Trois"}', ["Trois"], ["its column 'corps': it holds no text (list)", "its column 'corps': it holds no text (int)"]),
    ],
)  # fmt: skip
def test_a_table_as_people_write_them(
    tmp_path: Path, name: str, data: str, texts: list[str], reasons: list[str]
) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    items = _items(tmp_path / name, Columns("corps"))
    assert [item.text for item in items if isinstance(item, Input)] == texts
    assert [item.reason for item in items if isinstance(item, Rejected)] == reasons


def test_texts_in_bytes_are_decoded_and_numbers_are_none(tmp_path: Path) -> None:
    pd.DataFrame({"corps": ["été".encode("cp1252"), "été".encode()]}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"corps": [1.5]}).to_parquet(tmp_path / "b.parquet")
    pd.DataFrame({"corps": pd.Series([], dtype=str)}).to_parquet(tmp_path / "c.parquet")
    items = [item for name in "abc" for item in _items(tmp_path / f"{name}.parquet", Columns("corps"))]
    assert [item.text for item in items if isinstance(item, Input)] == ["été", "été"]
    assert [item.reason for item in items if isinstance(item, Rejected)] == [
        "its column 'corps': it holds no text (float)",
        "it has no rows",
    ]
