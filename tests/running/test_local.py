from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from faulty_extraction import faulty

from alambic.running import planning
from alambic.running.faults import RunFault
from alambic.running.interrupts import held_back
from alambic.running.local import run
from alambic.running.manifest import Summary
from alambic.running.settings import Settings
from alambic.tabulation import Format

ALL = (Format.PARQUET, Format.CSV, Format.JSONL)


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's own files may be edited while the tests run; what a run does about it is tested by itself."""
    monkeypatch.setattr("alambic.running.settings._digest", lambda: "the same")


class Told:
    """Keeps what a run tells."""

    def __init__(self) -> None:
        self.total: int | None = None
        self.inputs: list[int] = []
        self.said: list[str] = []

    def begin(self, total: int | None) -> None:
        self.total = total

    def advance(self, inputs: int, words: int) -> None:
        self.inputs.append(inputs)

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


def _releases(folder: Path, number: int = 80, slow: bool = False) -> Path:
    folder.mkdir()
    for n in range(number):
        pace = "SLOW " if slow else ""
        (folder / f"r{n:03}.txt").write_text(f"{pace}La société Lefèvre{n} rejoint Dupont.", encoding="utf-8")
    return folder


def test_no_limit_of_time_is_a_limit_like_others(tmp_path: Path) -> None:
    assert _run([_releases(tmp_path / "in", 1)], tmp_path / "out", timeout=float("inf")).rows["releases"] == 1


def _run(paths: list[Path], to: Path, told: Told | None = None, **options: Any) -> Summary:
    settings = Settings(
        model=options.pop("model", "accurate"),
        timeout=options.pop("timeout", 60.0),
        keep_text=options.pop("keep_text", False),
    )
    to.mkdir(exist_ok=True)
    return run(paths, to, settings, told or Told(), formats=ALL, extraction=faulty, **options)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.suffix in {".parquet", ".csv", ".jsonl"}
    }


def _rejected(folder: Path) -> dict[str, tuple[str, str]]:
    rows = pq.read_table(folder / "rejected.parquet").to_pylist()
    return {row["doc_id"]: (row["stage"], row["reason"]) for row in rows}


def test_tables_are_the_same_byte_for_byte_whatever_the_number_of_processes(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in")
    (releases / "vide.txt").touch()
    for jobs in (1, 3):
        summary = _run([releases], tmp_path / str(jobs), jobs=jobs, keep_text=True)
        assert (summary.rows["releases"], summary.rows["rejected"]) == (80, 1)
    assert _bytes(tmp_path / "1") == _bytes(tmp_path / "3")
    table = pq.read_table(tmp_path / "1" / "releases.parquet")
    assert table["doc_id"].to_pylist() == [f"r{n:03}" for n in range(80)]
    texts = dict(
        zip(*pq.read_table(tmp_path / "1" / "texts.parquet").select(["doc_id", "text"]).columns, strict=True)
    )
    texts = {str(doc_id): str(text) for doc_id, text in texts.items()}
    for row in pq.read_table(tmp_path / "1" / "entities.parquet").to_pylist():
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]


def test_one_bad_release_is_rejected_with_its_reason_and_the_others_are_not(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 40)
    for name in ("hangs", "dies", "raises", "breaks"):
        (releases / f"{name}.txt").write_text(f"Texte qui {name.upper()}.")
    (releases / "image.txt").write_bytes(b"\x89PNG\x00\x00\x00\x01\x02")
    summary = _run([releases, tmp_path / "absent.txt"], tmp_path / "out", jobs=2, timeout=20.0)
    assert summary.rows["releases"] == 40
    assert _rejected(tmp_path / "out") == {
        "absent": ("finding", "there is no such file or folder"),
        "image": ("reading", "it is binary data, not text"),
        "hangs": ("extraction", "it took longer than 20 s"),
        "dies": ("extraction", "the process that extracted it died by signal 9"),
        "raises": ("extraction", "the extraction failed (ZeroDivisionError: a fault of a stage)"),
        "breaks": ("tables", "entities.label holds 'LOC', which fails isin(['ORG', 'PER'])"),
    }


