"""What looks like a date and is none: numbers that count or identify, years inside names, months that are people,
weekdays that mean every week.

Each test looks at the atoms just beside the candidate; the words that decide are in `exclusions.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from alambic.dates.atoms import Reading, fold
from alambic.knowledge import rows

NAME_ONLY = frozenset(fold(row[0]) for row in rows("alambic.dates", "holidays.txt") if row[2:] == ["name"])
_WORDS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split()) for kind, words in rows("alambic.dates", "exclusions.txt")
}
LINE_REACH = 160  # characters of a line that are looked at on one side
COPYRIGHT_REACH = 60
COPYRIGHT = re.compile(r"©|\(c\)|copyright|tous droits réservés", re.IGNORECASE)
MONEY_OR_SHARE = frozenset("€$£%°")
JOINING = frozenset("_$€£\\^~§")  # signs that tie a number to what stands beside them
NUMBERS = frozenset("ndoYy9")


def is_no_date(reading: Reading, rule: str, first: int, last: int) -> bool:
    """Whether the atoms from `first` to `last`, read under the grammar's `rule`, are no date where they stand."""
    return tied(reading, first, last, rule) or tells_against(reading, rule, first, last)


def tied(reading: Reading, first: int, last: int, rule: str = "day") -> bool:
    """Whether these atoms are part of a longer string: an address, a code, a number with decimals."""
    return _tied_left(reading, first) or _tied_right(reading, rule, last)


def tells_against(reading: Reading, rule: str, first: int, last: int) -> bool:
    """The same, for an expression whose neighbours are known to belong to a date (the sides of a range)."""
    test = _TESTS.get(rule)
    return test is not None and test(reading, first, last)


def _kind(reading: Reading, at: int) -> str:
    return reading.kinds[at] if 0 <= at < len(reading.kinds) else "¶"


def _word(reading: Reading, at: int) -> str:
    return fold(reading.atoms[at]) if 0 <= at < len(reading.atoms) else ""


def _before(reading: Reading, first: int) -> int:
    """The index of the atom before `first`, one blank or apostrophe aside; its head when it has several words."""
    at = first - 1
    if at >= 0 and reading.kinds[at] in " _'":
        at -= 1
    while at > 0 and reading.kinds[at] == "~":
        at -= 1
    return at


def _tied_left(reading: Reading, first: int) -> bool:
    """Part of a longer string to the left: an address, a code, the decimals of a number."""
    before, further = _kind(reading, first - 1), _kind(reading, first - 2)
    if before.isalnum():
        return True
    if before in "@#+&%=°" or (before == "*" and reading.atoms[first - 1] in JOINING):
        return True
    if before == "/" and further in "Mm" and _kind(reading, first) in "MmF":  # juillet/août 2026
        return False
    if before == "/":
        return further != "Y" and (further.isalnum() or further in "/.-")
    if before in ".,":
        return further in NUMBERS or (
            before == "." and further.isalnum() and reading.atoms[first - 2].islower()
        )
    return before == "-" and further.isalnum()


def _tied_right(reading: Reading, rule: str, last: int) -> bool:
    after, further = _kind(reading, last), _kind(reading, last + 1)
    if after.isalnum():
        return rule != "month" or after not in "nd"
    if after in "@+&%=°" or (after == "*" and reading.atoms[last] in JOINING):
        return True
    if after in ".,;/-" and further in NUMBERS:
        return (
            (after in "/-" and further != "Y")
            or rule not in ("day", "month", "quarter_code", "half_code", "year")
            or (rule == "year" and after != "/")
        )
    return after == "-" and further in "XK"


def _line(reading: Reading, at: int) -> str:
    """The line that the atom at `at` stands on, as far as `LINE_REACH` goes."""
    text, start = reading.text, reading.starts[at]
    begin = text.rfind("\n", max(0, start - LINE_REACH), start) + 1 or max(0, start - LINE_REACH)
    end = text.find("\n", start, start + LINE_REACH)
    return text[begin : end if end >= 0 else start + LINE_REACH]


def _line_before(reading: Reading, first: int, reach: int) -> str:
    start = reading.starts[first]
    return reading.text[max(0, start - reach) : start].rsplit("\n", 1)[-1]


