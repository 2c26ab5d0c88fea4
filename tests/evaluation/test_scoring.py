"""A prediction is right when section 6 of the annotation guide says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alambic.evaluation import Gold, score
from alambic.evaluation.judging import below, table
from alambic.record import Date, Entity, Figure, Quote, Release

TEXT = "Verkor SA inaugure. « Nous investissons 3 M€ en 2025 », dit Mme Claire Dupont."


def _at(part: str) -> dict[str, Any]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


VERKOR = Entity(**_at("Verkor SA"), label="ORG", canonical="Verkor SA")
CLAIRE = Entity(**_at("Claire Dupont"), label="PER", canonical="Claire Dupont")
MONEY = Figure(**_at("3 M€"), kind="money", value=3_000_000, unit="EUR")
YEAR = Date(**_at("2025"), iso_start="2025-01-01", iso_end="2025-12-31")
SAID = Quote(
    **_at("Nous investissons 3 M€ en 2025"),
    speaker="Claire Dupont",
    speaker_role="directrice",
    cue="dit",
)
ALL = Release(
    doc_id="a", sha256="", entities=(VERKOR, CLAIRE), figures=(MONEY,), dates=(YEAR,), quotes=(SAID,)
)
GOLD = [Gold(ALL, TEXT)]


def _f1(stage: str, **found: tuple[Any, ...]) -> float:
    return score(GOLD, {"a": replace(ALL, **found)}).stages[stage].f1


def test_gold_scores_one_against_itself() -> None:
    scores = score(GOLD, {"a": ALL})
    assert {name: counts.f1 for name, counts in scores.stages.items()} == dict.fromkeys(scores.stages, 1.0)
    assert {name: share.accuracy for name, share in scores.fields.items()} == dict.fromkeys(
        ["canonical", "kind", "modifier", "speaker", "role", "cue"], 1.0
    )
    assert scores.errors == []


def test_a_release_without_prediction_misses_everything() -> None:
    scores = score(GOLD, {})
    assert scores.stages["entities"].recall == 0
    assert len(scores.errors) == 5


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param(replace(VERKOR, canonical="autre"), True, id="le nom canonique est noté à part"),
        pytest.param(replace(VERKOR, end=VERKOR.end + 1, text="Verkor SA "), True, id="blanc de bord ignoré"),
        pytest.param(replace(VERKOR, end=VERKOR.end - 3, text="Verkor"), False, id="autre fin"),
        pytest.param(replace(VERKOR, label="PER"), False, id="autre étiquette"),
    ],
)
def test_entities_need_the_same_span_and_label(found: Entity, right: bool) -> None:
    assert (_f1("entities", entities=(found, CLAIRE)) == 1.0) is right


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param(replace(MONEY, end=MONEY.end - 3, text="3"), True, id="un recouvrement suffit"),
        pytest.param(replace(MONEY, unit="€"), True, id="le signe vaut le code"),
        pytest.param(replace(MONEY, value=3_000_000.000001), True, id="arrondi"),
        pytest.param(replace(MONEY, kind="count", modifier="min"), True, id="genre et modificateur à part"),
        pytest.param(replace(MONEY, value=3), False, id="autre valeur"),
        pytest.param(replace(MONEY, value_max=4_000_000), False, id="intervalle en trop"),
        pytest.param(replace(MONEY, unit="USD"), False, id="autre unité"),
        pytest.param(replace(MONEY, start=0, end=6, text="Verkor"), False, id="ailleurs"),
    ],
)
def test_figures_need_an_overlap_and_the_same_amount(found: Figure, right: bool) -> None:
    assert (_f1("figures", figures=(found,)) == 1.0) is right


def test_dates_need_an_overlap_and_the_same_days() -> None:
    assert _f1("dates", dates=(replace(YEAR, start=YEAR.start - 3, text="en 2025"),)) == 1.0
    assert _f1("dates", dates=(replace(YEAR, iso_end="2025-01-01"),)) == 0.0


def test_quotes_need_nine_tenths_of_their_characters() -> None:
    assert _f1("quotes", quotes=(replace(SAID, end=SAID.end - 2),)) == 1.0
    assert _f1("quotes", quotes=(replace(SAID, end=SAID.end - 6),)) == 0.0


def test_indirect_speech_is_no_part_of_the_scores() -> None:
    indirect = Quote(**_at("inaugure"), speaker="Verkor SA", direct=False)
    assert _f1("quotes", quotes=(SAID, indirect)) == 1.0


def test_names_are_compared_without_case_accents_and_blanks() -> None:
    scores = score(GOLD, {"a": replace(ALL, quotes=(replace(SAID, speaker="CLAIRE  Dupônt", cue="ajoute"),))})
    assert scores.fields["speaker"].accuracy == 1.0
    assert scores.fields["cue"].accuracy == 0.0


@pytest.mark.parametrize("found", [(), (VERKOR,), (replace(VERKOR, label="PER"),)])
def test_an_optional_item_counts_neither_way(found: tuple[Entity, ...]) -> None:
    gold = [Gold(replace(ALL, entities=(replace(VERKOR, optional=True), CLAIRE)), TEXT)]
    counts = score(gold, {"a": replace(ALL, entities=(*found, CLAIRE))}).stages["entities"]
    assert (counts.right, counts.wrong, counts.missed) == (1, 0, 0)


def test_an_error_says_where_and_what() -> None:
    (error,) = score(GOLD, {"a": replace(ALL, figures=(replace(MONEY, value=3),))}).errors[:1]
    assert str(error) == (
        "a · figures missed · gold '3 M€' 3e+06 EUR · found '3 M€' 3 EUR · "
        "…Verkor SA inaugure. « Nous investissons 3 M€ en 2025 », dit Mme Claire Dupont.…"
    )


def test_a_floor_names_what_stays_below_it() -> None:
    scores = score(GOLD, {"a": replace(ALL, figures=())})
    assert below(scores, {"entities": 1.0, "entities PER": 1.0, "figures": 0.5}) == [
        "figures reaches 0.0000, below 0.5."
    ]
    assert any(line.startswith("a ") for line in table(scores, by_document=True))
