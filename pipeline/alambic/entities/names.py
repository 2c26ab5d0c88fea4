"""A name in one release: its words, its mentions, the cues around them, and what it is decided to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from alambic.entities.cues import Cue, cue_at
from alambic.entities.lexicon import ARTICLES, Words, closing, legal_forms
from alambic.entities.reading import Mention
from alambic.entities.words import Words as Index
from alambic.entities.zones import Zones

STRONGEST = 2.5
"""Log-odds: the most that one reading of one mention counts for."""
SURE = 0.85
"""Confidence above which a recogniser is seldom wrong."""
LONGEST = 24
"""Words; what is longer is no name to look for elsewhere."""
MOST_PLACES = 200
"""Places of one name that are looked at: the text may repeat it without end."""
_FIRST_NAME = 6.0


@dataclass(slots=True)
class Name:
    """A name in one release: its mentions and, once looked for, its other places."""

    words: Words
    mentions: list[Mention] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    label: str = ""

    @property
    def best(self) -> float:
        return max(m.confidence for m in self.mentions)

    @property
    def is_full_person(self) -> bool:
        return len(self.words) > 1 and self.mentions[0].label == "PER"


def core(words: Words) -> Words:
    """The words of a name without its article and its legal form at the end."""
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    while 0 < (back := closing(words, legal_forms("after"))) < len(words):
        words = words[:-back]
    return words


def names_of(text: str, index: Index, mentions: Iterable[Mention], listed: Zones) -> dict[Words, Name]:
    """The names that `mentions` have, by their words without article and legal form; `listed` are lists of first names."""
    names: dict[Words, Name] = {}
    for mention in mentions:
        inside = index.inside(mention.start, mention.end)
        words = core(tuple(index.folded[inside.start : inside.stop]))
        name = names.setdefault(words, Name(words))
        name.mentions.append(mention)
        name.cues.append(
            Cue(per=_FIRST_NAME)
            if listed.touch(mention.start, mention.end)
            else cue_at(text, mention.start, mention.end, mention.label)
        )
    return names


def span_of(index: Index, place: range) -> tuple[int, int]:
    """The offsets of a range of words."""
    return index.starts[place.start], index.ends[place.stop - 1]


def in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the line around a place is written in capitals."""
    return text[text.rfind("\n", 0, start) + 1 : _line_end(text, end)].isupper()


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def are_two(first: str, link: str, second: str) -> bool:
    """`Médiacités et Goleaks`: single words with a capital each, joined by `et`, are two names."""
    return link.strip() in ("et", "and") and all(
        name[:1].isupper() and len(name.split()) == 1 for name in (first, second)
    )
