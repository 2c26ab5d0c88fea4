"""Reads functions: `président de la Région`, `ministre délégué auprès du …, chargé de l'Industrie`.

A function begins with a noun of `roles.txt` (or of a form that only names people, such as -logue or -iste), after
an article, an adjective or an ordinal; it runs to the punctuation, verb or relative that ends the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from alambic.entities.role_nouns import built_like_trade, noun_of_function
from alambic.entities.roles import function_end
from alambic.knowledge import rows, words
from alambic.quotes.cues import is_infinitive, is_verb_form
from alambic.quotes.lexicon import word_set
from alambic.quotes.narration import Narration, Token

ARTICLES = word_set("articles")
_FEMININE = frozenset(["la", "une", "sa", "cette"])
_MASCULINE = frozenset(["le", "un", "ce", "cet"])
_OBJECT = frozenset(
    ["le", "la", "les", "l'", "un", "une", "que", "qu'", "son", "sa", "ses", "ce", "cette", "ces"]
)
_NAMES_NEXT = frozenset(["de", "d'", "du", "association", "programme", "et", "la", "le", "l'"])
_KIN = word_set("kin")
_FRESH = frozenset(
    ["nouveau", "nouvelle", "nouvel", "actuel", "actuelle", "autre"]
)  # the moment's, not the function's
_ARTICLE_BEFORE = word_set("article_before")
_ENGLISH_LINKS = frozenset(["of", "for", "and", "&", "the"])
_FORMER = frozenset(["ancien", "ancienne", "ex", "futur", "future"])
_CIVIL = frozenset(
    ["M", "MM", "Mme", "Mmes", "Mlle", "Dr", "Dre", "Pr", "Pre", "Me", "Mgr", "Monsieur", "Madame"]
)
_TO_WHOM = frozenset(["nous", "vous", "leur", "me", "m'", "y"])
_ALSO_FIRMS = word_set("also_firms")
_PRONOUNS_TOO = frozenset(["le", "la", "les", "l'"])
_BEFORE_ARTICLE = word_set("prepositions") | {
    "et",
    "ou",
    "ni",
    ",",
    "&",
    "tout",
    "toute",
    "tous",
    "toutes",
    "que",
}
_PREFIXES = ("", "co", "co-", "vice-", "sous-")
_AUDIENCE = word_set("audience")
_LONGEST = 45  # words of a function


@dataclass(frozen=True, slots=True)
class Role:
    """A function over the tokens `first`–`last` (exclusive), article excluded; `noun` is its head."""

    first: int
    last: int
    text: str
    noun: str
    gender: str | None


@cache
def noun_pairs() -> list[tuple[str, str]]:
    """The nouns of function that the entity stage knows and those of this room, each masculine and feminine."""
    known = (row for row in rows("alambic.entities.data", "roles.txt") if " " not in row[0])
    simple = [(row[0].lower(), row[1].lower()) for row in (*known, *rows("alambic.quotes", "roles.txt"))]
    return [(prefix + he, prefix + she) for prefix in _PREFIXES for he, she in simple]


@cache
def _nouns() -> dict[str, str | None]:
    """The gender of the nouns of this room."""
    nouns: dict[str, str | None] = {}
    for masculine, feminine, *_ in rows("alambic.quotes", "roles.txt"):
        for noun, gender in ((masculine, "m"), (feminine, "f")):
            nouns[noun] = gender if masculine != feminine and nouns.get(noun, gender) == gender else None
    return nouns


@cache
def _followed() -> dict[str, frozenset[str]]:
    """Nouns that name a function only where one of these words follows."""
    return {
        noun: frozenset(row[2].split())
        for row in rows("alambic.quotes", "roles.txt")
        if len(row) > 2
        for noun in row[:2]
    }


@cache
def _english() -> frozenset[str]:
    return frozenset(words("alambic.quotes", "english_roles.txt"))


@cache
def _openers() -> frozenset[str]:
    return frozenset(words("alambic.quotes", "role_openers.txt"))


def _known(word: str) -> str | None:
    """The noun of function, in the singular, that a word in lower case is."""
    for noun in (word, word[:-1] if word[-1:] in "sx" else ""):
        if noun and (noun in _nouns() or noun_of_function(noun) is not None):
            return noun
    return None


def noun_gender(noun: str) -> str | None:
    """`m` or `f` where the noun of a function tells it, else `None`."""
    known = _known(noun)
    if known is not None:
        told = noun_of_function(known)
        return _nouns()[known] if known in _nouns() else (told.gender or None) if told else None
    if re.search(r"(?:trice|euse|ienne|ière)\Z", noun):
        return "f"
    return "m" if re.search(r"(?:teur|ien|ier)\Z", noun) else None


def is_role_noun(word: str, *, loose: bool = False) -> bool:
    """Whether `word` (lower case) names a function; `loose` also takes what only looks like one."""
    if _known(word):
        return True
    return loose and built_like_trade(word.split("-")[-1]) and not is_verb_form(word)


def role_at(page: Narration, toks: Sequence[Token], at: int, *, loose: bool = False) -> Role | None:
    """The function that begins at token `at` (its article included), `None` if none does."""
    gender, start = None, at
    if at < len(toks) and toks[at].low in ARTICLES:
        gender = "f" if toks[at].low in _FEMININE else "m" if toks[at].low in _MASCULINE else None
        at += 1
    if at + 1 < len(toks) and toks[at].low in ("lui", "elle") and toks[at + 1].low == "aussi":
        at += 2
    first = at
    while at < len(toks) and toks[at].low in _openers() and at - first < 3:
        if toks[at].low in _FRESH and at == first:
            first += 1
        at += 1
        if at < len(toks) and toks[at].text == "-":
            at += 1
    if at >= len(toks):
        return None
    former = loose and at > first and toks[at - 1].low in _FORMER and toks[at].text.isalpha()
    if not former and not is_role_noun(toks[at].low, loose=loose):
        return _foreign(page, toks, at) if loose else None
    noun = toks[at].low
    governs = at + 1 < len(toks) and toks[at + 1].low in _OBJECT
    if governs and at == start and is_verb_form(noun):
        return None  # `X, juge le projet « … »`
    behind = [token.low for token in toks[at + 1 : at + 3]]
    if noun in _followed() and _followed()[noun].isdisjoint([*behind[:1], "_".join(behind)]):
        return None
    last = _role_end(page, toks, first, at + 1)
    if last <= at:
        return None
    further = _further(page, toks, last) if last - first < _LONGEST and noun not in _KIN else None
    if further is not None and _is_trade(noun) and not _is_trade(further.noun):
        return further  # `médecin, présidente de la Ligue`
    return Role(
        first,
        further.last if further else last,
        written(page.text, toks[first].start, toks[last - 1].end),
        noun,
        noun_gender(noun) or gender,
    )


def _foreign(page: Narration, toks: Sequence[Token], first: int) -> Role | None:
    """`France Regional Director, SpringSource`: capitalised words, an English noun of function among them."""
    at, noun = first, None
    while at < min(len(toks), first + 12) and (toks[at].text[0].isupper() or toks[at].low in _ENGLISH_LINKS):
        if toks[at].low in _english():
            noun = toks[at].low
        at += 1
        if at + 1 < len(toks) and toks[at].text in ",&" and noun and toks[at + 1].text[0].isupper():
            entity = page.by_start.get(toks[at + 1].start)
            if entity is None or entity.label == "ORG":
                at += 1
    if noun is None:
        return None
    if at < len(toks) and toks[at].low in ("de", "d'", "du", "chez", "pour"):
        at = _role_end(page, toks, first, at)
    return Role(first, at, written(page.text, toks[first].start, toks[at - 1].end), noun, None)


def _role_end(page: Narration, toks: Sequence[Token], first: int, at: int) -> int:
    """The token after the function whose noun is token `at - 1`: as the entity stage reads it, cut short where the sentence
    goes on with a verb, a pronoun, a person or an audience."""
    end = function_end(page.flat, toks[at - 1].start)
    limit = min(len(toks), first + _LONGEST)
    while at < limit and toks[at].start < end:
        entity = page.by_start.get(toks[at].start)
        if entity is not None and entity.label == "ORG":
            end = max(end, entity.end)
            while at < len(toks) and toks[at].start < entity.end:
                at += 1
            continue
        if _told_on(page, toks, at):
            break
        at += 1
    if at < limit and toks[at].masked and toks[at - 1].low in _NAMES_NEXT:
        at += 1  # la directrice du programme « Terres »
    while at > first and toks[at - 1].text in _ARTICLE_BEFORE | {",", "-"}:
        at -= 1
    return at


def _told_on(page: Narration, toks: Sequence[Token], at: int) -> bool:
    """Whether the sentence goes on at token `at`, whatever a function may hold: who speaks, to whom, what is done."""
    token, low, before = toks[at], toks[at].low, toks[at - 1].low
    after = toks[at + 1] if at + 1 < len(toks) else None
    entity = page.by_start.get(token.start)
    if entity is not None and before not in _ARTICLE_BEFORE:
        return True
    if token.masked or (low in _TO_WHOM and before not in _ARTICLE_BEFORE):
        return True
    if token.text in _PRONOUNS_TOO and before not in _BEFORE_ARTICLE:
        return True  # la ministre l'a répété
    if re.search(r"\w{2}ai(?:en)?t\Z", low) or token.text in _CIVIL and before not in _ARTICLE_BEFORE:
        return True
    if after is not None:
        if low in ("de", "d'") and is_infinitive(after.text):
            return True  # et le maire de conclure
        if low in ("à", "aux") and _audience(toks, at + 1):
            return True
        if low == "en" and after.low.endswith("ant"):
            return True
        if low in ("dans", "à", "sur") and after.low in ("son", "sa", "ses", "un", "une"):
            return True
        if low == "et":
            return after.low in ("a", "ont") or after.low in _KIN or is_verb_form(after.low)
    return is_verb_form(low) and before not in _ARTICLE_BEFORE and not token.text[0].isupper()


def _further(page: Narration, toks: Sequence[Token], at: int) -> Role | None:
    """The function that follows another after the comma at token `at` (`maire de Tence, présidente du parc`).

    It must be one of its own that belongs to nobody else and that no company has.
    """
    if at + 1 >= len(toks) or toks[at].text != ",":
        return None
    noun = at + 1
    while noun < len(toks) and toks[noun].low in _openers() and noun - at <= 3:
        noun += 1
    if noun >= len(toks) or not is_role_noun(toks[noun].low) or toks[noun].low in _ALSO_FIRMS:
        return None
    if noun == at + 1 and is_verb_form(toks[noun].low):
        return None  # `X, professeur, juge …`
    further = role_at(page, toks, at + 1)
    if further is None:
        return None
    behind = toks[further.last] if further.last < len(toks) else None
    if behind is not None and (behind.text[0].isupper() or behind.start in page.by_start):
        return None  # `…, présidente Jeanne Roy`
    return further


def _is_trade(noun: str) -> bool:
    known = noun_of_function(noun)
    return known is not None and known.sort == "profession"


def _audience(toks: Sequence[Token], at: int) -> bool:
    """Whether those begin at token `at` to whom something is said (`a déclaré la directrice aux cadres réunis`)."""
    while at < len(toks) and toks[at].low in ARTICLES:
        at += 1
    return at < len(toks) and toks[at].low in _AUDIENCE


def written(text: str, start: int, end: int) -> str:
    """The characters of a span with line ends and the hyphens before them mended."""
    return re.sub(r"(?<=\w[-‑])\s+(?=\w)", "", " ".join(text[start:end].split()))
