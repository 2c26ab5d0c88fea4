"""The function that a text gives a person: `président de Verkor`, `ministre déléguée, chargée de l'Énergie`.

A function is a noun phrase: adjectives, a noun of `data/roles.txt` (or one built like it: `vice-`, `co-`, `-ologue`),
and what completes it up to a comma that opens nothing of its own, a verb, a quotation mark or the end of the line.
The determiner stays outside, and so does what is the moment's and not the function's (`le nouveau président`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from alambic.entities.lexicon import SMALL_WORDS, civilities, first_names, opening, role_fields
from alambic.entities.places import is_place
from alambic.entities.role_nouns import (
    Noun,
    around,
    built_like_trade,
    is_english_noun,
    noun_of_function,
    noun_of_several,
    opens_several,
)
from alambic.entities.words import fold, words_of
from alambic.knowledge import words

_DATA = "alambic.entities.data"
_MOST_WORDS = 45
_MENTIONS = 256  # of which it is kept what stands beside: the cues ask first, then gender, then employment
_WORDS_OF_NOUN = 3
_WORDS_TO_NOUN = 14
_MOST_CHARACTERS = 420
_WORD = re.compile(r"(?:[A-Za-zÀ-ÿ]\.[-‑]?){2,}|\w+(?:[-‑·]\w+)*|&")
_ASIDE = re.compile(
    r"\s?\([^()\n]{1,80}\)(?=[,\n])|,\s(?:dite?|alias|épouse|veuve|née?)\s[^,;.()\n]{1,40}(?=,)"
)
_GAP_ASIDE = re.compile(r"\([^()\n]{1,80}\),?")
_SINCE = re.compile(r"(?:depuis|de|entre|pendant|durant|pour|en|le)\s[^,.;:()\n]{3,40},")
_ADJECTIVE = re.compile(r"[a-zà-ÿœ]+(?:ique|elle|ale|aire|ive)s?")
_AGE = r"(?:,?\s*(?:\d{1,3} ans|\(\d{1,3} ans\)),?\s*)?"
_NOW = r"(?:(?:aujourd['’]hui|actuellement|alors|désormais|également|aussi|lui-même|elle-même)\s)?"
_DEGREES = r"(?:,\s(?:Ph\.?\s?D\.?|M\.?D\.?|MBA|CFA|F?CPA|[Ii]ng\.|LL\.?[BM]\.?|M\.\s?Sc\.?|PharmD|DVM|FRCPC|ASC|MSRC)(?=[,\s])){0,3}"
_OPEN = re.compile(
    r"(?:\*{1,3}|[¹²³⁴])?" + _DEGREES + _AGE + r"(?:(?:\s?,\s|\s?[(–—:]\s?|\s-\s)" + _NOW + r"|\s?\n)?\s?"
)
_WRAPPED = 60
_OWN_LINE = re.compile(r"[^\n]{0,80}?(?: [–—-] |[:@|\t\n])")
_TIME = re.compile(
    r" (?:\d{4}\b|\w+ (?:ans|mois|années)\b|une? (?:(?:nouveau|nouvelle|second|seconde) )?(?:mandat|durée|période)\b)"
)
_OF_THE_NAMED = re.compile(r"\s(?:son|sa|ses|leurs?)\s[\w-]+\Z")
_LABEL = re.compile(r"\s?:")
_DEGREE = re.compile(r"titulaires? d['’]une?\b")
_GUEST = frozenset({"invité", "invitée"})
_RAISED = frozenset("nommé nommée élu élue réélu réélue promu promue devenu devenue désigné désignée".split())
_NEXT_IN_LIST = frozenset({"du", "au", "aux", "des", "de", "d", "à", "les", "nos"})
_OBJECT = frozenset("son sa ses leur leurs le la l les un une".split())
_ANOTHER = frozenset("le la l les son sa leur un une".split())
_ELECTED = re.compile(r"(?:en|hier|le|par|lors|avec|dès|pour)\b|à la (?:présidence|tête|direction)\b")
_ORDINAL = re.compile(r"\d{1,2}(?:er|re|ère|e|è|ème|nd|nde)")
_LABEL_AFTER = ("", *";.|/-–—•(")
_NUMBERS = frozenset("deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente".split())
_MEASURES = frozenset({"h", "heures", "ans", "mois"})
_MEMBERSHIP = frozenset({"ministre", "secretaire"})


@dataclass(frozen=True, slots=True)
class Role:
    """A function: `start` and `end` are offsets into the text, `sort` one of `post`, `office`, `profession`,
    `gender` what its noun tells (`m`, `f` or nothing), `human` false where the noun may also tell what a company is."""

    start: int
    end: int
    sort: str
    gender: str
    human: bool

    def of(self, text: str) -> str:
        """The function as the text writes it, on one line."""
        return " ".join(text[self.start : self.end].split())


@lru_cache(maxsize=_MENTIONS)
def role_after(text: str, end: int) -> Role | None:
    """The function given right after a name that ends at `end`, or `None`.

    >>> text = "« Oui », dit Odile Haas, présidente de l'OPS. Les rendez-vous suivront."
    >>> role_after(text, 23).of(text)
    "présidente de l'OPS"
    """
    opening = _OPEN.match(text, end)
    start = opening.end() if opening else end
    separated = start > end and bool(text[end:start].strip(" \xa0\u202f"))
    if not separated and not _juxtaposed(text, end, start):
        link = _link(text, end)
        if link is None:
            return None
        start = link
    opening_word = _WORD.match(text, start)
    if opening_word and opening_word.group().lower() in _NEXT_IN_LIST:
        return None
    found = role_at(text, start, loose=separated) or (_english(text, start) if separated else None)
    if found and "\n" in text[end:start] and _LABEL.match(text, found.end):
        return None  # the next line's label: `Kiné : X`
    if found and "\n\n" in text[end:start] and text[found.end : found.end + 1] not in ("\n", ""):
        return None  # the next paragraph's, if it has not its line to itself
    found = found and _main_part(text, found)
    if found is None and (aside := _ASIDE.match(text, end)):  # X (PS), maire de Y
        return role_after(text, aside.end())
    return found


def _main_part(text: str, role: Role) -> Role:
    """`ingénieur, président de Verkor`: what someone is by trade, before the post, is not the post."""
    if role.sort != "profession" or text[role.end : role.end + 2] != ", ":
        return role
    further = role_at(text, role.end + 2)
    return further if further and further.sort != "profession" else role


@lru_cache(maxsize=_MENTIONS)
def role_before(text: str, start: int) -> Role | None:
    """The function given right before a name that starts at `start`, or `None`.

    >>> text = "Pour le président de l'AAV, Arnaud Cazalis, tout va bien."
    >>> role_before(text, 28).of(text)
    "président de l'AAV"
    """
    name = _before_civility(text, start)
    floor = max(0, name - _MOST_CHARACTERS, text.rfind("\n", 0, name) + 1)
    stretch = list(_WORD.finditer(text, floor, name))[-_MOST_WORDS:]
    found = None
    for i in range(len(stretch) - 1, -1, -1):
        if not _is_noun(stretch[i].group()):
            if i == len(stretch) - 1 and _calling(text, stretch, i, name):
                found = Role(stretch[i].start(), stretch[i].end(), "profession", "", False)
            continue
        first = _with_adjectives(stretch, i)
        if not _introduced(text, stretch, first, floor):
            continue
        role = role_at(text, stretch[first].start(), limit=name)
        while role and text.startswith(", ", role.end) and (more := role_at(text, role.end + 2, limit=name)):
            role = replace(role, end=more.end)  # `le président du conseil, maire de Lille, X`
        gap = text[role.end : name].strip() if role else None
        if role and (
            gap in ("", ",", "(", "est", "sera", "était", "devient")
            or _GAP_ASIDE.fullmatch(gap or "")
            or _SINCE.fullmatch(gap or "")
            or (gap == ":" and text[floor : role.start].rstrip(" \t")[-1:] in _LABEL_AFTER)
            or (gap == "|" and not text[floor : role.start].strip(" \t•*–—-"))
        ):
            if _OF_THE_NAMED.search(text, role.start, role.end):
                break  # `La ministre salue sa veuve, X`
            found = role
            if _listed(text, stretch, first, text[floor : role.start].rstrip() or " "):
                break
        elif found is not None:
            break
    return found


def _calling(text: str, stretch: list[re.Match[str]], i: int, name: int) -> bool:
    """Whether word `i` tells a calling right before a name: `la climatologue X`, `le rappeur X`."""
    return (
        i > 0
        and built_like_trade(stretch[i].group())
        and stretch[i - 1].group().lower() in ("le", "la", "l")
        and text[stretch[i].end() : name] == " "
    )


def _english(text: str, start: int) -> Role | None:
    """`Global Operations EVP at X`, `France Regional Director`: in English the noun comes last."""
    words = list(_WORD.finditer(text, start, min(len(text), start + 80)))[:5]
    for i, word in enumerate(words[1:], 1):
        if not _clear(text[words[i - 1].end() : word.start()]) or not word.group()[0].isupper():
            return None
        if is_english_noun(word.group()):
            role = role_at(text, word.start())
            return role and replace(role, start=start)
    return None


def _juxtaposed(text: str, end: int, start: int) -> bool:
    """A name and a function with a blank between them: in a list (`Aymeric de Brosses  Président`), after a verb
    (`a nommé Claire Dupont directrice`), where a sentence saves its verb (`Jean Petit chargé des études`)."""
    following = _WORD.match(text, start)
    if following is None or start == end:
        return False
    noun = noun_of_function(following.group().rstrip("."))
    return noun is not None and (following.group()[0].isupper() or (noun.human and noun.sort != "profession"))


def _link(text: str, end: int) -> int | None:
    stretch = text[end : end + 40]
    folded = fold(stretch)
    if len(folded) != len(stretch) or not folded.startswith(" "):
        return None
    for phrase in _links():
        if folded.startswith(phrase + " ", 1):
            return end + len(phrase) + 2
        if phrase.endswith(" de") and folded.startswith(phrase[:-1] + "'", 1):
            return end + len(phrase) + 1
    return None


@cache
def _links() -> tuple[str, ...]:
    return tuple(sorted((fold(p) for p in words(_DATA, "role_links.txt")), key=len, reverse=True))


def _is_noun(word: str) -> bool:
    return noun_of_function(word.rstrip(".")) is not None


def _with_adjectives(stretch: list[re.Match[str]], noun: int) -> int:
    first = noun
    while first > 0 and (
        stretch[first - 1].group().lower() in around("before") | around("fresh")
        or _ORDINAL.fullmatch(stretch[first - 1].group())
    ):
        first -= 1
    return first


def _introduced(text: str, stretch: list[re.Match[str]], first: int, floor: int) -> bool:
    """Whether a determiner stands before the function, or nothing (the start of a line or sentence)."""
    start = stretch[first].start()
    before = text[floor:start].rstrip(" \xa0\u202f")
    if not before or before[-1] in '.:;!?»"”•–—-(':
        return True
    if first == 0:
        return False
    if _listed(text, stretch, first, before):
        return True
    return (
        stretch[first - 1].group().lower() in around("det") | _RAISED
        and "," not in text[stretch[first - 1].end() : start]
    )


def _listed(text: str, stretch: list[re.Match[str]], first: int, before: str) -> bool:
    """Whether word `first` is the next in a list of functions and names: `président Jean Roy, trésorière Odile Haas`."""
    return (
        before[-1] == ","
        and 0 < first == len(stretch) - 1
        and stretch[first - 1].group()[0].isupper()
        and text[stretch[first].end() : stretch[first].end() + 2].strip(" ").isalpha()
        and text[stretch[first].end()] == " "
    )


_CIVILITY = re.compile(r"(?<![\w-])([^\W\d_]+)\.?\s*$")
_CIVILITY_REACH = 24


def _before_civility(text: str, start: int) -> int:
    """Where a word of address before a name begins; the name's own start where there is none."""
    found = _CIVILITY.search(text, max(0, start - _CIVILITY_REACH), start)
    return found.start() if found and (fold(found.group(1)),) in civilities() else start


