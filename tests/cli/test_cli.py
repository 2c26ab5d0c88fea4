"""The command line as users call it: a process each, the shipped model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

RELEASE = (
    "Lefèvre & Associés ouvre une usine à Dunkerque\r\n\r\nDunkerque, le 3 mars 2025 – La société investit 12 millions "
    "d’euros.\r\n« Nous sommes fiers », déclare Claire Dupont, directrice générale.\r\n"
)


def _alambic(
    *arguments: str | Path, cwd: Path | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "alambic", *map(str, arguments)],
        cwd=cwd,
        input=given,
        capture_output=True,
        check=False,
    )


def test_run_extracts_a_folder_and_says_what_was_found_and_where(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(RELEASE.encode("cp1252"))
    (tmp_path / "in/b.txt").write_bytes(RELEASE.encode("utf-16"))
    done = _alambic("run", "in", "-o", "out", "-f", "csv", "-f", "parquet", "--keep-text", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("2 releases extracted")
    assert "Tables: out" in done.stdout.decode()
    assert done.stderr == b""
    figures = pd.read_csv(tmp_path / "out/figures.csv")
    assert figures[["doc_id", "value", "unit"]].values.tolist() == [["a", 12e6, "EUR"], ["b", 12e6, "EUR"]]
    texts = pd.read_parquet(tmp_path / "out/texts.parquet").set_index("doc_id")["text"]
    for row in figures.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.text


def test_rejected_inputs_give_status_1_and_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "vide.txt").touch()
    done = _alambic("run", "a.txt", "vide.txt", "absent.txt", "-o", "out", "-f", "jsonl", cwd=tmp_path)
    assert done.returncode == 1
    rows = [json.loads(line) for line in (tmp_path / "out/rejected.jsonl").read_text().splitlines()]
    assert {row["source"]: row["reason"] for row in rows} == {
        "vide.txt": "it is empty",
        "absent.txt": "there is no such file or folder",
    }
    assert len((tmp_path / "out/releases.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "absent.txt"], "absent.txt: there is no such file or folder; check the path."),
        (["run", "a.txt", "-o", "a.txt/out"], "it cannot be written"),
        (["run", "a.txt", "-f", "docx"], "docx"),
        (["run", "a.txt", "--jobs", "0"], "jobs"),
        (["run"], "PATHS"),
        (["extract", "vide.txt"], "vide.txt: it is empty; give a file that holds text."),
        (["extract", "absent.txt"], "absent.txt: there is no such file or folder; check the path."),
        (["extract", "."], "extract reads one"),
        (["extract", "lot.csv"], "lot.csv: it is a table of releases; use alambic run lot.csv --text-column"),
        (["run", "lots"], "but 1 .csv; for tables of releases name their column with --text-column."),
        (["extract", "rouge\x1b[31m.txt"], "rouge\\x1b[31m.txt: it is empty"),
        (["evaluate", "absent"], "absent"),
        (["evaluate", ".", "--min", "entities"], "it wants a name and a number"),
    ],
)
def test_wrong_use_gives_status_2_and_one_sentence(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "a.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "lots").mkdir()
    for empty in ("vide.txt", "lot.csv", "lots/lot.csv", "rouge\x1b[31m.txt"):
        (tmp_path / empty).touch()
    done = _alambic(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_extract_prints_the_record_of_standard_input(tmp_path: Path) -> None:
    done = _alambic("extract", "-", given=RELEASE.encode("mac_roman"))
    record = json.loads(done.stdout)
    assert record["published"] == "2025-03-03"
    (quote,) = record["quotes"]
    assert RELEASE[quote["start"] : quote["end"]] == "Nous sommes fiers"
    assert quote["speaker"] == "Claire Dupont"


def test_run_reads_rows_and_standard_input(tmp_path: Path) -> None:
    pd.DataFrame({"corps": [RELEASE, "Sans chiffre."], "ref": ["x", "y"]}).to_csv(
        tmp_path / "lot.csv", index=False
    )
    done = _alambic(
        "run", "lot.csv", "-", "-o", "out", "-f", "jsonl", "--text-column", "corps", "--id-column", "ref",
        cwd=tmp_path, given=RELEASE.encode(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "out/releases.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc_id"] for line in lines] == ["x", "y", "stdin"]


def test_schema_prints_the_data_dictionary() -> None:
    told = json.loads(_alambic("schema", "--json").stdout)
    assert told["figures"]["columns"][0]["name"] == "id"
    assert "## quotes" in _alambic("schema").stdout.decode()


def test_version_and_help_are_quick() -> None:
    assert _alambic("--version").stdout.startswith(b"alambic ")
    began = os.times()
    done = _alambic("--help")
    ended = os.times()
    assert b"alambic run releases/" in done.stdout
    # Processor time, for a machine under load; 0.4 s on an idle one.
    assert ended.children_user + ended.children_system - began.children_user - began.children_system < 0.8


def test_ctrl_c_stops_the_run_and_says_how_to_go_on(tmp_path: Path) -> None:
    import signal

    for n in range(200):
        (tmp_path / f"r{n:03}.txt").write_text(RELEASE * 20, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "alambic", "run", ".", "-o", "out"], cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (tmp_path / "out/.alambic/unfinished").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode() == "Stopped. What is done is kept; the same command with -o out --resume goes on.\n"
    assert not list((tmp_path / "out").glob("*.parquet"))
