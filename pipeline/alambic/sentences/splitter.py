"""Cuts French text into sentences by its punctuation and line breaks.

A line break always ends a sentence: cleaning has joined the wrapped lines before. A full stop does not end one
after an abbreviation, an initial (`J. Dupont`) or inside a number, nor when a lower-case word follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from alambic.knowledge import words

_STOP = re.compile(
    r"""
    \n+                                   # a block ends
    | (?:[!?…]+ | \.{1,3})                # end marks
      (?:[ \u00a0\u202f]?[»”"'’)\]])*     # what closes with them
      (?=\s)                              # and a blank: 3.5 and www.a.fr go on
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.°]+\Z")
_LOWER_FOLLOWS = re.compile(r"\s+[a-zà-öø-ÿœ]")
_REACH = 24  # longer than any abbreviation
_CONTEXT = 1_000  # characters before and after a span


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("alambic.sentences", "abbreviations.txt"))


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether the sentence goes on past this stop."""
    if "\n" in stop.group():
        return False
    if _LOWER_FOLLOWS.match(text, stop.end()):
        return True
    if not stop.group().startswith("."):
        return False
    word = _LAST_WORD.search(text[max(0, stop.start() - _REACH) : stop.start()])
    if word is None:
        return False
    return word.group() in _abbreviations() or (len(word.group()) == 1 and word.group().isupper())


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end) offsets into it, white space at the edges excluded.

    >>> text = "M. Dupont arrive à 9 h. Il parle.\\nContact presse"
    >>> [text[start:end] for start, end in split(text)]
    ['M. Dupont arrive à 9 h.', 'Il parle.', 'Contact presse']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _goes_on(text, stop):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def sentence_around(sentences: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The stretch of whole `sentences` (from `split`, in order) that holds the span `start`–`end`.

    It goes 1,000 characters at most beyond the span to either side: a text without full stops is one sentence, and
    each of its spans would come with all of it.

    >>> sentence_around([(0, 10), (11, 20)], 12, 15)
    (11, 20)
    >>> sentence_around([(0, 500_000)], 7_000, 7_010)
    (6000, 8010)
    """
    first = bisect_right(sentences, (start, float("inf"))) - 1
    last = bisect_right(sentences, (max(start, end - 1), float("inf"))) - 1
    if first < 0 or last < 0:
        return start, end
    low, high = max(sentences[first][0], start - _CONTEXT), min(sentences[last][1], end + _CONTEXT)
    return min(start, low), max(end, high)
