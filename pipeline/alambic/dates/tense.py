"""Whether a sentence speaks of what was or of what will be, read from the verbs near a date.

French marks it well: the simple future ends in -ra, -ront …, the compound past joins an auxiliary to a participle,
the imperfect ends in -ait, -aient. Of the markers in the sentence, the nearest to the date decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from alambic.knowledge import rows

Direction = Literal["past", "future"]
REACH = 240  # characters of the sentence that count, on each side of the date
WEAK = 15  # characters: how much farther a participle alone, or an infinitive, counts than a verb
NEAR = 30  # characters: farther than this a participle alone belongs to another word than the date

_WORDS: dict[str, list[str]] = {
    kind: [word.strip() for word in words.split(",")] for kind, words in rows("alambic.dates", "tense.txt")
}
NOUNS = frozenset(_WORDS["noun"])
IN_ITE = frozenset(_WORDS["iter"])
FUTURE = frozenset(_WORDS["future"])
NOUN_BEFORE = frozenset(_WORDS["noun_before"])
NEUTRAL = frozenset(_WORDS["neutral"])
WITH_ETRE = tuple(_WORDS["with_être"])


def _any_of(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _WORDS[kind]), key=len, reverse=True))


LOWER = "[a-zà-ÿœ]"
# After an auxiliary a participle takes any ending; alone, only those that no noun shares.
BARE = rf"(?:{LOWER}+(?:é|ée|és|ées)|{_any_of('participle')})"
PARTICIPLE = rf"(?:{LOWER}+(?:é|ée|és|ées)|(?:{_any_of('participle')}|{_any_of('compound')})(?:e|s|es)?)"
GAP = rf"(?:[ ]{LOWER}{{1,20}}){{0,2}}?[ ]"  # `a tout récemment signé`
SUBJECT = r"(?:-(?:t-)?(?:il|elle|on|ils|elles|nous|vous|je))?"
MARKER = re.compile(
    rf"""(?<![\w-])(?:
        (?P<future>(?:{_any_of("future")})(?!\w)
          | {LOWER}+(?:ra|rai|ras|rez|rons|ront){SUBJECT}(?:{GAP}(?:été[ ])?{PARTICIPLE})?(?!\w))
      | (?P<past>(?:a|ont|ai|as|avons|avez|avait|avaient|eut|eurent|ayant|avoir){SUBJECT}{GAP}{PARTICIPLE}(?!\w)
          | (?:n'a|l'a|m'a|t'a|n'ont|l'ont|m'ont|s'était|s'étaient|s'est|j'ai|n'ai){SUBJECT}{GAP}{PARTICIPLE}(?!\w)
          | (?:était|étaient|fut|furent){SUBJECT}{GAP}{PARTICIPLE}(?!\w)
          | (?:se|me|nous|vous)[ ](?:sont|suis|sommes|êtes){SUBJECT}{GAP}{PARTICIPLE}(?!\w)
          | {LOWER}{{2,}}(?:ait|aient|èrent|irent|urent)(?!\w))
      | (?P<passive>(?:est|sont|sommes|suis){SUBJECT}{GAP}(?P<done>{PARTICIPLE})(?!\w))
      | (?P<goal>(?:de|d'|à|pour|:)[ ]?(?:s'|se[ ])?{LOWER}{{3,}}(?:er|ir|dre|tre)(?!\w))
      | (?P<bare>{BARE}(?!\w))
    )""",
    re.VERBOSE,
)
JUST_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<past>{_any_of('before')})|(?P<future>{_any_of('after')}))"
    r"(?:\s(?:le|la|les|l'|au|aux|du|en|à|à la|à l'|pour|dès|le mois de|début|fin|mi-))?\s?$",
    re.IGNORECASE,
)
LEANING = re.compile(rf"(?<![\w-])(?:{_any_of('leaning')})\s?(?:le|la|les|début|fin|mi-)?\s?$", re.IGNORECASE)
SURE = re.compile(r"(?<![\w-])(?:depuis|d'ici|partir|compter)(?!\w)", re.IGNORECASE)
END = re.compile(r"[.!?…;](?=\s|$)|\n\s*\n|\n(?=\s*[-–—•*])|\s[•]\s")
LINE_HEAD = re.compile(r"(?:^|\n)[\s>•*–—-]*$")
AGENDA = re.compile(r"\s*[:–—|-]|\s{0,3}\n| +[A-ZÀ-Ý]")
STATE = re.compile(rf"(?:{_any_of('state')})e?s?")
PURPOSE = re.compile(r" (?:à|au|aux) ")
BLANKS = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "})


@dataclass(frozen=True, slots=True)
class Tense:
    """Where a date lies from the release; `sure` where a preposition says so (`depuis`, `d'ici`) and not a verb."""

    direction: Direction
    sure: bool = False


def tense_around(text: str, start: int, end: int) -> Tense | None:
    """The tense that governs `text[start:end]`, or `None` where its sentence has no sign of one.

    A line that a date opens (`13 mars – Souad Massi`) is an item of a programme: it looks ahead. A date alone in
    brackets has no verb of its own.

    >>> sentence = "Le salon ouvrira lundi."
    >>> tense_around(sentence, sentence.index("lundi"), sentence.index(".")).direction
    'future'
    """
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if before.endswith("(") and after.startswith(")"):
        return None
    if LINE_HEAD.search(before) and AGENDA.match(after):
        return Tense("future")
    stops = [stop.end() for stop in END.finditer(before)]
    before = before[stops[-1] if stops else 0 :].translate(BLANKS)
    stop = END.search(after)
    after = after[: stop.start() if stop else None].translate(BLANKS)
    before = before[:1].lower() + before[1:]
    if (match := JUST_BEFORE.search(before)) is not None:
        return Tense("past" if match["past"] else "future", SURE.search(match.group()) is not None)
    leaning = LEANING.search(before)
    best: tuple[int, Direction] | None = None
    for side in (before,) if leaning else (before, after):
        for match in MARKER.finditer(side):
            found = _direction(match)
            weak = match["bare"] is not None or match["goal"] is not None
            if found is None or (weak and (leaning or side is after)):
                continue
            distance = (len(before) - match.end() if side is before else match.start()) + WEAK * weak
            if match["bare"] is not None and distance > NEAR + WEAK:
                continue
            if best is None or distance < best[0]:
                best = distance, found
    if best is None and leaning:
        return Tense("future")
    return Tense(best[1]) if best else None


def _direction(match: re.Match[str]) -> Direction | None:
    words = match.group()
    last = words.rsplit(" ", 1)[-1].lower()
    if words in NEUTRAL or words in NOUNS:
        return None
    if match["future"] is not None and last not in FUTURE:
        ahead = match.string[: match.start()].rstrip("' ").rsplit(None, 1)
        if ahead and ahead[-1] in NOUN_BEFORE:
            return None
    if (
        match["future"] is not None or match["goal"] is not None or last in FUTURE
    ):  # est prévu, était attendue
        return "future"
    if match["bare"] is not None:
        if STATE.fullmatch(last) and PURPOSE.match(match.string, match.end()):
            return None
        noun = last in NOUNS or (last.endswith(("ité", "ités")) and last.removesuffix("s") not in IN_ITE)
        return None if noun else "past"
    if match["passive"] is not None:  # `est examiné` is a present, `est venu` a past
        return "past" if last.startswith(WITH_ETRE) else None
    if " " not in words and words.endswith(("rait", "raient")):
        return "future"
    return "past"
