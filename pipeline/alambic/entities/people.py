"""Which mentions of people are one person: surnames, first names, initials, order, and who they are not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator

from rapidfuzz.distance import DamerauLevenshtein

from alambic.entities.lexicon import Words, first_names
from alambic.entities.surfaces import Groups, Surface
from alambic.entities.words import fold, words_of

_NICKNAME = re.compile(r"\s*[«“\"(][^«»“”\"()]*[»”\")]\s*")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][a-z]?\.-?){1,3}|[A-ZÀ-ÖØ-Þ]{1,2}")
_LEAST_FOR_TYPO = 5

Sign = tuple[str, ...]
GenderAt = Callable[[int, int], str]


def group_people(surfaces: list[Surface], gender_at: GenderAt) -> Groups:
    """Joins the surfaces that name one person.

    `gender_at(start, end)` tells the gender (`m`, `f` or nothing) that the text gives the person mentioned there, by a
    civility or a function. A short form (a surname, a first name) that fits several full names is split: each of
    its mentions goes to the full name of its gender last named before it. A short form of another gender than
    every full name is someone else.
    """
    fulls = [s for s in surfaces if _is_full(s)]
    surnames = _double_surnames(fulls)
    fulls = [s for s in fulls if id(s) not in surnames]
    shorts = [s for s in surfaces if not _is_full(s) or id(s) in surnames]
    genders = {id(s): _gender(s, gender_at) for s in fulls}
    by_word: defaultdict[str, list[Surface]] = defaultdict(list)
    for full in fulls:
        for word in set(_plain(full)):
            by_word[word].append(full)
    joins: list[tuple[Surface, Surface]] = []
    _pair_fulls(fulls, genders, joins)
    pieces = list(fulls)
    roots = Groups(fulls)
    for one, other in joins:
        roots.join(one, other)
    for short in shorts:
        candidates = [full for full in by_word.get(_plain(short)[-1], ()) if _shortens(short, full)]
        best = _closest(short, candidates)
        split: dict[int, Surface] = {}
        for start, end in short.places:
            gender = gender_at(start, end)
            fitting = [f for f in best if not gender or genders[id(f)] in ("", gender)]
            owner = _last_named(fitting, roots, start)
            key = id(roots.root(owner)) if owner else -1 if not gender or not best else -2
            if key not in split:
                split[key] = Surface(short.text, short.label)
                if owner:
                    joins.append((owner, split[key]))
            split[key].places.append((start, end))
        pieces.extend(split.values())
    groups = Groups(pieces)
    for one, other in joins:
        groups.join(one, other)
    _pair_same(pieces, groups)
    return groups


def _plain(surface: Surface) -> Words:
    """The words of a name without a nickname in quotation marks or brackets."""
    plain = words_of(_NICKNAME.sub(" ", surface.text))
    return plain or surface.words


def _parts(surface: Surface) -> list[str]:
    return _NICKNAME.sub(" ", surface.text).split()


def _is_full(surface: Surface) -> bool:
    """Whether a name has a first name and a surname, both written out."""
    parts = _parts(surface)
    if len(parts) < 2:
        return False
    if _is_particle(parts[0]):
        return len(parts) > 2 and fold(parts[-1]) in first_names()
    return not (_INITIALS.fullmatch(parts[0]) or _INITIALS.fullmatch(parts[-1]))


def _double_surnames(fulls: list[Surface]) -> set[int]:
    """Of names of several words, those that end a longer one and begin with no first name: `Mme Diop Kane`."""
    ends: set[Words] = set()
    for full in fulls:
        words = _plain(full)
        ends.update(words[n:] for n in range(1, len(words) - 1))
    return {id(s) for s in fulls if _plain(s) in ends and fold(_parts(s)[0]) not in first_names()}


def _is_particle(part: str) -> bool:
    return fold(part) in _PARTICLES


_PARTICLES = frozenset(
    [
        "de",
        "du",
        "des",
        "le",
        "la",
        "les",
        "d",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "del",
        "el",
        "al",
        "ben",
        "bin",
    ]
)


def _gender(full: Surface, gender_at: GenderAt) -> str:
    """The gender that the text gives a full name, else that of its first name."""
    for start, end in full.places:
        if gender := gender_at(start, end):
            return gender
    known = first_names()
    first = fold(_parts(full)[0])
    return known.get(first) or known.get(first.split("-")[0], "")


def _shortens(short: Surface, full: Surface) -> bool:
    """Whether a short form may stand for a full name: its beginning, its end, or initials and its end."""
    little, whole = _plain(short), _plain(full)
    parts = _parts(short)
    for initials, rest in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        if rest and _INITIALS.fullmatch(initials):
            last = words_of(" ".join(rest))
            if whole[-len(last) :] == last or whole[: len(last)] == last:
                rest_of_full = whole[: -len(last)] if whole[-len(last) :] == last else whole[len(last) :]
                return bool(rest_of_full) and rest_of_full[0].startswith(words_of(initials)[0])
            if len(rest) == 1 and whole[0] == last[0] and len(last) == 1:
                return any(word.startswith(words_of(initials)[0]) for word in whole[1:])
            return False
    if len(little) >= len(whole):
        return False
    return whole[: len(little)] == little or whole[-len(little) :] == little or _component(little, full)


def _component(little: Words, full: Surface) -> bool:
    """A half of a double surname: `Aubry` for `Vincent Aubry-Lacaze`."""
    return len(little) == 1 and little[0] in words_of(" ".join(_parts(full)[1:])) and len(little[0]) > 3


def _closest(short: Surface, candidates: list[Surface]) -> list[Surface]:
    """The candidates that the short form fits best: whole parts of their names before halves of a hyphened one."""
    wanted = fold(" ".join(_parts(short)))
    whole = [c for c in candidates if wanted in _cuts(c)]
    return whole or candidates


def _cuts(full: Surface) -> set[str]:
    parts = [fold(part) for part in _parts(full)]
    return {" ".join(parts[:n]) for n in range(1, len(parts))} | {
        " ".join(parts[n:]) for n in range(1, len(parts))
    }


def _last_named(candidates: list[Surface], roots: Groups, start: int) -> Surface | None:
    """Of several people, the one named last before an offset; failing that the one named first after it."""
    if len({id(roots.root(c)) for c in candidates}) < 2:
        return candidates[0] if candidates else None

    def nearness(full: Surface) -> tuple[bool, int]:
        before = bisect_left(full.places, (start, start))
        return (before > 0, full.places[before - 1][0] if before else -full.first)

    return max(candidates, key=nearness)


def _pair_fulls(fulls: list[Surface], genders: dict[int, str], joins: list[tuple[Surface, Surface]]) -> None:
    """Full names of one person: other order, half a double surname, a nickname put in, one letter wrong.

    Names are compared that share a sign of likeness, so that a thousand people called Jean cost no million pairs.
    """
    alike: defaultdict[Sign, list[Surface]] = defaultdict(list)
    for one in fulls:
        met: dict[int, Surface] = {}
        for sign in set(_signs(_plain(one))):
            met.update((id(other), other) for other in alike[sign])
            alike[sign].append(one)
        for other in met.values():
            if {genders[id(one)], genders[id(other)]} != {"m", "f"} and _same_person(
                _plain(one), _plain(other)
            ):
                joins.append((other, one))


def _signs(words: Words) -> Iterator[Sign]:
    """What two writings of one name have in common: their words in any order, how they begin, all but a letter."""
    yield tuple(sorted(words))
    yield from (("…", *words[:n]) for n in range(2, len(words) + 1))
    for n, word in enumerate(words):
        if len(word) >= _LEAST_FOR_TYPO:
            for left_out in range(len(word)):
                yield (*words[:n], "", word[:left_out] + word[left_out + 1 :], *words[n + 1 :])
            yield (*words[:n], "", *words[n:])


def _same_person(one: Words, other: Words) -> bool:
    if one == other:
        return True
    if len(one) == len(other):
        return _turned(one, other) or _misspelt(one, other)
    few, many = sorted((one, other), key=len)
    return len(few) >= 2 and many[: len(few)] == few and few[0] == many[0]


def _turned(one: Words, other: Words) -> bool:
    """`DE BROSSES Aymeric`, `Aymeric de Brosses`."""
    return any(one[n:] + one[:n] == other for n in range(1, len(one)))


def _misspelt(one: Words, other: Words) -> bool:
    wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(wrong) != 1:
        return False
    a, b = wrong[0]
    known = first_names()
    if a in known and b in known:
        return False
    return min(len(a), len(b)) >= _LEAST_FOR_TYPO and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def _pair_same(pieces: list[Surface], groups: Groups) -> None:
    """Short forms that no full name explains but that are written alike (`DUPONT`, `Dupont`) are one person."""
    alone: dict[str, Surface] = {}
    for piece in pieces:
        if groups.root(piece) is piece and not _is_full(piece):
            if piece.key in alone:
                groups.join(alone[piece.key], piece)
            else:
                alone[piece.key] = piece
