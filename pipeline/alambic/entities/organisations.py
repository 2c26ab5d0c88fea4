"""Which mentions of organisations are one organisation: acronyms, short forms, legal forms, spelling variants."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from alambic.entities.acronyms import looks_like_acronym, may_stand_for, stands_for
from alambic.entities.lexicon import SMALL_WORDS, Words, heads, opening, tails
from alambic.entities.surfaces import Groups, Surface, fullest

_ROMAN = re.compile(r"[ivx]+")
_HYPHENED = re.compile(r"[-‑]\w")
_LEAD = 300
_BRACKET = re.compile(r"[\s,]*[(\[–—-]\s*(?:ou |dit |dite |ci-après |l['’])?[«\"]?\s*$")
_LEAST_FOR_TYPO = 9
_WITH_PARENTS = frozenset(
    (noun,)
    for noun in [
        "centre",
        "clinique",
        "departement",
        "ecole",
        "equipe",
        "faculte",
        "hopital",
        "institut",
        "laboratoire",
        "unite",
    ]
)
_RELATION = frozenset({"de", "du", "des", "d", "of"})


def group_organisations(text: str, surfaces: list[Surface]) -> Groups:
    """Joins the surfaces that name one organisation. `text` is what their places refer to."""
    groups = Groups(surfaces)
    by_key: dict[str, Surface] = {}
    for surface in surfaces:
        if surface.key in by_key:
            groups.join(by_key[surface.key], surface)
        else:
            by_key[surface.key] = surface
    keyed = list(by_key.values())
    _join_bracketed(text, surfaces, groups)
    _join_heads(by_key, groups)
    _join_initials(keyed, groups)
    _join_typos(keyed, groups)
    _join_short_forms(groups)
    return groups


def _join_bracketed(text: str, surfaces: list[Surface], groups: Groups) -> None:
    """`Agence de la transition écologique (ADEME)`, `ADEME (Agence de la transition écologique)`."""
    places = sorted((start, end, surface) for surface in surfaces for start, end in surface.places)
    for (_, end, one), (start, after, other) in zip(places, places[1:], strict=False):
        if start - end > 12 or not _BRACKET.match(text[end:start]):
            continue
        if "(" in text[end:start] and not text[after : after + 3].lstrip(' »"').startswith(
            (")", ",", ";", "/", "–", "-")
        ):
            continue
        bracket = "(" in text[end:start]
        for short, long in ((one, other), (other, one)):
            if _abbreviates(short, long, bracket=bracket, after=short is other):
                groups.join(long, short)


def _abbreviates(short: Surface, long: Surface, *, bracket: bool, after: bool) -> bool:
    """Whether `short`, written next to `long`, is its short form; the brackets and the order make it likelier."""
    if len(long.core) < 2 or len(short.words) > 2:
        return False
    if not bracket:
        return looks_like_acronym(short.text.split(" ")[0]) and stands_for(short.text, long.text)
    if may_stand_for(short.text, long.text):
        return True
    alone = after and len(long.core) >= 4 and short.text.isupper() and looks_like_acronym(short.text)
    return alone and not opening(long.core, _WITH_PARENTS) and short.first > long.first


def _join_heads(by_key: dict[str, Surface], groups: Groups) -> None:
    """`Groupe Lisière` and `Lisière`: a kind of company before the name adds nothing to it."""
    for surface in list(by_key.values()):
        n = opening(surface.core, heads("kind"))
        rest = surface.core[n:]
        if n and rest and rest[0] not in SMALL_WORDS and "".join(rest) in by_key:
            groups.join(surface, by_key["".join(rest)])


def _join_initials(surfaces: list[Surface], groups: Groups) -> None:
    """Acronyms met without brackets, alone (`CNIL`) or with the end of the long name (`CCI du Loiret`)."""
    longs = [s for s in surfaces if len(s.core) >= 3]
    for short in surfaces:
        acronym = short.text.split(" ")[0]
        if not looks_like_acronym(acronym) or any(
            groups.together(short, long) for long in longs if long is not short
        ):
            continue
        tail = tuple(w for w in short.core[1:] if w not in SMALL_WORDS)
        fits = [long for long in longs if long is not short and _begins_as(acronym, tail, long)]
        if len({id(groups.root(long)) for long in fits}) == 1:
            groups.join(fits[0], short)


def _begins_as(acronym: str, tail: Words, long: Surface) -> bool:
    words = long.core
    if tail:
        meaning = [i for i, w in enumerate(words) if w not in SMALL_WORDS]
        if len(meaning) <= len(tail) or tuple(words[i] for i in meaning[-len(tail) :]) != tail:
            return False
        words = words[: meaning[-len(tail)]]
        while words and words[-1] in SMALL_WORDS:
            words = words[:-1]
    return len(acronym) >= 2 + (not tail) and stands_for(acronym, " ".join(words))


def _join_typos(surfaces: list[Surface], groups: Groups) -> None:
    """One letter more, less, other or swapped in a long name: the release misspelt it."""
    by_length: defaultdict[int, list[Surface]] = defaultdict(list)
    for surface in surfaces:
        if len(surface.key) >= _LEAST_FOR_TYPO and not any(c.isdigit() for c in surface.key):
            for near in (len(surface.key) - 1, len(surface.key), len(surface.key) + 1):
                for other in by_length[near]:
                    if (
                        surface.key[0] == other.key[0]
                        and DamerauLevenshtein.distance(surface.key, other.key, score_cutoff=1) <= 1
                    ):
                        groups.join(other, surface)
            by_length[len(surface.key)].append(surface)


@dataclass(frozen=True)
class _Entity:
    """A group as the short-form rules see it: its fullest form and where the group and that form are first met."""

    surface: Surface
    first: int
    mentions: int


def _join_short_forms(groups: Groups) -> None:
    """`Brookfield` and `Brookfield Asset Management` are one; `Bpifrance` and `Bpifrance Investissement` are two.

    A short name joins the one longer name that begins or ends with it, unless the longer one's other words tell
    another body, or the release goes on to name it after the short one as something new.
    """
    by_words: defaultdict[Words, list[Surface]] = defaultdict(list)
    longest = max((len(s.core) for s in groups.surfaces), default=0)
    shorts = {s.core for s in groups.surfaces}
    for long in groups.surfaces:
        for n in range(1, min(len(long.core), longest)):
            for part in {long.core[:n], long.core[-n:]}:
                if part in shorts:
                    by_words[part].append(long)
    for short in sorted(groups.surfaces, key=lambda s: (-len(s.core), s.first)):
        longs = {id(groups.root(l)): l for l in by_words[short.core] if not groups.together(l, short)}
        fitting = [l for l in longs.values() if _same_body(short, l)]
        if len(fitting) > 1:
            sure = [l for l in fitting if l.core[-1] in tails("same")]
            fitting = sure if len(sure) == 1 else []
        if len(fitting) == 1:
            groups.join(fitting[0], short)


def _same_body(short: Surface, long: Surface) -> bool:
    n = len(short.core)
    if long.core[-n:] == short.core:
        return _same_from_end(short, long)
    rest = long.core[n:]
    if len(short.words) > len(short.core) and short.words[-1] != short.core[-1]:
        return False
    if any(word in tails("other") or word.isdigit() or _ROMAN.fullmatch(word) for word in rest):
        return False
    if _HYPHENED.match(long.text[len(short.text) :]):
        return False
    if any(word in tails("branch") for word in rest):
        return long.first < short.first
    if rest[-1] in tails("same"):
        return True
    return long.first < short.first or (long.first - short.first < _LEAD and long.first < 2 * _LEAD)


def _same_from_end(short: Surface, long: Surface) -> bool:
    """`Forges de Lavaur` … `Lavaur`; not `École du Louvre` … `Louvre`, nor `Fondation Hortense-Vidal`."""
    rest = long.core[: -len(short.core)]
    linked = rest[-1] in _RELATION or (len(rest) > 1 and rest[-1] in SMALL_WORDS)
    if opening(rest, heads("part")) and not linked:
        return rest[0] not in ("fondation", "institut", "ecole") and long.first < short.first
    if linked:
        return len(rest) <= 2 and len(short.core) == 1 and long.first < short.first and len(long.places) > 1
    return long.first < short.first and bool(
        opening(rest, heads("kind")) or (len(rest) == 1 and rest[0] in SMALL_WORDS)
    )


def acronym_of(surfaces: list[Surface]) -> str | None:
    """The short form in capitals that the release writes for a longer name, if any."""
    full = fullest(surfaces)
    shorts = [
        s
        for s in surfaces
        if len(full.words) > 1 and looks_like_acronym(s.text) and s.words[0] not in full.words
    ]
    return max(shorts, key=lambda s: (len(s.places), -s.first)).text if shorts else None
