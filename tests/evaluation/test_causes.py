"""Each mistake has one cause, and the confusion says what was taken for what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alambic.evaluation import Gold, score
from alambic.evaluation.causes import NOTHING, Diagnosis, diagnose, lines
from alambic.record import Date, Entity, Figure, Quote, Release

from .releases import CLAIRE, DAY, GOLD, MONEY, RELEASE, SAID, STAFF, TEXT, VERKOR, YEAR, at


def _seen(**found: tuple[Any, ...]) -> Diagnosis:
    return diagnose([GOLD], {"verkor": replace(RELEASE, **found)})


def test_a_perfect_reading_has_no_mistake() -> None:
    seen = _seen()
    assert seen.mistakes == []
    assert seen.confusion == {
        ("ORG", "ORG"): 1, ("PER", "PER"): 1, ("FIGURE", "FIGURE"): 2, ("DATE", "DATE"): 2, ("QUOTE", "QUOTE"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "causes"),
    [
        pytest.param(
            {"entities": (replace(VERKOR, label="PER"), CLAIRE)},
            [("entities", "label")],
            id="société lue personne",
        ),
        pytest.param(
            {"entities": (Entity(**at("Verkor"), label="ORG", canonical="Verkor"), CLAIRE)},
            [("entities", "boundary")],
            id="forme sociale oubliée",
        ),
        pytest.param(
            {"entities": (Entity(**at("Verkor"), label="PER", canonical="Verkor"), CLAIRE)},
            [("entities", "label and boundary")],
            id="étiquette et bord",
        ),
        pytest.param(
            {"entities": (replace(VERKOR, canonical="Verkor"), CLAIRE)},
            [("entities", "wrong canonical")],
            id="autre nom canonique",
        ),
        pytest.param({"entities": (CLAIRE,)}, [("entities", "missed")], id="société manquée"),
        pytest.param(
            {"entities": (VERKOR, CLAIRE, Entity(**at("Dunkerque"), label="ORG", canonical="Dunkerque"))},
            [("entities", "spurious")],
            id="lieu pris pour une société",
        ),
        pytest.param(
            {"figures": (replace(MONEY, value=3), STAFF)}, [("figures", "wrong value")], id="3 pour 3 M"
        ),
        pytest.param(
            {"figures": (replace(MONEY, value_max=4_000_000), STAFF)},
            [("figures", "wrong value")],
            id="intervalle inventé",
        ),
        pytest.param(
            {"figures": (replace(MONEY, unit="USD"), STAFF)}, [("figures", "wrong unit")], id="dollars"
        ),
        pytest.param(
            {"figures": (replace(MONEY, unit="", value=3), STAFF)},
            [("figures", "wrong value and unit")],
            id="3 sans unité",
        ),
        pytest.param(
            {"figures": (replace(MONEY, kind="count", modifier="min"), STAFF)},
            [("figures", "wrong kind"), ("figures", "wrong modifier")],
            id="genre et modificateur",
        ),
        pytest.param(
            {"dates": (replace(YEAR, iso_end="2025-01-01"), DAY)}, [("dates", "wrong days")], id="autre fin"
        ),
        pytest.param(
            {"quotes": (replace(SAID, end=SAID.end - 8, text=SAID.text[:-8]),)},
            [("quotes", "boundary")],
            id="citation coupée",
        ),
        pytest.param(
            {"quotes": (replace(SAID, speaker="Verkor SA", speaker_role=None, cue="a dit"),)},
            [("quotes", "wrong speaker"), ("quotes", "wrong role"), ("quotes", "wrong cue")],
            id="autre locuteur",
        ),
        pytest.param(
            {
                "dates": (DAY,),
                "figures": (MONEY, STAFF, Figure(**at("2025"), kind="count", value=2025, unit="")),
            },
            [("dates", "another stage")],
            id="année lue chiffre",
        ),
        pytest.param(
            {"quotes": (), "figures": (MONEY, STAFF, Figure(**at("en"), kind="count", value=1, unit=""))},
            [("figures", "spurious"), ("quotes", "missed")],
            id="un chiffre dans une citation ne l'explique pas",
        ),
    ],
)
def test_a_mistake_has_its_cause(found: dict[str, tuple[Any, ...]], causes: list[tuple[str, str]]) -> None:
    seen = _seen(**found)
    assert [(mistake.stage, mistake.cause) for mistake in seen.mistakes] == causes
    assert [(stage, cause) for stage, cause, _ in seen.by_cause()] == causes


@pytest.mark.parametrize(
    ("found", "cell"),
    [
        ({"entities": (replace(VERKOR, label="PER"), CLAIRE)}, ("ORG", "PER")),
        ({"entities": (CLAIRE,)}, ("ORG", NOTHING)),
        (
            {"dates": (YEAR, DAY, Date(**at("1 200"), iso_start="1200-01-01", iso_end="1200-12-31"))},
            (NOTHING, "DATE"),
        ),
        (
            {
                "dates": (DAY,),
                "figures": (MONEY, STAFF, Figure(**at("2025"), kind="count", value=2025, unit="")),
            },
            ("DATE", "FIGURE"),
        ),
    ],
)
def test_the_confusion_counts_what_was_taken_for_what(found: dict[str, Any], cell: tuple[str, str]) -> None:
    off_diagonal = {key: n for key, n in _seen(**found).confusion.items() if key[0] != key[1]}
    assert off_diagonal == {cell: 1}


def test_a_wrong_value_is_no_confusion() -> None:
    assert _seen(figures=(replace(MONEY, value=3), STAFF)).confusion["FIGURE", "FIGURE"] == 2


def test_what_optional_gold_explains_is_no_mistake() -> None:
    gold = Gold(replace(RELEASE, entities=(replace(VERKOR, optional=True), CLAIRE)), TEXT)
    seen = diagnose([gold], {"verkor": replace(RELEASE, entities=(replace(VERKOR, label="PER"), CLAIRE))})
    assert seen.mistakes == []


def test_a_release_that_was_not_read_is_missed_whole() -> None:
    assert {mistake.cause for mistake in diagnose([GOLD], {}).mistakes} == {"missed"}


def test_reported_speech_is_no_part_of_it() -> None:
    assert _seen(quotes=(SAID, Quote(**at("inaugure"), speaker=None, direct=False))).mistakes == []


def test_mistakes_and_scores_count_the_same() -> None:
    found = replace(
        RELEASE,
        entities=(
            replace(VERKOR, label="PER"),
            Entity(**at("Dunkerque"), label="ORG", canonical="Dunkerque"),
        ),
        figures=(replace(MONEY, value=3),),
        dates=(),
    )
    scores, seen = score([GOLD], {"verkor": found}), diagnose([GOLD], {"verkor": found})
    counts = [scores.stages[stage] for stage in ("entities", "figures", "dates", "quotes")]
    assert sum(c.missed for c in counts) == sum(m.gold is not None for m in seen.mistakes)
    assert sum(c.wrong for c in counts) == sum(m.found is not None for m in seen.mistakes)


def test_the_list_says_what_and_where() -> None:
    told = list(lines(_seen(figures=(replace(MONEY, value=3), STAFF), entities=(CLAIRE,))))
    assert told[1].split() == ["ORG", "PER", "FIGURE", "DATE", "QUOTE", "nothing"]
    assert told[2].split() == ["ORG", "·", "·", "·", "·", "·", "1"]
    assert told[8:] == [
        "",
        "entities: missed (1)",
        "  verkor · gold ORG 'Verkor SA' · …Verkor SA inaugure sa gigafactory à Dunkerque. «…",
        "",
        "figures: wrong value (1)",
        "  verkor · gold FIGURE '3 M€' 3e+06 EUR · found FIGURE '3 M€' 3 EUR · …actory à Dunkerque. « Nous"
        " investissons 3 M€ en 2025 », dit Claire Dupont, président…",
    ]


def test_a_field_is_told_with_both_values() -> None:
    (mistake,) = _seen(quotes=(replace(SAID, speaker="Verkor SA"),)).mistakes
    assert dict(mistake.sides())["gold"].endswith("'Claire Dupont'")
    assert dict(mistake.sides())["found"] == "'Verkor SA'"


def test_a_release_of_many_mistakes_is_read_in_time() -> None:
    text = "12 " * 2000
    figures = [
        Figure(start=3 * n, end=3 * n + 2, text="12", kind="count", value=12, unit="a") for n in range(2000)
    ]
    gold = Gold(Release(doc_id="a", sha256="", figures=tuple(figures)), text)
    found = Release(doc_id="a", sha256="", figures=tuple(replace(figure, unit="b") for figure in figures))
    assert {m.cause for m in diagnose([gold], {"a": found}).mistakes} == {"wrong unit"}
