"""The same amount in a base unit, so that `5 Mt` and `5 millions de tonnes` sort together.

`base_units.txt` says what each unit is worth; the algebra of prefixes, powers and quotients is done here, once a unit.
"""

from __future__ import annotations

import ast
import operator
from collections import Counter
from dataclasses import dataclass
from functools import cache

from alambic.figures.measures import PINT
from alambic.knowledge import rows

# Bases by their usual name: a joule says more than a kg·m²/s².
_PREFERRED = {
    "kg": "kilogram", "m": "meter", "m²": "meter ** 2", "m³": "meter ** 3", "J": "joule", "W": "watt", "s": "second",
    "m/s": "meter / second", "Pa": "pascal", "V": "volt", "A": "ampere", "Hz": "hertz", "N": "newton", "bit": "bit",
    "bit/s": "bit / second", "K": "kelvin", "kgCO2e": "CO2e * kilogram", "kgCO2": "CO2 * kilogram", "m³/s": "meter ** 3 / second",
    "kg/m³": "kilogram / meter ** 3", "kg/s": "kilogram / second", "J/m²": "joule / meter ** 2", "kg/m²": "kilogram / meter ** 2",
    "C": "ampere * second", "Ω": "ohm", "rad": "radian", "rad/s": "radian / second", "mol": "mole", "Bq": "becquerel", "Gy": "gray",
    "kgCO2e/s": "CO2e * kilogram / second", "kgCO2/J": "CO2 * kilogram / joule", "kgCO2e/m²": "CO2e * kilogram / meter ** 2",
}  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HUNDRED_KM = "(100 * kilometer)"


@dataclass(frozen=True, slots=True)
class Measure:
    """`worth` of one unit in base units; `powers` of those, as pairs sorted by name; `zero` of a shifted scale."""

    worth: float
    powers: tuple[tuple[str, int], ...] = ()
    zero: float = 0.0

    def times(self, other: Measure, sign: int = 1) -> Measure:
        """The product, or with `sign` -1 the quotient."""
        powers = Counter(dict(self.powers))
        for name, power in other.powers:
            powers[name] += sign * power
        kept = tuple(sorted((name, power) for name, power in powers.items() if power))
        return Measure(self.worth * other.worth**sign, kept, self.zero if not other.powers else 0.0)


def _named(name: str, worth: str, powers: str, zero: str) -> Measure:
    pairs = (part.partition("^") for part in powers.split())
    return Measure(
        float(worth), tuple(sorted((unit, int(power or 1)) for unit, _, power in pairs)), float(zero or 0)
    )


_UNITS = {row[0]: _named(*row) for row in rows("alambic.figures", "base_units.txt")}
_UNITS |= {"radian": Measure(1.0, (("rad", 1),))}


def measure(expression: str) -> Measure:
    """What an expression of units.txt is worth.

    >>> measure("1000 * watt_hour")
    Measure(worth=3600000.0, powers=(('kg', 1), ('m', 2), ('s', -2)), zero=0.0)
    """
    return _evaluate(ast.parse(expression, mode="eval").body)


def _evaluate(node: ast.expr) -> Measure:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Measure(float(number))
        case ast.Name(id=name) if name in _UNITS:
            return _UNITS[name]
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _evaluate(left).times(_evaluate(right))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _evaluate(left).times(_evaluate(right), -1)
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
            product = base = _evaluate(left)
            for _ in range(operator.index(power) - 1):
                product = product.times(base)
            return product
    raise ValueError(
        f"The unit «{ast.unparse(node)}» is in no line of base_units.txt; add it there with its worth in base units."
    )


_BASES = {measure(expression).powers: name for name, expression in reversed(_PREFERRED.items())}


@cache
def _conversion(unit: str) -> tuple[float, float, str] | None:
    """Slope, offset and base unit of a unit symbol; `None` where it measures no physical dimension."""
    whole: Measure | None = None
    for part in unit.replace("/100 km", f"/{_HUNDRED_KM}").split("/"):
        expression = part if part == _HUNDRED_KM else PINT.get(part)
        if not expression:
            return None
        one = measure(expression)
        whole = one if whole is None else whole.times(one, -1)
    assert whole is not None
    return whole.worth, whole.zero, _BASES.get(whole.powers) or _spelt(whole.powers)


def _spelt(powers: tuple[tuple[str, int], ...]) -> str:
    """`kg·m/s³`."""

    def one(name: str, power: int) -> str:
        return name + (str(power).translate(_RAISED) if power > 1 else "")

    above = "·".join(one(name, power) for name, power in powers if power > 0) or "1"
    return "".join([above, *("/" + one(name, -power) for name, power in powers if power < 0)])


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
