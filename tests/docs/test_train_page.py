"""Gold that came back from an annotation tool can be learnt from, as docs/train.md tells it."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

from alambic.evaluation.gold import Gold, read_folder
from alambic.record import Entity, Release
from alambic.training.inline import check, parse_inline, read_inline
from alambic.training.marking import marked

ROOT = Path(__file__).parents[2]


def entity(text: str, name: str, label: str = "ORG", **more: object) -> Entity:
    start = text.index(name)
    given = {"canonical": name, **more}
    return Entity(start=start, end=start + len(name), text=name, label=label, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Roux & Fils recrute.", {"name": "Roux & Fils"}),
        (
            "« a < b », dit Claire\nDupont",
            {"name": "Claire\nDupont", "label": "PER", "canonical": "Claire Dupont"},
        ),
        ('page 1\fL’"Atelier" Nord ouvre', {"name": 'L’"Atelier" Nord'}),
        ("Le FEDER\x07 finance", {"name": "FEDER", "optional": True}),
        ("VIC recrute à Lyon", {"name": "VIC", "canonical": 'Verkor "Innovation" <Centre>'}),
    ],
)
def test_a_name_comes_back_as_it_was_marked(text: str, name: dict[str, object]) -> None:
    one = entity(text, **name)  # type: ignore[arg-type]
    annotated = parse_inline(marked(Gold(Release(doc_id="a", sha256="", entities=(one,)), text)), "a")
    (found,) = annotated.release.entities
    assert (found.text, found.label, found.canonical, found.optional) == (
        one.text,
        one.label,
        one.canonical,
        one.optional,
    )
    assert annotated.text[found.start : found.end] == found.text
    assert check(annotated) == []


def test_of_two_names_that_overlap_the_first_stays() -> None:
    text = "Région Hauts-de-France"
    both = (entity(text, text), entity(text, "Hauts-de-France"))
    annotated = parse_inline(marked(Gold(Release(doc_id="a", sha256="", entities=both), text)), "a")
    assert [found.text for found in annotated.release.entities] == [text]


def test_the_page_turns_a_gold_folder_into_training_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "annotated").mkdir()
    for suffix in ("json", "txt"):
        shutil.copy(ROOT / f"corpus/gold/verkor-gigafactory.{suffix}", tmp_path / "annotated")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/train.md").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if ">>>" in b)
    told: list[str] = []
    test = doctest.DocTestParser().get_doctest(block, {}, "train.md", None, 0)
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not told, "".join(told)
    (gold,) = read_folder(Path("annotated"))
    annotated = read_inline(Path("corpus/train/ours/verkor-gigafactory.xml"))
    assert annotated.release.published == gold.release.published
    marks = [(" ".join(e.text.split()), e.label, e.canonical, e.optional) for e in annotated.release.entities]
    assert marks == [
        (" ".join(e.text.split()), e.label, " ".join(e.canonical.split()), e.optional)
        for e in gold.release.entities
    ]
