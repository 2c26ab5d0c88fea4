"""What looks like a date and is none: numbers that count or identify, years inside names, months that are people,
weekdays that mean every week.

Each test looks at the atoms just beside the candidate; the words that decide are in `exclusions.txt`.
"""

from __future__ import annotations

import re

from alambic.dates.atoms import Reading, fold
from alambic.knowledge import rows

_WORDS: dict[str, frozenset[str]] = {kind: frozenset(words.split()) for kind, words in rows("alambic.dates", "exclusions.txt")}
LINE_REACH = 80  # characters of the line that a copyright sign or opening hours reach
OPENERS = frozenset("(«[\"“'–—-:;|,>•*/")
COPYRIGHT = re.compile(r"©|\(c\)|copyright|tous droits réservés", re.IGNORECASE)
AFTER_YEAR_GLUED = frozenset(" _|¶,.;:!?)]»\"*–")


def is_no_date(reading: Reading, rule: str, first: int, last: int) -> bool:
    """Whether the atoms from `first` to `last`, read under `rule`, are no date where they stand."""
    if _glued(reading, rule, first, last):
        return True
    test = _TESTS.get(rule)
    return test is not None and test(reading, first, last)


def _kind(reading: Reading, at: int) -> str:
    return reading.kinds[at] if 0 <= at < len(reading.kinds) else "¶"


def _word(reading: Reading, at: int) -> str:
    return fold(reading.atoms[at]) if 0 <= at < len(reading.atoms) else ""


def _before(reading: Reading, first: int) -> int:
    """The index of the atom before `first`, one blank or elision aside; -1 at the start of a line."""
    at = first - 1
    if at >= 0 and reading.kinds[at] in " _'":
        at -= 1
    return at


def _glued(reading: Reading, rule: str, first: int, last: int) -> bool:
    """Part of a longer string: an address, a code, a number with decimals."""
    before, after = _kind(reading, first - 1), _kind(reading, last)
    if before in "/@#+&%=°.," or (before == "*" and reading.atoms[first - 1] in "_$€£\\^~§"):
        return not (before in ".,/" and _kind(reading, first - 2) not in "ndoYy9" and rule not in ("year", "years", "numeric_day"))
    if before.isalnum() and before not in "T":
        return True
    if before == "-" and _kind(reading, first - 2).isalnum():
        return True
    if after.isalnum() or after in "@+&%=°" or (after == "*" and reading.atoms[last] in "_$€£\\^~§"):
        return True
    if after in ".,/-;" and last + 1 < len(reading.kinds) and reading.kinds[last + 1] in "ndoYy9":
        return rule not in ("day", "month", "quarter_code", "half_code") or after == "-"
    if after == "-" and _kind(reading, last + 1) in "XK":
        return True
    return False


def _line_before(reading: Reading, first: int) -> str:
    start = reading.starts[first]
    head = reading.text[max(0, start - LINE_REACH) : start]
    return head.rsplit("\n", 1)[-1]


def _year(reading: Reading, first: int, last: int) -> bool:
    kinds = reading.kinds
    before, after = _before(reading, first), last
    previous = _word(reading, before)
    if kinds[first] in "F":
        return False
    dated = previous in _WORDS["dating"] or (_kind(reading, before) in "px" and _word(reading, before).startswith("jusqu")) or previous == "d'ici"
    if kinds[last - 1] == "y" and not dated and "y" in kinds[first:last]:
        return True
    if _kind(reading, after) in " |_" and _counts(reading, before, after + 1, previous):
        return True
    if dated:
        return False
    if _kind(reading, first - 1) == " " and _kind(reading, first - 2) in "ndo9" and not _kind(reading, first - 3) in "TsG":
        return True
    if _kind(reading, after) == " " and _kind(reading, after + 1) == "9":
        return True
    if previous in _WORDS["reference"] and previous != "en":
        return True
    if COPYRIGHT.search(_line_before(reading, first)):
        return True
    return _in_name(reading, first, before)


