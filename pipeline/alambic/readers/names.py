"""Names of releases."""

from __future__ import annotations

import unicodedata


def identifier(name: str) -> str:
    """A file's name or path as a release is named by it: accents composed, whatever the file system does."""
    return unicodedata.normalize("NFC", printable(name)).strip() or "unnamed"


def printable(path: str) -> str:
    r"""`path` as text that can be written anywhere: bytes of a file name that are no UTF-8 become `\xe9`.

    >>> printable("communiqu\udce9.txt")
    'communiqu\\xe9.txt'
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class UniqueNames:
    """Hands out each name once: a name that was taken gets `~2`, `~3` …

    >>> names = UniqueNames()
    >>> names.claim("a"), names.claim("a"), names.claim("b")
    ('a', 'a~2', 'b')
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()  # hashes: a million names must fit in memory
        self._last: dict[int, int] = {}  # of names that were asked for again, the last number given

    def claim(self, name: str) -> str:
        unique, number = name, self._last.get(hash(name), 1)
        while hash(unique) in self._taken:
            number += 1
            unique = f"{name}~{number}"
        if number > 1:
            self._last[hash(name)] = number
        self._taken.add(hash(unique))
        return unique
