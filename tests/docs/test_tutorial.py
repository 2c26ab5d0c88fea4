"""The tutorial and the notebook do what they say: their commands and their Python run, in order, in an empty folder."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="reportlab is missing: pip install alambic[test]")

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Elided(doctest.OutputChecker):
    """Compares outputs; `[…]` stands for anything within them."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        pattern = ".*?".join(map(re.escape, want.rstrip().split("[…]")))
        return re.fullmatch(pattern, got.rstrip(), re.DOTALL) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new folder that holds what the tutorial takes from the repository, with `alambic` and `python` at hand."""
    (tmp_path / "docs").mkdir()
    shutil.copy(DOCS / "example_releases.py", tmp_path / "docs")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of a Unix shell")
def test_the_tutorial_does_what_it_shows(folder: Path) -> None:
    checker, names = Elided(), {"__name__": "tutorial"}
    blocks = BLOCK.findall((DOCS / "tutorial.md").read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks].count("console") >= 4
    for kind, block in blocks:
        if kind == "console":
            for command, shown in commands(block):
                done = subprocess.run(
                    ["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False
                )
                assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
                assert checker.check_output(shown, done.stdout, 0), f"$ {command}\n{done.stdout}"
            continue
        test = doctest.DocTestParser().get_doctest(block, names, "tutorial.md", None, 0)
        assert test.examples, f"no >>> is in this block, so nothing of it would run:\n{block}"
        told: list[str] = []
        runner = doctest.DocTestRunner(checker, verbose=False)
        runner.run(test, out=told.append, clear_globs=False)
        names = test.globs
        assert not told, "".join(told)


def test_the_notebook_runs_from_folder_to_plot(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    subprocess.run([sys.executable, "docs/example_releases.py", "releases"], check=True)
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "notebook.ipynb", "exec"), names)
    told = capsys.readouterr().out
    assert "Brumelle Énergie" in told
    assert re.search(r"2025-04 +█+ ", told), told


def test_the_notebook_is_kept_without_outputs() -> None:
    notebook = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None


def test_the_makers_files_are_what_their_names_say(folder: Path) -> None:
    subprocess.run([sys.executable, "docs/example_releases.py", "releases"], check=True)
    first = {path.name: path.read_bytes()[:5] for path in Path("releases").iterdir()}
    assert first == {"inauguration.pdf": b"%PDF-", "orvalis.html": b"<!DOC", "transval.eml": b"From:"}
