"""The same amount in a base unit, so that `5 Mt` and `5 millions de tonnes` sort together.

Pint does the algebra of units. It takes half a second to start, so it is loaded when the first quantity is met,
and each unit is worked out once.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from alambic.figures.measures import PINT

# Bases by their usual name: a joule says more than a kg·m²/s².
_PREFERRED = {
    "kg": "kilogram", "m": "meter", "m²": "meter ** 2", "m³": "meter ** 3", "J": "joule", "W": "watt", "s": "second",
    "m/s": "meter / second", "Pa": "pascal", "V": "volt", "A": "ampere", "Hz": "hertz", "N": "newton", "bit": "bit",
    "bit/s": "bit / second", "K": "kelvin", "kgCO2e": "CO2e * kilogram", "kgCO2": "CO2 * kilogram", "m³/s": "meter ** 3 / second",
    "kg/m³": "kilogram / meter ** 3", "kg/s": "kilogram / second", "J/m²": "joule / meter ** 2", "kg/m²": "kilogram / meter ** 2",
    "C": "coulomb", "Ω": "ohm", "rad": "radian", "rad/s": "radian / second", "mol": "mole", "Bq": "becquerel", "Gy": "gray",
    "kgCO2e/s": "CO2e * kilogram / second", "kgCO2/J": "CO2 * kilogram / joule", "kgCO2e/m²": "CO2e * kilogram / meter ** 2",
}  # fmt: skip


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    registry.define("CO2e = [CO2e]")
    registry.define("CO2 = [CO2]")
    return registry


@cache
def _conversion(unit: str) -> tuple[float, float, str] | None:
    """Slope, offset and base unit of a unit symbol; `None` where pint has no such unit."""
    parts = unit.replace("/100 km", "/(100 km)").split("/")
    expressions = []
    for part in parts:
        if part == "(100 km)":
            expressions.append("(100 * kilometer)")
        elif PINT.get(part):
            expressions.append(f"({PINT[part]})")
        else:
            return None
    registry = _registry()
    if len(parts) == 1 and unit in ("°C", "°F"):
        zero, one = (registry.Quantity(value, PINT[unit]).to("kelvin").magnitude for value in (0, 1))
        return one - zero, zero, "K"
    quantity = registry.Quantity(1.0, registry.parse_expression(" / ".join(expressions)).units)
    scale = registry.parse_expression(" / ".join(expressions)).magnitude
    for name, expression in _PREFERRED.items():
        target = registry.parse_expression(expression)
        if quantity.check(target.dimensionality) and target.dimensionality:
            return scale * quantity.to(target.units).magnitude, 0.0, name
    base = quantity.to_base_units()
    return scale * base.magnitude, 0.0, f"{base.units:~P}"


def in_base(kind: str, value: float | None, unit: str) -> tuple[float | None, str | None]:
    """`value` and `unit` in the base unit of their dimension; `(None, None)` where there is none.

    Money and counts are their own base, as no rate of exchange is known here.

    >>> in_base("quantity", 5, "Mt")
    (5000000000.0, 'kg')
    """
    if value is None:
        return None, None
    if kind in ("money", "count", "percent"):
        return value, unit
    conversion = _conversion(unit)
    if conversion is None:
        return None, None
    slope, offset, base = conversion
    return float(f"{value * slope + offset:.12g}"), base
