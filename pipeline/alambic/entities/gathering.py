"""The mentions of one text as they go into the decision: pieces joined, bounds mended, what addresses and lists tell added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from alambic.entities.hosts import spelled
from alambic.entities.lexicon import ARTICLES, SMALL_WORDS, first_names, heads, opening
from alambic.entities.names import SURE, are_two
from alambic.entities.reading import Mention, Reading
from alambic.entities.spans import repair
from alambic.entities.words import Words as Index
from alambic.entities.words import fold, words_of
from alambic.entities.zones import Zones

_ASKS_FOR_MORE = re.compile(r"\s(?:et|&|and|of|de|des|du|pour|de la|aux?|for)$|\b[dl]['’]$|-$")
_BEGINS_WITH_LINK = re.compile(r"(?:de|du|des|d['’]|et)\b", re.IGNORECASE)
_NEAR = 60
_REST_OF_WORD = re.compile(r"(?:-\w+)+")
_DOUBT = 0.1


def repaired(text: str, reading: Reading, closed: Zones, governed: Zones) -> list[Mention]:
    """What the recogniser saw, pieces put together and bounds mended, outside the zones where no name stands."""
    found: list[Mention] = []
    reach = 0
    joined = list(_joined(text, reading.mentions))
    for mention, following in zip_longest(joined, joined[1:]):
        whole = _hyphenated(text, mention.end, following.start if following else len(text))
        for start, end in repair(text, mention.start, whole, mention.label):
            if closed.touch(start, end) or (mention.label == "ORG" and governed.touch(start, end)):
                continue
            if mention.confidence < SURE and _is_phrase(text, start, end, mention.label):
                continue
            if start >= reach:
                found.append(Mention(start, end, mention.label, mention.confidence))
                reach = end
    return found


def with_listed(mentions: list[Mention], listed: Zones) -> list[Mention]:
    """The mentions, those that touch a list of first names replaced by its names."""
    if not any(listed.touch(m.start, m.end) for m in mentions):
        return mentions
    kept = [m for m in mentions if not listed.touch(m.start, m.end)]
    people = [Mention(start, end, "PER", SURE) for start, end in listed.stretches]
    return sorted(kept + people, key=lambda m: m.start)


def with_spelled(
    reading: Reading, index: Index, mentions: list[Mention], hosts: set[str], closed: Zones
) -> list[Mention]:
    """The mentions, and the names that addresses of the text spell where the recogniser was in doubt."""
    seen = Zones((m.start, m.end) for m in mentions)
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end in spelled(index, hosts):
        if not (closed.touch(start, end) or seen.touch(start, end)):
            places.setdefault("".join(words_of(index.text[start:end])), []).append((start, end))
    added = [
        Mention(start, end, "ORG", SURE)
        for same in places.values()
        if any(reading.score(start, end)[1] > _DOUBT for start, end in same)
        for start, end in same
    ]
    return sorted(mentions + added, key=lambda m: m.start) if added else mentions


def _hyphenated(text: str, end: int, limit: int) -> int:
    """The end of the hyphenated word in which a recogniser ended a name (`Orange Ile-de|-France`)."""
    rest = _REST_OF_WORD.match(text, end)
    return rest.end() if rest and rest.end() <= limit else end


def _is_phrase(text: str, start: int, end: int, label: str) -> bool:
    """Words in lower case that open no body's name: `génie-conseil`, `nation sénégalaise`."""
    name = text[start:end]
    if label != "ORG" or not name.islower():
        return False
    words = words_of(name)
    return len(words) > 1 and not opening(words, heads("part", "joins", "kind"))


def _joined(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, those that are pieces of one name put together."""
    touching = [_touch(text, *pair) for pair in pairwise(mentions)]
    waiting: Mention | None = None
    for number, mention in enumerate(mentions):
        if waiting is None:
            waiting = mention
            continue
        alone = touching[number - 1] and not any(
            touching[max(0, number - 2) : number - 1] + touching[number : number + 1]
        )
        if alone or _goes_on(text, waiting, mention):
            both = (waiting.confidence + mention.confidence) / 2
            waiting = Mention(waiting.start, mention.end, mention.label, both)
            continue
        yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting


def _touch(text: str, piece: Mention, following: Mention) -> bool:
    """Whether nothing but a blank parts two organisations: `Télécom| SudParis`, `McDermott| Will & Emery`.

    Where more than two touch, they are the names of a list that has lost its marks.
    """
    return (
        piece.label == following.label == "ORG"
        and text[piece.end : following.start] == " "
        and text[piece.start].isupper()
        and text[following.start].isupper()
        and not set(words_of(text[piece.start : piece.end])[-1:]) & (SMALL_WORDS - ARTICLES)
        and "\t" not in text[following.end : following.end + _NEAR].split("\n", 1)[0]
        and not text[piece.start : following.end].isupper()
    )


def _goes_on(text: str, piece: Mention, following: Mention) -> bool:
    """Whether `following` is the rest of the name that `piece` begins: it, or the line before it, asks for more."""
    between = text[piece.end : following.start]
    if piece.label == following.label == "PER":
        first = text[piece.start : piece.end]
        if between != " " or " " in first:
            return False
        second = text[following.start : following.end].split()[0]
        return (
            fold(first) in first_names() or fold(second) not in first_names()
        )  # `Ndèye` + `Tické Ndiaye Diop`
    if not piece.label == following.label == "ORG":
        return False
    if between == "\n" and _BEGINS_WITH_LINK.match(text, following.start):
        if opening(words_of(text[piece.start : piece.end]), heads("part")):
            return True
    if between.strip() or len(between) > 2:
        return False
    link = _ASKS_FOR_MORE.search(text, piece.start, piece.end)
    return link is not None and not are_two(
        text[piece.start : link.start()], link.group(), text[following.start : following.end]
    )