def _shouted(reading: Reading, at: int) -> bool:
    """Whether the line is in capitals, where a capital letter says nothing."""
    line = _line(reading, at)
    letters = sum(map(str.isalpha, line))
    return letters > 8 and sum(map(str.isupper, line)) > 0.8 * letters


def _begins_sentence(reading: Reading, at: int) -> bool:
    back = at - 1
    while back >= 0 and reading.kinds[back] in " '":
        back -= 1
    return back < 0 or reading.kinds[back] in "_¶|.!?:;–-" or reading.atoms[back] in '•*>«"“('


def _year(reading: Reading, first: int, last: int) -> bool:
    kinds = reading.kinds
    if kinds[first] == "F":
        return False
    before = _before(reading, first)
    previous, head = _word(reading, before), _kind(reading, before)
    dated = (
        previous in _WORDS["dating"]
        or head in "ga"
        or (head in "px" and (previous.startswith("jusq") or _word(reading, before - 2) == "ici"))
    )
    if (
        "y" in kinds[first:last]
        and not dated
        and "Y" not in kinds[first:last]
        and kinds[first - 1 : first] != "("
    ):
        return True
    if _kind(reading, last) in " |_" and _counts(reading, before, last + 1):
        return not (dated and _word(reading, last + 1) in _WORDS["street"])  # «ouvre en 1962 rue d'Endoume»
    if dated:
        return False
    if _kind(reading, first - 1) == " " and _kind(reading, first - 2) in "ndo9":
        return _kind(reading, first - 3) not in "TsG"
    if _kind(reading, last) == " " and _kind(reading, last + 1) == "9":
        return True
    if previous in _WORDS["reference"]:
        return True
    if COPYRIGHT.search(_line_before(reading, first, COPYRIGHT_REACH)):
        return True
    return _in_name(reading, first, last, before)


def _counts(reading: Reading, before: int, noun: int) -> bool:
    """Whether the number counts or measures the noun after it."""
    atom, word = (reading.atoms[noun], _word(reading, noun)) if noun < len(reading.atoms) else ("", "")
    if not atom or not atom[0].isalpha():
        return atom[:1] in MONEY_OR_SHARE and bool(atom)
    if word in _WORDS["unit"] and reading.kinds[noun] in "XK":
        return True
    plural = len(word) > 3 and word[-1] in "sx" and atom.islower() and word not in _WORDS["small"]
    if not plural or reading.kinds[noun] != "X":
        return False
    return (
        before < 0 or _word(reading, before) in _WORDS["counting"] or _kind(reading, before) in "luex:;.!?¶"
    )


def _in_name(reading: Reading, first: int, last: int, before: int) -> bool:
    """Whether a year ends a proper name: `France 2030`, `OSOR Awards 2023`, `Salon de l'agriculture 2025`."""
    if before < 0 or reading.kinds[first - 1] not in " _" or not reading.atoms[before][0].isalpha():
        return False
    if reading.kinds[first - 1] == "_" and _kind(reading, last + (_kind(reading, last) == " ")) in ":–-":
        return False
    if reading.atoms[before][0].isupper():
        word = _word(reading, before)
        if word in _WORDS["measured"] or reading.kinds[before] == "W":
            return False
        if _is_source(reading, before) or _has_title(reading, before):
            return False
        if word in _WORDS["name"] or word in _WORDS["event"] or _quoted_name(reading, before, last):
            return True
        if not _begins_sentence(reading, before) and not _shouted(reading, before):
            return True
    return any(
        reading.atoms[at][0].isupper() and _word(reading, at) in _WORDS["event"]
        for at in range(_phrase_start(reading, before), before + 1)
    )


def _is_source(reading: Reading, before: int) -> bool:
    """`(enquête CGE 2024)`: the brackets name a source and its year."""
    for at in range(before, max(-1, before - 12), -1):
        if reading.kinds[at] == "(":
            return _word(reading, at + 1) in _WORDS["source"]
        if reading.kinds[at] in ").;_¶":
            return False
    return False


def _has_title(reading: Reading, before: int) -> bool:
    """`meilleur ouvrier de France 2004`: the year in which a title was won."""
    if reading.kinds[max(0, before - 3) : before] not in (" e ", " u "):
        return False
    return _word(reading, before - 4) in _WORDS["titled"]


