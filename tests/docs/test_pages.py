"""What the pages say is so: links, files, the data dictionary, sentences of errors, worked examples."""

from __future__ import annotations

import ast
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

from alambic.figures import find_figures
from alambic.training.inline import gold, parse_inline

ROOT = Path(__file__).parents[2]
DOCS, PACKAGE = ROOT / "docs", ROOT / "pipeline" / "alambic"
PAGES = [
    *sorted(DOCS.glob("*.md")),
    *(ROOT / name for name in ("README.md", "README.fr.md", "CHANGELOG.md", "CONTRIBUTING.md")),
]


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of `kind` on a page of the documentation, indented ones dedented."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(there), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", ["docs/stages.md", "docs/train.md", "docs/tutorial.md", "CONTRIBUTING.md"])
def test_files_that_are_named_exist(page: str) -> None:
    for name in re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|txt))`", (ROOT / page).read_text(encoding="utf-8")):
        assert any((base / name).exists() for base in (ROOT, PACKAGE)), f"{page} names {name}"


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    missing = [
        page.name for page in DOCS.glob("*.md") if page.name != "README.md" and f"]({page.name})" not in index
    ]
    assert not missing


def test_the_data_dictionary_is_that_of_the_schemas() -> None:
    from alambic.tabulation.dictionary import as_text

    page = (DOCS / "data.md").read_text(encoding="utf-8")
    _, _, generated = page.partition("<!-- alambic schema -->\n")
    assert generated == as_text() + "\n", "docs/data.md is stale: run the command that stands in it"


def sentences() -> Iterator[str]:
    """Every string of the package, the values in formatted ones written `…`."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
                )


def told_errors() -> list[str]:
    """The first cell of each row of the tables of sentences in the page on troubles."""
    page = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| (?:reason|sentence) \|.*\n\| --- .*\n((?:\|.*\n)+)", page, re.MULTILINE)
    return [row.split(" | ")[0].removeprefix("| ") for table in tables for row in table.splitlines()]


def test_the_errors_told_are_those_of_the_code() -> None:
    known, told = "\0".join(sentences()), told_errors()
    assert len(told) > 15
    assert [sentence for sentence in told if sentence.removesuffix(" …") not in known] == []


def test_the_word_that_is_taught_changes_what_the_page_says(tmp_path: Path) -> None:
    case, line = blocks("stages.md", "text")
    text, _, expected = case.strip().rpartition(" => ")
    assert (PACKAGE / "figures" / "compounds.txt").read_text(encoding="utf-8").find(line.strip()) == -1
    assert [f"{f.text}: {f.kind} {f.value:g} {f.unit}" for f in find_figures(text)] == [
        "40 jeux: count 40 jeu"
    ]
    shutil.copytree(PACKAGE, tmp_path / "alambic", ignore=shutil.ignore_patterns("__pycache__", "models"))
    with (tmp_path / "alambic/figures/compounds.txt").open("a", encoding="utf-8") as file:
        file.write(line)
    code = (
        "import sys; from alambic.figures import find_figures\n"
        "print(*(f'{f.text}: {f.kind} {f.value:g} {f.unit}' for f in find_figures(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, text],
        env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == expected


@pytest.mark.parametrize("page", ["stages.md"])
def test_python_on_the_page_prints_what_it_shows(page: str) -> None:
    for block in blocks(page, "python"):
        run_python(block, page)


def run_python(block: str, page: str) -> None:
    test = doctest.DocTestParser().get_doctest(block, {}, page, None, 0)
    assert test.examples
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not told, "".join(told)


def test_the_release_annotated_by_hand_gives_the_gold_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (xml,) = blocks("annotate.md", "xml")
    Path("mine").mkdir()
    Path("mine/mila.xml").write_text(xml, encoding="utf-8")
    (python,) = blocks("annotate.md", "python")
    run_python(python, "annotate.md")
    (shown,) = blocks("annotate.md", "json")
    annotated = parse_inline(xml, "mila")
    made = json.loads(Path("gold/mila.json").read_text(encoding="utf-8"))
    assert made == gold(annotated)
    assert json.loads(shown) == {**made, "sha256": "…"}
    check, _ = blocks("annotate.md", "console")[1].split("\n", 1)
    done = subprocess.run(
        [sys.executable, *check.split()[2:]],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert blocks("annotate.md", "console")[1].splitlines()[-1] == done.stdout.splitlines()[-1]