def _counts(reading: Reading, before: int, noun: int, previous: str) -> bool:
    """Whether the number counts the noun after it."""
    word = _word(reading, noun)
    atom = reading.atoms[noun] if noun < len(reading.atoms) else ""
    if not atom or not atom[0].isalpha():
        return atom in ("€", "$", "£", "%", "°", "m²", "m³")
    if word in _WORDS["unit"] and _kind(reading, noun) not in "TsG" and len(word) > 1:
        return True
    plural = len(word) > 3 and word[-1] in "sx" and atom.islower() and word not in _WORDS["small"]
    if not plural or reading.kinds[noun] not in "X":
        return False
    return previous in _WORDS["counting"] or before < 0


def _in_name(reading: Reading, first: int, before: int) -> bool:
    """Whether a year ends a proper name: `France 2030`, `OSOR Awards 2023`, `Salon de l'agriculture 2025`."""
    if before < 0 or reading.kinds[first - 1] not in " _":
        return False
    atom, word = reading.atoms[before], fold(reading.atoms[before])
    start = _name_start(reading, before)
    if not atom[0].isalpha():
        return False
    if atom[0].isupper():
        if word in _WORDS["measured"]:
            return False
        if word in _WORDS["name"] or word in _WORDS["event"]:
            return True
        if not _begins_sentence(reading, before) and not _shouted(reading, before):
            return True
    return any(
        reading.atoms[at][0].isupper() and fold(reading.atoms[at]) in _WORDS["event"] for at in range(start, before + 1)
    )


def _name_start(reading: Reading, at: int) -> int:
    """The first atom of the noun phrase that ends at `at`: words and the small words between them, at most 8."""
    start, words = at, 0
    while start > 0 and words < 8:
        kind = reading.kinds[start - 1]
        if kind in " '-":
            start -= 1
        elif kind in "KXelux~SMQ" or kind == "h":
            start -= 1
            words += 1
        else:
            break
    return start


def _begins_sentence(reading: Reading, at: int) -> bool:
    back = at - 1
    while back >= 0 and reading.kinds[back] in " '":
        back -= 1
    if back < 0:
        return True
    kind = reading.kinds[back]
    return kind in "_¶|.!?:;–-" or reading.atoms[back] in "•*>«\"“("


def _shouted(reading: Reading, at: int) -> bool:
    """Whether the line is in capitals, where a capital letter says nothing."""
    start = reading.starts[at]
    text = reading.text
    line = text[text.rfind("\n", max(0, start - LINE_REACH), start) + 1 :][: 2 * LINE_REACH].split("\n", 1)[0]
    if line and line == text[:len(line)] and start > LINE_REACH:
        return False
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _month(reading: Reading, first: int, last: int) -> bool:
    """A month alone: people and places carry such names, abbreviations need a day or a year."""
    kinds = reading.kinds
    if kinds[first] == "F" or last - first > 2:
        return "m" in kinds[first:last] and not any(k in "Yy" for k in kinds[first:last])
    if kinds[first] == "m":
        return True
    atom = reading.atoms[first]
    before = _before(reading, first)
    if atom[0].islower():
        return _kind(reading, first - 1) == "-" and _kind(reading, first - 2).isalpha()
    if _kind(reading, before) == "K" and _kind(reading, first - 1) in " -":
        return True
    follows = _kind(reading, last)
    if follows in " _" and _kind(reading, last + 1) == "K" and not _shouted(reading, first):
        return True
    previous = _word(reading, before)
    if previous in ("en", "des", "depuis", "dici", "jusqu'en", "fin", "debut", "mi", "courant", "mois de") or _kind(reading, before) in "pc":
        return False
    if _shouted(reading, first) and len(atom) > 2:
        return False
    return not (_begins_sentence(reading, first) and _kind(reading, last + (follows == " ")) in ":–-|")


def _season(reading: Reading, first: int, last: int) -> bool:
    """A season alone is a date only after the words that place something in it (`au printemps`, `d'ici l'été`)."""
    if last - first > 1:
        return False
    if reading.atoms[first][0].isupper():
        return True
    if _kind(reading, last) == " " and _word(reading, last + 1) in ("de", "des", "arabe", "dernier"):
        return True
    at = first - 1
    if _kind(reading, at) == " ":
        return not (_kind(reading, at - 1) in "x" or (_word(reading, at - 1) == "le" and _placing(reading, at - 2)))
    if _kind(reading, at) == "'":
        return not _placing(reading, at - 2)
    return True


