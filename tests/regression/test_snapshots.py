"""What a snapshot keeps of a release, and how it stands on disk."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alambic.record import Date, Entity, Organisation, Person, Quote, Release
from alambic.regression import keeping, snapshots
from alambic.regression.faults import RegressionFault
from alambic.regression.kept import Kept, kept
from alambic.tabulation.rows import release_rows

SHA = "0" * 64
MOREL = Person(
    entity_id="e1", name="Claire Morel", role="directrice", employer="Oxélia", employer_id="e2", mentions=2
)
OXELIA = Organisation(entity_id="e2", name="Oxélia", mentions=1)


def _of(**found: Any) -> Kept:
    return kept(release_rows(Release(doc_id="a", sha256=SHA, n_words=9, **found)))["a"]


def test_what_moves_with_the_processor_the_place_or_the_numbering_is_not_kept() -> None:
    mention = Entity(
        start=4, end=10, text="Oxélia", label="ORG", canonical="Oxélia", entity_id="e2", confidence=0.93
    )
    before = _of(entities=(mention,), source="ici/a.txt", people=(MOREL,), organisations=(OXELIA,))
    other = Entity(
        start=4, end=10, text="Oxélia", label="ORG", canonical="Oxélia", entity_id="e7", confidence=0.94
    )
    after = kept(
        release_rows(
            Release(
                doc_id="a",
                sha256=SHA,
                n_words=9,
                source="/ailleurs/a.txt",
                entities=(other,),
                people=(Person(**_fields(MOREL) | {"entity_id": "e3", "employer_id": "e7"}),),
                organisations=(Organisation(**_fields(OXELIA) | {"entity_id": "e7"}),),
            ),
            metadata={"encoding": "cp1252"},
        )
    )["a"]
    assert before == after
    assert before.rows("entities") == [
        {"text": "Oxélia", "label": "ORG", "canonical": "Oxélia", "start": 4, "sentence": "Oxélia"}
    ]


def _fields(of: Any) -> dict[str, Any]:
    return {name: getattr(of, name) for name in of.__slots__}


def test_a_reference_keeps_the_name_that_it_leads_to() -> None:
    quote = Quote(start=0, end=3, text="Oui", speaker="Claire Morel ; X", speaker_id="e1 ; e9")
    found = _of(quotes=(quote,), people=(MOREL,), organisations=(OXELIA,))
    assert found.rows("quotes")[0]["speaker_id"] == "Claire Morel ; a:e9"
    assert found.rows("people")[0]["employer_id"] == "Oxélia"


def test_rows_stand_in_the_order_of_the_text_or_of_the_names() -> None:
    def day(start: int, end: int) -> Date:
        return Date(
            start=start, end=end, text="3 mai 24"[: end - start], iso_start="2024-05-03", iso_end="2024-05-03"
        )

    found = _of(
        dates=(day(40, 45), day(2, 9), day(2, 7)),
        people=(Person(entity_id="e1", name="Zoé Blin"), Person(entity_id="e2", name="Ali Cerf")),
    )
    assert [(row["start"], len(row["text"])) for row in found.rows("dates")] == [(2, 5), (2, 7), (40, 5)]
    assert [row["name"] for row in found.rows("people")] == ["Ali Cerf", "Zoé Blin"]


def test_a_changed_cell_is_one_line_of_a_version_control_diff_under_its_table(tmp_path: Path) -> None:
    row = {
        "text": "3 milliards\n d’euros",
        "value": 3000000000,
        "unit": "EUR",
        "start": 1,
        "sentence": "…",
    }
    for name, value in (("avant", 3000000000), ("apres", 3)):
        snapshots.write(tmp_path / name, Kept("a", SHA, {"figures": [row | {"value": value}]}), "accurate")
    diff = subprocess.run(
        ["git", "diff", "--no-index", "-U1", "avant", "apres"], cwd=tmp_path, capture_output=True, text=True
    ).stdout.splitlines()
    assert diff[4:] == [
        "@@ -6,3 +6,3 @@ figures:",
        r' - text: "3 milliards\n d’euros"',
        "-  value: 3000000000",
        "+  value: 3",
        "   unit: EUR",
    ]


_CELLS = st.one_of(
    st.text(),
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False),
    st.lists(st.text()),
    st.dates().map(date.isoformat),
)


@example("\x85", {})
@example("une fin\u2028", {"quotes": [{"text": "fin\n"}]})
@given(
    st.text(min_size=1),
    st.dictionaries(
        st.sampled_from(["entities", "figures", "quotes"]),
        st.lists(st.dictionaries(st.sampled_from(["text", "value", "unit"]), _CELLS), min_size=1),
    ),
)
def test_whatever_a_release_holds_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, doc_id: str, tables: dict[str, list[dict[str, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    release = Kept(doc_id, SHA, tables)
    path = snapshots.write(folder, release, "fast")
    assert folder.resolve() in path.resolve().parents
    found, model = snapshots.read(path)
    assert (found.doc_id, found.sha256, model) == (doc_id, SHA, "fast")
    assert {table: found.rows(table) for table in tables} == tables
    assert list(snapshots.Snapshots(folder)) == [doc_id]


@pytest.mark.parametrize(
    ("doc_id", "path"),
    [
        ("communique", "communique.yml"),
        ("2024/été n° 3", "2024/été n° 3.yml"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd.yml"),
        ("/abs", "%/abs.yml"),
        (".cache", "%2Ecache.yml"),
        ("https://x.fr/a?b=c", "https%3A/%/x.fr/a%3Fb%3Dc.yml"),
        ("a\nb", "a%0Ab.yml"),
    ],
)
def test_a_snapshot_is_named_after_its_release_and_stays_in_its_folder(doc_id: str, path: str) -> None:
    assert snapshots.path_of(Path("s"), doc_id) == Path("s", path)


def test_long_names_that_start_alike_stay_apart() -> None:
    one, other = (snapshots.path_of(Path(), "é" * 400 + end).name for end in "ab")
    assert one != other
    assert max(len(one.encode()), len(other.encode())) < 255


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: [", "it cannot be read"),
        (b"\xff\xfe", "it cannot be read"),
        (b"alambic_snapshot: 99\ndoc_id: a\n", "it is no snapshot of this version"),
        (b"alambic_snapshot: 1\nmodel: fast\n", "without its doc_id"),
        (b"alambic_snapshot: 1\ndoc_id: a\nfigures:\n- 12\n", "rows of no form"),
        (b"alambic_snapshot: 1\ndoc_id: a\nfigures: 12\n", "rows of no form"),
        (b"alambic_snapshot: 1\ndoc_id: !!python/object/apply:os.system ['true']\n", "it cannot be read"),
    ],
)
def test_a_file_that_is_no_snapshot_is_told_as_such(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    with pytest.raises(RegressionFault, match=told):
        snapshots.read(tmp_path / "a.yml")


def test_keeping_a_state_removes_the_snapshots_of_others_and_nothing_else(tmp_path: Path) -> None:
    keeping.keep(tmp_path, [Kept("a", SHA), Kept("sous/b", SHA)], "accurate")
    (tmp_path / "ci.yml").write_text("on: push\n")
    done = keeping.keep(tmp_path, [Kept("a", SHA)], "accurate")
    assert str(done) == f"Snapshots: {tmp_path} (1 written, 1 removed)"
    assert sorted(path.name for path in tmp_path.rglob("*.yml")) == ["a.yml", "ci.yml"]