def _quoted_name(reading: Reading, before: int, last: int) -> bool:
    """`le plan « Pavé 2027 »`: quotation marks around a capitalised word and the year, and nothing else."""
    opening = before - 1 - (_kind(reading, before - 1) == " ")
    closing = last + (_kind(reading, last) == " ")
    return (
        opening >= 0
        and closing < len(reading.atoms)
        and reading.atoms[opening] in '«"“'
        and reading.atoms[closing] in '»"”'
    )


def _phrase_start(reading: Reading, at: int) -> int:
    """The first atom of the noun phrase that ends at `at`: words and the small words between them, at most 8."""
    start, words = at, 0
    while start > 0 and words < 8:
        kind = reading.kinds[start - 1]
        if kind in " '-":
            start -= 1
        elif kind in "Kelux~SMQhO" or (kind == "X" and _word(reading, start - 1) not in _WORDS["loose"]):
            start -= 1
            words += 1
        else:
            break
    return start


def _month(reading: Reading, first: int, last: int) -> bool:
    """A month alone: people and places carry such names, abbreviations need a day or a year."""
    kinds = reading.kinds
    if last - first > 2 or kinds[first] in "Fc":
        return "m" in kinds[first:last] and not any(kind in "Yy" for kind in kinds[first:last])
    if kinds[first] == "m":
        return True
    atom, before, after = reading.atoms[first], _before(reading, first), _kind(reading, last)
    if after == " " and _word(reading, last + 1) in _WORDS["campaign"]:
        return True
    if _kind(reading, before) == "e" and _word(reading, before - 2).startswith("poisson"):
        return True  # «un poisson d'avril»
    if atom[0].islower():
        return False
    if (
        _word(reading, before) in ("en", "depuis", "jusqu'en", "mois", "courant")
        or _kind(reading, before) in "gpcF"
    ):
        return False
    if _kind(reading, before) == "K" and _kind(reading, first - 1) in " -":
        return True
    shouted = _shouted(reading, first)
    if after in " _" and _kind(reading, last + 1) == "K" and not shouted:
        return True
    if shouted and len(atom) > 2:
        return False
    return not _begins_sentence(reading, first)


WEEKDAY_NAMES = frozenset(fold(row[1].split()[0]) for row in rows("alambic.dates", "weekdays.txt"))
PLACING = frozenset(
    [
        "avant",
        "apres",
        "pour",
        "depuis",
        "pendant",
        "durant",
        "vers",
        "ici",
        "cours",
        "approche",
        "partir",
        "compter",
        "tout",
    ]
)


def _placed(reading: Reading, at: int) -> bool:
    """Whether a word that places things in time ends at or before `at`, blanks and articles aside."""
    while at >= 0 and reading.kinds[at] in " _~'le":
        at -= 1
    return at >= 0 and (reading.kinds[at] in "pxg" or _word(reading, at) in PLACING)


def _season(reading: Reading, first: int, last: int) -> bool:
    """A season alone is a date only after words that place something in it (`au printemps`, `d'ici l'été`)."""
    if last - first > 1:
        return False
    if reading.atoms[first][0].isupper():
        return True
    if _kind(reading, last) == " " and _word(reading, last + 1) in ("de", "des", "arabe", "comme"):
        return True
    article, before = _kind(reading, first - 1), _kind(reading, first - 2)
    if article == " ":  # au printemps, dès le printemps
        return before not in "xl" or (before == "l" and not _placed(reading, first - 3))
    return article != "'" or not _placed(reading, first - 3)


def _school_start(reading: Reading, first: int, last: int) -> bool:
    """`à la rentrée` places; `elle est rentrée`, `les offres de rentrée`, `la rentrée des vacances` do not."""
    if _word(reading, last + 1) == "des" and _word(reading, last + 3) == "vacances":
        return True
    return not any(kind in "YyPL" for kind in reading.kinds[first:last]) and (
        _kind(reading, first - 1) != " "
        or _kind(reading, first - 2) != "l"
        or not _placed(reading, first - 3)
    )


DAY_OF_FEAST = frozenset(["jour", "matin", "soir", "nuit"])