def test_progress_counts_every_input_once_and_never_goes_back(tmp_path: Path) -> None:
    told = Told()
    _run([_releases(tmp_path / "in", 50)], tmp_path / "out", told)
    assert told.total == 50
    assert told.inputs == sorted(told.inputs)
    assert told.inputs[-1] == 50


def test_the_manifest_says_what_the_run_was(tmp_path: Path) -> None:
    _run([_releases(tmp_path / "in", 3)], tmp_path / "out")
    told = json.loads((tmp_path / "out" / "run.json").read_text())
    assert told["rows"]["releases"] == told["inputs"] == 3
    assert told["model"] == "accurate"
    assert set(told["files"]) == set(_bytes(tmp_path / "out"))


def test_a_later_run_extracts_only_what_is_new_or_changed(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 70)
    _run([releases], tmp_path / "out")
    (releases / "r007.txt").write_text("La société Nouvelle.")
    (releases / "a000.txt").write_text("Avant toutes les autres, Première.")
    (releases / "r069.txt").unlink()
    summary = _run([releases], tmp_path / "out", resume=True)
    assert (summary.inputs, summary.kept) == (70, 68)
    _run([releases], tmp_path / "fresh")
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "fresh")


def test_a_changed_setting_is_said_and_all_is_extracted_anew(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 5)
    _run([releases], tmp_path / "out")
    told = Told()
    summary = _run([releases], tmp_path / "out", told, resume=True, model="fast")
    assert summary.kept == 0
    assert told.said == ["All is extracted anew: model was accurate and is fast."]


def test_tables_in_another_format_replace_those_of_the_run_before(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 3)
    _run([releases], tmp_path / "out")
    (tmp_path / "out" / "notes.csv").write_text("à moi")
    run([releases], tmp_path / "out", Settings(), Told(), formats=[Format.PARQUET], extraction=faulty)
    assert [path.name for path in (tmp_path / "out").glob("*.csv")] == ["notes.csv"]


def test_a_broken_part_of_the_journal_is_done_again(tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 40)
    _run([releases], tmp_path / "out")
    before = _bytes(tmp_path / "out")
    part = min((tmp_path / "out/.alambic/parts").iterdir())
    part.write_bytes(part.read_bytes()[:100])
    summary = _run([releases], tmp_path / "out", resume=True)
    assert 0 < summary.kept < 40
    assert _bytes(tmp_path / "out") == before


def test_a_folder_that_cannot_be_written_a_model_that_is_not_there_and_no_input_stop_the_run(
    tmp_path: Path,
) -> None:
    releases = _releases(tmp_path / "in", 1)
    (tmp_path / "fichier").write_text("")
    for paths, folder, model, told in [
        ([releases], tmp_path / "fichier" / "out", "accurate", "cannot be written"),
        ([releases], tmp_path / "a", "absent", "no such model"),
        ([tmp_path / "rien"], tmp_path / "b", "accurate", "no such file"),
    ]:
        with pytest.raises(RunFault, match=told):
            run(paths, folder, Settings(model=model), Told(), extraction=faulty)


