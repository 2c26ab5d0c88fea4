"""Texts without what tells two writings of a word apart, letter by letter: the tables that `str.translate` reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


class Letters(dict[int, str]):
    """A table for `str.translate` that works out what a character becomes at the first sight of it.

    >>> "École".translate(Letters(str.lower))
    'école'
    """

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> str:
        letter = self[code] = self._becomes(chr(code))
        return letter


def bare(character: str) -> str:
    """`character` taken apart, without the marks that stand on it.

    >>> bare("é"), bare("ﬁ"), bare("\\u0301")
    ('e', 'fi', '')
    """
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
