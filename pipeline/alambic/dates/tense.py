"""Whether a sentence speaks of what was or of what will be, read from the verbs near a date.

French marks it well: the simple future ends in -ra, -ront …, the compound past joins an auxiliary to a participle,
the imperfect ends in -ait, -aient. The marker nearest to the date decides.
"""

from __future__ import annotations

import re
from typing import Literal

from alambic.knowledge import rows

Tense = Literal["past", "future"]
REACH = 160  # characters of the sentence that count, on each side of the date

_WORDS: dict[str, set[str]] = {}
for _kind, _word in rows("alambic.dates", "tense.txt"):
    _WORDS.setdefault(_kind, set()).add(_word)


def _any_of(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _WORDS[kind]), key=len, reverse=True))


PARTICIPLE = r"[^\W\d_]+(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|ertes)"
AUXILIARY = r"(?:a|ont|ai|as|avons|avez|est|sont|suis|sommes|avait|avaient|était|étaient|eut|eurent|fut|furent|ayant|étant|ait)"
MARKER = re.compile(
    rf"""(?<!\w)(?:
        (?P<future>{_any_of("future")}|[^\W\d_]+(?:ra|rai|ras|rez|rons|ront))
      | (?P<past>{AUXILIARY}(?:-(?:t-)?(?:il|elle|on|ils|elles))?(?:\ (?:[^\W\d_]{{1,12}}\ ){{0,2}}?{PARTICIPLE})
          |[^\W\d_]{{2,}}(?:ait|aient|èrent|irent|urent))
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
CONDITIONAL = re.compile(r"r(?:ait|aient)$")
JUST_BEFORE = re.compile(
    rf"(?:(?P<past>\b(?:{_any_of('before')}))|(?P<future>\b(?:{_any_of('after')})))(?:\s(?:le|la|les|au|du|mois de))?\s?$",
    re.IGNORECASE,
)
PARTICIPLE_BEFORE = re.compile(rf"(?:^|[\s,(])(?P<word>{PARTICIPLE})(?:,)?\s(?:(?:en|le|la|au|du|dès|dans|à|l'|de)\s?){{0,2}}$", re.IGNORECASE)
END = re.compile(r"[.!?…;](?=\s|$)|\n")


def tense_around(text: str, start: int, end: int) -> Tense | None:
    """The tense that governs `text[start:end]`, or `None` where its sentence has no sign of one.

    >>> sentence = "Le salon ouvrira lundi."
    >>> tense_around(sentence, sentence.index("lundi"), sentence.index("."))
    'future'
    """
    before = text[max(0, start - REACH) : start].replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    after = text[end : end + REACH].replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    for stop in END.finditer(before):
        cut = stop.end()
    if (stops := list(END.finditer(before))):
        before = before[stops[-1].end() :]
    if (stop := END.search(after)) is not None:
        after = after[: stop.start()]
    if (match := JUST_BEFORE.search(before)) is not None:
        return "past" if match["past"] else "future"
    best: tuple[int, Tense] | None = None
    if (match := PARTICIPLE_BEFORE.search(before)) is not None and match["word"].lower() not in _WORDS["future"]:
        best = (len(before) - match.end("word"), "past")
    for side, base in ((before, len(before)), (after, 0)):
        for match in MARKER.finditer(side):
            found = _tense_of(match)
            distance = base - match.end() if side is before else match.start()
            if found is not None and (best is None or distance < best[0]):
                best = (distance, found)
    return best[1] if best else None


def _tense_of(match: re.Match[str]) -> Tense | None:
    words = match.group().lower()
    if words in _WORDS["noun"]:
        return None
    if match["future"] or CONDITIONAL.search(words):
        return "future"
    if words.rsplit(" ", 1)[-1] in _WORDS["future"]:  # est prévu, est attendue
        return "future"
    return "past"
