"""The grammar of French dates, written over kinds of atoms (`atoms.py` says which letter is which kind).

It grows from atoms (`DAY`, `MONTH`) to points (`POINTS`: what names one day, month, quarter … by itself) and from
points to ranges and lists. All repetition is bounded and alternatives begin with different kinds, so that matching
takes time linear in the length of the text. A `~*` takes the rest of an atom of several words (`mois | à venir`).
"""

from __future__ import annotations

import re

B = "[ _]"  # one blank, or the line end of a wrapped line
APART = rf"(?:{B}|')"
OF = rf"(?:e~*{APART}(?:l{APART})?|u{B})"  # de, d', de la, de l', du
DAY = r"(?:n ?R|n°(?= ?M)|[nd])"
MONTH = r"(?:M|m~*\.?)"
WEEKDAY = r"(?:W|w\.?)"
RANK = r"(?:O|L|[nd] ?[Ri])"  # premier, dernier, 1er, 3e
COUNT = r"(?:N~*|[nd])"
WHICH = r"[PLVC]~*"  # prochain, dernier, précédent, en cours
WORDS_YEAR = r"N ?U(?!~)(?:[ -](?:t )?(?:N|f)~*(?:-(?:t-)?N)?)?"  # deux mille vingt-cinq
YEARS = r"(?:[Yy] ?[-–/] ?[Yy]|Y[-/][nod])"  # 2014-2020, 2024/25

# What may follow a month, a quarter, a season: its year, or the words that say which.
WORDED_YEAR = rf"(?:e{B}c{B}a|(?:e{B}l'|u{B})[aE]~*(?:{B}{WHICH})?)(?!{B}?[YyPLV])"
YEAR = rf"(?:,?{B}[Yy]|{B}{WORDS_YEAR}|{B}e{B}(?:l'a{B})?Y|{B}(?:u{B}|e{B}l')E~*{B}Y|{B}{WORDED_YEAR})"
FISCAL_YEAR = rf"(?:{B}(?:{OF}[aE]~*{B})?{YEARS})"
WHICH_ONE = rf"(?:{B}[PL](?!~*{B}[bakQH])~*)"  # mars dernier; but not `mars derniers mois`

PART = rf"(?:F~*(?:-|{B})(?:{OF}|l{APART})?)"  # début, mi-, fin de l'

SIGNS = ("/", "-", r"\.", "–")
_NUMERIC = "|".join(rf"[nd]{sign}[nd]{sign}(?:Y|[ndo])|[nd] {sign} [nd] {sign} Y" for sign in SIGNS)
_ISO = "|".join(rf"Y{sign}[nd]{sign}[nd]" for sign in SIGNS)

FIRST = r"[nd9oWwMmYyFSQHOLNTsGhAcaEPrlkzbBIe]"  # what a point can begin with