def role_at(text: str, start: int, limit: int | None = None, *, loose: bool = False) -> Role | None:
    """Reads a function from `start`: its extent, or `None` where no noun of function opens there.

    `loose` takes a word built like the noun of a trade, and any noun after `ancien`.
    """
    stop = min(len(text), start + _MOST_CHARACTERS) if limit is None else limit
    following = _WORD.finditer(text, start, stop)
    stretch = list(islice(following, _WORDS_OF_NOUN))
    if stretch and _may_precede(stretch[0].group().lower()):
        stretch += islice(following, _WORDS_TO_NOUN - _WORDS_OF_NOUN)
    i = 0
    while i < len(stretch) and i < 3 and stretch[i].group().lower() in around("det"):
        i += 1
    while i < len(stretch) and stretch[i].group().lower() in around("fresh") and not _heads(stretch, i):
        i += 1
    first = i
    while (
        i < len(stretch)
        and i < first + 4
        and (stretch[i].group().lower() in around("before") or _ORDINAL.fullmatch(stretch[i].group()))
        and not _heads(stretch, i)
    ):
        i += 1
    if i >= len(stretch) or (i > 0 and not _clear(text[start : stretch[i].start()])):
        return None
    if text[stretch[i].end() : stretch[i].end() + 1] == "@" or _DEGREE.match(text, stretch[i].start()):
        return None
    kind = _heads(stretch, i)
    if (
        kind is None
        and loose
        and (
            built_like_trade(stretch[i].group())
            or (i > first and stretch[first].group().startswith("ancien"))
        )
    ):
        kind = Noun("profession", "", False)
    if kind is None or text[start : stretch[first].start()].strip(" \xa0\u202f'’") not in (
        "",
        *_dets(stretch, first),
    ):
        return None
    stretch = list(islice(_WORD.finditer(text, start, stop), _MOST_WORDS))
    begin = stretch[first].start()
    minister = bool(_MEMBERSHIP & set(words_of(stretch[i].group())))
    end = _extent(text, stretch, i, minister=minister)
    return Role(begin, end, kind.sort, kind.gender, kind.human)


