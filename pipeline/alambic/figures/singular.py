"""The singular of a French noun."""

from __future__ import annotations

from alambic.knowledge import rows, words

_IRREGULAR = {plural: singular for plural, singular in rows("alambic.figures", "singulars.txt")}
_INVARIABLE = frozenset(words("alambic.figures", "invariables.txt"))
_UNMARKED = frozenset(words("alambic.figures", "unmarked.txt"))


def singular(noun: str) -> str:
    """The singular of a noun in lower case; a noun that is no plural comes back as it is.

    >>> [singular(noun) for noun in ("emplois", "travaux", "chevaux", "bureaux", "prix", "pays", "lycées")]
    ['emploi', 'travail', 'cheval', 'bureau', 'prix', 'pays', 'lycée']
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _INVARIABLE or noun in _UNMARKED:
        return noun
    if "-" in noun:
        return _compound(noun)
    if noun.endswith(("ais", "ois", "virus")):
        return noun
    if noun.endswith("eaux"):
        return noun[:-1]
    if noun.endswith("aux"):
        return noun[:-3] + "al"
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun[:-1]
    return noun


def _compound(noun: str) -> str:
    """`sous-traitants` → `sous-traitant`, `experts-comptables` → `expert-comptable`."""
    return "-".join(part if part in _FIRST_PARTS else singular(part) for part in noun.split("-"))


_FIRST_PARTS = frozenset(["sous", "vice", "ex", "contre", "avant", "après", "non", "mi", "semi", "sans", "hors", "porte", "lave", "d'", "de", "à", "en", "les", "des", "dix", "trois", "six", "pas", "plus", "bas"])  # fmt: skip


def is_plural(noun: str) -> bool:
    """Whether a noun in lower case can be a plural."""
    return noun[-1] in "sx" or noun in _IRREGULAR or noun in _INVARIABLE or noun in _UNMARKED
