"""Names that an address spells: `Open Food Facts` beside `producteurs@openfoodfacts.org`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alambic.entities.lexicon import SMALL_WORDS, common_nouns, first_names
from alambic.entities.places import is_place
from alambic.entities.words import Words, close_gap, fold

_SHORTEST = 4
_MOST_WORDS = 6
_NOT_THE_NAME = frozenset(
    "www gouv asso com co org net edu ac ville mairie univ presse press contact".split()
)


def labels_of_hosts(addresses: Iterable[str]) -> set[str]:
    """The letters of the names in the hosts of e-mail addresses and URLs; top-level domains left out.

    >>> sorted(labels_of_hosts(["presse@open-food.example", "https://www.verkor.com/presse"]))
    ['openfood', 'verkor']
    """
    found = set()
    for address in addresses:
        if address.startswith("#"):
            continue
        host = fold(address).rpartition("@")[2].partition("://")[2] or fold(address).rpartition("@")[2]
        labels = host.split("/")[0].split("?")[0].split(":")[0].split(".")
        for label in labels[:-1]:
            letters = "".join(c for c in label if c.isalnum())
            if len(letters) >= _SHORTEST and letters not in _NOT_THE_NAME:
                found.add(letters)
    return found


def spelled(index: Words, labels: set[str]) -> Iterator[tuple[int, int]]:
    """The places of names written with capitals whose letters are one of `labels`: offsets into the indexed text.

    A single word counts where the text writes it with a capital everywhere, and where it is no first name, no place
    and no common noun.
    """
    openings = {label[:_SHORTEST] for label in labels}
    longest = max(map(len, labels), default=0)
    last = -1
    for first in range(len(index)):
        if first <= last or not _begins_a_name(index, first):
            continue
        letters = ""
        for number in range(first, min(first + _MOST_WORDS, len(index))):
            if number > first and not close_gap(index.text[index.ends[number - 1] : index.starts[number]]):
                break
            letters += index.folded[number]
            if len(letters) > longest or letters[:_SHORTEST] not in openings and len(letters) >= _SHORTEST:
                break
            if letters in labels and (number > first or _is_own_name(index, first)):
                yield index.starts[first], index.ends[number]
                last = number
                break


def _begins_a_name(index: Words, number: int) -> bool:
    return index.text[index.starts[number]].isupper() and index.folded[number] not in SMALL_WORDS


def _is_own_name(index: Words, number: int) -> bool:
    word = index.folded[number]
    if word in first_names() or (word,) in common_nouns() or is_place((word,)):
        return False
    return all(index.text[index.starts[place]].isupper() for place in index.places(word)[:50])
