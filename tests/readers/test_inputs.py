from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from alambic.readers import Found, Input, Rejected, find


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un communiqué.", encoding="utf-8")


def _ids(found: Found) -> list[str]:
    return [item.doc_id for item in found.items if isinstance(item, Input)]


def _rejected(found: Found) -> list[tuple[str, str]]:
    return [(Path(item.source).name, item.reason) for item in found.items if isinstance(item, Rejected)]


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["b.txt", "a.txt", "sous/c.md"], ["a", "b", "c"]),
        (["2024/mars.txt", "2025/mars.txt", "avril.txt"], ["2024/mars", "2025/mars", "avril"]),
        (["mars.txt", "mars.pdf"], ["mars.pdf", "mars.txt"]),
        ([".caché.txt", ".git/x.txt", "a.txt"], ["a"]),
        (["v1.2.txt"], ["v1.2"]),
    ],
)
def test_an_input_is_named_by_its_stem_or_by_its_path_where_stems_collide(
    tmp_path: Path, files: list[str], ids: list[str]
) -> None:
    _write(tmp_path, *files)
    assert sorted(_ids(find([tmp_path]))) == ids


def test_accents_in_names_are_composed_whatever_the_file_system_does(tmp_path: Path) -> None:
    _write(tmp_path, "communique\u0301.txt")
    assert _ids(find([tmp_path])) == ["communiqué"]


def test_two_folders_with_the_same_paths_still_give_distinct_names(tmp_path: Path) -> None:
    _write(tmp_path, "a/x.txt", "b/x.txt")
    assert len(set(_ids(find([tmp_path / "a", tmp_path / "b"])))) == 2


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    assert _ids(find([tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt"])) == ["a"]


def test_other_kinds_of_files_in_a_folder_are_counted_and_not_read(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "logo.png", "a.json", "b.json", "liste.csv")
    found = find([tmp_path])
    assert _ids(found) == ["a"]
    assert found.left_out == {".json": 2, ".png": 1, ".csv": 1}
    assert _ids(find([tmp_path], tables=True)) == ["a", "liste"]


def test_a_pattern_takes_what_it_matches(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "sous/b.txt", "sous/c.md")
    assert sorted(_ids(find([f"{tmp_path}/**/*.txt"]))) == ["a", "b"]


def test_the_folder_of_the_tables_is_no_input(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "sortie/texts.txt")
    assert _ids(find([tmp_path], besides=tmp_path / "sortie")) == ["a"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("absent.txt", "there is no such file or folder"),
        ("*.docx", "the pattern matches no file"),
        ("nul\0.txt", "its name holds a NUL character"),
        ("x" * 300 + ".txt", "it cannot be opened (File name too long)"),
    ],
)
def test_a_path_that_leads_nowhere_is_rejected_with_a_reason(tmp_path: Path, path: str, reason: str) -> None:
    assert [why for _, why in _rejected(find([f"{tmp_path}/{path}"]))] == [reason]


def test_no_link_is_followed_out_of_the_folder(tmp_path: Path) -> None:
    _write(tmp_path, "dehors/secret.txt", "dedans/a.txt")
    inside = tmp_path / "dedans"
    (inside / "lien.txt").symlink_to(tmp_path / "dehors/secret.txt")
    (inside / "dossier").symlink_to(tmp_path / "dehors")
    (inside / "boucle").symlink_to(inside)
    (inside / "mort.txt").symlink_to(inside / "rien.txt")
    (inside / "anneau.txt").symlink_to(inside / "anneau.txt")
    found = find([inside])
    assert _ids(found) == ["a"]
    assert sorted(_rejected(found)) == [
        ("anneau.txt", "it is a link that leads nowhere"),
        ("dossier", "it is a link to what lies outside the given folder"),
        ("lien.txt", "it is a link to what lies outside the given folder"),
        ("mort.txt", "it is a link that leads nowhere"),
    ]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    assert _rejected(find([tmp_path])) == [("tube.txt", "it is no regular file")]


def test_a_name_that_is_no_utf8_can_be_written_to_tables(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/communiqu\xe9.txt"))).write_text("Texte.")
    (item,) = find([tmp_path]).items
    assert item.doc_id == "communiqu\\xe9"
    item.source.encode("utf-8")


def test_members_of_an_archive_are_inputs_and_unsafe_ones_are_not(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lot.zip", "w") as archive:
        for name in (
            "b.txt",
            "2025/a.txt",
            "../../etc/passwd.txt",
            "/absolu.txt",
            "C:\\x.txt",
            "nid.zip",
            "i.png",
        ):
            archive.writestr(name, "Un communiqué.")
    found = find([tmp_path])
    assert _ids(found) == ["a", "b"]
    assert sorted({why for _, why in _rejected(found)}) == [
        "it is an archive in an archive",
        "its name points outside the archive",
    ]
    assert len(_rejected(found)) == 4
    assert found.left_out == {".png": 1}


def test_a_broken_archive_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "lot.zip").write_bytes(b"PK\x03\x04 coup")
    ((name, reason),) = _rejected(find([tmp_path]))
    assert name == "lot.zip"
    assert reason.startswith("the archive cannot be opened")


def test_an_empty_archive_and_a_member_that_a_later_one_replaced_are_told(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive, pytest.warns(UserWarning):
        archive.writestr("x.txt", "Un.")
        archive.writestr("x.txt", "Deux.")
    found = find([tmp_path])
    assert _ids(found) == ["x"]
    assert _rejected(found) == [
        ("a.zip", "the archive holds no files"),
        ("b.zip!x.txt", "a later member of the archive has the same name"),
    ]


def test_the_tables_of_a_run_are_no_releases(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "liste.csv", "texts.parquet", "report.html", ".alambic/settings.json")
    (tmp_path / "run.json").write_text('{"files": ["texts.parquet"]}')
    found = find([tmp_path], tables=True)
    assert _ids(found) == ["a", "liste"]
    assert not found.left_out