def _placing(reading: Reading, at: int) -> bool:
    """Whether a preposition of time ends at or before `at`, blanks aside."""
    while at >= 0 and reading.kinds[at] in " _~":
        at -= 1
    if at < 0:
        return False
    word = _word(reading, at)
    return reading.kinds[at] in "p" or word in ("avant", "apres", "pour", "des", "depuis", "pendant", "durant", "vers", "ici")


def _weekday(reading: Reading, first: int, last: int) -> bool:
    """A weekday alone: `le mardi`, `chaque mardi`, `les mardis` are every week, and so are opening hours."""
    if last - first > 1:
        return False
    atom = reading.atoms[first]
    if fold(atom).endswith("s"):
        return True
    before = _before(reading, first)
    if _kind(reading, first - 1) in " _" and _kind(reading, before) in "luxFOL":
        return True
    if _word(reading, before) in ("un", "chaque", "tous", "premier", "dernier", "par"):
        return True
    if atom[0].isupper() and _kind(reading, before) == "K" and _kind(reading, first - 1) == " " and not _shouted(reading, first):
        return True
    if _kind(reading, last) in "-–" or (_kind(reading, last) == " " and _kind(reading, last + 1) in "x"):
        return True
    if _kind(reading, first - 1) in "-–":
        return True
    return any(fold(word) in _WORDS["opening"] for word in re.findall(r"\w+", _line_before(reading, first)))


def _deictic(reading: Reading, first: int, last: int) -> bool:
    """`les métiers de demain`, `le monde d'hier`: the future, the past, no day."""
    if _word(reading, first) not in ("demain", "hier"):
        return False
    if reading.atoms[first][0].isupper() and _kind(reading, _before(reading, first)) == "K":
        return True
    before = _before(reading, first)
    return _kind(reading, before) == "e" or _word(reading, before) in ("pour",) or _kind(reading, last) == "-"


def _this(reading: Reading, first: int, last: int) -> bool:
    """`ce jour-là`, `à ce jour`: another day, or none in particular."""
    return _kind(reading, last) == "-" and _word(reading, last + 1) == "la"


def _code(reading: Reading, first: int, last: int) -> bool:
    """`T3`, `S1` without a year: tram lines and flats are called so."""
    if any(kind in "Yy" for kind in reading.kinds[first:last]):
        return False
    if last - first >= 3:
        return False
    return _kind(reading, _before(reading, first)) not in "x"


def _day_and_month(reading: Reading, first: int, last: int) -> bool:
    """`12/10` is a date after a weekday, an article or at the head of a line; else a mark, a score, a share."""
    if reading.kinds[first] in "Ww":
        return False
    before = _before(reading, first)
    if _word(reading, before) in ("le", "du", "au", "jusqu'au") or reading.kinds[before : before + 1] == "x":
        return False
    padded = len(reading.atoms[first]) == 2 and len(reading.atoms[last - 1]) == 2
    line_start = first == 0 or reading.kinds[first - 1] in "_¶"
    return not (padded and line_start and _kind(reading, last) == " " and _kind(reading, last + 1) in "KXl")


def _decade(reading: Reading, first: int, last: int) -> bool:
    return not _word(reading, next(k for k in range(first, last) if reading.kinds[k] == "a")).endswith("s")


def _holiday(reading: Reading, first: int, last: int) -> bool:
    """A feast alone: people, towns and schools carry such names."""
    kinds = reading.kinds
    if any(kind in "Yy" for kind in kinds[first:last]):
        return False
    before, after = _before(reading, first), _kind(reading, last)
    if after == "-" or _kind(reading, first - 1) == "-":
        return True
    if after in " _" and _kind(reading, last + 1) == "K":
        return True
    if _kind(reading, before) == "K":
        return True
    return reading.atoms[first].islower() and fold(reading.atoms[first]) not in ("noel", "paques", "nouvel", "jour", "fete", "lundi", "veille", "reveillon")


_TESTS = {
    "year": _year,
    "years": _year,
    "month": _month,
    "season": _season,
    "weekday": _weekday,
    "deictic": _deictic,
    "this_day": _this,
    "this_period": _this,
    "this_weekday": _this,
    "quarter_code": _code,
    "half_code": _code,
    "day_and_month": _day_and_month,
    "decade": _decade,
    "holiday": _holiday,
}
