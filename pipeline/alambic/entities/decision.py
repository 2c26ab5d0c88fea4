"""One decision per name and release: what it is, and where it stands.

A recogniser reads each mention alone. Here the mentions of one name (same words, legal form aside) are weighed
together: the probabilities that the recogniser gives to each of them, the cues around them, the addresses of the
contact. The label that wins holds for all of them, save where the text itself says otherwise (`M. Orange`); the
name is then looked for in the whole text, and mentions that stay doubtful are dropped.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from alambic.entities.acronyms import looks_like_acronym, may_stand_for
from alambic.entities.cues import Cue, acts, cue_at, names_thing
from alambic.entities.lexicon import (
    ARTICLES,
    SMALL_WORDS,
    Words,
    closing,
    first_names,
    heads,
    legal_forms,
    opening,
    territories,
)
from alambic.entities.reading import Mention, Reading
from alambic.entities.spans import repair
from alambic.entities.words import APOSTROPHES, fold, words_of
from alambic.entities.words import Words as Index
from alambic.entities.zones import Zones, addresses, ministers

_ASKS_FOR_MORE = re.compile(r"\s(?:et|&|and|of|de|des|du|pour|de la|aux?|for)$|\b[dl]['’]$|-$")
_BEGINS_WITH_LINK = re.compile(r"(?:de|du|des|d['’]|et)\b", re.IGNORECASE)
_DETERMINERS = frozenset("le la les l cette ce notre une un sa son".split())
_LOWER_CASE = re.compile(r"(?<!\w)[a-zà-öø-ÿœ][a-zà-öø-ÿœ' -]*")
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w-]*) $")
_REST_OF_WORD = re.compile(r"(?:-\w+)+")
_REACH = 100
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:sites?|usines?|gares?|ports?|communes?|villages?|hameau|cantons?|quartiers?|aéroport|centrale|agence)"
    r"(?: [a-zà-öø-ÿ]+)? (?:d(?:e |u |['’])|[«\"“]\s?)$",
    re.IGNORECASE,
)
_BREAKS = _DETERMINERS | frozenset("et ou ses leur leurs des aux ces nos vos".split())
_FLOOR = 0.02
_MOST = 2.5
_OVERRULED = 4.0
_LONGEST = 24
_SURE = 0.85
_ADDRESS = 5.0
_LONELY = 3.0
_FIRST_NAME = 6.0
_ACTS = 2.0
_MOST_PLACES = 200
_THINGS = 0.1
_SHORT = 3
_EDITIONS = frozenset("plus mini premium light lite edition enterprise community cloud".split())
_BARE_ALONE = 0.5
_BARE_KNOWN = 1.0


@dataclass(slots=True)
class _Name:
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


def decide(text: str, reading: Reading) -> list[Mention]:
    """The mentions of a text after one decision per name, sorted, without overlap."""
    index = Index(text)
    closed = Zones(addresses(text))
    governed = Zones(ministers(text))
    mentions = _repaired(text, reading, closed, governed)
    names = _names(text, index, mentions)
    refined = _refined(text, index, mentions, names)
    if refined is not mentions:
        names = _names(text, index, refined)
    _label(text, reading, index, names, closed)
    names = _without_things(text, index, names, closed)
    decided = [m for name in names.values() for m in _relabelled(name)]
    return _spread(text, reading, index, names, decided, closed, governed)


def _repaired(text: str, reading: Reading, closed: Zones, governed: Zones) -> list[Mention]:
    found: list[Mention] = []
    reach = 0
    joined = list(_joined(text, reading.mentions))
    for mention, following in zip_longest(joined, joined[1:]):
        whole = _hyphenated(text, mention.end, following.start if following else len(text))
        for start, end in repair(text, mention.start, whole, mention.label):
            if closed.touch(start, end) or (mention.label == "ORG" and governed.touch(start, end)):
                continue
            if mention.confidence < _SURE and _is_phrase(text, start, end, mention.label):
                continue
            if start >= reach:
                found.append(Mention(start, end, mention.label, mention.confidence))
                reach = end
    return found


def _hyphenated(text: str, end: int, limit: int) -> int:
    """The end of the hyphenated word in which a recogniser ended a name (`Orange Ile-de|-France`)."""
    rest = _REST_OF_WORD.match(text, end)
    return rest.end() if rest and rest.end() <= limit else end


def _is_phrase(text: str, start: int, end: int, label: str) -> bool:
    """Words in lower case that open no body's name: `génie-conseil`, `nation sénégalaise`."""
    name = text[start:end]
    words = words_of(name)
    opens = heads("part") | heads("joins") | heads("kind")
    return label == "ORG" and len(words) > 1 and name.islower() and not opening(words, opens)


