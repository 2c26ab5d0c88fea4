"""The long form beside a short one in brackets: the short form's letters tell where the long one begins.

After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text";
here the letters are initials of words, small words left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from alambic.entities.acronyms import looks_like_acronym, may_stand_for, stands_for
from alambic.entities.lexicon import SMALL_WORDS
from alambic.entities.reading import Mention
from alambic.entities.words import words_of

_BRACKET = re.compile(r"(?: ?\(| [–—-] (?:l'|l’|le |la |les )?)$")
_WORD = re.compile(r"\w+")
_REACH = 120
_MOST_WORDS = 14


def with_long_forms(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """`mentions`, those of long forms with the bounds that their short forms ask for.

    >>> text = "Il dirige le Service d'Information du Gouvernement (SIG)."
    >>> seen = [Mention(23, 50, "ORG", 0.9), Mention(52, 55, "ORG", 0.9)]
    >>> [text[m.start:m.end] for m in with_long_forms(text, seen)]
    ["Service d'Information du Gouvernement", 'SIG']
    """
    kept: list[Mention] = []
    waiting: tuple[int, int] | None = None
    for mention in mentions:
        if waiting and mention.start < waiting[1]:
            continue  # a piece of the long form that was put together
        waiting = None
        if mention.label == "ORG" and kept:
            before = kept[-1]
            if (start := _start_of_long(text, before, mention)) is not None:
                while kept and kept[-1].start >= start and kept[-1].label == "ORG":
                    kept.pop()
                if not kept or kept[-1].end <= start:
                    kept.append(Mention(start, before.end, "ORG", before.confidence))
                else:
                    kept.append(before)
            elif (bracketed := _long_in_bracket(text, before, mention)) is not None:
                kept.append(Mention(*bracketed, "ORG", mention.confidence))
                waiting = bracketed
                continue
        kept.append(mention)
    yield from kept


def _start_of_long(text: str, long: Mention, short: Mention) -> int | None:
    """Where the long form begins before which `long` stops short of its first words; `None` if it is whole."""
    name = text[short.start : short.end]
    if long.label != "ORG" or not looks_like_acronym(name):
        return None
    bracket = _BRACKET.search(text, max(0, short.start - 6), short.start)
    if bracket is None or bracket.start() != long.end or stands_for(name, text[long.start : long.end]):
        return None
    line = max(text.rfind("\n", 0, long.start) + 1, long.start - _REACH)
    words = list(_WORD.finditer(text, line, long.start))[-_MOST_WORDS:]
    for word in reversed(words):
        gap = text[word.end() : long.start]
        if any(mark in gap for mark in ',;:.()«»"'):
            return None
        if words_of(word.group())[0] in SMALL_WORDS:
            continue
        if stands_for(name, text[word.start() : long.end]):
            return word.start()
    return None


def _long_in_bracket(text: str, short: Mention, piece: Mention) -> tuple[int, int] | None:
    """The bracket after a short form, where all its words together are what it stands for and `piece` is one part."""
    if (
        short.label != "ORG"
        or text[short.end : short.end + 2] != " ("
        or " " in text[short.start : short.end]
    ):
        return None
    start = short.end + 2
    end = text.find(")", start, start + _REACH)
    if end < piece.end or piece.start < start or (piece.start, piece.end) == (start, end):
        return None
    long = text[start:end]
    if "\n" in long or not long[:1].isupper() or len(words_of(long)) < 3:
        return None
    name = text[short.start : short.end]
    if "," in long or "&" in long:
        return (start, end) if looks_like_acronym(name) and stands_for(name, long) else None
    return (start, end) if may_stand_for(name, long) else None
