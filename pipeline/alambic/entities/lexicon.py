"""What this room knows of French names, read once from `data/`: folded words, ready to look up."""

from __future__ import annotations

from functools import cache

from alambic.entities.words import fold, words_of
from alambic.knowledge import rows, words

_DATA = "alambic.entities.data"
ARTICLES = frozenset({"le", "la", "les", "l", "the"})
DETERMINERS = frozenset("le la les l cette ce notre une un sa son".split())
SMALL_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "de",
        "du",
        "des",
        "d",
        "a",
        "au",
        "aux",
        "en",
        "et",
        "ou",
        "pour",
        "par",
        "sur",
        "sous",
        "dans",
        "the",
        "of",
        "for",
        "and",
        "in",
        "on",
        "und",
        "der",
        "die",
        "das",
        "van",
    ]
)

Words = tuple[str, ...]


@cache
def civilities() -> dict[Words, str]:
    """Folded words of address, and the gender that each tells (`m`, `f` or nothing)."""
    return {words_of(row[0]): row[1] if len(row) > 1 else "" for row in rows(_DATA, "civilities.txt")}


@cache
def first_names() -> dict[str, str]:
    """Folded first names (hyphens kept) and their gender (`m`, `f` or nothing)."""
    return {fold(row[0]): row[1] if len(row) > 1 else "" for row in rows(_DATA, "first_names.txt")}


@cache
def legal_forms(place: str) -> frozenset[Words]:
    """Folded legal forms that stand `after` or `before` a name."""
    return frozenset(words_of(row[0]) for row in rows(_DATA, "legal_forms.txt") if row[1] in (place, "both"))


@cache
def heads(*sorts: str) -> frozenset[Words]:
    """Folded common nouns that open an organisation's name: `part`, `kind` or `joins`, or several (see the data file)."""
    return frozenset(
        words_of(row[0])
        for row in rows(_DATA, "organisation_heads.txt")
        if not set(sorts).isdisjoint(row[1:])
    )


@cache
def tails(relation: str) -> frozenset[str]:
    """Folded words that end a longer name and tell whether it is the `same` body as the short one or an `other`."""
    return frozenset(fold(row[0]) for row in rows(_DATA, "name_tails.txt") if row[1] == relation)


@cache
def company_nouns() -> frozenset[Words]:
    """Folded nouns that tell what a company or another body is (`assureur`, `éditeur`)."""
    return frozenset(words_of(noun) for noun in words(_DATA, "company_nouns.txt"))


@cache
def own_kinds() -> frozenset[Words]:
    """Folded nouns by which a release calls a body that it has named (`la société`, `l'association`)."""
    return frozenset(words_of(noun) for noun in words(_DATA, "own_kinds.txt"))


@cache
def product_nouns() -> frozenset[Words]:
    """Folded nouns that tell that the name after them names a thing (`application`, `prix`)."""
    return frozenset(words_of(noun) for noun in words(_DATA, "product_nouns.txt"))


@cache
def role_fields(part: str) -> frozenset[Words]:
    """Folded words inside a function that name no organisation: `field` or `adjective`."""
    return frozenset(words_of(row[0]) for row in rows(_DATA, "role_fields.txt") if row[1] == part)


@cache
def territories() -> frozenset[Words]:
    """Folded names of territories."""
    return frozenset(words_of(name) for name in words(_DATA, "territories.txt"))


@cache
def building_nouns() -> frozenset[Words]:
    """Nouns of sites and buildings, which a name with them names: `Usine de Bécancour`, `Hôtel de Région`."""
    return frozenset(words_of(noun) for noun in words(_DATA, "building_nouns.txt"))


@cache
def common_nouns() -> frozenset[Words]:
    """Nouns that name no organisation by themselves, folded."""
    return frozenset(words_of(noun) for noun in words(_DATA, "common_nouns.txt"))


@cache
def common_short_forms() -> frozenset[str]:
    """Short forms in capitals that name no organisation (`TVA`, `CDI`)."""
    return frozenset(words(_DATA, "common_short_forms.txt"))


def opening(words: Words, known: frozenset[Words]) -> int:
    """How many of the first `words` are the longest entry of `known` that they start with; 0 if none.

    >>> opening(("conseil", "regional", "de", "bretagne"), heads("part"))
    2
    """
    for n in range(min(5, len(words)), 0, -1):
        if words[:n] in known:
            return n
    return 0


def closing(words: Words, known: frozenset[Words]) -> int:
    """The same from the end of `words`."""
    for n in range(min(5, len(words)), 0, -1):
        if words[-n:] in known:
            return n
    return 0
