"""Money: the currency that follows a number or precedes it, with the magnitude written as one sign (`M€`, `kEUR`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alambic.figures.lexicon import Phrases
from alambic.figures.tokens import NUMBER, WORD, Block
from alambic.knowledge import rows

_ROWS = [
    (code, forms.split(";"))
    for source in ("currencies_cldr.txt", "currencies.txt")
    for code, forms in rows("alambic.figures", source)
]
_FORMS = {form.strip(): code for code, forms in _ROWS for form in forms}
_CURRENCIES: Phrases[str] = Phrases(_FORMS.items())
_COINS: Phrases[str] = Phrases((form, name) for form, name in rows("alambic.figures", "hundredths.txt"))
# A short code such as `DA` or `TRY` is one in capitals alone.
_CODES = {form for form in _FORMS if re.fullmatch(r"[a-z]{1,4}", form)} - {
    "euro",
    "yen",
    "yens",
    "won",
    "wons",
    "leu",
    "lei",
    "lev",
    "leva",
    "real",
    "rand",
    "baht",
    "dong",
    "cedi",
    "cfa",
    "frs",
    "eur",
    "usd",
    "dhs",
    "fcfa",
    "birr",
    "leks",
    "leus",
}
SCALES = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "m": 1e6,
    "MM": 1e9,
    "Md": 1e9,
    "Mds": 1e9,
    "MD": 1e9,
    "MDS": 1e9,
    "md": 1e9,
    "mds": 1e9,
    "Mrd": 1e9,
    "Mrds": 1e9,
    "mrd": 1e9,
    "mrds": 1e9,
    "G": 1e9,
    "Mio": 1e6,
    "mio": 1e6,
    "MIO": 1e6,
    "Mln": 1e6,
    "mln": 1e6,
    "Mia": 1e9,
    "Mld": 1e9,
    "Mlds": 1e9,
    "bn": 1e9,
    "Bn": 1e9,
    "B": 1e9,
    "b": 1e9,
    "Mn": 1e6,
    "mn": 1e6,
}
_SCALED_CODE = re.compile(
    r"(k|K|MM|Mds|Md|Mrd|Mio|M|m|G)(EUR|USD|CHF|GBP|CAD|F?CFA|FCFP|XPF|XOF|XAF|MAD|TND|DZD|DHS?|DT|DA|FF?|JPY|CNY|RMB|SEK|NOK|DKK|PLN|BRL|INR|KWD|(?i:euros?))$"
)


@dataclass(frozen=True, slots=True)
class Currency:
    """`code` is an ISO 4217 code, or a name that several countries share; `factor` what one unit of it is worth."""

    code: str
    factor: float
    last: int
    doubt: str | None = None


def after(block: Block, index: int, scaled: bool) -> Currency | None:
    """The currency that begins at token `index`; `scaled` if a magnitude word stands before it.

    >>> from alambic.figures.tokens import tokenise
    >>> after(tokenise("12 M€", 0, 5), 1, False)
    Currency(code='EUR', factor=1000000.0, last=3, doubt=None)
    """
    token = block.at(index)
    if token.kind == NUMBER:
        return None
    factor = 1.0
    if token.kind == WORD:
        compact = _SCALED_CODE.match(token.text)
        if compact and not scaled:
            form = compact[2].lower()
            return Currency(_FORMS.get(form, form.upper()), SCALES[compact[1]], index + 1, _doubt(compact[1]))
        if token.text in SCALES and not scaled:
            skipped = index + 1 + (block.low(index + 1) in ("d'", "de"))
            named = _named(block, skipped)
            if named:
                return Currency(named[0], SCALES[token.text], named[1], _doubt(token.text))
        if token.low in ("d'", "de") and scaled:
            index += 1
    named = _named(block, index)
    if named:
        return Currency(named[0], factor, named[1])
    if _ends_in_dash(block, index):
        return Currency("CHF", factor, index + 2)
    coin = _COINS.after(block, index)
    if (
        coin
        and not scaled
        and (block.at(index - 1).kind == NUMBER or block.low(index) not in ("cent", "cents"))
    ):
        return Currency(coin[0], 0.01, coin[1])
    return None


def _ends_in_dash(block: Block, index: int) -> bool:
    """`800'000.-`: the Swiss way to write a price without centimes; `1.-` at the head of a line numbers it."""
    dash = block.at(index + 1)
    return (
        index > 1
        and block.at(index).text == "."
        and block.at(index).glued
        and dash.glued
        and dash.text in ("-", "–", "—")
    )


def _doubt(scale: str) -> str | None:
    return "MM: read as milliards, some write it for millions" if scale == "MM" else None


def before(block: Block, index: int) -> Currency | None:
    """The currency written before the number at token `index` (`USD 40 millions`, `£3m`); `last` is where it begins."""
    found = _CURRENCIES.before(block, index)
    if not found:
        return None
    code, first = found
    sign = block.at(index - 1)
    if sign.kind == WORD and not (sign.text.isupper() and sign.low in _CODES | {"eur", "usd", "fcfa", "cfa"}):
        return None
    if sign.low == "f" or block.at(first - 1).kind == NUMBER or block.at(first - 1).low in SCALES:
        return None
    return Currency(code, 1.0, first)


def _named(block: Block, index: int) -> tuple[str, int] | None:
    found = _CURRENCIES.after(block, index)
    if not found:
        return None
    code, last = found
    token = block.at(index)
    ending = block.at(last - 1)
    if last > index + 1 and token.text == "$" and ending.kind == WORD and not ending.text.isupper():
        return "dollar", index + 1  # «1 250 000 $ a été versé»
    if last == index + 1 and token.low in _CODES and not token.text.isupper():
        return None
    if token.low == "f" and token.glued and len(block.at(index - 1).text) == 1:
        return None  # «la société 2F»
    if (
        token.low in ("f", "ff")
        and last == index + 1
        and block.at(last).kind == WORD
        and block.at(last).text[0].isupper()
    ):
        return None
    return code, last


def coins(block: Block, index: int) -> tuple[str, int] | None:
    """The name of a hundredth at token `index` (`centimes`)."""
    return _COINS.after(block, index)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A country named once in passing says nothing of the issuer's, nor twice where the name has one meaning above all;
# named at the head of the release, it does.
_PASSING = 1
_PASSING_OF = {"dollar": 2}
_DATELINE = 300


class Country:
    """Which currency a shared name (`$`, `francs`, `dinars`) means in one text; looked up when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: str | None = None
        self._known: dict[str, str] = {}

    def code(self, name: str) -> str:
        """The ISO 4217 code of a currency named in the text.

        >>> Country("QUÉBEC, le 3 mai. Un soutien de 3 M$").code("dollar")
        'CAD'
        """
        if name not in _CHOICES:
            return name
        if name not in self._known:
            if self._words is None:
                self._words = self._text.lower().replace("’", "'")
            self._known[name] = self._choose(name, self._words)
        return self._known[name]

    @staticmethod
    def _choose(name: str, words: str) -> str:
        if name == "franc" and max(_YEAR.findall(words), default="9999") < "2002":
            return "FRF"
        passing = _PASSING_OF.get(name, _PASSING)
        best, most = "", passing
        for code, places in _CHOICES[name]:
            if places is None:
                return best or code
            found = len(places.findall(words)) + passing * len(places.findall(words, 0, _DATELINE))
            if found > most:
                best, most = code, found
        return best


def _places(cell: str) -> re.Pattern[str] | None:
    names = [re.escape(place.strip()) for place in cell.split(";") if place.strip()]
    return re.compile(rf"\b(?:{'|'.join(names)})\b") if names else None


_CHOICES: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
for _name, _code, _cell in rows("alambic.figures", "countries.txt"):
    _CHOICES.setdefault(_name, []).append((_code, _places(_cell)))
