"""The figures stage, case by case: `cases.txt` is its specification."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cases import cases

from alambic.figures import find_figures
from alambic.record import Entity, Figure

CASES = Path(__file__).with_name("cases.txt")
_EXPECTED = re.compile(
    r"(?P<span>.+): (?P<kind>money|percent|quantity|count|duration) (?P<value>\S+) (?P<unit>[^,]+)"
    r"(?:, (?P<modifier>\w+))?"
)

Expected = tuple[str, str, float, float | None, str, str]


def _expected(written: str) -> list[Expected]:
    if written == "-":
        return []
    figures: list[Expected] = []
    for item in written.split("; "):
        match = _EXPECTED.fullmatch(item)
        assert match, f"'{item}' in {CASES.name} is not «span: kind value unit, modifier»"
        value, _, most = match["value"].partition("..")
        figures.append(
            (
                match["span"],
                match["kind"],
                float(value),
                float(most) if most else None,
                match["unit"],
                match["modifier"] or "exact",
            )
        )
    return figures


def _told(figure: Figure) -> tuple[str, str, float | None, float | None, str, str]:
    return figure.text, figure.kind, figure.value, figure.value_max, figure.unit, figure.modifier


@pytest.mark.parametrize(("text", "expected"), cases(CASES, _expected))
def test_a_figure_is_found_with_its_value_unit_and_modifier(text: str, expected: list[Expected]) -> None:
    assert [_told(figure) for figure in find_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En M€\t2024\t2023\nChiffre d'affaires\t412,5\t388,1\n", [("412,5", 412.5e6), ("388,1", 388.1e6)]),
        ("Poste\tCoût (k€)\nÉtudes\t120\nTravaux\t1 450\n", [("120", 120e3), ("1 450", 1450e3)]),
        ("Commune\t6,4 mio de francs suisses\nCanton\t0,9\nLoterie\t0,35\n", [("6,4 mio de francs suisses", 6.4e6), ("0,9", 0.9e6), ("0,35", 0.35e6)]),
        ("Prix relevé\tÉcart\nBoutique\t- 1 %\nEn ligne\t+ 3 %\n", [("- 1 %", -1), ("+ 3 %", 3)]),
    ],
)  # fmt: skip
def test_the_cells_of_a_table_share_the_unit_written_once(
    text: str, expected: list[tuple[str, float]]
) -> None:
    assert [(figure.text, figure.value) for figure in find_figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Investissement\t12 M€\nEmplois\t45\n",
        "Investissement\t12 M€\nEmplois\t45\nLogements\t120\nPlaces\t80\n",
        "Réseau\t8,7 km\nSous-stations\t62\nHauteur\t12\n",
    ],
)
def test_rows_that_tell_other_things_share_no_unit(text: str) -> None:
    assert len(find_figures(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le budget est de 31 200 euros. La Ville de Rochefort : 4.000.", [31200, 4000]),
        (
            "Saône-et-Loire ......... 18 310 projets\nDoubs .................. 14 220\n"
            "Yonne .................. 9 530\n",
            [18310, 14220, 9530],
        ),
    ],
)
def test_the_lines_of_a_list_share_the_unit_of_the_first(text: str, expected: list[float]) -> None:
    figures = find_figures(text)
    assert [figure.value for figure in figures] == expected
    assert len({figure.unit for figure in figures}) == 1


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("Un volume de 1,234 tonne", 1.234, "could be 1234"),
        ("Un volume de 1.234 tonnes", 1234, "could be 1.234"),
        ("Un budget de 3 MM€", 3e9, "MM"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_says_so(text: str, value: float, note: str) -> None:
    (figure,) = find_figures(text)
    assert figure.value == value
    assert note in (figure.note or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 Mt", "5 millions de tonnes"),
        ("1 GWh", "1 000 MWh"),
        ("3 km²", "300 hectares"),
        ("36 mois", "3 ans"),
        ("250 millions d'euros", "0,25 Md€"),
    ],
)
def test_two_ways_to_write_one_amount_have_one_base(one: str, other: str) -> None:
    (first,), (second,) = find_figures(one), find_figures(other)
    assert first.value_base == pytest.approx(second.value_base)
    assert first.unit_base == second.unit_base


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Un investissement de 12 M€ est prévu.", "investissement"),
        ("La subvention couvre 40 % du coût.", "coût"),
        ("Effectif moyen : 460 salariés", "Effectif moyen"),
    ],
)
def test_a_figure_says_what_it_measures(text: str, about: str) -> None:
    (figure,) = find_figures(text)
    assert figure.about == about


def test_a_number_inside_a_name_is_no_figure() -> None:
    text = "La compagnie Les 7 doigts emploie 40 artistes."
    name = Entity(start=13, end=25, text="Les 7 doigts", label="ORG", canonical="Les 7 doigts")
    assert [figure.text for figure in find_figures(text, [name])] == ["40 artistes"]
