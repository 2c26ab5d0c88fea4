"""A Parquet table read in stretches by many machines gives what it gives when one process reads it whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alambic.readers import Columns, Input, Unreadable, content, expanded, find, read
from alambic.readers.names import UniqueNames
from alambic.readers.stretches import footer, stretches
from alambic.readers.stretches import read as read_stretch


def _table(path: Path, number: int = 25, rows_a_group: int = 7) -> Path:
    texts = [f"Lille, le 3 mai 2024. Le communiqué {n}." for n in range(number)]
    texts[3] = ""
    table = pa.table(
        {
            "texte": texts,
            "url": [f"u{n % 10}" if n % 4 else None for n in range(number)],
            "jour": [date(2024, 5, 1 + n) for n in range(number)],
            "poids": list(range(number)),
        }
    )
    pq.write_table(table, path, row_group_size=rows_a_group)
    return path


@pytest.mark.parametrize("identifier", [None, "url", "absente"])
@pytest.mark.parametrize("rows", [1, 4, 7, 100])
def test_stretches_give_the_rows_names_and_rejections_of_the_whole_table(
    tmp_path: Path, identifier: str | None, rows: int
) -> None:
    columns = Columns("texte", identifier, "jour")
    found = find([_table(tmp_path / "a.parquet")])
    (table,) = found.items
    assert isinstance(table, Input)
    names = UniqueNames()
    names.claim(table.doc_id)
    cut = list(stretches(footer(table, columns), columns, names if identifier else None, rows, 10**9))
    assert [item for stretch in cut for item in read_stretch(stretch, columns)] == list(
        expanded(found, columns, 10**9)
    )
    assert all(stretch.count <= rows for stretch in cut)


def test_stretches_are_bounded_in_bytes(tmp_path: Path) -> None:
    table = pa.table({"text": [f"{n} " * 5_000 for n in range(100, 140)]})
    pq.write_table(table, tmp_path / "a.parquet", use_dictionary=False)
    (item,) = find([tmp_path / "a.parquet"]).items
    assert isinstance(item, Input)
    told = footer(item, Columns())
    cut = list(stretches(told, Columns(), None, 1_000, told.groups[0][1] // 4))
    assert len(cut) in (4, 5)
    assert sum(stretch.count for stretch in cut) == 40


@pytest.mark.parametrize("name", ["sans_colonne.parquet", "brisée.parquet", "absente.parquet"])
def test_a_table_without_a_footer_or_the_column_is_refused(tmp_path: Path, name: str) -> None:
    pq.write_table(pa.table({"autre": ["a"]}), tmp_path / "sans_colonne.parquet")
    (tmp_path / "brisée.parquet").write_bytes(b"PAR1 rien PAR1")
    with pytest.raises(Unreadable):
        footer(Input("a", name, str(tmp_path / name)), Columns())


@pytest.fixture
def store() -> str:
    files = fsspec.filesystem("memory")
    files.pipe(
        {
            "/boite/2024/a.txt": b"Paris, le 3 mai 2024.",
            "/boite/b.txt": "L’été".encode("cp1252"),
            "/boite/.cache/c.txt": b"non",
            "/boite/photo.jpg": b"non",
            "/boite/d.zip": b"PK",
        }
    )
    return "memory://boite"


def test_files_on_an_object_store_are_read_by_their_addresses(store: str) -> None:
    found = find([f"{store}/", f"{store}/b.txt"])
    texts = {
        source.doc_id: source.text
        for item in found.items
        if isinstance(item, Input)
        for source in read(item, content(item))
    }
    assert texts == {"a": "Paris, le 3 mai 2024.", "b": "L’été"}
    assert {item.source for item in found.items} == {
        f"{store}/2024/a.txt",
        f"{store}/b.txt",
        f"{store}/d.zip",
    }
    assert found.left_out == {".jpg": 1}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("memory://boite/absent.txt", "there is no such file or folder"),
        ("rien://boite/a.txt", "addresses with rien:// cannot be opened"),
        ("memory://boite/d.zip", "archives are read on this machine alone"),
    ],
)
def test_an_address_that_cannot_be_read_says_why(store: str, address: str, reason: str) -> None:
    (rejected,) = find([address]).items
    assert reason in str(rejected)


def test_a_table_on_an_object_store_reads_as_one_of_this_machine(tmp_path: Path) -> None:
    here = _table(tmp_path / "a.parquet")
    fsspec.filesystem("memory").pipe("/tables/a.parquet", here.read_bytes())
    columns = Columns("texte", "url", "jour")
    there = [item.doc_id for item in expanded(find(["memory://tables/a.parquet"]), columns, 10**9)]
    assert there == [item.doc_id for item in expanded(find([here]), columns, 10**9)]