def _may_precede(word: str) -> bool:
    """Whether a word may stand before the noun of a function: a determiner, an adjective, a number."""
    return (
        word in around("det")
        or word in around("fresh")
        or word in around("before")
        or _ORDINAL.fullmatch(word) is not None
    )


def _dets(stretch: list[re.Match[str]], first: int) -> list[str]:
    return [" ".join(m.group() for m in stretch[:first])]


def _clear(between: str) -> bool:
    return not any(c in between for c in '.,;:«»"“”()\n')


def _heads(stretch: list[re.Match[str]], i: int) -> Noun | None:
    """What is told by the noun of function that opens at word `i`, taking nouns of several words whole."""
    if opens_several(words_of(stretch[i].group())[:1]):
        for n in (3, 2):
            if i + n <= len(stretch):
                several = tuple(w for m in stretch[i : i + n] for w in words_of(m.group()))
                if known := noun_of_several(several):
                    return known
    if stretch[i].group().lower() in _RAISED and i + 1 < len(stretch):
        following = " ".join(m.group() for m in stretch[i + 1 : i + 4])
        if _is_noun(stretch[i + 1].group()) or _ELECTED.match(following):
            return None  # `Élue présidente`, `élu en mars à la tête de la Ligue`
    return noun_of_function(stretch[i].group().rstrip("."))


