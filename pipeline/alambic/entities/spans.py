"""Where a name begins and ends: trims what the guide leaves out of a span, takes in what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alambic.entities.acronyms import looks_like_acronym
from alambic.entities.lexicon import (
    building_nouns,
    civilities,
    common_nouns,
    first_names,
    heads,
    legal_forms,
    opening,
    role_fields,
    territories,
)
from alambic.entities.roles import is_english_noun, noun_of_function
from alambic.entities.words import words_of
from alambic.knowledge import rows

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")
_LEAD = re.compile(
    r"(?:(?:le|la|les|du|de|des|au|aux|un|une|et|ou|à|chez|par|pour|avec|notre|nos|leur|son|sa|ce|cette|the)\s+|[lLdD]['’]\s?)"
)
_OPENING = " \t\n\xa0\u202f«»\"“”‘’'([{,;:–—-•·*/.&|>"
_PAIR = re.compile(r"\s(?:et|&|and)\s")
_TRAIL = re.compile(
    r"\s(?:le|la|les|du|de|des|au|aux|et|ou|à|en|un|une|dans|sur|pour|par|avec|chez|l['’]|d['’])$"
)
_CLOSING = " \t\n\xa0\u202f«»\"“”‘'([{,;:–—-•·*/&|<’"
_BRACKET = re.compile(r"\s*[()\[\]]\s*")
_LINK = re.compile(
    r"\b(?:de la|de l['’]|du|des|de|d['’]|chez|à la|à l['’]|au sein de|auprès de|au|à|of|at|for)\s?",
    re.IGNORECASE,
)
_HEAD_BEFORE = re.compile(r"((?:[\w'’-]+ ){0,3}?[\w-]+)\s((?:de la |de l['’]\s?|du |des |de |d['’]\s?)?)$")
_BEFORE = 60


def repair(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The spans of names in what a recogniser took for one name; nothing where there is no name.

    >>> text = "Directrice de la Communication de Verkor (Île-de-France)"
    >>> [text[a:b] for a, b in repair(text, 0, len(text), "ORG")]
    ['Verkor']
    """
    for a, b in _pieces(text, start, end, label):
        a, b = _trim_edges(text, a, b)
        a, b = _person(text, a, b) if label == "PER" else _organisation(text, a, b)
        a, b = _trim_edges(text, a, b)
        if a < b and not _is_nothing(text[a:b], label):
            yield a, b


