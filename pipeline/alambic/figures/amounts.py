"""One amount: a number with its unit, read at a token."""

from __future__ import annotations

from dataclasses import dataclass

from alambic.figures import heads, measures, money, numbers, percent
from alambic.figures.exclusions import excluded, is_year
from alambic.figures.numbers import Marks, Number
from alambic.figures.tokens import NUMBER, Block
from alambic.record import Kind

_MINUS = frozenset("-−–‑")


@dataclass(slots=True)
class Amount:
    """An amount at tokens `first` to `last` (exclusive). `kind` is `None` while its unit is not known.

    `factor` is what one unit is worth (a million for `M€`, a hundredth for `centimes`); `value` includes it.
    `carries` is the magnitude that a neighbour written without one may share.
    """

    first: int
    last: int
    number: Number
    value: float
    kind: Kind | None = None
    unit: str = ""
    factor: float = 1.0
    value_max: float | None = None
    doubt: str | None = None
    last_number: int = 0
    shared: bool = False
    carried: float = 1.0

    @property
    def carries(self) -> float:
        return max(self.carried, self.number.scale * (self.factor if self.factor > 1 else 1.0))


def read(block: Block, index: int, marks: Marks) -> tuple[Amount | None, int]:
    """The amount at token `index`, or `None`; and the token where reading goes on."""
    number = numbers.read(block, index, marks)
    past = excluded(block, index, number.last if number else index + 1)
    if past is not None:
        return None, max(past, index + 1)
    if number is None:
        return None, index + 1
    amount = Amount(number.first, number.last, number, number.value, doubt=number.doubt, last_number=number.last)
    _give_unit(block, amount)
    _give_sign(block, amount)
    amount.value = float(f"{amount.value:.12g}")
    return amount, max(amount.last, index + 1)


def _give_unit(block: Block, amount: Amount) -> None:
    number = amount.number
    index = number.last
    rate = percent.after(block, index, number)
    if rate:
        amount.kind, amount.unit, amount.factor, amount.last = "percent", rate.unit, rate.factor, rate.last
        amount.value = number.value * rate.factor
        return
    currency = money.after(block, index, number.scale > 1 or number.of)
    if currency:
        _give_currency(amount, currency, currency.last)
        _add_coins(block, amount)
        _skip_rate(block, amount)
        return
    unit = measures.after(block, index, number.of)
    if unit and not _prefixed(block, amount):
        amount.kind, amount.unit, amount.last = unit.kind, unit.symbol, unit.last  # type: ignore[assignment]
        return
    if _prefixed(block, amount):
        return
    if block.at(index).text in ("M", "Md", "Mds") and block.low(index + 1) in ("de", "d'") and number.scale == 1:
        number.scale, number.of, number.last = money.SCALES[block.at(index).text], True, index + 1
        amount.value = number.value = number.value * number.scale
        amount.last = amount.last_number = index = index + 1
    if block[number.first].kind == NUMBER and is_year(block[number.first].text, number.value) and not _counts(block, number):
        return
    head = heads.after(block, index, number.value, number.of)
    if head:
        amount.kind, amount.unit, amount.last = "count", head.unit, head.last
        if number.doubt and number.whole is not None:
            amount.value = number.value = number.whole


def _counts(block: Block, number: Number) -> bool:
    """Whether a number that looks like a year counts something: «plus de 2000 salariés», «les 2000 salariés»."""
    return number.value % 50 == 0 and block.low(number.first - 1) in (
        "les", "de", "des", "d'", "ses", "nos", "leurs", "environ", "quelque", "que", "ces", "à", "+", "avec", "aux")  # fmt: skip


def _prefixed(block: Block, amount: Amount) -> bool:
    """`USD 40 millions`, `£3m`."""
    currency = money.before(block, amount.number.first)
    if not currency:
        return False
    number = amount.number
    if block[number.first].kind == NUMBER and is_year(block[number.first].text, number.value):
        return False
    scale = block.at(number.last)
    if scale.text in money.SCALES and number.scale == 1:
        amount.factor = money.SCALES[scale.text]
        amount.last = number.last + 1
    amount.kind, amount.unit, amount.first = "money", currency.code, currency.last
    amount.value = number.value * amount.factor
    return True


def _give_currency(amount: Amount, currency: money.Currency, last: int) -> None:
    amount.kind, amount.unit, amount.factor, amount.last = "money", currency.code, currency.factor, last
    amount.value = amount.number.value * currency.factor


def _add_coins(block: Block, amount: Amount) -> None:
    """`3 euros 50`, `12€50`, `trois euros et vingt centimes`."""
    if amount.factor != 1 or amount.number.scale != 1 or not amount.number.value.is_integer():
        return
    index = amount.last + (block.low(amount.last) == "et")
    token = block.at(index)
    if not numbers.starts(token):
        return
    rest = numbers.read(block, index, Marks())
    if rest is None or not 0 < rest.value < 100:
        return
    coin = money.coins(block, rest.last)
    if coin:
        amount.value += rest.value / 100
        amount.last = coin[1]
    elif index == amount.last and token.kind == NUMBER and len(token.text) == 2 and _stops(block, index + 1):
        amount.value += rest.value / 100
        amount.last = index + 1


def _stops(block: Block, index: int) -> bool:
    following = block.at(index)
    return following.text in ("", ".", ",", ";", ":", ")", "!", "?") or following.low in heads.FUNCTION_WORDS


def _skip_rate(block: Block, amount: Amount) -> None:
    """`60 €/MWh` is money: its second half belongs to the span alone."""
    if block.at(amount.last).text == "/" and block.at(amount.last + 1).text and block.at(amount.last + 1).kind != NUMBER:
        amount.last += 2


def _give_sign(block: Block, amount: Amount) -> None:
    sign = block.at(amount.first - 1)
    number = block[amount.first]
    if sign.text == "+" and number.glued:
        amount.first -= 1
    elif sign.text == "±":
        return
    elif sign.text in _MINUS and sign.text and amount.number.first == amount.first:
        earlier = block.at(amount.first - 2)
        touching = earlier.text and sign.glued
        opened = earlier.text in ("(", "[", ":", "=", "|", "/", ">", "≈") or earlier.low in ("de", "à", "et", "d'", "ou")
        if number.glued and not touching or (not number.glued and opened and amount.kind in ("percent", "money")):
            if amount.first == 1 and not number.glued:
                return
            if amount.kind in ("percent", "money", "quantity") or (amount.kind is None and number.glued):
                amount.value = -amount.value
                amount.first -= 1
        elif number.glued and touching and earlier.text in ("(", "[", ":", "=") and amount.kind in ("percent", "money", "quantity"):
            amount.value = -amount.value
            amount.first -= 1
