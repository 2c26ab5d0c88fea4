"""One amount: a number with its unit, read at a token."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alambic.figures import heads, measures, money, numbers, percent
from alambic.figures.exclusions import MONTHS, excluded, is_year, numbered
from alambic.figures.numbers import Marks, Number
from alambic.figures.singular import singular
from alambic.figures.tokens import NUMBER, WORD, Block
from alambic.knowledge import words
from alambic.record import Kind

_MINUS = frozenset("-−–‑")
_MONEY_NOUNS = frozenset(map(singular, words("alambic.figures", "money_nouns.txt")))
_YEAR_CUES = frozenset(["en", "depuis", "fin", "début", "dès", "d'ici", "avant", "après", "été", "hiver", "printemps", "automne", "horizon", "année", "an", "saison", "exercice", "mi", "du", "vers"])  # fmt: skip
_OPENING, _CLOSING = frozenset('«"“'), frozenset('»"”')
_NAMED = frozenset(words("alambic.figures", "named.txt"))
_HEIGHT = re.compile(r"m(\d\d)$")  # 1m80
_ENGINES = (
    "moteur",
    "puissan",
    "développ",
    "cylindre",
    "turbo",
    "hybride",
    "diesel",
    "v6",
    "v8",
    "v12",
    "bloc",
)
# What may stand before «moins» where it is a sign: «il fait moins 5 degrés», «ventes : moins dix pour cent».
_BEFORE_MINUS = frozenset(["", ",", ":", "(", "–", "-", "à", "fait", "est", "atteint", "affiche", "était", "faisait", "soit", "jusqu'à", "par", "entre", "et"])  # fmt: skip
_MINUS_CUES = frozenset(
    ["(", "[", ",", ":", ";", "=", "|", "soit", "fait", "de", "à", "est", "contre", "et", "ou", "d'"]
)


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
    shared: bool = False
    carried: float = 1.0

    @property
    def carries(self) -> float:
        return max(self.carried, self.number.scale * (self.factor if self.factor > 1 else 1.0))


def read(block: Block, index: int, marks: Marks) -> tuple[Amount | None, int]:
    """The amount at token `index`, or `None`; and the token where reading goes on."""
    half = _half(block, index)
    if half is not None:
        return half, half.last
    number = numbers.read(block, index, marks) or _one_and_a_half(block, index)
    if number is None and block[index].kind == WORD:
        return None, index + 1
    past = excluded(block, index, number.last if number else index + 1)
    if past is not None:
        return None, max(past, index + 1)
    if number is None:
        return None, index + 1
    amount = Amount(number.first, number.last, number, number.value, doubt=number.doubt)
    _give_unit(block, amount)
    if amount.kind in (None, "count") and numbered(block, index):
        return None, number.last  # «phase 2», «ligne 4»; but «une ligne 400 000 volts» measures
    if _is_model(block, amount) or (amount.kind in ("count", "duration") and _is_title(block, amount)):
        return None, amount.last
    _give_sign(block, amount)
    amount.value = float(f"{amount.value:.12g}")
    return amount, max(amount.last, index + 1)


def _half(block: Block, index: int) -> Amount | None:
    """`une demi-heure`, `un demi-point`."""
    word = block.low(index + 1)
    if not word.startswith("demi-") or block.low(index) not in ("un", "une", "d'une", "d'un"):
        return None
    number = Number(index, index + 2, 0.5, words=True)
    unit = measures.named(word.removeprefix("demi-"))
    if unit is not None:
        return Amount(index, index + 2, number, 0.5, unit.kind, unit.symbol)
    return Amount(index, index + 2, number, 0.5, "percent", "point") if word == "demi-point" else None


def _one_and_a_half(block: Block, index: int) -> Number | None:
    """`un an et demi`, `une heure et demie`: `un` counts where a half is added to it."""
    if block.low(index) not in ("un", "une") or block.low(index + 2) != "et":
        return None
    if block.low(index + 3) not in ("demi", "demie") or measures.named(block.low(index + 1)) is None:
        return None
    return Number(index, index + 1, 1.0, words=True)


def _give_unit(block: Block, amount: Amount) -> None:
    number = amount.number
    index = number.last
    height = _HEIGHT.match(block.at(index).text) if block.at(index).glued else None
    if height and number.value.is_integer() and number.value < 10:
        amount.kind, amount.unit, amount.last = "quantity", "m", index + 1
        amount.value = number.value + int(height[1]) / 100
        return
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
        amount.kind, amount.unit, amount.last = unit.kind, unit.symbol, unit.last
        if unit.symbol == "m":
            _add_centimetres(block, amount)
        if unit.symbol == "minute":
            _add_seconds(block, amount)
        if (
            unit.kind in ("duration", "quantity")
            and block.low(unit.last) == "et"
            and block.low(unit.last + 1) in ("demi", "demie")
        ):
            amount.value += 0.5
            amount.last += 2
        return
    if _prefixed(block, amount):
        return
    if (
        block.at(index).text in ("M", "Md", "Mds")
        and block.low(index + 1) in ("de", "d'")
        and number.scale == 1
    ):
        number.scale, number.of, number.last = money.SCALES[block.at(index).text], True, index + 1
        amount.value = number.value = number.value * number.scale
        amount.last = index = index + 1
    if (
        block[number.first].kind == NUMBER
        and is_year(block[number.first].text)
        and not _counts(block, number)
    ):
        return
    if _late_unit(block, amount):
        return
    if _pages(block, amount):
        amount.kind, amount.unit, amount.last = "count", "page", index + 2
        return
    of = number.of or (number.value >= 1e6 and number.value % 1e6 == 0)  # «4 000 000 d'actions»
    head = heads.after(block, index, number.value, of)
    if head and not _names(block, amount, head) and not _is_postal_code(block, number, head):
        if number.scale > 1 and head.unit in _MONEY_NOUNS:
            return
        amount.kind, amount.unit, amount.last = "count", head.unit, head.last
        if head.unit == "cheval" and _of_an_engine(block, number.first):
            amount.kind, amount.unit = "quantity", "ch"
        if head.unit == "livre" and _weighs(block, number.first):
            amount.kind, amount.unit = "quantity", "lb"
        if number.doubt and number.whole is not None:
            amount.value = number.value = number.whole


def _pages(block: Block, amount: Amount) -> bool:
    """`(312 p., 21,50 €)`."""
    index = amount.number.last
    return (
        block.low(index) in ("p", "pp")
        and block.at(index + 1).text == "."
        and block.at(index + 1).glued
        and block.at(index + 2).text in ("", ",", ")", ";", "–", "-")
        and amount.value.is_integer()
    )


def _of_an_engine(block: Block, index: int) -> bool:
    """`un moteur de 150 chevaux` measures its power."""
    return any(token.low.startswith(_ENGINES) for token in block[max(0, index - 6) : index])


def _weighs(block: Block, index: int) -> bool:
    """`un bébé de 7 livres`, `il pèse 5 livres`."""
    return any(
        token.low.startswith(("pès", "pes", "poids", "bébé")) for token in block[max(0, index - 4) : index]
    )


def _is_model(block: Block, amount: Amount) -> bool:
    """`la 2 CV`, `une 4 L`: an article in the singular before more than one of a unit's symbol."""
    number = amount.number
    return (
        amount.kind == "quantity"
        and block[number.first].kind == NUMBER
        and 2 <= number.value < 20
        and block[amount.last - 1].text.isupper()
        and block.low(number.first - 1) in ("la", "une", "sa", "ma", "cette", "le", "ce")
    )