def _extent(text: str, stretch: list[re.Match[str]], noun: int, *, minister: bool) -> int:
    """Where the function that opens with word `noun` ends."""
    last = noun
    for i in range(noun + 1, len(stretch)):
        gap = text[stretch[i - 1].end() : stretch[i].start()]
        word = stretch[i].group()
        if "\n" in gap and not _wrapped(text, stretch[i - 1].end(), stretch[i]):
            break
        if word in ("en", "pour") and _TIME.match(text, stretch[i].end()):
            break  # `élue présidente en 2019`, `titulaire de la chaire pour quatre ans`
        if word[0].isdigit() and i + 1 < len(stretch) and fold(stretch[i + 1].group()) in _MEASURES:
            break  # `président du club 10 h : accueil`
        if gap.strip() == "(" and _past_acronym(text, stretch, i):
            continue
        if not _goes_on(gap.replace("\n", " "), stretch, i, minister=minister):
            break
        end = stretch[i].end()
        if text[end : end + 1] == "@":
            break
        guest = word in _GUEST and text[end : end + 1] in ",.;)\n"
        if word in around("stop") and "'" not in gap and not guest and not _in_sphere(stretch, i):
            break
        last = i
    while last > noun and (fold(stretch[last].group()) in SMALL_WORDS or stretch[last].group() == "ainsi"):
        last -= 1
    return stretch[last].end()


def _past_acronym(text: str, stretch: list[re.Match[str]], i: int) -> bool:
    """Whether an acronym in brackets stands inside a function (`présidente de la Ligue (LCO) et maire de Redon`)."""
    return (
        stretch[i].group().isupper()
        and i + 2 < len(stretch)
        and text[stretch[i].end() : stretch[i + 1].end()] == ") et"
        and _is_noun(stretch[i + 2].group())
    )


