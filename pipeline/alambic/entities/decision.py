"""One decision per name and release: what it is, and where it stands.

A recogniser reads each mention alone. Here the mentions of one name (same words, legal form aside) are weighed
together: the probabilities that the recogniser gives to each of them, the cues around them, the addresses of the
contact. The label that wins holds for all of them, save where the text itself says otherwise (`M. Orange`); the
name is then looked for in the whole text, and mentions that stay doubtful are dropped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from alambic.entities.cues import Cue, cue_at
from alambic.entities.enumerations import listed_first_names
from alambic.entities.expansions import with_long_forms
from alambic.entities.gathering import repaired, with_listed, with_spelled
from alambic.entities.hosts import labels_of_hosts
from alambic.entities.lexicon import Words, first_names
from alambic.entities.names import LONGEST, MOST_PLACES, STRONGEST, Name, names_of
from alambic.entities.reading import Mention, Reading
from alambic.entities.refining import refined_names
from alambic.entities.spreading import inside_longer, spread
from alambic.entities.things import without_things
from alambic.entities.words import Words as Index
from alambic.entities.words import fold
from alambic.entities.works import with_publishers
from alambic.entities.zones import Zones, addresses, ministers

_FLOOR = 0.02
_OVERRULED = 4.0
_ADDRESS = 5.0
_LONELY = 3.0
_FIRST_NAME = 6.0


def decide(text: str, reading: Reading) -> list[Mention]:
    """The mentions of a text after one decision per name, sorted, without overlap."""
    index = Index(text)
    closed = Zones(addresses(text))
    hosts = labels_of_hosts(text[start:end] for start, end in closed.stretches)
    governed = Zones(ministers(text))
    mentions = repaired(text, reading, closed, governed)
    listed = Zones(listed_first_names(text))
    mentions = with_publishers(text, with_listed(mentions, listed))
    mentions = list(with_long_forms(text, mentions))
    mentions = with_spelled(reading, index, mentions, hosts, closed)
    names = names_of(text, index, mentions, listed)
    refined = refined_names(text, index, mentions, names)
    if refined is not mentions:
        names = names_of(text, index, refined, listed)
    _label(text, reading, index, names, closed)
    names = without_things(text, index, names, hosts, closed)
    decided = [m for name in names.values() for m in _relabelled(name)]
    return spread(text, reading, index, names, decided, closed, governed)


def _label(text: str, reading: Reading, index: Index, names: dict[Words, Name], closed: Zones) -> None:
    """Decides on organisation or person for each name, from all its mentions."""
    hosts, users = _address_words(text, closed)
    families: set[str] = set()
    given: set[str] = set()
    for name in names.values():
        if name.is_full_person:
            families.update(name.words[1:])
            given.add(name.words[0])
    for name in names.values():
        weight = 0.0
        for mention, cue in zip(name.mentions, name.cues, strict=True):
            _, org, per = reading.score(mention.start, mention.end)
            if org + per < _FLOOR:
                org, per = (mention.confidence, 0.0) if mention.label == "ORG" else (0.0, mention.confidence)
            weight += (
                max(-STRONGEST, min(STRONGEST, math.log((org + _FLOOR) / (per + _FLOOR)))) + cue.org - cue.per
            )
        weight += sum(cue.org - cue.per for cue in _cues_elsewhere(text, index, name))
        joined = "".join(name.words)
        if len(joined) > 3 and any(joined in host for host in hosts):
            weight += _ADDRESS
        if len(name.words) > 1 and any(
            name.words[-1] in user and name.words[0][0] == user[0] for user in users
        ):
            weight -= _ADDRESS
        if len(name.words) == 1:
            weight += _standing(name, families, given)
        name.label = "ORG" if weight > 0 else "PER"


def _cues_elsewhere(text: str, index: Index, name: Name) -> Iterator[Cue]:
    """The cues at the places of a name that the recogniser passed over, where the name begins with a capital."""
    if len(name.words) > LONGEST:
        return
    seen = {mention.start for mention in name.mentions}
    label = name.mentions[0].label
    for place in islice(index.find(name.words), MOST_PLACES):
        start, end = index.starts[place.start], index.ends[place.stop - 1]
        if start not in seen and text[start].isupper() and not inside_longer(text, start, end):
            yield cue_at(text, start, end, label)


def _standing(name: Name, families: set[str], given: set[str]) -> float:
    """What a one-word name tells by its place among the names of the release.

    A first name of someone named in full is that person; a word repeated that is nobody's first name or surname
    hardly is one.
    """
    word = name.words[0]
    if word in given:
        return -_FIRST_NAME - len(name.mentions)
    if word in families or word in first_names():
        return 0.0
    return _LONELY if len(name.mentions) > 1 else _LONELY / 2


def _address_words(text: str, closed: Zones) -> tuple[list[str], list[str]]:
    """Hosts and user names of the addresses of a text, folded, letters alone."""
    hosts, users = [], []
    for start, end in closed.stretches:
        address = fold(text[start:end])
        if address.startswith("#"):
            continue
        user, at, host = address.rpartition("@")
        hosts.append("".join(c for c in host if c.isalnum()))
        if at and user:
            users.append("".join(c for c in user if c.isalnum()) or "-")
    return hosts, users


def _relabelled(name: Name) -> list[Mention]:
    kept = []
    for mention, cue in zip(name.mentions, name.cues, strict=True):
        against = cue.per - cue.org if name.label == "ORG" else cue.org - cue.per
        label = name.label if against < _OVERRULED else ("PER" if name.label == "ORG" else "ORG")
        kept.append(Mention(mention.start, mention.end, label, mention.confidence))
    return kept
