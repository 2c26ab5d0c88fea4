"""The page of an evaluation: whole in one file, nothing run or loaded, whatever the texts hold."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from alambic.evaluation import Gold, score
from alambic.evaluation.causes import diagnose
from alambic.evaluation.comparing import compare
from alambic.evaluation.intervals import Bootstrap
from alambic.evaluation.writing import Evaluation, write_page
from alambic.record import Entity, Release

from .releases import CLAIRE, GOLD, MONEY, RELEASE, STAFF, VERKOR


class _Seen(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.marks: list[tuple[str | None, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "mark":
            self.marks.append((dict(attrs).get("class"), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data
        if self.open and self.open[-1] == "mark":
            self.marks[-1] = self.marks[-1][0], self.marks[-1][1] + data


def _page(
    tmp_path: Path, golds: list[Gold], found: dict[str, Release], other: dict[str, Release] | None = None
) -> _Seen:
    scores, diagnosis = score(golds, found), diagnose(golds, found)
    drawn = Bootstrap([gold.release.doc_id for gold in golds], 100, 0)
    comparison = None
    if other is not None:
        both = scores, score(golds, other)
        comparison = compare(
            ("accurate", "fast"), both, (diagnosis, diagnose(golds, other)), drawn.difference(*both)
        )
    path = tmp_path / "page.html"
    write_page(Evaluation("gold", "accurate", scores, diagnosis, drawn.f1(scores), comparison), path)
    seen = _Seen()
    seen.feed(path.read_text(encoding="utf-8"))
    seen.close()
    assert seen.open == []
    return seen


def test_scores_mistakes_and_confusion_are_there(tmp_path: Path) -> None:
    found = replace(RELEASE, entities=(replace(VERKOR, label="PER"), CLAIRE), figures=(STAFF,))
    seen = _page(tmp_path, [GOLD], {"verkor": found})
    assert "1 release, entity model accurate" in seen.text
    for part in (
        "entities: label (1)",
        "figures: missed (1)",
        "F1, 95 %",
        "F1 by release",
        "ORG 'Verkor SA'",
    ):
        assert part in seen.text
    assert ("both", "Verkor SA") in seen.marks
    assert ("gold", "3 M€") in seen.marks


def test_the_characters_of_each_side_are_marked(tmp_path: Path) -> None:
    longer = replace(VERKOR, end=VERKOR.end + len(" inaugure"), text="Verkor SA inaugure")
    seen = _page(tmp_path, [GOLD], {"verkor": replace(RELEASE, entities=(longer, CLAIRE))})
    assert seen.marks[-2:] == [("both", "Verkor SA"), ("found", " inaugure")]


def test_two_models_stand_side_by_side(tmp_path: Path) -> None:
    other = {"verkor": replace(RELEASE, figures=(replace(MONEY, value=3), STAFF))}
    seen = _page(tmp_path, [GOLD], {"verkor": RELEASE}, other)
    assert "accurate and fast" in seen.text
    assert "Releases that moved: 1" in seen.text
    assert "only fast: wrong value" in seen.text


HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(1)> </style></main> &lt; \u202eétat\u202c \x00\x1b ]]>'


def test_hostile_text_is_text(tmp_path: Path) -> None:
    span = Entity(start=0, end=len(HOSTILE), text=HOSTILE, label="ORG", canonical=HOSTILE)
    gold = Gold(Release(doc_id=HOSTILE, sha256="", entities=(span,)), HOSTILE)
    found = Release(doc_id=HOSTILE, sha256="", entities=(replace(span, canonical="autre"),))
    seen = _page(tmp_path, [gold], {HOSTILE: found}, {})
    assert {tag for tag, _ in seen.elements} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "div", "table", "thead",
        "tbody", "tr", "th", "td", "meter", "details", "summary", "ul", "li", "span", "b", "bdi", "mark",
    }  # fmt: skip
    assert not any(
        name.startswith("on") or name in ("src", "href", "style") for _, a in seen.elements for name in a
    )
    assert "<script>alert(1)</script>" in seen.text
    assert "\x00" not in seen.text and "\x1b" not in seen.text


def test_the_policy_lets_nothing_be_loaded_or_run(tmp_path: Path) -> None:
    seen = _page(tmp_path, [GOLD], {"verkor": RELEASE})
    (policy,) = [
        a["content"] or "" for tag, a in seen.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "http" not in (tmp_path / "page.html").read_text(encoding="utf-8").replace("http-equiv", "")


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    scores, diagnosis = score([GOLD], {}), diagnose([GOLD], {})
    with pytest.raises(OSError):
        write_page(Evaluation("gold", "accurate", scores, diagnosis, {}), tmp_path / "absent" / "page.html")
    assert list(tmp_path.iterdir()) == []
