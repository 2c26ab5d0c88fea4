"""Physical units and units of time: the symbol or name that follows a number, with its powers and quotients."""

from __future__ import annotations

from dataclasses import dataclass

from alambic.figures.lexicon import Phrases
from alambic.figures.tokens import NUMBER, WORD, Block, Token
from alambic.knowledge import rows, words
from alambic.record import Kind

FUNCTION_WORDS = frozenset(words("alambic.figures", "function_words.txt"))

_PREFIXES = {
    symbol: (float(factor), word) for symbol, factor, word in rows("alambic.figures", "prefixes.txt")
}
_ACCENTS = str.maketrans("àâéèêîôûù", "aaeeeiouu")
_PRIMES = frozenset("'’′")
# One capital letter is a unit where the sentence stops after it; elsewhere it is a name (`route 12 A`).
_GLUED_NAMES = frozenset("AFJKNT")
_BARE_LETTERS = frozenset("ABFJKNToqcd")
# Before `45°`: elsewhere the sign numbers a paragraph (`3° de l'article 5`).
_BEFORE_DEGREES = frozenset(["de", "d'", "à", "par", "entre", "et", "jusqu'à", "fait", "est", "affiche", "dépasse", "atteint", "environ", "angle", "avec", "-", "+", "moins"])  # fmt: skip
_HEAT = ("températ", "fait", "chaleur", "canicul", "thermom", "froid", "chaud", "gel", "mercure", "météo")
_TIME_SYMBOLS = {
    "an": "an",
    "ans": "an",
    "mois": "mois",
    "jour": "jour",
    "jours": "jour",
    "j": "j",
    "h": "h",
    "heure": "h",
    "s": "s",
    "sec": "s",
    "seconde": "s",
    "min": "min",
    "mn": "min",
    "minute": "min",
    "semaine": "semaine",
    "hab": "hab",
    "habitant": "habitant",
    "pers": "pers",
    "tonne": "t",
}

SYMBOLS: dict[str, str] = {}
PINT: dict[str, str] = {}
_names: dict[str, str] = {}


def _read_units() -> None:
    for symbol, expression, prefixes, names in rows("alambic.figures", "units.txt"):
        family = [(symbol, expression, "")]
        for prefix in prefixes.split():
            factor, word = _PREFIXES["k" if prefix == "K" else prefix]
            written = ("k" if prefix == "K" else prefix) + symbol
            family.append((written, f"{factor:g} * ({expression})" if expression else "", word))
            SYMBOLS[prefix + symbol] = written
        SYMBOLS[symbol] = symbol
        words = {word: written for written, _, word in family}
        for written, meaning, _ in family:
            PINT.setdefault(written, _power(symbol, written, meaning))
        for name in filter(None, (name.strip() for name in names.split(";"))):
            many = name.endswith("+")
            name = name.rstrip("+")
            _names.setdefault(name, symbol)
            if many:
                for symbol_prefix, (_, word) in _PREFIXES.items():
                    written = words.get(word, symbol_prefix + symbol)
                    for joint in ("", "-"):
                        _names.setdefault(word + joint + name, written)
            elif "CO2" in symbol and " " not in name:
                for prefix in prefixes.split():  # MtCO2eq
                    _names.setdefault(prefix.lower() + name, prefix + symbol)
            elif " " not in name and name[-1] in "23":
                for prefix in prefixes.split():
                    SYMBOLS[prefix + name] = prefix + symbol


def _power(symbol: str, written: str, meaning: str) -> str:
    """`km²` is (1000 m)², not 1000 m²."""
    if symbol[-1] in "²³" and written != symbol and meaning:
        prefix, base = written[: -len(symbol)], symbol[:-1]
        return f"({_PREFIXES[prefix][0]:g} * {PINT[base]}) ** {'2' if symbol[-1] == '²' else '3'}"
    return meaning


_read_units()
SYMBOLS |= (
    {
        "ug": "µg",
        "um": "µm",
        "L": "l",
        "mL": "ml",
        "cL": "cl",
        "hL": "hl",
        "m3": "m³",
        "m2": "m²",
        "KW": "kW",
        "KWh": "kWh",
        "KG": "kg",
        "kms": "km",
        "Kg": "kg",
        "KM": "km",
        "Km": "km",
        "μm": "µm",
        "μg": "µg",
        "µg": "µg",
        "micron": "µm",
        "microns": "µm",
        "h": "h",
        "Kbps": "kbit/s",
        "Mpixels": "Mpx",
    }
    | {f"{prefix}bits": f"{prefix}bit" for prefix in "kMGT"}
    | {f"{prefix}bps": f"{prefix}bit/s" for prefix in "kMGT"}
)
_BITS = {f"{prefix}b": f"{prefix}bit" for prefix in "kMGT"}
for _name in list(_names):
    _names.setdefault(_name.translate(_ACCENTS), _names[_name])
_NAMES: Phrases[str] = Phrases(_names.items())
_FOLDED: dict[str, str] = {}
for _sign, _written in SYMBOLS.items():
    if len(_sign) > 1 and (_sign.lower() not in _FOLDED or _sign[0] == "M"):
        _FOLDED[_sign.lower()] = _written

_DURATIONS: dict[str, str] = {}
for _unit, _pint, _forms in rows("alambic.figures", "durations.txt"):
    PINT.setdefault(_unit, _pint)
    for _form in _forms.split(";"):
        _DURATIONS[_form.strip()] = _unit
PINT |= {"h": "hour", "j": "day", "s": "second", "min": "minute", "an": "year"}


