"""Towns and departments: what a recogniser takes for a body's name where the text says that something lies there."""

from __future__ import annotations

import re
from functools import cache

from alambic.entities.lexicon import Words
from alambic.entities.words import fold, words_of
from alambic.knowledge import words

_WORD = re.compile(r"\w+")
_REACH = 60
_LONGEST = 5
"""Words of a town's name: `Saint-Georges-sur-Loire` has four."""
_LIES = re.compile(
    r"(?:(?<!\w)(?:à|au|aux|de|du|des|vers|depuis|entre|et|en|la)|(?<!\w)d['’]|[–—/])\s?$", re.IGNORECASE
)
"""What stands before the name of the place where something lies."""
_LISTED = re.compile(r"([A-ZÀ-Þ][\w'’-]+)(?:, | et | ou )$")
_OFFICE = re.compile(
    r"(?<!\w)(?:sous-)?(?:préf[eè]te?|mair(?:e|esse)|députée?|sénat(?:eur|rice)|évêque|archevêque|bourgmestre|consule?"
    r"|procureure?(?: de la République)?)(?: [a-zà-ÿ]+)? (?:à |de |du |des |de la |de l['’]|d['’]|près )$",
    re.IGNORECASE,
)
"""An office that is held in a place: `préfète de la Drôme`, `député du Nord`."""


@cache
def _places() -> frozenset[Words]:
    folded = fold("\n".join(words("alambic.entities.data", "places.txt")))  # at once: there are ten thousand
    return frozenset(tuple(_WORD.findall(name)) for name in folded.split("\n"))


def is_place(name: Words) -> bool:
    """Whether folded words are a town or a department: `("saint", "etienne")`."""
    return name in _places()


def begins_with_place(name: Words) -> bool:
    """Whether folded words begin with a town: `("paris", "la", "defense")`."""
    return any(is_place(name[:n]) for n in range(1, min(len(name), _LONGEST) + 1))


def lies_there(text: str, start: int) -> bool:
    """Whether what stands before `start` leads to the name of a place: `à Firminy`, `laboratoire de Maisons-Alfort`.

    >>> lies_there("la forge de Firminy", 12), lies_there("Firminy recrute", 0)
    (True, False)
    """
    if _LIES.search(text, max(0, start - _REACH), start):
        return True
    before = _LISTED.search(text, max(0, start - _REACH), start)
    return before is not None and is_place(words_of(before.group(1)))


def are_places(name: str) -> bool:
    """Whether a name is a town or a department, or two of them: `Berne et Zurich`."""
    return all(is_place(words_of(part)) for part in name.split(" et ", 1))


def is_seat_of_office(text: str, start: int) -> bool:
    """Whether the office that stands before `start` is held in a place.

    >>> is_seat_of_office("Anne Vial, préfète de la Drôme", 25), is_seat_of_office("présidente de la Drôme", 17)
    (True, False)
    """
    return _OFFICE.search(text, max(0, start - _REACH), start) is not None
