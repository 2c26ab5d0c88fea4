"""The nouns that open a function, and the words that stand around them in one (`data/roles.txt`, `data/role_words.txt`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from alambic.entities.lexicon import Words
from alambic.entities.words import fold, words_of
from alambic.knowledge import rows

_DATA = "alambic.entities.data"
_PREFIX = re.compile(r"(?:vice|co|ex|sous|pro|super)[-‑ ]?")
_BUILT = re.compile(
    r".{3,}(?:ologues?|nomes?|iciens?|iciennes?|istes?|ateurs?|atrices?|graphes?|iatres?|iers?|ieres?|gers?|geres?|eurs?|euses?|trices?)"
)
_FRENCH = frozenset("pdg p-dg dg dga dgs daf drh dsi rssi dircom dpo".split())
_ENGLISH = frozenset("director manager officer president head partner lead founder chairman".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun of function tells: see `Role`."""

    sort: str
    gender: str
    human: bool


@cache
def _nouns() -> dict[Words, Noun]:
    """Folded nouns of function."""
    found: dict[Words, Noun] = {}
    for he, she, sort, *firm in rows(_DATA, "roles.txt"):
        both = words_of(he) == words_of(she)
        if not both or words_of(he) not in found:  # `President` in English takes nothing from `président`
            found[words_of(he)] = Noun(sort, "" if both else "m", not firm)
        found.setdefault(words_of(she), Noun(sort, "" if both else "f", not firm))
    return found


@cache
def around(part: str) -> frozenset[str]:
    """Words of `data/role_words.txt`, accents kept: `à` completes a function, `a` ends it."""
    return frozenset(row[0] for row in rows(_DATA, "role_words.txt") if row[1] == part)


@lru_cache(maxsize=16384)
def noun_of_function(word: str) -> Noun | None:
    """What a word (hyphens kept) tells if it opens a function, else `None`.

    >>> noun_of_function("vice-présidente")
    Noun(sort='post', gender='f', human=True)
    """
    if word.lower() in around("thing"):
        return None
    if "." in word:
        word = "".join(c for c in word if c.isalnum())
    parts = words_of(word)
    known = _nouns()
    if parts in known:
        return known[parts]
    bare = words_of(_PREFIX.sub("", fold(word), count=1))
    if bare and bare in known:
        return known[bare]
    if len(parts) > 1:
        return next((known[(p,)] for p in parts if (p,) in known and p != "membre"), None)
    return None


def noun_of_several(words: Words) -> Noun | None:
    """What a noun of function of several words tells (`tête de liste`), `None` where they are none."""
    return _nouns().get(words)


@cache
def _first_of_several() -> frozenset[Words]:
    return frozenset(noun[:1] for noun in _nouns() if len(noun) > 1)


def opens_several(word: Words) -> bool:
    """Whether a noun of function of several words begins with a word; most words are told apart by this alone."""
    return word in _first_of_several()


def is_plural_noun(word: str) -> bool:
    """Whether a word opens the function of several people.

    >>> is_plural_noun("directeurs"), is_plural_noun("directeur"), is_plural_noun("co-présidentes")
    (True, False, True)
    """
    return word[-1:] in "sx" and noun_of_function(word) is None and noun_of_function(word[:-1]) is not None


def built_like_trade(word: str) -> bool:
    """Whether a word in lower case is built like the noun of a trade (`fromager`, `hydrologue`)."""
    return word.islower() and bool(_BUILT.fullmatch(fold(word))) and word not in around("never")


def is_english_noun(word: str) -> bool:
    """Whether a word ends an English title: `Director` in `Managing Director`, `VP` in `Group VP`."""
    known = noun_of_function(word)
    if known is None or known.sort != "post":
        return False
    return word.lower() in _ENGLISH or (word.isupper() and fold(word) not in _FRENCH)
