"""The same release says the same in any layout and encoding."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alambic.cleaning import clean
from alambic.evaluation import STAGES, Gold, Scores, read_folder, score
from alambic.extraction import Extractor
from alambic.readers import Input, Source, read
from alambic.record import Release, Span

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


@pytest.fixture(scope="module")
def gold() -> Gold:
    return next(gold for gold in read_folder(GOLD) if gold.release.doc_id == "verkor-gigafactory")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _with_signs_of(layout: str, text: str) -> str:
    """`layout` with its signs, white space apart, replaced one by one by those of `text`."""
    signs = iter("".join(text.split()))
    return "".join(char if char.isspace() else next(signs) for char in layout)


def _one_line_a_paragraph(text: str) -> str:
    return _with_signs_of(clean(text).text, text)


def _wrapped(text: str, width: int) -> str:
    lines = _one_line_a_paragraph(text).split("\n")
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False) for line in lines
    )


def _no_break_blanks(text: str) -> str:
    for sign in "»:;?!%€":
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u202f")


LAYOUTS: dict[str, Callable[[str], str]] = {
    "telle quelle": lambda text: text,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "coupée à 60 colonnes": lambda text: _wrapped(text, 60),
    "coupée à 80 colonnes": lambda text: _wrapped(text, 80),
    "une ligne par paragraphe": _one_line_a_paragraph,
    "blancs insécables": _no_break_blanks,
    "sans blancs insécables": lambda text: text.replace("\u00a0", " ").replace("\u202f", " "),
}


def _moved(gold: Gold, text: str) -> Gold:
    """`gold` on `text`, which differs in white space only."""
    old = [i for i, char in enumerate(gold.text) if not char.isspace()]
    new = [i for i, char in enumerate(text) if not char.isspace()]
    number = {place: n for n, place in enumerate(old)}
    assert "".join(gold.text.split()) == "".join(text.split())

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(replace(s, start=new[number[s.start]], end=new[number[s.end - 1]] + 1) for s in spans)

    return Gold(
        replace(gold.release, **{stage: moved(getattr(gold.release, stage)) for stage in STAGES}), text
    )


def _scored(gold: Gold, text: str, extractor: Extractor) -> tuple[Scores, Release]:
    moved = _moved(gold, text)
    (release,) = extractor.stream([Source(gold.release.doc_id, text, "test")])
    return score([moved], {release.doc_id: release}), release


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_seed_scores_the_same_in_every_layout(layout: str, gold: Gold, extractor: Extractor) -> None:
    plain, _ = _scored(gold, gold.text, extractor)
    scores, release = _scored(gold, LAYOUTS[layout](gold.text), extractor)
    assert {stage: scores.stages[stage].f1 for stage in ("figures", "dates", "quotes")} == {
        "figures": 1.0,
        "dates": 1.0,
        "quotes": 1.0,
    }
    assert abs(scores.stages["entities"].f1 - plain.stages["entities"].f1) < 0.01
    assert scores.fields["speaker"].accuracy == scores.fields["role"].accuracy == 1.0
    assert release.published == "2025-12-11"
    assert release.title == "Verkor franchit une étape décisive et inaugure sa première Gigafactory"
    assert release.place == "Bourbourg (Dunkerque)"
    assert release.issuer == "Verkor"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman"]
)
def test_the_seed_reads_the_same_in_every_encoding(encoding: str, gold: Gold) -> None:
    item = Input(doc_id="seed", source="seed.txt", path="seed.txt")
    (source,) = read(item, gold.text.encode(encoding))
    assert source.text == gold.text


def test_every_offset_points_at_its_text(gold: Gold, extractor: Extractor) -> None:
    (release,) = extractor.stream([Source("seed", gold.text, "test")])
    for stage in STAGES:
        for span in getattr(release, stage):
            assert gold.text[span.start : span.end] == span.text
            assert span.sentence
