"""`alambic evaluate` as users call it: the table as ever, and what is asked for beside it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


def _evaluate(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "alambic", "evaluate", *map(str, arguments)], capture_output=True, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped gold release, and a short one whose gold holds a mistake: a place said to be a company."""
    folder = tmp_path_factory.mktemp("gold")
    for path in GOLD.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = "Lille, le 3 mars 2025 – La mairie de Lille investit 12 millions d’euros."
    record = {
        "doc_id": "lille",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": "2025-03-03",
        "entities": [{"start": 0, "end": 5, "text": "Lille", "label": "ORG", "canonical": "Lille"}],
        "figures": [
            {"start": 52, "end": 71, "text": "12 millions d’euros", "kind": "money", "value": 12000000,
             "value_max": None, "unit": "EUR", "modifier": "exact"}
        ],
        "dates": [
            {"start": 10, "end": 21, "text": "3 mars 2025", "iso_start": "2025-03-03", "iso_end": "2025-03-03"}
        ],
        "quotes": [],
    }  # fmt: skip
    (folder / "lille.txt").write_text(text, encoding="utf-8")
    (folder / "lille.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_the_table_is_as_it_was_where_nothing_is_asked_for(folder: Path) -> None:
    done = _evaluate(folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["precision", "recall", "F1", "gold", "found"]
    assert [line.split()[0] for line in lines[1:5]] == ["entities", "figures", "dates", "quotes"]
    assert all(not line or len(line) <= 64 for line in lines)


def test_all_of_it_at_once(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "scores.html"
    asked = [
        "--by-cause",
        "--bootstrap",
        "100",
        "--seed",
        "3",
        "--against",
        "accurate",
        "--model",
        "accurate",
    ]
    assert _evaluate(folder, *asked).returncode == 2
    done = _evaluate(folder, "--by-cause", "--bootstrap", "100", "--seed", "3", "--html", page)
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode()
    assert "F1, 95 %" in told.splitlines()[0]
    assert "The intervals are drawn from 2 releases: too few, so they are too narrow." in told
    assert "entities: missed (" in told
    assert "  lille · gold ORG 'Lille' · …Lille, le 3 mars 2025" in told
    assert told.endswith(f"Page: {page}\n")
    assert "lille, characters 0–5" in page.read_text(encoding="utf-8")
    again = _evaluate(folder, "--by-cause", "--bootstrap", "100", "--seed", "3", "--html", page)
    assert again.stdout == done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--bootstrap", "10"], "it draws releases anew, and"),
        (
            ["--against", "accurate"],
            "--against accurate: that is the model which is scored; name the other one.",
        ),
        (["--html", "absent/page.html"], "absent/page.html: it cannot be written"),
        (["--against", "moyen"], "moyen"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(arguments: list[str], told: str) -> None:
    done = _evaluate(GOLD, *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