def _pieces(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """What the brackets leave; two people joined by `et` or `&` are two."""
    for a, b in _outside_brackets(text, start, end):
        join = _PAIR.search(text, a, b)
        first = words_of(text[a : join.start()]) if join else ()
        second = words_of(text[join.end() : b]) if join else ()
        if join and (label == "PER" or _are_first_names(first, second)):
            yield a, join.start()
            yield join.end(), b
        else:
            yield a, b


def _are_first_names(*names: tuple[str, ...]) -> bool:
    return all("-".join(name) in first_names() for name in names)


def _outside_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before a bracket, and an acronym inside; places in brackets are no part of a name."""
    pieces, at = [], start
    for mark in _BRACKET.finditer(text, start, end):
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, end))
    for n, (a, b) in enumerate(pieces):
        if a < b and (
            n == 0 or not text[start : pieces[0][1]].strip() or looks_like_acronym(text[a:b].strip())
        ):
            yield a, b


def _trim_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and (
        text[end - 1] in _CLOSING or (text[end - 1] == "." and not _keeps_dot(text, start, end))
    ):
        end -= 1
    trail = _TRAIL.search(text, start, end)
    return _trim_edges(text, start, trail.start()) if trail else (start, end)


def _keeps_dot(text: str, start: int, end: int) -> bool:
    """The dot of `Inc.`, `S.A.`, `Antoine M.` belongs to the name."""
    last = re.split(r"[\s,]", text[start:end])[-1]
    return (words_of(last) in legal_forms("after") and last.count(".") > 0) or bool(
        re.fullmatch(r"(?:[A-ZÀ-Þ]\.-?)+", last)
    )


def _strip_lead(text: str, start: int, end: int) -> int:
    while match := _LEAD.match(text, start, end):
        if text[start].isupper() and match.group()[0] not in "ld":
            break
        start = match.end()
    return start


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    """Without civilities and functions before the name, without what follows a comma or a line end."""
    cut = re.search(r"[,;:|]|\s*\n\s*\n|\s[–—-]\s", text[start:end])

    if cut and cut.start() > 0:
        end = start + cut.start()
    start = _strip_lead(text, start, end)
    while True:
        match = _WORD.match(text, start, end)
        if not match:
            return start, end
        word = match.group()
        after = match.end() + (text[match.end() : match.end() + 1] == ".")
        rest = text[after:end].strip()
        title = words_of(word) in civilities() and (
            len(word) > 3 or word != word.upper() or word in ("M", "MM")
        )
        function = noun_of_function(word) is not None and (word.islower() or bool(_WORD.search(rest)))
        if not rest or not (title or (function and words_of(word) not in _NAMES_TOO)):
            return start, end
        start = after + len(text[after:end]) - len(text[after:end].lstrip())
        start = _strip_lead(text, start, end)


_NAMES_TOO = frozenset(
    {
        ("maire",),
        ("prince",),
        ("roi",),
        ("cadre",),
        ("abbe",),
        ("general",),
        ("lead",),
        ("pasteur",),
        ("guide",),
    }
)


def _organisation(text: str, start: int, end: int) -> tuple[int, int]:
    start = _strip_lead(text, start, end)
    start = _after_function(text, start, end)
    start = _strip_lead(text, start, end)
    start = _without_kind(text, start, end)
    return _with_head(text, start, end), _with_legal_form(text, start, end)


def _after_function(text: str, start: int, end: int) -> int:
    """`Directeur des Ressources Humaines de X` → `X`; nothing is left of a function that names no organisation."""
    words = list(_WORD.finditer(text, start, end))
    if not words:
        return start
    organ = opening(words_of(text[start:end]), role_fields("organ"))
    if organ:
        whole = next(w for w in words if len(words_of(text[start : w.end()])) >= organ)
        link = _LINK.match(text, whole.end() + 1, end)
        return link.end() if link and text[link.end() : link.end() + 1].isupper() else start
    last = next((i for i, w in enumerate(words[:4]) if i and is_english_noun(w.group())), 0)
    noun = noun_of_function(words[last].group())
    if noun is None or not (
        noun.human or (noun.sort == "post" and len(words) > 2 and words[0].group().islower())
    ):
        return start
    if noun.sort == "office":
        return end
    i = last + 1
    while i < len(words):
        folded = words_of(words[i].group())
        if (
            folded in role_fields("adjective")
            or noun_of_function(words[i].group())
            or folded in (("et",), ("and",))
        ):
            i += 1
            continue
        break
    while i < len(words):
        at = words[i].start()
        link = _LINK.match(text, at, end)
        if link:
            at = link.end()
            while i < len(words) and words[i].start() < at:
                i += 1
            if i == len(words):
                return end
            at = words[i].start()
        folded = words_of(text[at:end])
        field = opening(folded, role_fields("field"))
        if not field and text[at].isupper():
            return at
        consumed = max(field, 1)
        while i < len(words) and consumed > 0:
            consumed -= len(words_of(words[i].group()))
            i += 1
    return end


def _without_kind(text: str, start: int, end: int) -> int:
    """`société Dupont`, `association Coexister`: a common noun in lower case before the name stays out."""
    words = list(_WORD.finditer(text, start, end))[:2]
    if len(words) < 2 or not words[0].group().islower() or words_of(words[0].group()) not in heads("kind"):
        return start
    return words[1].start() if words[1].group()[0].isupper() else start


def _with_head(text: str, start: int, end: int) -> int:
    """Takes in a noun without which the name is none: `région` before `Hauts-de-France`; a legal form in capitals."""
    if start >= end:
        return start
    form = re.search(r"(?<![\w.-])([A-Z]{2,6})\s$", text[max(0, start - 8) : start])
    if form and words_of(form.group(1)) in legal_forms("before"):
        return start - len(form.group(0))
    if opening(words_of(text[start:end]), heads("part")) or not text[start].isupper():
        return start
    before = _HEAD_BEFORE.search(text, max(0, start - _BEFORE), start)
    if before is None:
        return start
    words = list(_WORD.finditer(text, before.start(1), before.end(1)))
    territory = words_of(text[start:end]) in territories()
    for n in range(min(4, len(words)), 0, -1):
        head = words_of(text[words[-n].start() : before.end(1)])
        if head in heads("joins") and (head != ("ville",) or text[words[-n].start()].isupper()):
            linked = bool(before.group(2)) or territory or head in (("lycee",), ("universite",), ("region",))
            return words[-n].start() if linked else start
    return start


def _with_legal_form(text: str, start: int, end: int) -> int:
    """`Airbus` before ` SE` → `Airbus SE`; not in a line of capitals, where `SE` is a pronoun."""
    match = _LEGAL_FORM.match(text, end) if end > start else None
    if match is None or _CAPITALS.match(text, match.end()):
        return end
    return match.end()


def _legal_form_pattern() -> re.Pattern[str]:
    forms = {
        row[0] for row in rows("alambic.entities.data", "legal_forms.txt") if row[1] in ("after", "both")
    }
    alternatives = "|".join(
        re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=len, reverse=True)
    )
    return re.compile(rf",?[ \xa0\u202f](?:{alternatives})(?![\w’'-])")


_CAPITALS = re.compile(r"\s[A-ZÀ-Þ]{2,}(?![\w-])")
_LEGAL_FORM = _legal_form_pattern()


def _is_nothing(name: str, label: str) -> bool:
    """Whether what is left names nobody: no letters, one letter, a common noun, a bare territory, a date."""
    words = words_of(name)
    if not any(c.isalpha() for c in name) or sum(c.isalnum() for c in name) < 2:
        return True
    if label == "PER":
        return (name.islower() and len(words) == 1) or words in civilities()
    if opening(words, building_nouns()):
        return True
    if opening(words, heads("part") | heads("kind")) == len(words):
        return not name.isupper()
    return words in common_nouns() or words in territories()
