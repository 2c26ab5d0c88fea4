"""`alambic_dates` in anybody's pipeline."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    pipeline = spacy.blank("fr")
    pipeline.add_pipe("alambic_dates")
    return pipeline


def test_exact_dates_and_spans_of_whole_tokens(nlp: spacy.language.Language) -> None:
    doc = nlp("Paris, le 6 juin 2008. L'usine ouvrira mi-2009.")
    assert [date.text for date in doc._.alambic_dates] == ["6 juin 2008", "mi-2009"]
    assert [span._.date for span in doc.spans["dates"]] == list(doc._.alambic_dates)


def test_the_date_given_from_outside_is_the_reference(nlp: spacy.language.Language) -> None:
    doc = nlp.make_doc("L'accord a été signé hier.")
    doc._.published = dt.date(2025, 12, 11)
    doc = nlp(doc)
    assert [date.iso_start for date in doc._.alambic_dates] == ["2025-12-10"]


def test_an_empty_document_has_no_dates(nlp: spacy.language.Language) -> None:
    assert nlp("")._.alambic_dates == ()