def _joined(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, those that are pieces of one organisation's name put together."""
    waiting: Mention | None = None
    for mention in mentions:
        if waiting is None:
            waiting = mention
            continue
        if _goes_on(text, waiting, mention):
            both = (waiting.confidence + mention.confidence) / 2
            waiting = Mention(waiting.start, mention.end, "ORG", both)
            continue
        yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting


def _goes_on(text: str, piece: Mention, following: Mention) -> bool:
    """Whether `following` is the rest of the name that `piece` begins: it, or the line before it, asks for more."""
    if not piece.label == following.label == "ORG":
        return False
    between = text[piece.end : following.start]
    if between == "\n" and _BEGINS_WITH_LINK.match(text, following.start):
        if opening(words_of(text[piece.start : piece.end]), heads("part")):
            return True
    if between.strip() or len(between) > 2:
        return False
    link = _ASKS_FOR_MORE.search(text, piece.start, piece.end)
    return link is not None and not _are_two(
        text[piece.start : link.start()], link.group(), text[following.start : following.end]
    )


def _are_two(first: str, link: str, second: str) -> bool:
    """`Médiacités et Goleaks`: single words with a capital each, joined by `et`, are two names."""
    return link.strip() in ("et", "and") and all(
        name[:1].isupper() and len(name.split()) == 1 for name in (first, second)
    )


def core(words: Words) -> Words:
    """The words of a name without its article and its legal form at the end."""
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    while 0 < (back := closing(words, legal_forms("after"))) < len(words):
        words = words[:-back]
    return words


def _names(text: str, index: Index, mentions: Iterable[Mention]) -> dict[Words, _Name]:
    names: dict[Words, _Name] = {}
    for mention in mentions:
        inside = index.inside(mention.start, mention.end)
        words = core(tuple(index.folded[inside.start : inside.stop]))
        name = names.setdefault(words, _Name(words))
        name.mentions.append(mention)
        name.cues.append(cue_at(text, mention.start, mention.end, mention.label))
    return names


def _refined(text: str, index: Index, mentions: list[Mention], names: dict[Words, _Name]) -> list[Mention]:
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
        if len(names[core(words)].mentions) == 1 and _in_capitals(text, start, end):
            if not opening(words, heads("part") | heads("kind")) and any(
                part in names for part in _parts(words)
            ):
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
                rest in names
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
    places = list(islice(index.find(words), _MOST_PLACES))
    if len(places) < 2:
        return None
    for place in places:
        gap = text[index.ends[place.stop - 1] : index.starts[place.stop]] if place.stop < len(index) else ""
        if gap != " " or index.folded[place.stop] != following[0]:
            return None
        if not text[index.starts[place.stop]].isupper() or _in_capitals(text, *_span(index, place)):
            return None
    return index.ends[inside.stop]


def _span(index: Index, place: range) -> tuple[int, int]:
    return index.starts[place.start], index.ends[place.stop - 1]


def _known_pair(
    text: str, mention: Mention, names: dict[Words, _Name], given: set[str]
) -> tuple[Mention, Mention] | None:
    """`Alexandre et Tess` where the release names `Tess Fabre`; `Bel et Avril` where `Avril` stands alone too."""
    parts = re.split(r"(\s(?:et|and)\s)", text[mention.start : mention.end])
    if mention.label != "ORG" or len(parts) != 3 or not _are_two(*parts):
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
        if place and place != here and index.folded[place - 1] in _DETERMINERS and following != [words[1]]:
            return True
    return False


def _parts(words: Words) -> Iterator[Words]:
    """The shorter runs of `words`, of a name of ordinary length."""
    for first in range(min(len(words), _LONGEST)):
        for last in range(first + 1, min(len(words), _LONGEST) + 1):
            if last - first < len(words):
                yield words[first:last]


def _label(text: str, reading: Reading, index: Index, names: dict[Words, _Name], closed: Zones) -> None:
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
            weight += max(-_MOST, min(_MOST, math.log((org + _FLOOR) / (per + _FLOOR)))) + cue.org - cue.per
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


def _cues_elsewhere(text: str, index: Index, name: _Name) -> Iterator[Cue]:
    """The cues at the places of a name that the recogniser passed over, where the name begins with a capital."""
    if len(name.words) > _LONGEST:
        return
    seen = {mention.start for mention in name.mentions}
    label = name.mentions[0].label
    for place in islice(index.find(name.words), _MOST_PLACES):
        start, end = index.starts[place.start], index.ends[place.stop - 1]
        if start not in seen and text[start].isupper() and not _inside_longer(text, start, end):
            yield cue_at(text, start, end, label)


def _without_things(text: str, index: Index, names: dict[Words, _Name], closed: Zones) -> dict[Words, _Name]:
    """The names of bodies and people; a thing's short name (`Ackify` beside `Ackify CE`) goes with it."""
    things = {words for words, name in names.items() if _is_thing(text, index, name, closed)}
    short = {words[:-1] for words in things if len(words) > 1 and _is_edition(words[-1])}
    for words in short & (names.keys() - things):
        places = islice(index.find(words), _MOST_PLACES)
        told = any(cue.org or cue.per for cue in names[words].cues)
        if not told and not any(acts(text, index.ends[place.stop - 1]) for place in places):
            things.add(words)
    return {words: name for words, name in names.items() if words not in things}


def _is_edition(word: str) -> bool:
    """`CE`, `2`, `v3`, `Pro`: what tells versions of one thing apart."""
    return len(word) <= _SHORT or word in _EDITIONS


def _is_thing(text: str, index: Index, name: _Name, closed: Zones) -> bool:
    """Whether the text calls the bearer of a name a product, a prize, a project, and nowhere lets it act or employ."""
    if (
        name.label != "ORG"
        or len(name.words) > _LONGEST
        or any(cue.org >= _ACTS or cue.per >= _ACTS for cue in name.cues)
    ):
        return False
    places = [
        (index.starts[p.start], index.ends[p.stop - 1]) for p in islice(index.find(name.words), _MOST_PLACES)
    ]
    places = [place for place in places if not closed.touch(*place)]
    if any(_shortens_common_words(text, start, end) for start, end in places):
        return True
    if len(name.words) == 1 and all(
        m.confidence < _SURE and _is_a_place_or_word(text, m) for m in name.mentions
    ):
        return not any(cue.org or cue.per for cue in name.cues) and len(name.mentions) == 1
    if any(acts(text, end) for _, end in places):
        return False
    things = sum(names_thing(text, start, end) for start, end in places)
    return things > _THINGS * max(len(places), len(name.cues))


def _is_a_place_or_word(text: str, mention: Mention) -> bool:
    """`site de Mimizan`, `gare de Rennes`: what follows such a noun is where it lies; `aviron`: a word."""
    place = _PLACE_BEFORE.search(text, max(0, mention.start - _REACH), mention.start)
    return place is not None or text[mention.start : mention.end].islower()


def _shortens_common_words(text: str, start: int, end: int) -> bool:
    """Whether a short form in brackets stands for words in lower case that name no body: `proposition de loi (PPL)`."""
    short = text[start:end]
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")" or not looks_like_acronym(short):
        return False
    before = text[max(0, start - _REACH) : start - 1].rsplit("\n", 1)[-1]
    spelled = _LOWER_CASE.findall(before.rstrip())[-1:]
    if not spelled or not before.rstrip().endswith(spelled[0]):
        return False
    capital = _CAPITAL_BEFORE.search(before.rstrip()[: -len(spelled[0])])
    if capital and fold(capital.group(1)[0]) == fold(short[0]):
        return False  # `Direction générale de l'armement (DGA)`
    words = words_of(spelled[0])
    for first in range(len(words) - 2, 0, -1):
        phrase = words[first:]
        apart = first > 1 or not _BREAKS.isdisjoint(
            words[:first]
        )  # `Agence européenne des médicaments (EMA)`
        begins = apart and phrase[0][0] == fold(short[0])
        if begins and may_stand_for(short, " ".join(phrase)):
            return not (opening(phrase, heads("part")) or opening(phrase, heads("kind")))
    return False


def _standing(name: _Name, families: set[str], given: set[str]) -> float:
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


def _relabelled(name: _Name) -> list[Mention]:
    kept = []
    for mention, cue in zip(name.mentions, name.cues, strict=True):
        against = cue.per - cue.org if name.label == "ORG" else cue.org - cue.per
        label = name.label if against < _OVERRULED else ("PER" if name.label == "ORG" else "ORG")
        kept.append(Mention(mention.start, mention.end, label, mention.confidence))
    return kept


def _spread(
    text: str,
    reading: Reading,
    index: Index,
    names: dict[Words, _Name],
    decided: list[Mention],
    closed: Zones,
    governed: Zones,
) -> list[Mention]:
    """Adds the places of known names that the recogniser passed over; longer names first."""
    standing = sorted(decided, key=lambda m: m.start)
    starts = [m.start for m in standing]
    forms = _written_forms(text, names)
    added: list[Mention] = []
    for name in names.values():
        if len(name.words) > _LONGEST:
            continue
        ambiguous = len(name.words) == 1 and _is_also_a_word(text, index, name.words[0])
        known = len(name.words) > 1 and (len(name.mentions) > 1 or name.best > _SURE)
        for place in index.find(name.words):
            start, end = index.starts[place.start], index.ends[place.stop - 1]
            if closed.touch(start, end) or (name.label == "ORG" and governed.touch(start, end)):
                continue
            touching = _touching(standing, starts, start, end)
            if touching and not (known and all(_part_of(m, start, end, name.label) for m in touching)):
                continue
            if not _same_writing(text[start:end], forms[name.words]):
                continue
            confidence = _bare_confidence(text, reading, name, start, end, ambiguous=ambiguous)
            if confidence is not None:
                start, end = next(repair(text, start, end, name.label), (start, end))
                added.append(Mention(start, end, name.label, confidence))
    return _without_overlap(standing, added)


def _touching(standing: list[Mention], starts: list[int], start: int, end: int) -> list[Mention]:
    first = bisect_left(starts, start)
    if first and standing[first - 1].end > start:
        first -= 1
    return standing[first : bisect_left(starts, end, first)]


def _part_of(mention: Mention, start: int, end: int, label: str) -> bool:
    """Whether a mention is a mere piece of the name of the same label that stands at `start:end`."""
    inside = start <= mention.start and mention.end <= end
    return inside and mention.label == label and mention.end - mention.start < end - start


def _written_forms(text: str, names: dict[Words, _Name]) -> dict[Words, set[str]]:
    return {
        words: {" ".join(text[m.start : m.end].split()) for m in name.mentions}
        for words, name in names.items()
    }


def _same_writing(found: str, forms: set[str]) -> bool:
    """Whether a place writes a known name as it is written elsewhere, in capitals, or with other accents and joins."""
    found = " ".join(found.split())
    if found in forms:
        return True
    if found.islower():
        return any(form.islower() for form in forms)
    if found.isupper():
        return True
    return any(form.isupper() or _capitals(found) == _capitals(form) or found in form for form in forms)


def _capitals(name: str) -> str:
    return "".join(c for c in fold_keeping_case(name) if c.isalpha())


def fold_keeping_case(name: str) -> str:
    """A name without accents, its capitals kept."""
    return "".join(fold(c).upper() if c.isupper() else fold(c) for c in name)


def _bare_confidence(
    text: str, reading: Reading, name: _Name, start: int, end: int, *, ambiguous: bool
) -> float | None:
    """How sure it is that a place which the recogniser passed over holds the name; `None` if it does not."""
    none, org, per = reading.score(start, end)
    alone = len(name.words) == 1
    limit = _BARE_KNOWN if len(name.mentions) > 1 or name.best > _SURE else _BARE_ALONE
    if alone and (ambiguous or _inside_longer(text, start, end)):
        limit = _BARE_ALONE
    cue = cue_at(text, start, end, name.label)
    support = (cue.org if name.label == "ORG" else cue.per) - (cue.per if name.label == "ORG" else cue.org)
    if support < 0 or (none > limit and support < _MOST):
        return None
    return min(name.best, max(org if name.label == "ORG" else per, 1 - none, _BARE_ALONE))


def _is_also_a_word(text: str, index: Index, word: str) -> bool:
    """Whether a one-word name also stands in lower case, as a common word."""
    return word in SMALL_WORDS or any(text[index.starts[i]].islower() for i in index.places(word)[:200])


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the line around a place is written in capitals."""
    return text[text.rfind("\n", 0, start) + 1 : _line_end(text, end)].isupper()


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _inside_longer(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after, so that the place may be part of another name.

    In a line of capitals that says nothing.
    """
    if _in_capitals(text, start, end):
        return False
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in " -" and after[1].isupper():
        return True
    if start < 2 or text[start - 1] not in " -":
        return False
    before = text[max(0, start - 30) : start - 1].split()
    return (
        bool(before)
        and before[-1][0].isupper()
        and before[-1][-1].isalnum()
        and not any(mark in before[-1] for mark in APOSTROPHES)
    )


def _without_overlap(standing: list[Mention], added: list[Mention]) -> list[Mention]:
    """The longest first where mentions overlap; what the recogniser saw before what was added."""
    kept: list[Mention] = []
    for mention in sorted(standing + added, key=lambda m: (m.start, -(m.end - m.start))):
        while (
            kept
            and mention.start < kept[-1].end
            and mention.end - mention.start > kept[-1].end - kept[-1].start
        ):
            kept.pop()
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
