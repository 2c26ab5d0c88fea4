"""Names that are no body's: products, projects, prizes, places, common words."""

from __future__ import annotations

import re
from itertools import islice

from alambic.entities.acronyms import looks_like_acronym, may_stand_for
from alambic.entities.cues import acts, names_thing
from alambic.entities.lexicon import DETERMINERS, Words, heads, opening
from alambic.entities.names import LONGEST, MOST_PLACES, SURE, Name
from alambic.entities.places import are_places, begins_with_place, is_seat_of_office, lies_there
from alambic.entities.reading import Mention
from alambic.entities.words import Words as Index
from alambic.entities.words import fold, words_of
from alambic.entities.zones import Zones

_LOWER_CASE = re.compile(r"(?<!\w)[a-zà-öø-ÿœ][a-zà-öø-ÿœ' -]*")
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w-]*) $")
_REACH = 100
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:sites?|usines?|gares?|ports?|communes?|villages?|hameau|cantons?|quartiers?|aéroport|centrale|agence|plateforme|plate-forme|entrep[ôo]t|magasin|dépôt|chantier|atelier)"
    r"(?: [a-zà-öø-ÿ]+)? (?:d(?:e |u |['’])|[«\"“]\s?)$",
    re.IGNORECASE,
)
_DATELINE_ENDS = re.compile(
    r"(?: \([^()\n]{2,40}\))?, (?:le |ce )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?"
    r"\d{1,2}(?:er)? (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[A-ZÀ-Þ][a-zà-öø-ÿ]{3,}ée?s?")
_OPENS_SENTENCE = re.compile(r"(?:\A|\n|[.!?…»”]\s|[•–—-]\s)\Z")
_BREAKS = DETERMINERS | frozenset("et ou ses leur leurs des aux ces nos vos".split())
_ACTS = 2.0
_THINGS = 0.1
_THINGS_OF_A_HOST = 0.3
_SHORT = 3
_EDITIONS = frozenset("plus mini premium light lite edition enterprise community cloud".split())


def without_things(
    text: str, index: Index, names: dict[Words, Name], hosts: set[str], closed: Zones
) -> dict[Words, Name]:
    """The names of bodies and people; a thing's short name (`Ackify` beside `Ackify CE`) goes with it."""
    things = {words for words, name in names.items() if _is_thing(text, index, name, hosts, closed)}
    short = {words[:-1] for words in things if len(words) > 1 and _is_edition(words[-1])}
    for words in short & (names.keys() - things):
        places = islice(index.find(words), MOST_PLACES)
        told = any(cue.org or cue.per for cue in names[words].cues)
        if not told and not any(acts(text, index.ends[place.stop - 1]) for place in places):
            things.add(words)
    return {words: name for words, name in names.items() if words not in things}


def _is_edition(word: str) -> bool:
    """`CE`, `2`, `v3`, `Pro`: what tells versions of one thing apart."""
    return len(word) <= _SHORT or word in _EDITIONS


def _is_thing(text: str, index: Index, name: Name, hosts: set[str], closed: Zones) -> bool:
    """Whether the text calls the bearer of a name a product, a prize, a project, and nowhere lets it act or employ."""
    if name.label != "ORG":
        return False
    if _is_where_things_lie(text, name) or _is_common_word(text, name):
        return True
    if len(name.words) > LONGEST or any(cue.org >= _ACTS or cue.per >= _ACTS for cue in name.cues):
        return False
    places = [
        (index.starts[p.start], index.ends[p.stop - 1]) for p in islice(index.find(name.words), MOST_PLACES)
    ]
    places = [place for place in places if not closed.touch(*place)]
    if any(_shortens_common_words(text, start, end) for start, end in places):
        return True
    if len(name.words) == 1 and all(m.confidence < SURE and _is_a_place(text, m) for m in name.mentions):
        return not any(cue.org or cue.per for cue in name.cues) and len(name.mentions) == 1
    if any(acts(text, end) for _, end in places):
        return False
    things = sum(names_thing(text, start, end) for start, end in places)
    share = _THINGS_OF_A_HOST if "".join(name.words) in hosts else _THINGS
    return things > share * max(len(places), len(name.cues))


def _is_where_things_lie(text: str, name: Name) -> bool:
    """Whether the text makes no body of a place: `préfète du Haut-Velay`, `laboratoire de Maisons-Alfort`."""
    if opening(name.words, heads("part")):
        return False
    if all(is_seat_of_office(text, m.start) and text[m.start].isupper() for m in name.mentions):
        return True
    if begins_with_place(name.words) and all(_opens_dateline(text, m) for m in name.mentions):
        return True
    return all(
        mention.confidence < SURE
        and not (cue.org or cue.per)
        and are_places(text[mention.start : mention.end])
        and (lies_there(text, mention.start) or " et " in text[mention.start : mention.end])
        for mention, cue in zip(name.mentions, name.cues, strict=True)
    )


def _opens_dateline(text: str, mention: Mention) -> bool:
    """Whether the mention and a day make the beginning of a line: `Paris La Défense, le 12 février 2024`."""
    line = text.rfind("\n", max(0, mention.start - _REACH), mention.start) + 1
    before = text[line : mention.start] if line or mention.start <= _REACH else "…"
    cell = before.rpartition("\t")[2]
    return fold(cell).strip() in ("", "a", "fait a") and _DATELINE_ENDS.match(text, mention.end) is not None


def _is_common_word(text: str, name: Name) -> bool:
    """A word that the recogniser took once, in doubt, for a name: in lower case (`chargée de plaidoyer`, `aviron`).

    So is a participle that opens a sentence: `Immatriculée plateforme agréée`, `Sollicitée, la société …`.
    """
    if len(name.words) > 1 or len(name.mentions) > 1 or name.best >= SURE:
        return False
    mention = name.mentions[0]
    opens = _OPENS_SENTENCE.search(text, max(0, mention.start - 3), mention.start)
    return text[mention.start : mention.end].islower() or bool(
        opens and _PARTICIPLE.fullmatch(text, mention.start, mention.end)
    )


def _is_a_place(text: str, mention: Mention) -> bool:
    """`site de Mimizan`, `gare de Rennes`: what follows such a noun is where it lies."""
    return _PLACE_BEFORE.search(text, max(0, mention.start - _REACH), mention.start) is not None


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
            return not opening(phrase, heads("part", "kind"))
    return False
