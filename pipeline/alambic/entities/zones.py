"""Stretches of a text where no entity stands: addresses, hashtags, domain names, the field of a minister."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from alambic.entities.roles import role_at

_CHUNK = re.compile(r"[^\s«»\"“”()<>,;|]+")
_DOMAIN = re.compile(
    r"(?:https?://|www\.)?(?:[\w-]+\.)+(?:fr|com|org|net|eu|io|be|ch|ca|lu|info|biz|tech|paris|bzh|alsace|corsica|re|nc|pf"
    r"|co|ai|tv|me|uk|de|it|es|nl|gouv|edu|gov|int|coop|asso|app|dev|bio|pro|africa|ma|tn|dz|sn|ci|cm|example)(?:[/:?#]\S*)?",
    re.IGNORECASE,
)
_MINISTER = re.compile(
    r"(?<![\w-])(?:Premi(?:er|ère) )?[Mm]inistres?(?![\w-])|(?<![\w-])[Ss]ecrétaire d['’][ÉE]tat(?![\w-])"
)
_NEXT_LINE = re.compile(r"\n[^a-zà-öø-ÿ]")
_MINISTRY = re.compile(r"[Mm]inist[èe]re")


_TICKER = re.compile(
    r"\((?P<market>[^():\n]{0,40}?\b(?:Euronext|TSX|TSXV|NYSE|NASDAQ|Nasdaq|OTC|SIX|BRVM|LSE|Xetra|Paris|Growth|Access)\b"
    r"[^():\n]{0,30}) ?: ?(?P<ticker>[A-Z0-9.]{2,12})(?=[),;\s])"
    r"|(?:ISIN|[Mm]n[ée]monique|[Mm]n[ée]mo|[Tt]icker|[Cc]ode|Reuters|Bloomberg)\s?:\s?(?P<code>[A-Z0-9.]{2,12})"
)


_ISIN = re.compile(r"(?<!\w)[A-Z]{2}\d{10}(?!\w)")
_CODE = re.compile(r"(?<![\w.-])(?:[A-Z]{2}\d{10}|[A-Z0-9]{2,6}(?:\.[A-Z]{1,3})?)(?![\w.-])")
_NEAR_CODE = 40


class Zones:
    """Stretches without overlap, in order; `touch` tells whether a span lies on one."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self.stretches = [(a, b) for a, b in merged]
        self._starts = [a for a, _ in merged]

    def touch(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and self.stretches[i][1] > start


def addresses(text: str) -> list[tuple[int, int]]:
    """E-mail addresses, URLs, domain names, hashtags, handles, and the codes of listed companies.

    >>> text = "Contact : presse@verkor.com, www.verkor.com/presse, #Verkor, M. Dupont."
    >>> [text[a:b] for a, b in addresses(text)]
    ['presse@verkor.com', 'www.verkor.com/presse', '#Verkor']
    """
    found = []
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        if (
            "@" in chunk
            or chunk.startswith("#")
            or "://" in chunk
            or ("." in chunk and len(chunk) < 300 and _DOMAIN.fullmatch(chunk.rstrip(".:'’")))
        ):
            found.append((match.start(), match.start() + len(chunk.rstrip(".:"))))
    for match in _ISIN.finditer(text):
        opens, closes = text.rfind("(", 0, match.start()), text.find(")", match.end())
        for code in _CODE.finditer(
            text,
            max(opens, match.start() - _NEAR_CODE),
            closes if 0 <= closes < match.end() + _NEAR_CODE else match.end(),
        ):
            found.append(code.span())
    for match in _TICKER.finditer(text):
        found.append(match.span("ticker" if match["ticker"] else "code"))
    return found


def ministers(text: str) -> list[tuple[int, int]]:
    """The functions of ministers: what a minister is in charge of is no organisation.

    >>> text = "Monique Barbut, ministre de la Transition écologique, a salué Verkor."
    >>> [text[a:b] for a, b in ministers(text)]
    ['ministre de la Transition écologique']
    """
    found: list[tuple[int, int]] = []
    for match in _MINISTER.finditer(text):
        if found and match.start() < found[-1][1]:
            continue
        role = role_at(text, match.start())
        if role is not None:
            following = _NEXT_LINE.search(text, role.start, role.end)
            end = following.start() if following else role.end
            ministry = _MINISTRY.search(text, role.start, end)
            found.append((role.start, ministry.start() if ministry else end))
    return found
