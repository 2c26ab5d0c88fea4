"""`alambic snapshot` and `alambic diff` as users call them, with the shipped fast model."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alambic.cli import app
from alambic.regression.comparing import compare_all
from alambic.regression.states import open_both
from alambic.regression.telling import told as told_of
from alambic.running.terminal import TerminalProgress

BANK = (
    "La Banque de France ouvre un fonds\n\nParis, le 3 mai 2024. La Banque de France prête 12 M€ à Claire Morel.\n\n"
    "« Nous sommes fiers », déclare Claire Morel, directrice générale de Calvet.\n"
)
FACTORY = "Oxélia ouvre une usine\n\nLyon, le 2 juin 2025 – Oxélia crée 120 emplois à Lyon d’ici 2030.\n"


def _alambic(*arguments: str | Path, cwd: Path) -> tuple[int, str]:
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases, and the snapshots of them."""
    folder = tmp_path_factory.mktemp("releases")
    (folder / "releases/2025").mkdir(parents=True)
    (folder / "releases/banque.txt").write_text(BANK, encoding="utf-8")
    (folder / "releases/2025/usine.txt").write_text(FACTORY, encoding="utf-8")
    status, told = _alambic("snapshot", "releases", "-o", "snapshots", "--model", "fast", cwd=folder)
    assert (status, told) == (0, "Snapshots: snapshots (2 written)\n")
    return folder


def test_the_same_releases_give_the_same_snapshots_and_status_0(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "snapshots").iterdir()}
    _alambic("snapshot", "releases", "-o", "encore", "--model", "fast", cwd=folder)
    assert {path.name: path.read_bytes() for path in (folder / "encore").iterdir()} == before
    status, told = _alambic("diff", "snapshots", "encore", cwd=folder)
    assert status == 0
    assert told.endswith("2 releases: 2 as before.\n")


def test_releases_are_compared_by_the_model_of_their_snapshots_and_taken_in_by_accept(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/banque.txt").write_text(BANK.replace("12 M€", "13 M€"), encoding="utf-8")
    (tmp_path / "releases/vide.txt").touch()
    before = tmp_path / "snapshots"
    before.mkdir()
    assert _alambic("diff", before, folder / "snapshots", cwd=tmp_path)[0] == 1
    _alambic("diff", before, folder / "snapshots", "--accept", cwd=tmp_path)
    assert len(list(before.rglob("*.yml"))) == 2

    status, told = _alambic("diff", before, "releases", cwd=tmp_path)
    assert status == 1
    for line in (
        "banque: the text has changed",
        'figures changed at 84: "13 M€", text "12 M€" → "13 M€", value 12000000 → 13000000',
        "La Banque de France prête [13 M€] à Claire Morel.",
        "usine: the release is gone",
        "vide: it cannot be read",
        '"it is empty"',
        "3 releases: 0 as before, 1 with a changed text, 1 new, 1 gone.",
    ):
        assert line in told
    status, told = _alambic("diff", before, "releases", "--accept", cwd=tmp_path)
    assert status == 0
    assert told.endswith("(2 written, 1 removed)\n")
    assert "model: fast" in (before / "banque.yml").read_text(encoding="utf-8")
    assert _alambic("diff", before, "releases", cwd=tmp_path)[0] == 0


def test_a_folder_that_holds_releases_and_their_snapshots_is_a_folder_of_releases(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "releases/banque.txt").write_text(BANK.replace("12 M€", "13 M€"), encoding="utf-8")
    status, told = _alambic("diff", "snapshots", ".", cwd=tmp_path)
    assert (status, "banque: the text has changed" in told) == (1, True)
    _alambic("snapshot", "releases/2025", "-o", ".", "--model", "fast", cwd=tmp_path)
    assert {path.name for path in (tmp_path / "snapshots").iterdir()} == {"banque.yml", "usine.yml"}


def test_the_tables_of_a_run_hold_what_its_snapshots_hold_in_any_format(folder: Path, tmp_path: Path) -> None:
    forms = {"parquet": "*.parquet", "csv": "*.csv", "jsonl": "*.jsonl", "duckdb": "*.duckdb"}
    asked = [argument for form in forms for argument in ("-f", form)]
    status, told = _alambic("run", "releases", "-o", tmp_path / "run", *asked, "--model", "fast", cwd=folder)
    assert status == 0, told
    for form, files in forms.items():
        (tmp_path / form).mkdir()
        for file in (tmp_path / "run").glob(files):
            shutil.copy(file, tmp_path / form)
        old, new = open_both(folder / "snapshots", tmp_path / form, None, TerminalProgress())
        assert (new.kind, len(new.releases)) == ("run", 2)
        assert [line for one in compare_all(old.releases, new.releases) for line in told_of(one)] == []
    assert _alambic("diff", "snapshots", tmp_path / "run", cwd=folder)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["diff", "snapshots", "absent"], "absent: there is no such file or folder; check the path."),
        (["diff", "snapshots"], "NEW"),
        (
            ["diff", "releases", "snapshots", "--accept"],
            "releases: it holds releases, and only snapshots can",
        ),
        (["snapshot", "releases"], "--output"),
        (["snapshot", "absent", "-o", "s"], "absent: there is no such file or folder; check the path."),
        (["snapshot", "releases", "-o", "releases/banque.txt"], "it cannot be written"),
    ],
)
def test_wrong_use_gives_status_2_and_one_sentence(folder: Path, arguments: list[str], sentence: str) -> None:
    status, told = _alambic(*arguments, cwd=folder)
    assert status == 2
    assert sentence in told


def test_a_broken_snapshot_gives_status_2_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s/a.yml").write_text("alambic_snapshot: 1\nmodel: [\n", encoding="utf-8")
    status, told = _alambic("diff", "s", "s", cwd=tmp_path)
    assert status == 2
    assert "a.yml: it cannot be read" in told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands(shell: str) -> None:
    given = {"COMP_WORDS": "alambic sna", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "alambic sna"}
    asked = {"_ALAMBIC_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    script = Path(sys.executable).with_name("alambic")
    done = subprocess.run([script], env={**os.environ, **given, **asked}, capture_output=True, text=True)
    assert "snapshot" in done.stdout
    assert "report" not in done.stdout
