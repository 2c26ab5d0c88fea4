"""The stages give the same as spaCy components and in a run, which does without spaCy."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from alambic.cleaning import clean
from alambic.extraction import Extractor, load
from alambic.readers import Source

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


@pytest.mark.parametrize("published", [None, dt.date(2019, 7, 1)])
def test_the_components_and_a_run_tell_the_same(published: dt.date | None) -> None:
    text = clean((GOLD / "verkor-gigafactory.txt").read_text(encoding="utf-8")).text
    nlp = load("fast")
    doc = nlp.make_doc(text)
    doc._.published = published
    for _, component in nlp.pipeline:
        doc = component(doc)
    (release,) = Extractor("fast").stream([Source("a", text, "a", published)])
    assert release.entities and release.people and release.organisations and release.quotes
    assert doc._.alambic_people == release.people
    assert doc._.alambic_organisations == release.organisations
    for stage in ("entities", "figures", "dates", "quotes"):
        told = getattr(doc._, f"alambic_{stage}")
        assert [_alone(one) for one in told] == [_alone(one) for one in getattr(release, stage)], stage
        assert len(told) > 1


def _alone(found: object) -> dict[str, object]:
    """What a component tells of a span: all but the sentence, which the record adds."""
    return {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "sentence"}  # type: ignore[attr-defined]


def test_a_run_does_not_load_spacy() -> None:
    code = "import sys, alambic; alambic.extract('Paris, le 3 mai 2024.', model='fast'); print('spacy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "False"