def _is_title(block: Block, amount: Amount) -> bool:
    """`le dispositif « 1000 cafés »`, `« Trois accords », par …`: quotation marks around no more than the count, after
    what gives names or with a capital letter of its own."""
    if block.at(amount.first - 1).text not in _OPENING or block.at(amount.last).text not in _CLOSING:
        return False
    before = block.low(amount.first - 2)
    return before in _NAMED or before in (":", "/", "•") or block[amount.first].text[0].isupper()


def _late_unit(block: Block, amount: Amount) -> bool:
    """`les dix derniers kilomètres`, `ces trois dernières années`: a unit past an adjective.

    `les neuf premiers mois de 2025` is a date, and is left without a unit.
    """
    index = amount.number.last
    if block.low(index) not in heads.ADJECTIVES:
        return False
    rate = percent.after(block, index + 1, amount.number)
    if rate:
        amount.kind, amount.unit, amount.last = "percent", rate.unit, rate.last
        amount.value *= rate.factor
        return True
    unit = measures.after(block, index + 1, False)
    if not unit or len(block.at(index + 1).text) < 3:
        return False
    if not (
        block.low(index).startswith("premi") and unit.kind == "duration" and _of_a_year(block, unit.last)
    ):
        amount.kind, amount.unit, amount.last = unit.kind, unit.symbol, unit.last
    return True


def _of_a_year(block: Block, index: int) -> bool:
    index += block.low(index) in ("de", "d'")
    index += block.low(index) == "l'"
    return is_year(block.at(index).text) or block.low(index) in ("année", "exercice", "an")


def _names(block: Block, amount: Amount, head: heads.Head) -> bool:
    """Whether the number belongs to a name before it: `Volcano 12 GN`, `OxéCam 1 montera`, `lot 1 terminé`."""
    number, before = amount.number, block.at(amount.number.first - 1)
    if head.unit == "chiffre" and before.low == "à":
        return True  # «une croissance à deux chiffres»
    if block[number.first].kind != NUMBER:
        return False
    if head.unit.isupper() and (not number.value.is_integer() and head.unit != "ETP"):
        return True
    named = before.kind == WORD and before.text[-1] not in "'’" and before.low not in heads.FUNCTION_WORDS
    if number.value < 2:
        return named or (before.text in ("-", "–", "/", ".") and before.glued)
    if head.unit.isupper() and before.text in ("-", "–") and before.glued and number.first > 1:
        return True  # «SG 14-236 DD»
    return named and before.text[0].isupper() and head.unit.isupper() and number.first > 1


