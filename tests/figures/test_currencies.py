"""Every currency in use, by its French name in CLDR (through Babel) and by ISO 4217."""

from __future__ import annotations

import pytest

from alambic.figures import find_figures

numbers = pytest.importorskip("babel.numbers")
core = pytest.importorskip("babel.core")
NO_NAME = {"ZWG"}
SHARED = {"XAF": "XOF"}  # «francs CFA» alone: where no country tells, those of West Africa


def _in_use() -> list[str]:
    territories = core.get_global("territory_currencies").values()
    return sorted({code for used in territories for code, _, end, tender in used if end is None and tender})


@pytest.mark.parametrize("code", [code for code in _in_use() if code not in NO_NAME])
def test_an_amount_in_a_currency_in_use(code: str) -> None:
    name = numbers.get_currency_name(code, 2, "fr").lower().partition(" (")[0]
    (figure,) = find_figures(f"Le projet coûtera 12 millions de {name}.")
    assert (figure.kind, figure.value, figure.unit) == ("money", 12e6, SHARED.get(code, code))
