"""Bounds of names told by other mentions: what else stands with a name that the text uses alone, or never alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from alambic.entities.lexicon import DETERMINERS, SMALL_WORDS, Words, heads, legal_forms, opening, territories
from alambic.entities.names import LONGEST, MOST_PLACES, Name, are_two, core, in_capitals, span_of
from alambic.entities.reading import Mention
from alambic.entities.words import Words as Index
from alambic.entities.words import words_of


def refined_names(
    text: str, index: Index, mentions: list[Mention], names: dict[Words, Name]
) -> list[Mention]:
    """Spans that hold a name known from elsewhere and something more: the name is what counts.

    Two first names or known names joined by `et` are two.

    `CLARA LÈVE 12 MILLIONS` (a line of capitals does not tell a name from a verb);
    `Orange d'asseoir` (words in lower case after a known name), `Gigafactory Verkor` (before it a noun that the text
    also uses with an article: `la Gigafactory`), `Association Coexister` where `Coexister` stands alone too.
    """
    refined: list[Mention] = []
    changed = False
    given = {name.words[0] for name in names.values() if name.is_full_person}
    for mention in mentions:
        pair = _known_pair(text, mention, names, given)
        if pair:
            changed = True
            refined.extend(pair)
            continue
        start, end = mention.start, mention.end
        if mention.label == "ORG" and (more := _always_followed(text, index, mention)):
            changed = True
            refined.append(Mention(start, more, mention.label, mention.confidence))
            continue
        inside = index.inside(start, end)
        words = tuple(index.folded[inside.start : inside.stop])
        if len(names[core(words)].mentions) == 1 and in_capitals(text, start, end):
            if not opening(words, heads("part", "kind")) and any(part in names for part in _parts(words)):
                changed = True  # the known name is found again where all its places are looked for
                continue
        elif mention.label == "ORG":
            for n in range(len(words) - 1, 0, -1):
                tail = text[index.starts[inside.start + n] : end]
                if words[n:] in legal_forms("after"):
                    continue
                known = words[:n] in names and len(names[words[:n]].mentions) > 1
                if known and tail.islower() and len(names[core(words)].mentions) == 1:
                    end = index.ends[inside.start + n - 1]
                    break
            rest = words[1:]
            if (
                rest
                and rest in names
                and text[index.ends[inside.start]].isspace()
                and end == mention.end
                and (
                    words[0] == "association"
                    or len(names[rest].mentions) > 1
                    and _with_article(text, index, words, inside.start)
                )
            ):
                start = index.starts[inside.start + 1]
        changed = changed or (start, end) != (mention.start, mention.end)
        refined.append(Mention(start, end, mention.label, mention.confidence))
    return refined if changed else mentions


def _always_followed(text: str, index: Index, mention: Mention) -> int | None:
    """The end of the longer name, where the same word with a capital follows at every place (`Open Food` + `Facts`)."""
    inside = index.inside(mention.start, mention.end)
    words = tuple(index.folded[inside.start : inside.stop])
    following = index.folded[inside.stop : inside.stop + 1]
    if not words or not following or following[0] in SMALL_WORDS or words in territories():
        return None
    places = list(islice(index.find(words), MOST_PLACES))
    if len(places) < 2:
        return None
    for place in places:
        gap = text[index.ends[place.stop - 1] : index.starts[place.stop]] if place.stop < len(index) else ""
        if gap != " " or index.folded[place.stop].removesuffix("s") != following[0].removesuffix("s"):
            return None
        if not text[index.starts[place.stop]].isupper() or in_capitals(text, *span_of(index, place)):
            return None
    return index.ends[inside.stop]


def _known_pair(
    text: str, mention: Mention, names: dict[Words, Name], given: set[str]
) -> tuple[Mention, Mention] | None:
    """`Alexandre et Tess` where the release names `Tess Fabre`; `Bel et Avril` where `Avril` stands alone too."""
    parts = re.split(r"(\s(?:et|and)\s)", text[mention.start : mention.end])
    if mention.label != "ORG" or len(parts) != 3 or not are_two(*parts):
        return None
    first, second = words_of(parts[0]), words_of(parts[2])
    if first[:1] and first[0] in given or second[:1] and second[0] in given:
        label = "PER"
    elif known := names.get(first) or names.get(second):
        label = known.mentions[0].label
    else:
        return None
    middle = mention.start + len(parts[0])
    return (
        Mention(mention.start, middle, label, mention.confidence),
        Mention(middle + len(parts[1]), mention.end, label, mention.confidence),
    )


def _with_article(text: str, index: Index, words: Words, here: int) -> bool:
    """Whether the first of `words` stands elsewhere after an article, without the others: it is a common noun."""
    if words[:1] in heads("part") or words[:1] in heads("kind"):
        return False
    for place in index.places(words[0])[:50]:
        following = index.folded[place + 1 : place + 2]
        if place and place != here and index.folded[place - 1] in DETERMINERS and following != [words[1]]:
            return True
    return False


def _parts(words: Words) -> Iterator[Words]:
    """The shorter runs of `words`, of a name of ordinary length."""
    for first in range(min(len(words), LONGEST)):
        for last in range(first + 1, min(len(words), LONGEST) + 1):
            if last - first < len(words):
                yield words[first:last]
