"""`alambic review` as users call it: a process each, the shipped model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .solvor import TEXT, annotate, new


def _alambic(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "alambic", *map(str, arguments)], cwd=cwd, capture_output=True, check=False
    )


def test_a_run_is_corrected_in_label_studio_and_becomes_gold(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/solvor.txt").write_text(TEXT, encoding="utf-8")
    run = _alambic("run", "in", "-o", "tables", "--keep-text", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    out = _alambic("review", "export", "tables", "-o", "review", "--to", "label-studio", cwd=tmp_path)
    assert out.returncode == 0, out.stderr
    assert out.stdout.decode().startswith("1 release for label-studio: review/tasks.json, ")

    tasks = json.loads((tmp_path / "review/tasks.json").read_text(encoding="utf-8"))
    assert 0 < tasks[0]["predictions"][0]["score"] <= 1
    annotate(tasks).append(new("ORG", "Lille"))
    (tmp_path / "project.json").write_text(json.dumps(tasks), encoding="utf-8")
    back = _alambic("review", "import", "project.json", "-o", "gold", cwd=tmp_path)
    assert (back.returncode, back.stderr) == (0, b"")
    assert back.stdout.decode().endswith("1 gold release in gold, 0 conflicts.\n")

    scored = _alambic("evaluate", "gold", "-v", cwd=tmp_path).stdout.decode()
    assert scored.startswith("solvor · entities missed · gold 'Lille' ORG")
    assert len(scored.split("\n\n")[0].splitlines()) < 20


def test_releases_are_extracted_for_review(tmp_path: Path) -> None:
    (tmp_path / "solvor.txt").write_text(TEXT, encoding="utf-8")
    done = _alambic("review", "export", "solvor.txt", "-o", "out", "--to", "brat", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "\tClaire Dupont\n" in (tmp_path / "out/solvor.ann").read_text(encoding="utf-8")


def test_a_release_that_cannot_be_read_is_told_and_the_others_are_exported(tmp_path: Path) -> None:
    (tmp_path / "solvor.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "vide.txt").touch()
    done = _alambic(
        "review", "export", "vide.txt", "solvor.txt", "-o", "out", "--to", "doccano", cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stdout.decode().startswith("1 release for doccano: out/releases.jsonl, ")
    assert done.stderr.decode() == "vide.txt: it is empty; give a file that holds text.\n"


def test_conflicts_are_lines_on_standard_error_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Verkor", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tORG 0 6\tVerkor\nT2\tLIEU 0 6\tVerkor\n", encoding="utf-8")
    done = _alambic("review", "import", ".", "-o", "gold", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"a: LIEU 'Verkor' at 0–6 (annotator {tmp_path.name}) has a label that gold does not have; make it one of"
        " ORG, PER, FIGURE, DATE, QUOTE."
    ]
    assert json.loads((tmp_path / "gold/a.json").read_text())["entities"][0]["text"] == "Verkor"


def test_what_a_file_holds_does_not_reach_the_terminal_raw(tmp_path: Path) -> None:
    name = "a\x1b[2J\ud800\n"
    tasks = [{"data": {"text": "Verkor", "doc_id": name}, "predictions": [{"result": []}]}]
    (tmp_path / "a.json").write_text(json.dumps(tasks), encoding="utf-8")
    done = _alambic("review", "import", "a.json", "-o", "gold", cwd=tmp_path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stdout.decode().startswith("a\\x1b[2J\\ud800\\n: nobody annotated it")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "absent", "-o", "out", "--to", "brat"], "absent: there is no such file or folder"),
        (["export", "tables", "-o", "out", "--to", "brat"], "tables: the run kept no texts"),
        (["export", "a.txt", "-o", "tables", "--to", "brat"], "tables: it is not empty"),
        (["export", "a.txt", "-o", "out", "--to", "inception"], "inception"),
        (["export", "a.txt", "-o", "a.txt/out", "--to", "brat"], "a.txt/out: it cannot be written"),
        (["import", "absent.json", "-o", "gold"], "absent.json: "),
        (["import", "a.txt", "-o", "gold"], "a.txt: it is no export that Alambic reads"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "a.txt").write_text("Paris, le 3 mai 2024.", encoding="utf-8")
    if "tables" in arguments[1]:
        assert _alambic("run", "a.txt", "-o", "tables", cwd=tmp_path).returncode == 0
    else:
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables/x").touch()
    done = _alambic("review", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not list(tmp_path.glob(".*.partial"))