def _holiday(reading: Reading, first: int, last: int) -> bool:
    """A feast alone: people, towns, schools carry such names, and `de Noël` only colours a noun."""
    if any(kind in "YyPL" for kind in reading.kinds[first:last]):
        return False
    if _kind(reading, last) == "-" or (_kind(reading, last) in " _" and _kind(reading, last + 1) in "KMe"):
        return True
    if reading.atoms[first].islower() and _word(reading, first) in NAME_ONLY:
        return True
    if (
        _kind(reading, _before(reading, first)) == "e"
        and _word(reading, _before(reading, first) - 2) in DAY_OF_FEAST
    ):
        return False
    if reading.value(first).startswith("veille") or _kind(reading, first - 1) not in " '":
        return _kind(reading, first - 1) == "-" or not _begins_sentence(reading, first)
    return not _placed(reading, first - 1) and _kind(reading, _before(reading, first)) != "l"


def _weekday(reading: Reading, first: int, last: int) -> bool:
    """A weekday alone: `le mardi`, `chaque mardi`, `les mardis` are every week, and so are opening hours."""
    if last - first > 1:
        return False
    atom, before, spaced = reading.atoms[first], _before(reading, first), _kind(reading, first - 1) in " _"
    if fold(atom).endswith("s") or _kind(reading, first - 1) in "-–":
        return True
    if spaced and (_kind(reading, before) in "luxFOLNi" or _word(reading, before) in _WORDS["every"]):
        return True
    if atom[0].isupper() and spaced and _kind(reading, before) == "K" and not _shouted(reading, first):
        return True
    if spaced and _kind(reading, before) in "xp" and _kind(reading, before - 2) == "W":
        return True
    after, further = _kind(reading, last), _kind(reading, last + 1)
    if after in "-–" or (after == " " and further in "xp" and _kind(reading, last + 3) == "W"):
        return True
    if after in " ," and _word(reading, last + 1) == "peut":  # « Lundi, peut-être »
        return True
    return _opening_hours(reading, first)


def _opening_hours(reading: Reading, first: int) -> bool:
    """`ouvert mardi et vendredi`, `Horaires : mardi, jeudi`; but `a ouvert samedi` is an event."""
    start = reading.starts[first]
    above, _, line = reading.text[max(0, start - LINE_REACH) : start].rpartition("\n")
    words = [fold(word) for word in re.findall(r"\w+", line)]
    heading = [fold(word) for word in re.findall(r"\w+", above.rpartition("\n")[2])]
    if any(word in _WORDS["hours"] for word in words) or (heading and heading[0] in _WORDS["hours"]):
        return True
    for back in (1, 2, 3):  # `fermé lundi`, `fermé dimanche et lundi`
        if len(words) >= back and words[-back] in _WORDS["opening"]:
            return len(words) == back or words[-back - 1] not in _WORDS["auxiliary"]
        if len(words) < back or (words[-back] != "et" and words[-back] not in WEEKDAY_NAMES):
            return False
    return False


_TITLE = re.compile(r"[«“\"][ \xa0\u202f]?[A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+){0,2} $")
_TITLE_ENDS = re.compile(r"[ \xa0\u202f]?[»”\"]")
_TITLE_REACH = 50


def _deictic(reading: Reading, first: int, last: int) -> bool:
    """`les métiers de demain`, `le monde d'hier`, `le plan « Éleveurs demain »`: the future, the past, no day."""
    if reading.kinds[first + 1 : last] or _word(reading, first) not in ("demain", "hier"):
        return False
    start, end = reading.starts[first], reading.starts[last]
    if _TITLE_ENDS.match(reading.text, end) and _TITLE.search(
        reading.text, max(0, start - _TITLE_REACH), start
    ):
        return True
    before = _before(reading, first)
    if _kind(reading, before) == "e":
        return _word(reading, before - 2) not in ("compter", "partir")
    if reading.atoms[first][0].isupper() and _kind(reading, before) == "K":
        return not _shouted(reading, first)
    return _word(reading, before) == "pour" or _kind(reading, last) == "-"


def _other_day(reading: Reading, first: int, last: int) -> bool:
    """`ce jour-là`, `cet été-là`: of what was told before, not of the release."""
    return _kind(reading, last) == "-" and _word(reading, last + 1) == "la"


def _weekdays(reading: Reading, first: int, last: int) -> bool:
    """`de lundi à vendredi` is every week."""
    return reading.value(first + 2) == "1" or _opening_hours(reading, first)


