"""The worth of units, beside pint's: `base_units.txt` is written down from it and must not drift."""

from __future__ import annotations

from typing import Any

import pytest

from alambic.figures.base import in_base, measure
from alambic.figures.measures import PINT
from alambic.knowledge import rows

NAMES = [row[0] for row in rows("alambic.figures", "base_units.txt")]
QUOTIENTS = [
    "GWh/an",
    "kWh/m²/an",
    "m³/h",
    "µg/m³",
    "g/km",
    "t/an",
    "hl/ha",
    "mg/l",
    "kgCO2e/m²",
    "km/h",
    "m³/s",
]


@pytest.fixture(scope="module")
def registry() -> Any:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    registry.define("CO2e = [CO2e]")
    registry.define("CO2 = [CO2]")
    return registry


def _worth(registry: Any, expression: str) -> float:
    """What pint makes of an expression, from its kilograms, metres, seconds … alone."""
    worth: float = registry.parse_expression(expression).to_base_units().magnitude
    return worth


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("degree_")])
def test_a_unit_is_worth_what_pint_says(registry: Any, name: str) -> None:
    assert measure(name).worth == pytest.approx(_worth(registry, name), rel=1e-11)


@pytest.mark.parametrize("symbol", sorted(symbol for symbol, written in PINT.items() if written))
def test_the_expression_of_every_unit_can_be_worked_out(registry: Any, symbol: str) -> None:
    expression = PINT[symbol]
    if "degree_" not in expression:
        assert measure(expression).worth == pytest.approx(_worth(registry, expression), rel=1e-11)


@pytest.mark.parametrize("unit", QUOTIENTS)
def test_quotients_are_worth_what_pint_says(registry: Any, unit: str) -> None:
    expression = " / ".join(f"({PINT[part]})" for part in unit.split("/"))
    value, _ = in_base("quantity", 3, unit)
    assert value == pytest.approx(3 * _worth(registry, expression))


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (5, "Mt", (5e9, "kg")),
        (20, "°C", (293.15, "K")),
        (100, "°F", (310.927777778, "K")),
        (90, "km/h", (25.0, "m/s")),
        (2, "GWh", (7.2e12, "J")),
        (3, "km²", (3e6, "m²")),
        (6, "l/100 km", (6e-8, "m²")),
        (1, "Gbit/s", (1e9, "bit/s")),
        (12, "dB", (None, None)),
    ],
)
def test_an_amount_in_its_base_unit(
    value: float, unit: str, expected: tuple[float | None, str | None]
) -> None:
    assert in_base("quantity", value, unit) == expected


def test_an_unknown_name_says_where_to_add_it() -> None:
    with pytest.raises(ValueError, match="base_units.txt"):
        measure("2 * furlong")
