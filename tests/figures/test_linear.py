"""Time grows with the length of the text and no faster; figures are ordered and stand in the text, whatever it is."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alambic.figures import find_figures

PIECES = [
    "1 ", "1", "((((", "««", "111 ", "1,1,", "a-a-", "un ", "cent ", "mille ", "12 M€, 3 et 4 % contre 5 ", "1 et ", "1\n",
    "(M€)\t1\t", "- 1", "l'", "a@", "1.", "en a 1 ", "de 1 à ", "40 sites, 3 en ", "1 000 ", "1 (1) ", "Doubs ...... 14 220\n",
    "étudiant·es ", "12 millions ", "« 2 ", "deux ou ", "1 en, ", "9 de ",
]  # fmt: skip


def _seconds(text: str) -> float:
    start = time.process_time()
    find_figures(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_the_time(piece: str) -> None:
    size = 3_000 // len(piece)
    _seconds(piece * size)
    short = min(_seconds(piece * size) for _ in range(3))
    long = min(_seconds(piece * size * 4) for _ in range(2))
    assert long < 10 * short + 0.05


@pytest.mark.heavy
@pytest.mark.parametrize("piece", ["1 ", "(", "«", "12 M€ et 3 ", "de 1 à ", "40 sites, 3 en "])
def test_five_megabytes_of_one_thing_are_read(piece: str) -> None:
    assert _seconds(piece * (5_000_000 // len(piece))) < 300


WORDS = st.sampled_from(
    "1 12 2025 1.234 1,5 1'000 un une deux vingt et cent mille million millions de d' l' euros € M€ k€ % point points emplois "
    "sites jeunes km m² GWh/an t h ans mois à entre ou dont sur contre en environ plus moins ( ) , . ; : - – « » + ± /  \t \n "
    "passe passent dizaine demi demi- zéro .- ' ·es (s) ... Prix : budget millions coûte départ".split(" ")
)


@given(
    st.lists(WORDS, max_size=30).map(" ".join)
    | st.lists(WORDS, max_size=20).map("".join)
    | st.text(max_size=80)
)
def test_any_text_gives_ordered_figures_that_stand_in_it(text: str) -> None:
    figures = find_figures(text)
    assert all(text[figure.start : figure.end] == figure.text and figure.text.strip() for figure in figures)
    assert all(one.end <= other.start for one, other in zip(figures, figures[1:], strict=False))
    for figure in figures:
        assert figure.unit
        assert figure.value is not None and math.isfinite(figure.value)
        assert figure.kind == "money" or figure.value_max is None or figure.value_max > figure.value


@given(st.integers(min_value=2, max_value=999_999_999))
def test_a_whole_number_is_read_back_as_it_is_grouped(number: int) -> None:
    for blank in (" ", "\u00a0", "\u202f", "\u2009", "'", "."):
        (figure,) = find_figures(f"Un budget de {number:,} euros".replace(",", blank))
        assert figure.value == number
