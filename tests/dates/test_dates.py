"""The dates stage, case by case: `cases.txt` is its specification."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.cases import cases

from alambic.dates import find_dates
from alambic.record import Entity

REFERENCE = dt.date(2025, 12, 11)
CASES = Path(__file__).with_name("cases.txt")


def _expected(written: str) -> list[tuple[str, str | None, str | None]]:
    if written == "-":
        return []
    dates = []
    for item in written.split("; "):
        span, _, days = item.rpartition(": ")
        first, _, last = days.partition("/")
        dates.append((span, None, None) if days == "?" else (span, first, last or first))
    return dates


@pytest.mark.parametrize(("text", "expected"), cases(CASES, _expected))
def test_a_date_is_found_with_its_days(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = find_dates(text, REFERENCE)
    assert [(date.text, date.iso_start, date.iso_end) for date in found] == expected


@pytest.mark.parametrize(
    ("text", "precision", "relative"),
    [
        ("le 11 décembre 2025", "day", False),
        ("en juillet 2020", "month", False),
        ("au T3 2025", "quarter", False),
        ("au premier semestre 2025", "half", False),
        ("au printemps 2026", "season", False),
        ("fin 2027", "third", False),
        ("en 2019", "year", False),
        ("du 3 au 5 mars 2025", "range", False),
        ("la semaine prochaine", "range", True),
        ("a été signé hier", "day", True),
        ("l'an dernier", "year", True),
        ("le 5 mai", "day", True),
        ("fin juin", "third", True),
    ],
)
def test_a_date_says_how_precise_it_is_and_whether_it_depends_on_the_release(
    text: str, precision: str, relative: bool
) -> None:
    (date,) = find_dates(text, REFERENCE)
    assert (date.precision, date.relative) == (precision, relative)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("le 31 février 2025", "no such day"),
        ("le 02/22/2016", "month written before the day"),
        ("le lundi 11 décembre 2025", "weekday"),
        ("au T3 2023-24", "fiscal year"),
    ],
)
def test_a_doubtful_date_says_why(text: str, note: str) -> None:
    (date,) = find_dates(text, REFERENCE)
    assert note in (date.note or "")


@pytest.mark.parametrize(
    "text", ["signé hier", "ouvrira lundi", "l'an dernier", "le 5 mai", "en mars", "au printemps"]
)
def test_a_relative_date_without_a_reference_is_kept_unresolved(text: str) -> None:
    (date,) = find_dates(text)
    assert (date.iso_start, date.iso_end, date.relative) == (None, None, True)
    assert "no date to resolve it against" in (date.note or "")


def test_the_release_s_own_date_is_the_reference_when_none_is_given() -> None:
    dates = find_dates("Lyon, le 6 juin 2008 – La fusion a été signée hier.")
    assert [date.iso_start for date in dates] == ["2008-06-06", "2008-06-05"]


def test_a_release_dated_to_the_month_leaves_its_days_unresolved() -> None:
    dates = find_dates(
        "Communiqué de presse — Novembre 2025\n\nL'outil sort aujourd'hui ; il a été testé en mars."
    )
    assert [(date.text, date.iso_start) for date in dates] == [
        ("Novembre 2025", "2025-11-01"),
        ("aujourd'hui", None),
        ("mars", "2025-03-01"),
    ]


def test_the_days_of_a_programme_fall_into_the_event() -> None:
    text = "Le festival se tiendra du 3 au 6 juillet 2026.\n\nVendredi 3\nConcert\n\nSamedi\n10 h : marché\n"
    assert [(date.text, date.iso_start) for date in find_dates(text, REFERENCE)][1:] == [
        ("Vendredi 3", "2026-07-03"),
        ("Samedi", "2026-07-04"),
    ]


def test_days_listed_make_an_event_too() -> None:
    text = "SAMEDI 14 ET DIMANCHE 15 FÉVRIER 2026\n\nSamedi\n10 h : accueil\n\nDimanche\n10 h : chantier\n"
    assert [date.iso_start for date in find_dates(text, REFERENCE)][2:] == ["2026-02-14", "2026-02-15"]


@pytest.mark.parametrize(
    "text",
    [
        "en 2023, puis le 5 mai 2024 et de mars à juin 2025 ; lundi, à Noël.",
        "T3 2025\t\t12/03/2024\n\n2023-2024  ",
        "",
    ],
)
def test_offsets_are_those_of_the_text_given(text: str) -> None:
    dates = find_dates(text, REFERENCE)
    assert all(text[date.start : date.end] == date.text for date in dates)
    assert all(one.end <= other.start for one, other in zip(dates, dates[1:], strict=False))


def test_what_stands_within_a_name_is_no_date() -> None:
    text = "demain lève 4 M€, et ouvrira demain une boutique."
    name = Entity(start=0, end=6, text="demain", label="ORG", canonical="demain")
    assert [date.start for date in find_dates(text, dt.date(2025, 1, 6), [name])] == [29]


def test_an_agenda_goes_on_in_order() -> None:
    text = "14 octobre — Concert\n20 janvier — Opéra\n28 avril — Ballet\n"
    dates = find_dates(text, dt.date(2025, 5, 22))
    assert [date.iso_start for date in dates] == ["2025-10-14", "2026-01-20", "2026-04-28"]
