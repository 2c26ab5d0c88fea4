"""Time grows with the length of the text and no faster, whatever the text."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alambic.dates import find_dates
from alambic.dates.atoms import Reading

REFERENCE = dt.date(2025, 12, 11)
PIECES = [
    "1 ", "1 1/", "(", "«", "2024-", "12 mai ", "du 3 au ", "lundi ", "3, ", "3 et ", "en 2024 ", "MAI ", "fin de ",
    "entre 2021 et ", "T3 ", "l'année précédente ", "samedi 3\n", "2024 ", "«« 1er ", "́", "\n", "aujourd'",
    "le 3 courant ", "premier lundi de ", "deux mille ", "mars-25 ", "semaine du 3 ", "trois premiers jours ",
    "de lundi à ", "lundi en huit ", "années 80 et ", "15-déc-", "l'année suivante ", "le 20 prochain ",
]  # fmt: skip


def _seconds(text: str) -> float:
    start = time.process_time()
    find_dates(text, REFERENCE)
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_the_time(piece: str) -> None:
    size = 3_000 // len(piece)
    _seconds(piece * size)
    short = min(_seconds(piece * size) for _ in range(3))
    long = min(_seconds(piece * size * 4) for _ in range(2))
    assert long < 10 * short + 0.05


@pytest.mark.heavy
@pytest.mark.parametrize("piece", ["1 ", "(", "«", "2024-", "12 mai "])
def test_five_megabytes_of_one_thing_are_read(piece: str) -> None:
    assert _seconds(piece * (5_000_000 // len(piece))) < 300


WORDS = st.sampled_from(
    "le 3 12 31 2025 2024 mai mars février lundi 1er au et à de du entre fin mi - / . , ( ) T3 trimestre premier dernier "
    "prochain l' an année été cet semaine Noël aujourd'hui Paris personnes \n\n | 24 neuf mois semaine week-end jours premiers deux mille vingt suivante courant en huit années 80 juil. °".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_ordered_dates_that_stand_in_it(text: str) -> None:
    dates = find_dates(text, REFERENCE)
    assert all(text[date.start : date.end] == date.text and date.text for date in dates)
    assert all(one.end <= other.start for one, other in zip(dates, dates[1:], strict=False))
    for date in dates:
        assert (date.iso_start is None) == (date.iso_end is None)
        if date.iso_start is not None and date.iso_end is not None:
            assert dt.date.fromisoformat(date.iso_start) <= dt.date.fromisoformat(date.iso_end)
        else:
            assert date.note


@given(st.text(max_size=200))
def test_the_atoms_of_a_text_join_to_it(text: str) -> None:
    reading = Reading(text)
    assert "".join(reading.atoms) == text
    assert len(reading.kinds) == len(reading.atoms)