# One name of a day, a month, a quarter … with all that belongs to it. Longer ones stand first.
POINTS: dict[str, str] = {
    "day": rf"(?:{WEEKDAY}(?:,?{B}(?:l{B})?|,))?(?:{DAY}|O|N~*)(?:{B}(?:(?:e|u{B}b~*{B}e){B})?|-)?{MONTH}(?:{YEAR}|-Y|{WHICH_ONE})?",
    "lettered_day": r"(?:[nd]-[Mm]~*\.?-|[nd]/[Mm]~*\.?/)(?:Y|[ndo])",
    "day_of_month": rf"(?:{WEEKDAY}{B})?{DAY}{B}(?:u{B}b{B}[PLVC]~*|e{B}c{B}b(?:-ç)?)",
    "current_day": rf"(?<=[lux] ){DAY}{B}(?:F(?![~-]|{B}[eulMmYySaQHbEr])|P(?!~))",
    "iso_day": _ISO,
    "numeric_day": rf"(?:{WEEKDAY},?{B})?(?:{_NUMERIC})",
    "day_and_month": rf"(?:{WEEKDAY},?{B})?[nd]/[nd]",
    "dotted_day": rf"(?:{WEEKDAY},?{B})?(?:d|(?<=[lx] )n)\.n\.(?![ndo9Yy])",
    "weekday_and_day": rf"{WEEKDAY},?{B}{DAY}(?! ?[Js])",
    "fortnight": rf"{RANK}{B}q{B}{OF}{MONTH}{YEAR}?",
    "nth_weekday": rf"{RANK}{B}[Wz]~*{B}(?:u{B}b{B}(?:e{APART}{MONTH}{YEAR}?|[PLVC]~*)|{OF}{MONTH}{YEAR}?)",
    "week_of_month": rf"{RANK}{B}k{B}{OF}{MONTH}{YEAR}?",
    "week_of_day": rf"[kz]~*{B}u{B}(?:{WEEKDAY}{B})?{DAY}{B}{MONTH}{YEAR}?",
    "iso_week": rf"(?:k{B}[ndo]|s[do])(?:{B}e)?(?:{B}|-)Y",
    "quarter": rf"{PART}?{RANK}{B}Q(?:\.(?= Y))?(?:{FISCAL_YEAR}|{YEAR})?",
    "half": rf"{PART}?{RANK}{B}H(?:\.(?= Y))?(?:{FISCAL_YEAR}|{YEAR})?",
    "quarter_code": rf"(?:Tn|nT)(?:[ _-]?(?:{YEARS}|Y)|[-']?[do])?",
    "half_code": rf"(?:sn|ns)(?:[ _-]?(?:{YEARS}|Y)|[-']?[do])?",
    "months_code": rf"[nd]G(?:[ _-]?(?:{YEARS}|Y)|-?[do])",
    "run_of_months": rf"{COUNT}{B}(?:[OLD]{B}b(?:{FISCAL_YEAR}|{YEAR})|b{B}Y)",
    "run_of_units": rf"{COUNT}{B}[OLD]{B}è(?:{B}{OF}{MONTH})?{YEAR}|{COUNT}{B}[OLD]{B}è{B}{OF}{MONTH}",
    "short_year_month": r"[Mm]\.?(?:-|(?<=\.) )[do](?![ /.-]?[MmndoYy9])",
    "month": rf"(?:{PART}(?:(?:c{B})?b{B}{OF})?|c{B}b{B}{OF}|c{B})?{MONTH}(?:{YEAR}|-Y|{WHICH_ONE})?",
    "numeric_month": r"[n]/Y|Y-[n]",
    "season": rf"{PART}?S(?:{B}{YEARS}|{YEAR}|{WHICH_ONE})?",
    "school_start": rf"(?:P{B})?r~*(?!{B}e{B}M)(?:{B}{YEARS}|{YEAR}|{WHICH_ONE})?",
    "holiday_weekend": rf"z~*{B}{OF}h~*(?:{YEAR}|{WHICH_ONE})?",
    "holiday": rf"h~*(?:{YEAR}|{WHICH_ONE})?",
    "decade": rf"{PART}?B{B}(?:[Yy]|[do]|[Nf]~*)(?!-N)",
    "years": YEARS,
    "year": rf"(?:{PART}(?:[aE]~*{B})?)?[Yy]",
    "deictic": rf"A~*(?:,?{B}W(?:{B}{DAY}(?:{B}{MONTH}{YEAR}?)?)?)?",
    "this_day": rf"c{B}j",
    "this_weekday": rf"c{B}W(?:{B}{DAY}(?:{B}{MONTH}{YEAR}?)?)?",
    "weekday_of_week": rf"W{B}{OF}(?:c{B}k|k{B}[PLC]~*)",
    "weekdays": rf"e{B}W{B}p{B}W",
    "weekday": rf"W{WHICH_ONE}?",
    "this_part_of_day": rf"c{B}I~*",
    "this_period": rf"{PART}?c{B}[kzbaQHS]~*(?:-ç)?",
    "which_period": rf"{PART}?[kzbaQH]~*{B}{WHICH}|P~*{B}[kzbaQHS]~*",
    "following_period": rf"[kba]~*{B}é~*",
    "which_night": rf"I{B}[PL](?!~)",
    "words_year": rf"(?:a{B})?{WORDS_YEAR}",
    "part_of_period": rf"{PART}[baQHS]~*|{PART}(?<=l[ _])k",
}  # fmt: skip

# What one side of a range may be when the other completes it: `du 3 au 5 mars`, `du premier au troisième trimestre`.
BARE_DAY = rf"(?:(?:{WEEKDAY}{B})?{DAY})"
_ALONE_ONLY = {
    "weekday",
    "this_day",
    "this_part_of_day",
    "this_period",
    "part_of_period",
    "decade",
    "which_period",
    "following_period",
    "which_night",
    "weekdays",
    "weekday_of_week",
    "holiday_weekend",
    "week_of_day",
    "years",
}
_SIDE = "|".join(f"(?:{source})" for name, source in POINTS.items() if name not in _ALONE_ONLY)
_LEFT = rf"(?P<left>{_SIDE}|{BARE_DAY}|{RANK})"
_RIGHT = rf"(?P<right>{_SIDE})"
_TO = rf"{B}(?:x|p)~*{APART}(?:l{APART})?"  # au, à, jusqu'au, à l'
RANGES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(source)
    for source in (
        rf"[ue]{APART}(?:l{APART})?{_LEFT}(?:{_TO}|{B}Z{B}(?!S)){_RIGHT}",
        rf"v{B}(?:l{APART})?{_LEFT}{B}t{B}(?:l{APART})?{_RIGHT}",
        rf"(?={FIRST}){_LEFT}(?:{_TO}| ?[-–>] ?){_RIGHT}",
    )
)

# Days that share the month written after the last of them: `les 3, 5 et 7 mai`.
DAY_LIST = re.compile(
    rf"(?P<items>(?:{BARE_DAY}(?: ?,{B}|{B}t{B}(?:l{B})?|/)){{1,15}})(?P<last>{POINTS['day']})"
)
LIST_ITEM = re.compile(BARE_DAY)

POINT = {name: re.compile(source) for name, source in POINTS.items()}
ANY_POINT = re.compile(
    rf"(?={FIRST})(?:" + "|".join(f"(?P<{name}>{source})" for name, source in POINTS.items()) + ")"
)

# Where to look at all: a run of atoms that the grammar knows, with one that only dates have. All other text is passed
# over without trying a single rule.
ISLAND = re.compile(r"[^XK|¶]+")
CORE = re.compile(r"[YyMmWwSQHTsGhAkzbacrEB]|I [PL]|N U|[OLD] è|[nd][-/.–][nd]|[nd] [PF]")
# A day that leaves its month to the date before it: `Première à domicile le 19.`
LONE_DAY = re.compile(r"(?<=l )[nd](?=[.,;)¶_|]| [tpxX]|$)")