def function_end(text: str, noun: int) -> int:
    """Where the function ends whose noun begins at an offset.

    >>> text = "La maire de Tence, Odile Haas, parle"
    >>> text[3 : function_end(text, 3)]
    'maire de Tence'
    """
    stretch = list(islice(_WORD.finditer(text, noun, min(len(text), noun + _MOST_CHARACTERS)), _MOST_WORDS))
    minister = bool(_MEMBERSHIP & set(words_of(stretch[0].group())))
    return _extent(text, stretch, 0, minister=minister)


def _in_sphere(stretch: list[re.Match[str]], i: int) -> bool:
    """`cadre dans le secteur associatif`, `délégué dans la Somme`: the `dans` that completes a function."""
    following = [w for m in stretch[i : i + 3] for w in words_of(m.group())]
    if following[:1] == ["dans"] and stretch[i + 1 : i + 2] and stretch[i + 1].group().islower():
        if is_place(tuple(following[2:3])):
            return True
    return following[:1] == ["dans"] and any(word in around("sphere") for word in following[1:3])


def _wrapped(text: str, end: int, word: re.Match[str]) -> bool:
    """Whether the one line break after offset `end` only wraps a long line."""
    if text.count("\n", end, word.start()) > 1 or words_of(word.group()) in civilities():
        return False
    if word.group()[0].islower() and word.group() not in around("stop"):
        return True
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if len(line) <= _WRAPPED or line.isupper():  # a headline in capitals is not wrapped
        return False
    return not _OWN_LINE.match(text, word.start())


def _goes_on(gap: str, stretch: list[re.Match[str]], i: int, *, minister: bool) -> bool:
    """Whether the function goes on over `gap` to word `i`."""
    word, before = stretch[i].group(), stretch[i - 1].group()
    bare = gap.strip(" \xa0\u202f")
    if bare == ")" and word == "et":
        return before.isupper()  # past an acronym
    if bare == "-" and len(gap) > 1:
        return False
    if bare in ("", "'", "’", "/", "-", "&", "."):
        if fold(before) == "et" and word[0].isupper() and fold(word) in first_names():
            return False
        if bare == "" and fold(word) == "et":
            return i + 1 < len(stretch) and _joins(stretch, i + 1)
        if bare == ".":  # `Framasoft.org`, `r.e. France`, `St. Gall`
            return (gap == "." and word.islower()) or len(before) == 1 or before in ("St", "Ste", "Dr", "Pr")
        return True
    if gap == "–":  # `députée de Saint-Jean–Vieux-Port`
        return before[0].isupper() and word[0].isupper()
    if bare == ",":
        return _chained(stretch, i, minister=minister)
    return False


def _joins(stretch: list[re.Match[str]], i: int) -> bool:
    """Whether what stands after `et` belongs to the function: not a person, not a verb (`et renforce son équipe`)."""
    word = stretch[i].group()
    following = stretch[i + 1].group() if i + 1 < len(stretch) else ""
    verb = (
        word.islower()
        and following in _OBJECT
        and not _is_noun(word)
        and word not in around("det") | _NEXT_IN_LIST
    )
    if verb or word[0].isdigit() or fold(word) in _NUMBERS or (word in _ANOTHER and _is_noun(following)):
        return False  # `le maire et son adjoint`
    return word not in around("stop") and not (word[0].isupper() and fold(word) in first_names())


def _chained(stretch: list[re.Match[str]], i: int, *, minister: bool) -> bool:
    """Whether a comma before word `i` opens a further part of the function."""
    word = stretch[i].group().lower()
    following = stretch[i + 1].group() if i + 1 < len(stretch) else ""
    two = f"{word} {following.lower()}"
    if word in around("chain") or two in around("chain"):
        return True
    if minister and word in ("de", "des", "du", "d"):
        return fold(following) not in first_names()
    if minister and following == "et" and _ADJECTIVE.fullmatch(word):
        return True  # Souveraineté industrielle, énergétique et numérique
    # `vice-présidente, affaires publiques`
    return bool(
        opening(tuple(w for m in stretch[i : i + 4] for w in words_of(m.group())), role_fields("field"))
    )