def _words_year(reading: Reading, first: int, last: int) -> bool:
    """`deux mille vingt-cinq` is a year after `en`, `depuis` or `l'an`; else it counts."""
    before = _before(reading, first)
    if _kind(reading, last) == " " and _counts(reading, before, last + 1):
        return True
    return reading.kinds[first] != "a" and _word(reading, before) not in _WORDS["dating"]


def _short_year_month(reading: Reading, first: int, last: int) -> bool:
    """`mars-25` heads a column; `mi-mars-25 avril` and `le 5 mars-25` do not."""
    return _kind(reading, first - 1) not in "|_¶" and _kind(reading, first - 2) in "ndFt"


def _current_day(reading: Reading, first: int, last: int) -> bool:
    """`le 15 prochain` is a day, `du 15 prochain match` none."""
    return _kind(reading, last) == " " and _kind(reading, last + 1) == "X" and reading.kinds[last - 1] == "P"


def _code(reading: Reading, first: int, last: int) -> bool:
    """`T3`, `S1` without a year: tram lines and flats are called so."""
    if last - first > 2:
        return False
    return _kind(reading, _before(reading, first)) != "x"


def _day_and_month(reading: Reading, first: int, last: int) -> bool:
    """`12/10` is a date after a weekday, an article or at the head of a line; else a mark, a score, a share."""
    if reading.kinds[first] in "Ww":
        return False
    before = _before(reading, first)
    if (
        _word(reading, before) in ("le", "du", "depuis", "dici", "avant", "apres")
        or _kind(reading, before) in "x"
    ):
        return False
    padded = len(reading.atoms[first]) == 2 and len(reading.atoms[last - 1]) == 2
    return not (padded and _opens_line(reading, first) and _announces(reading, last))


def _opens_line(reading: Reading, first: int) -> bool:
    """Whether nothing but a bullet stands before on the line: `- 09/09 :`."""
    at = first - 1
    if (
        at > 0
        and reading.kinds[at] == " "
        and (reading.kinds[at - 1] in "-–>*" or reading.atoms[at - 1] in "•■▪‣")
    ):
        at -= 2
    return at < 0 or reading.kinds[at] in "_¶|"


def _announces(reading: Reading, last: int) -> bool:
    """Whether what is told of a day follows it: a word, a colon, a dash, a comma, a cell."""
    after = _kind(reading, last)
    if after == " ":
        return _kind(reading, last + 1) in "KXluM:–-à"
    return after in ":,|" and _kind(reading, last + 1) in " |_"


def _numeric_day(reading: Reading, first: int, last: int) -> bool:
    """`version 3.2.1`: a year is never one digit, and what has a version is no day."""
    if reading.kinds[last - 1] == "Y" or reading.kinds[first] in "Ww":
        return False
    return len(reading.atoms[last - 1]) == 1 or _word(reading, _before(reading, first)) in _WORDS["reference"]


def _numeric_month(reading: Reading, first: int, last: int) -> bool:
    """`n° 3/2025` numbers a document."""
    before = _before(reading, first)
    return _kind(reading, before) in "°/" or _word(reading, before) in _WORDS["reference"]


def _decade(reading: Reading, first: int, last: int) -> bool:
    """`les années 2020 et 2021` are two years and no decade; `les années 80 et 90` are two decades."""
    if _kind(reading, last + 1) not in "tY":
        return False
    return not (_kind(reading, last + 1) == "t" and _kind(reading, last + 3) in "do")


_TESTS: dict[str, Callable[[Reading, int, int], bool]] = {
    "year": _year,
    "years": _year,
    "month": _month,
    "season": _season,
    "school_start": _school_start,
    "holiday": _holiday,
    "weekday": _weekday,
    "deictic": _deictic,
    "this_day": _other_day,
    "this_part_of_day": _other_day,
    "this_period": _other_day,
    "this_weekday": _other_day,
    "weekdays": _weekdays,
    "words_year": _words_year,
    "short_year_month": _short_year_month,
    "current_day": _current_day,
    "quarter_code": _code,
    "half_code": _code,
    "day_and_month": _day_and_month,
    "numeric_month": _numeric_month,
    "numeric_day": _numeric_day,
    "decade": _decade,
}