@dataclass(frozen=True, slots=True)
class Unit:
    kind: Kind
    symbol: str
    last: int


def after(block: Block, index: int, of: bool) -> Unit | None:
    """The unit that begins at token `index`; `of` if «de» may stand before it (`trois millions de tonnes`).

    >>> from alambic.figures.tokens import tokenise
    >>> after(tokenise("16 GWh/an", 0, 9), 1, False)
    Unit(kind='quantity', symbol='GWh/an', last=4)
    """
    if of and block.low(index) in ("de", "d'"):
        index += 1
    if block.at(index).text == "-" and block.at(index).glued and _is_tied(block, index + 1):
        index += 1  # «2,5-km»
    token = block.at(index)
    if token.kind == NUMBER or not token.text:
        return None
    if token.text in _PRIMES:
        return Unit("duration", "minute", index + 1) if _is_running_time(block, index) else None
    if token.kind == WORD and token.low in _DURATIONS and not _is_sign_in_capitals(token):
        following = block.at(index + 1)
        if (
            token.low in ("min", "sem")
            and following.text == "."
            and following.glued
            and block.at(index + 2).text
        ):
            return Unit("duration", _DURATIONS[token.low], index + 2)
        if not (token.low == "s" and following.text == "'"):
            named = _NAMES.after(block, index)
            if named and named[1] > index + 1:
                return Unit("quantity", named[0], named[1])
            return Unit("duration", _DURATIONS[token.low], index + 1)
    named = _NAMES.after(block, index)
    written = _symbol(block, index)
    if named and (written is None or named[1] > index + 1):
        symbol, last = named
        if symbol == "°":
            if not token.glued or block.low(index - 2) not in _BEFORE_DEGREES:
                return None
            if _tells_heat(block, index):
                symbol = "°C"
    elif written is not None:
        symbol, last = written, index + 1
    else:
        return None
    symbol, last = _quotient(block, symbol, last)
    return Unit("quantity", symbol, last)


def _is_sign_in_capitals(token: Token) -> bool:
    """Signs of time are in lower case: `12 H` is a grade, `NS` in a table is «non significatif»."""
    return token.text.isupper() and (len(token.text) == 1 or token.text in ("MS", "NS"))


def _tells_heat(block: Block, index: int) -> bool:
    """Whether the degrees at token `index` are of temperature: `il a fait 35°`."""
    return any(token.low.startswith(_HEAT) for token in block[max(0, index - 8) : index])


def _is_tied(block: Block, index: int) -> bool:
    """Whether a symbol is tied to its number by a hyphen (`2,5-km`); one capital letter makes a name (`10-K`)."""
    token = block.at(index)
    return token.glued and not (len(token.text) == 1 and token.text.isupper())


def _is_running_time(block: Block, index: int) -> bool:
    """`(52', Les Films du Lac)`: minutes in a line on a film; elsewhere the sign closes a quotation or parts a name."""
    before, following = block.at(index - 2).text, block.at(index + 1)
    opened = before in ("(", ",", ";", "–", "-", "|", "/", ":", ".")
    return block[index].glued and opened and following.text in ("", ")", ",", ";", ".", "–", "-", "|", "/")


def _symbol(block: Block, index: int) -> str | None:
    token = block[index]
    if token.kind != WORD:
        return None
    text = token.text
    if text == "T" and block.low(index + 1) in ("de", "d'"):
        return "t"  # «700 T de ciment»
    if text in _BITS and block.at(index + 1).text == "/" and block.low(index + 2) == "s":
        return _BITS[text]  # «1 Gb/s»: a speed is told in bits
    if text == "B":
        return None  # «le hall 2B», never a number of bytes
    if text in _GLUED_NAMES and token.glued and block[index - 1].end - block[index - 1].start <= 2:
        return None  # «4K», «le quai 5A»
    if text in SYMBOLS:
        if len(text) == 1 and text in _BARE_LETTERS and not _closes(block, index + 1):
            return None
        return SYMBOLS[text]
    if len(text) > 1 and "-" not in text:
        return _FOLDED.get(token.low) if token.low not in FUNCTION_WORDS else None
    return None


def _closes(block: Block, index: int) -> bool:
    return block.at(index).text in ("", ".", ",", ";", ":", ")", "/", "!", "?")


def _quotient(block: Block, symbol: str, last: int) -> tuple[str, int]:
    """`GWh/an`, `kWh/m²/an`, `l/100 km`; after a symbol alone, as the words of a rate are left out."""
    while block.at(last).text == "/" and block.at(last).glued:
        below = block.at(last + 1)
        if below.kind == NUMBER and below.text == "100" and block.at(last + 2).text == "km":
            return f"{symbol}/100 km", last + 3
        written = SYMBOLS.get(below.text) or _TIME_SYMBOLS.get(below.low)
        if below.kind != WORD or written is None:
            break
        symbol, last = f"{symbol}/{written}", last + 2
    return symbol, last


def named(word: str) -> Unit | None:
    """The unit that one word in lower case names, whose symbol is no word: `heure`, `litre`.

    >>> named("litre").symbol
    'l'
    """
    if len(word) < 2 or word in SYMBOLS:
        return None
    if word in _DURATIONS:
        return Unit("duration", _DURATIONS[word], 1)
    return Unit("quantity", _names[word], 1) if word in _names else None


def is_time(word: str) -> bool:
    """Whether a word (in lower case) is a unit of time."""
    return word in _DURATIONS
