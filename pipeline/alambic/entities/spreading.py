"""The other places of the names that were decided on."""

from __future__ import annotations

from bisect import bisect_left

from alambic.entities.cues import cue_at
from alambic.entities.lexicon import SMALL_WORDS, Words
from alambic.entities.names import LONGEST, STRONGEST, SURE, Name, in_capitals
from alambic.entities.reading import Mention, Reading
from alambic.entities.spans import repair
from alambic.entities.words import APOSTROPHES, fold
from alambic.entities.words import Words as Index
from alambic.entities.zones import Zones

_BARE_ALONE = 0.5
_BARE_KNOWN = 1.0
_TOLD = 2.0
"""A cue this strong at one place (`À propos de l'April`) speaks for the other places too."""


def spread(
    text: str,
    reading: Reading,
    index: Index,
    names: dict[Words, Name],
    decided: list[Mention],
    closed: Zones,
    governed: Zones,
) -> list[Mention]:
    """Adds the places of known names that the recogniser passed over; longer names first."""
    standing = sorted(decided, key=lambda m: m.start)
    starts = [m.start for m in standing]
    forms = _written_forms(text, names)
    added: list[Mention] = []
    for name in names.values():
        if len(name.words) > LONGEST:
            continue
        ambiguous = len(name.words) == 1 and _is_also_a_word(text, index, name.words[0], closed)
        known = len(name.words) > 1 and (len(name.mentions) > 1 or name.best > SURE)
        for place in index.find(name.words):
            start, end = index.starts[place.start], index.ends[place.stop - 1]
            if closed.touch(start, end) or (name.label == "ORG" and governed.touch(start, end)):
                continue
            touching = _touching(standing, starts, start, end)
            if touching and not (known and all(_part_of(m, start, end, name.label) for m in touching)):
                continue
            if not _same_writing(text[start:end], forms[name.words]):
                continue
            confidence = _bare_confidence(text, reading, name, start, end, ambiguous=ambiguous)
            if confidence is not None:
                start, end = next(repair(text, start, end, name.label), (start, end))
                added.append(Mention(start, end, name.label, confidence))
    return _without_overlap(standing, added)


def _touching(standing: list[Mention], starts: list[int], start: int, end: int) -> list[Mention]:
    first = bisect_left(starts, start)
    if first and standing[first - 1].end > start:
        first -= 1
    return standing[first : bisect_left(starts, end, first)]


def _part_of(mention: Mention, start: int, end: int, label: str) -> bool:
    """Whether a mention is a mere piece of the name of the same label that stands at `start:end`."""
    inside = start <= mention.start and mention.end <= end
    return inside and mention.label == label and mention.end - mention.start < end - start


def _written_forms(text: str, names: dict[Words, Name]) -> dict[Words, set[str]]:
    return {
        words: {" ".join(text[m.start : m.end].split()) for m in name.mentions}
        for words, name in names.items()
    }


def _same_writing(found: str, forms: set[str]) -> bool:
    """Whether a place writes a known name as it is written elsewhere, in capitals, or with other accents and joins."""
    found = " ".join(found.split())
    if found in forms:
        return True
    if found.islower():
        return any(form.islower() for form in forms)
    if found.isupper():
        return True
    return any(form.isupper() or _capitals(found) == _capitals(form) or found in form for form in forms)


def _capitals(name: str) -> str:
    return "".join(c for c in fold_keeping_case(name) if c.isalpha())


def fold_keeping_case(name: str) -> str:
    """A name without accents, its capitals kept."""
    return "".join(fold(c).upper() if c.isupper() else fold(c) for c in name)


def _bare_confidence(
    text: str, reading: Reading, name: Name, start: int, end: int, *, ambiguous: bool
) -> float | None:
    """How sure it is that a place which the recogniser passed over holds the name; `None` if it does not."""
    none, org, per = reading.score(start, end)
    alone = len(name.words) == 1
    told = any((cue.org if name.label == "ORG" else cue.per) >= _TOLD for cue in name.cues)
    limit = _BARE_KNOWN if len(name.mentions) > 1 or name.best > SURE or told else _BARE_ALONE
    if alone and (ambiguous or inside_longer(text, start, end)):
        limit = _BARE_ALONE
    cue = cue_at(text, start, end, name.label)
    support = (cue.org if name.label == "ORG" else cue.per) - (cue.per if name.label == "ORG" else cue.org)
    if support < 0 or (none > limit and support < STRONGEST):
        return None
    return min(name.best, max(org if name.label == "ORG" else per, 1 - none, _BARE_ALONE))


def _is_also_a_word(text: str, index: Index, word: str, closed: Zones) -> bool:
    """Whether a one-word name also stands in lower case, as a common word, not in an address."""
    return word in SMALL_WORDS or any(
        text[index.starts[i]].islower() and not closed.touch(index.starts[i], index.ends[i])
        for i in index.places(word)[:200]
    )


def inside_longer(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after, so that the place may be part of another name.

    In a line of capitals that says nothing.
    """
    if in_capitals(text, start, end):
        return False
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in " -" and after[1].isupper():
        return True
    if start < 2 or text[start - 1] not in " -":
        return False
    before = text[max(0, start - 30) : start - 1].split()
    return (
        bool(before)
        and before[-1][0].isupper()
        and before[-1][-1].isalnum()
        and not any(mark in before[-1] for mark in APOSTROPHES)
    )


def _without_overlap(standing: list[Mention], added: list[Mention]) -> list[Mention]:
    """The longest first where mentions overlap; what the recogniser saw before what was added."""
    kept: list[Mention] = []
    for mention in sorted(standing + added, key=lambda m: (m.start, -(m.end - m.start))):
        while (
            kept
            and mention.start < kept[-1].end
            and mention.end - mention.start > kept[-1].end - kept[-1].start
        ):
            kept.pop()
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
