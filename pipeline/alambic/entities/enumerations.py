"""Lists of first names: `L'équipe : Alex, Charles, Gala, Manon, Pierre & Stéphane`."""

from __future__ import annotations

import re

from alambic.entities.lexicon import first_names
from alambic.entities.words import fold

_NAME = r"[A-ZÀ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-Þ][a-zà-öø-ÿ]+)?"
_LIST = re.compile(
    rf"(?<![\w’'-]){_NAME}(?:, {_NAME})+(?P<last>,? (?:et|&|ou) {_NAME}(?![\w’'-]| [A-ZÀ-Þ]))?"
)
_ONE = re.compile(_NAME)
_CAPITAL_BEFORE = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w'’-]* $")
_REACH = 40
_LEAST = 3


def listed_first_names(text: str) -> list[tuple[int, int]]:
    """The places of the names in lists of single names, most of which are first names: the others are too.

    >>> text = "L'équipe : Alex, Charles, Gala, Manon & Stéphane."
    >>> [text[a:b] for a, b in listed_first_names(text)]
    ['Alex', 'Charles', 'Gala', 'Manon', 'Stéphane']
    """
    found: list[tuple[int, int]] = []
    for match in _LIST.finditer(text):
        if match["last"] is None:
            continue
        names = [name.span() for name in _ONE.finditer(text, match.start(), match.end())]
        if _CAPITAL_BEFORE.search(text, max(0, match.start() - _REACH), match.start()):
            del names[0]  # `Paul Martin, Pierre, …`: a surname
        known = sum(fold(text[a:b]) in first_names() for a, b in names)
        if known >= _LEAST and known * 2 > len(names):
            found.extend(names)
    return found