def test_a_full_disk_stops_the_run_with_a_sentence_and_rejects_no_release(tmp_path: Path) -> None:
    import resource

    releases = _releases(tmp_path / "in", 40)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))  # as near to a full disk as a test gets
    try:
        with pytest.raises(RunFault, match=r"cannot be written \(File too large\).*--resume goes on"):
            _run([releases], tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((tmp_path / "out").rglob("*.partial"))
    assert _run([releases], tmp_path / "out", resume=True).rows["releases"] == 40


def test_two_runs_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    from alambic.running.journal import Journal

    (tmp_path / "out").mkdir()
    with Journal(tmp_path / "out"), pytest.raises(RunFault, match="another run"):
        _run([_releases(tmp_path / "in", 1)], tmp_path / "out")


RUN = """
import sys
import time
sys.path.append({here!r})
from pathlib import Path
from faulty_extraction import faulty
from alambic.running.local import run
from alambic.running import settings
from alambic.running.settings import Settings
from alambic.tabulation import Format
settings._digest = lambda: "the same"
class Quiet:
    def begin(self, total): ...
    def advance(self, inputs, words): ...
    def say(self, sentence): ...
if __name__ == "__main__":
    run([{releases!r}], Path({out!r}), Settings(), Quiet(), formats=[Format.PARQUET, Format.CSV, Format.JSONL],
        jobs=2, resume=True, extraction=faulty)
"""


def _killed_after(seconds: float, script: Path) -> bool:
    """Runs `script` and kills it with all that it started; whether it had not ended by itself."""
    process = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)  # the parent alone: its workers must end by themselves
        process.wait()
        return True


def test_ctrl_c_waits_while_a_process_is_started_and_the_process_does_not_hear_it() -> None:
    reached = False
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    with pytest.raises(KeyboardInterrupt), held_back():
        os.kill(os.getpid(), signal.SIGINT)
        process = subprocess.Popen(["sleep", "60"])
        process.send_signal(signal.SIGINT)
        reached = True
    assert reached
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.2)
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    signal.signal(signal.SIGINT, before)


def test_changed_code_is_a_changed_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    releases = _releases(tmp_path / "in", 2)
    _run([releases], tmp_path / "out")
    monkeypatch.setattr("alambic.running.settings._digest", lambda: "another")
    told = Told()
    assert _run([releases], tmp_path / "out", told, resume=True).kept == 0
    assert told.said == ["All is extracted anew: code and models was the same and is another."]


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.heavy)])
def test_a_run_killed_at_random_moments_and_resumed_ends_with_the_same_bytes(
    tmp_path: Path, kills: int
) -> None:
    releases = _releases(tmp_path / "in", 40 * kills, slow=True)
    started = time.monotonic()
    _run([releases], tmp_path / "whole", jobs=2)
    lasts = time.monotonic() - started
    script = tmp_path / "again.py"
    out = tmp_path / "out"
    out.mkdir()
    script.write_text(RUN.format(here=str(Path(__file__).parent), releases=str(releases), out=str(out)))
    chance = random.Random(kills)
    killed = sum(_killed_after(chance.uniform(1.0, 1.0 + lasts / 2), script) for _ in range(kills))
    assert killed > 0

    summary = _run([releases], out, jobs=2, resume=True)
    assert _bytes(out) == _bytes(tmp_path / "whole")
    assert summary.rows["releases"] == 40 * kills
    assert not [path for path in (out / ".alambic/parts").iterdir() if path.suffix != ".arrow"]


def test_keys_are_found_in_the_last_part_that_has_them_whatever_bytes_they_end_in() -> None:
    from alambic.running.journal import Place, _Places

    first, second, third = (bytes([n]) + bytes(31) for n in (2, 0, 255))
    places = _Places([("a", first + second), ("b", third + first)])
    assert len(places) == 4
    found = [places.find(key) for key in (first, second, third, bytes([2]) * 32, bytes(31) + b"\1")]
    assert found == [Place("b", 1), Place("a", 1), Place("b", 0), None, None]
    assert _Places([]).find(first) is None


def test_tasks_are_the_same_for_a_run_that_goes_on(tmp_path: Path) -> None:
    from alambic.readers import Input

    items = [Input(f"r{n}", f"r{n}", n_bytes=10) for n in range(100)]
    fresh = [window.task for window in planning.windows(items, lambda item: None, 0) if window.task]
    kept = {item.doc_id for item in fresh[1].items}
    place = planning.Place("before.arrow", 0)
    again = planning.windows(items, lambda item: place if item.doc_id in kept else None, 9)
    assert [window.task.items for window in again if window.task] == [
        task.items for task in fresh if task is not fresh[1]
    ]
