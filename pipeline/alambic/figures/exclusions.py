"""Numbers that measure nothing: phones, references, versions, ordinals, times of day, dates, scores, names."""

from __future__ import annotations

import re

from alambic.figures.lexicon import Phrases
from alambic.figures.tokens import END, NUMBER, WORD, Block
from alambic.knowledge import rows

_REFERENCES: Phrases[str] = Phrases(
    (phrase, scope) for phrase, scope in rows("alambic.figures", "exclusions.txt")
)
MONTHS = frozenset(["janvier", "février", "fevrier", "mars", "avril", "mai", "juin", "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "decembre", "janv", "févr", "fév", "avr", "juil", "sept", "oct", "nov", "déc", "dec"])  # fmt: skip
_ORDINAL = re.compile(
    r"(?:er|ère|re|ers|ères|e|è|es|ème|eme|èmes|emes|ième|ieme|ièmes|d|nd|nde|ᵉ|ᵉʳ|ᵉʳᵉ|ᵉˢ|ème|bis|ter|th|st|rd)$",
    re.I,
)
_APART = frozenset(["er", "ère", "ème", "ième", "eme", "ieme"])
_CLOCK = re.compile(r"h\d\d?(?:min)?$", re.I)
_CLOCK_CUES = frozenset(["à", "dès", "vers", "avant", "après", "midi", "minuit"])
_HOUR_JOINTS = frozenset(["à", "a", "-", "–", "et", "/"])
_WAYS = frozenset(
    ["route", "marche", "train", "vol", "avion", "voiture", "vélo", "navigation", "avance", "retard"]
)
_LASTING = frozenset(["en", "de", "d'", "pendant", "durant", "dure", "durer", "duré", "durent", "durée", "temps", "moins", "plus", "environ", "sous", "chaque", "les", "des", "que", "soit", "autonomie", "total", "totale", "près", "quelque", "deux", "trois", "+", "toutes"])  # fmt: skip
# «Limitée à 24 heures», «portée à 10 heures»: no time of day.
_LIMITING = frozenset(["limité", "limitée", "limités", "limitées", "réduit", "réduite", "réduits", "réduites", "ramené", "ramenée", "ramenés", "ramenées", "portée", "étendu", "étendue", "supérieur", "supérieure", "inférieur", "inférieure", "égal", "égale", "passe", "passer", "équivalent", "limitent", "limite", "réduire", "ramener", "limiter"])  # fmt: skip
_APPOINTMENTS = frozenset(["départ", "départs", "arrivée", "rendez-vous", "rdv", "accueil", "ouverture", "fermeture", "rassemblement", "vernissage", "messe", "concert", "embarquement"])  # fmt: skip
_DAYS = frozenset(
    ["hier", "demain", "aujourd'hui", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
)


def excluded(block: Block, index: int, last: int) -> int | None:
    """If the number at tokens `index` to `last` is no amount: the token where reading may go on, else `None`."""
    token = block[index]
    following = block.at(last)
    if token.kind == NUMBER:
        digits = _digit_run(block, index)
        if digits is not None:
            return digits
        before = block.at(index - 1)
        if following.low in _APART and not following.glued:
            return last + 1  # «1 er janvier»
        if before.low == "aux" and token.text == "100" and following.low in ("km", "kilomètres"):
            return last + 1  # «6,5 litres aux 100 km»
        if token.glued and _is_joined(block, index):
            return last
        if following.glued and following.kind == WORD:
            if _ORDINAL.match(following.text):
                return last + 1
            if _CLOCK.match(following.text):
                return last + 1
        if (
            following.text in ("°", "º")
            and following.glued
            and block.at(last + 1).kind == WORD
            and not block.at(last + 1).text.startswith(("C", "F", "K", "c"))
            and block.at(last + 1).low
            not in ("de", "d'", "à", "nord", "sud", "est", "ouest", "et", "en", "sur", "au")
        ):
            return last
        if following.text in (")", ".") and index == 0 and last == 1 and block.at(last + 1).kind == WORD:
            return last
        if (before.text == "/" and before.glued) or (
            following.text == "/" and following.glued and block.at(last + 1).kind == NUMBER
        ):
            return last
        if (
            following.text == ":"
            and following.glued
            and block.at(last + 1).kind == NUMBER
            and block.at(last + 1).glued
        ):
            return last + 2
    reference = _REFERENCES.before(block, index)
    if reference and reference[0] == "always":
        return last
    if (
        token.kind == WORD
        and token.text.isupper()
        and block.at(index - 1).text == "DES"
        and len(token.text) > 2
    ):
        return last  # «MARATHON DES SEPT COLLINES» is a name
    if block.low(last) in MONTHS:
        return last
    return _clock(block, index, last)


def numbered(block: Block, index: int) -> bool:
    """Whether a noun before the number makes it a rank (`phase 2`), unless it turns out to have a physical unit."""
    return _REFERENCES.before(block, index) is not None


def _is_joined(block: Block, index: int) -> bool:
    """`Covid-19`, `A-320`, `#12`, `@3`, `www.x.fr/12`, `R2.1`: the number is the end of something longer."""
    before = block.at(index - 1)
    if before.kind == WORD:
        return before.text[-1] not in "'’"
    if before.text in "-‑_" and before.glued and before.text:
        earlier = block.at(index - 2)
        return earlier.kind == WORD and earlier.text[-1] not in "'’"
    return (
        before.text in ("#", "@", "_", "&", "\\", "=")
        or before.text == "%"
        and before.glued
        or (before.text in (".", ",", "/") and before.glued)
    )


def _digit_run(block: Block, index: int) -> int | None:
    """The end of a run of digit groups that is a phone number, an identifier or a card number."""
    position, groups, has_plus = index, 0, block.at(index - 1).text == "+"
    while True:
        token = block.at(position)
        if token.kind == NUMBER and len(token.text.replace(" ", "")) <= 12 and "," not in token.text:
            groups += 1
            position += 1
            if (
                block.at(position).text in (".", "-", "/")
                and block.at(position).glued
                and block.at(position + 1).kind == NUMBER
                and block.at(position + 1).glued
            ):
                position += 1
            elif block.at(position).kind != NUMBER and not (
                block.at(position).text == "(" and block.at(position + 1).text == "0"
            ):
                break
            elif block.at(position).text == "(":
                position += 3
        else:
            break
        if groups > 12:
            break
    first = block[index].text
    if first.startswith("0") and len(first) > 1 and first[1].isdigit():
        return position
    if groups >= 4 and (has_plus or len(first) <= 3):
        return position
    if (
        has_plus
        and groups >= 2
        and len(first) <= 3
        and all(len(t.text) <= 3 for t in block[index + 1 : position] if t.kind == NUMBER)
    ):
        return position if groups >= 3 else None
    return None


def _clock(block: Block, index: int, last: int) -> int | None:
    """`à 18 h`, `de 9 heures à 18 heures`, `dès 8h`, `24 h sur 24`: a time of day, where no duration is meant."""
    word = block.low(last)
    if word in ("j", "jours", "jour"):
        return last + 3 if _all_the_time(block, last + 1) else None
    if word not in ("h", "heures", "heure"):
        return None
    following = block.at(last + 1)
    if _all_the_time(block, last + 1):
        return last + 3
    if (
        following.kind == NUMBER
        and len(following.text) == 2
        and following.text.isdigit()
        and int(following.text) < 60
    ):
        return last + 2
    token = block[index]
    if token.kind == NUMBER and not (token.text.isdigit() and int(token.text) <= 24):
        return None
    if following.low in ("précises", "tapantes", "pile", "locale", "gmt", "cet", "utc"):
        return last + 2
    if (following.low == "du" and block.low(last + 2) in ("matin", "soir")) or (
        following.low == "de" and block.low(last + 3) == "après-midi"
    ):
        return last + 3
    before, earlier = block.at(index - 1), block.at(index - 2)
    way = following.low in ("de", "d'") and (word != "h" or block.low(last + 2) in _WAYS)
    from_then = before.low == "de" and earlier.low == "partir"
    cued = ((before.low in _CLOCK_CUES or before.text == "A") and earlier.low not in _LIMITING) or from_then
    if cued and not way and following.low not in ("par", "pour"):
        return last + 1
    if following.low in _HOUR_JOINTS and _is_hour(block, last + 2) and before.low not in ("dure", "durée"):
        return last + 1
    if before.low in _HOUR_JOINTS and earlier.low in ("h", "heures"):
        return last + 1
    if following.low in ("de", "d'", "par", "supplémentaires", "pour", "en") or following.text == "/":
        return None
    dated = before if before.text not in (",", "(", "–", "-", "|", ":") else earlier
    if (dated.kind == NUMBER and is_year(dated.text)) or dated.low in MONTHS or dated.low in _DAYS:
        return last + 1
    if dated is earlier and earlier.kind == NUMBER and block.low(index - 3) in _DAYS:
        return last + 1  # «vendredi 8, 6h : piquet»
    if before.low not in _LASTING and _meets(block, index):
        return last + 1
    hours = int(token.text) if token.kind == NUMBER else 0
    if (
        word == "h"
        and 8 <= hours < 24
        and before.low not in _LASTING
        and following.kind != NUMBER
        and before.text != "/"
    ):
        if before.text != ":" or earlier.low not in _LASTING:
            return last + 1
    if (before is END or before.text in (">", "•", "-", "–")) and following.text in (",", "–", "-", ":", "—"):
        return last + 1
    return None


def _meets(block: Block, index: int) -> bool:
    """Whether an appointment is told just before: `départ des cars 6 h`, `accueil café 8 h`."""
    for position in range(index - 1, max(-1, index - 5), -1):
        token = block[position]
        if token.kind != WORD:
            return False
        if token.low in _APPOINTMENTS:
            return True
    return False


def _all_the_time(block: Block, index: int) -> bool:
    """`7 j/7`, `24 h/24`, `7 jours sur 7`."""
    return block.low(index) in ("/", "sur") and block.at(index + 1).text in ("24", "7")


def _is_hour(block: Block, index: int) -> bool:
    if block.low(index) in ("midi", "minuit"):
        return True
    return block.at(index).kind == NUMBER and block.low(index + 1)[:1] == "h"


def is_year(text: str) -> bool:
    """Whether a number in digits is written as a year is."""
    return len(text) == 4 and text.isdigit() and 1900 <= int(text) <= 2100