def _is_postal_code(block: Block, number: Number, head: heads.Head) -> bool:
    """`59, rue La Boétie - 75008 PARIS`: five digits without a blank right before a town in capitals.

    In a line of capitals alone a noun in the plural is counted (`12000 EMPLOIS SUPPRIMÉS`), unless it is the last.
    """
    code, town = block[number.first], block[head.first]
    if len(code.text) != 5 or not code.text.isdigit() or head.first != number.first + 1:
        return False
    if not town.text.isupper() or block.low(number.first - 1) in heads.FUNCTION_WORDS:
        return False
    if any(
        one.kind == WORD and not one.text.isupper() for one in block[max(0, number.first - 4) : number.first]
    ):
        return True
    return not heads.is_plural_word(town) or block.low(head.last) in ("", "cedex", "-", "–", "|")


def _counts(block: Block, number: Number) -> bool:
    """Whether a number that looks like a year counts something: «plus de 2000 salariés», «les 2000 salariés»."""
    before = block.low(number.first - 1)
    if before in _YEAR_CUES or before in MONTHS:
        return False
    return number.value % 50 == 0 or before in ("les", "environ", "quelque", "ses", "nos", "ces")


def _prefixed(block: Block, amount: Amount) -> bool:
    """`USD 40 millions`, `£3m`."""
    currency = money.before(block, amount.number.first)
    if not currency:
        return False
    number = amount.number
    if block[number.first].kind == NUMBER and is_year(block[number.first].text):
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
    amount.doubt = currency.doubt or amount.doubt
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
    elif index == amount.last and (token.kind == WORD or len(token.text) == 2) and _stops(block, rest.last):
        amount.value += rest.value / 100
        amount.last = rest.last


def _add_centimetres(block: Block, amount: Amount) -> None:
    """`1 m 55`, `2m10`."""
    token = block.at(amount.last)
    if (
        token.kind == NUMBER
        and len(token.text) == 2
        and token.text.isdigit()
        and amount.number.value < 10
        and amount.number.value.is_integer()
        and _stops(block, amount.last + 1)
    ):
        amount.value += int(token.text) / 100
        amount.last += 1


def _add_seconds(block: Block, amount: Amount) -> None:
    """`2 min 15`, `3 minutes 40 secondes`."""
    token = block.at(amount.last)
    if token.kind != NUMBER or not (
        token.text.isdigit() and int(token.text) < 60 and amount.value.is_integer()
    ):
        return
    second = block.low(amount.last + 1) in ("s", "sec", "secondes", "seconde")
    if second or (len(token.text) == 2 and _stops(block, amount.last + 1)):
        amount.value, amount.unit = amount.value * 60 + int(token.text), "seconde"
        amount.last += 1 + second


def _stops(block: Block, index: int) -> bool:
    following = block.at(index)
    return following.text in ("", ".", ",", ";", ":", ")", "!", "?") or following.low in heads.FUNCTION_WORDS


def _skip_rate(block: Block, amount: Amount) -> None:
    """`60 €/MWh` is money: its second half belongs to the span alone."""
    if (
        block.at(amount.last).text == "/"
        and block.at(amount.last).glued
        and block.at(amount.last + 1).glued
        and block.at(amount.last + 1).kind != NUMBER
    ):
        amount.last += 2


def _give_sign(block: Block, amount: Amount) -> None:
    sign = block.at(amount.first - 1)
    number = block[amount.first]
    if sign.low == "moins" and block.low(amount.first - 2) in _BEFORE_MINUS:
        if amount.unit in ("%", "°C", "°F"):
            amount.value, amount.first = -amount.value, amount.first - 1
        return
    if sign.text == "+" and (number.glued or block.opens_cell(amount.first - 1)):
        amount.first -= 1
    elif sign.text == "±":
        return
    elif sign.text in _MINUS and sign.text and amount.number.first == amount.first:
        earlier = block.at(amount.first - 2)
        touching = earlier.text and sign.glued
        # A dash with blanks around it is a sign where nothing else could stand: «soit - 10,3 %», «(- 4 °C)».
        opened = earlier.low in (_MINUS_CUES if sign.text in "-−" else "([:=")
        signed = amount.kind in ("percent", "money") or amount.unit == "°C"
        signed |= amount.kind == "quantity" and earlier.text in ("(", "[")
        apart = (opened and earlier.text != "" and signed) or block.opens_cell(amount.first - 1)
        if (number.glued and not touching) or (not number.glued and apart):
            if amount.kind in ("percent", "money", "quantity") or (amount.kind is None and number.glued):
                amount.value = -amount.value
                amount.first -= 1
        elif (
            number.glued
            and touching
            and earlier.text in ("(", "[", ":", "=")
            and amount.kind in ("percent", "money", "quantity")
        ):
            amount.value = -amount.value
            amount.first -= 1
