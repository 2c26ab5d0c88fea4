"""What the head of a release tells: its headline, the place it is dated from, who issues it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from alambic.folding import Letters, bare
from alambic.knowledge import rows, words
from alambic.record import Entity

_HEAD = 4000
_LETTERHEAD = 5.0
_MOST_LINES = 30
_LONGEST_TITLE = 320
_PARAGRAPH = 220
_LEAST_WORDS = 3


def _fold(text: str) -> str:
    return text.lower().translate(_FOLDED)


_FOLDED = Letters(lambda letter: "'" if letter == "’" else bare(letter))


def _month_forms() -> Iterator[str]:
    """Written and short forms of the months."""
    for _, written, *short in rows("alambic.dates", "months.txt"):
        for form in (*written.split(), *(s for cell in short for s in cell.split())):
            yield from {re.escape(form), re.escape(_fold(form))}


_MONTH = "|".join(f"{form}|{form.capitalize()}|{form.upper()}" for form in _month_forms())
_WEEKDAY = r"(?:(?:[LlMmJjVvSs](?:un|ar|ercre|eu|endre|ame)di|[Dd]imanche) )?"
_DAY = rf"{_WEEKDAY}\d{{1,2}}(?:er|ᵉʳ)? (?:{_MONTH})\.?(?: \d{{4}})?"
_DATE = (
    rf"(?:(?:[Ll]e |[Cc]e )?(?:{_DAY}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}})|(?:en )?(?:{_MONTH}) \d{{4}})"
)
_ONE_PLACE = (
    r"[A-ZÀ-ÖØ-Þ][\w'’.]*(?:(?: |-|[-' ]?d['’]|[- ]l['’])(?:sur|sous|de|du|des|la|le|les|lès|lez|en|aux|d|l|"
    r"[A-ZÀ-ÖØ-Þ0-9][\w'’.]*)){0,6}(?: ?\([^()\n]{2,40}\))?"
)
_PLACE = rf"(?:Fait à |[ÀA] )?(?P<place>{_ONE_PLACE}(?:(?: et |, | & | / ){_ONE_PLACE}){{0,3}})"
_DATELINE = re.compile(rf"{_PLACE}(?:,? ?[,:–—|•-] ?| (?=le ))\(?{_DATE}")
_DATED_PLACE = re.compile(rf"(?:\(|[ÀA] )?{_DATE} ?[,–—|•-] ?(?:[àÀ] )?{_PLACE} ?(?:[–—:.-]|$)")
_BARE_PLACE = re.compile(rf"(?P<place>{_ONE_PLACE}) ?[—–] ")
_DATE_ALONE = re.compile(rf"\W*(?:{_DATE})\W*")
_ADDRESS = re.compile(r"@|https?:|www\.|(?:\+\d{2}|\b0\d)[ .]?\d(?:[ .]?\d{2}){2}")
_ANY_LINE = re.IGNORECASE | re.MULTILINE
_ABOUT = re.compile(
    r"^\W*[àa] propos d(?:e la |e l['’]|es |u |e |['’])(?:soci[ée]t[ée] |groupe )?",
    re.IGNORECASE | re.MULTILINE,
)
_SOURCE = re.compile(
    r"^(?:SOURCES? ?:? ?|Source ?: ?(?=.*\nRenseignements))(?:[Ll]a |[Ll]e |[Ll]es |[Ll]['’])?", re.MULTILINE
)
_GAP = re.compile(r"[\s|:–—•-]*")
_PREFECT = re.compile(
    r"^PRÉF(?:ET|ÈTE)(?: (?:DE|DU|DES|LA|LE|ET|SUR|RÉGION|D['’][A-ZÀ-Þ-]+|L['’][A-ZÀ-Þ-]+|[A-ZÀ-Þ-]+)){2,8}[ \t]*$",
    re.MULTILINE,
)
"""The letterhead of a prefecture, which names the prefect."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a release; each field is `None` where the release does not tell.

    `title` is the headline on one line, `place` the place of the dateline as written, `issuer` the canonical name
    of the organisation that issues the release, `published` the release's own date.
    """

    title: str | None = None
    place: str | None = None
    issuer: str | None = None
    published: date | None = None


def read_heading(text: str, entities: Sequence[Entity] = (), published: date | None = None) -> Heading:
    """Reads the head of a clean text; `entities` are those of the text, `published` its date where it is known.

    >>> text = '''COMMUNIQUÉ DE PRESSE
    ...
    ... Verkor inaugure sa première Gigafactory
    ...
    ... Bourbourg (Dunkerque), 11 décembre 2025 – Verkor inaugure aujourd'hui son usine.'''
    >>> heading = read_heading(text)
    >>> heading.title, heading.place
    ('Verkor inaugure sa première Gigafactory', 'Bourbourg (Dunkerque)')
    """
    return replace(_heading(text, tuple(entities)), published=published)


@lru_cache(maxsize=1)  # the entity stage asks for the heading before it is told
def _heading(text: str, entities: tuple[Entity, ...]) -> Heading:
    firms = [e for e in entities if e.label == "ORG"]
    title = _title(text, firms)
    return Heading(
        title=" ".join(text[title[0] : title[1]].split()) if title else None,
        place=_place(text, entities),
        issuer=_issuer(text, firms, title),
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines that are not empty, among the first of the text."""
    start = found = 0
    while start < len(text) and start < _HEAD and found < _MOST_LINES:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        line = text[start:stop]
        if line.strip():
            found += 1
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start = stop + 1


def _title(text: str, firms: Sequence[Entity]) -> tuple[int, int] | None:
    """The first line that reads like a headline: not furniture, not the dateline, not a name alone."""
    second = None
    for start, end in _lines(text):
        line = text[start:end]
        if _is_furniture(line):
            continue
        if end - start > _LONGEST_TITLE or (_DATELINE.match(line) and len(line) > _PARAGRAPH):
            break
        outside = _outside(text, start, end, firms)
        if _fold(outside).strip(" \t–—-|:•·/") in _labels():  # the issuer's name with a label
            continue
        others = len(re.findall(r"\w{2,}", outside))
        if others == 0 or len(re.findall(r"\w+", line)) < _LEAST_WORDS:
            second = second or ((start, end) if others else None)
            continue
        return _whole(text, start, end)
    return second


def _outside(text: str, start: int, end: int, firms: Sequence[Entity]) -> str:
    """What of a line belongs to no organisation's name: nothing in a letterhead."""
    rest, at = [], start
    for firm in firms:
        if start <= firm.start and firm.end <= end:
            rest.append(text[at : firm.start])
            at = firm.end
    rest.append(text[at:end])
    return " ".join(rest)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Takes in the next line where it goes on with the headline: in lower case, or in capitals after capitals."""
    if text[end - 1] in ".!?":
        return start, end
    after = text.find("\n", end)
    if after < 0:
        return start, end
    stop = text.find("\n", after + 1)
    stop = len(text) if stop < 0 else stop
    following = text[after + 1 : stop].strip()
    if not following or len(following) > _PARAGRAPH or _is_furniture(following) or _DATELINE.match(following):
        return start, end
    both_capitals = text[start:end].isupper() and following.isupper()
    return (start, stop) if following[0].islower() or both_capitals else (start, end)


def _is_furniture(line: str) -> bool:
    """Labels, dates, addresses, captions: what stands around a headline."""
    line = line.strip("#*_>|-–—• \t")
    if not any(c.isalpha() for c in line) or _DATE_ALONE.fullmatch(line) or _ADDRESS.search(line):
        return True
    dateline = _DATELINE.match(line)
    if dateline and (len(line) - dateline.end() < 20):
        return True
    if _PREFECT.fullmatch(line):
        return True
    folded = _fold(line)
    opening = next((label for label in _labels() if folded.startswith(label)), None)
    if opening in _long_labels():
        return True
    if opening is None:
        return False
    rest = folded[len(opening) :]
    if rest[:1].isalnum() or (opening == "le" and not rest.lstrip()[:1].isdigit()):
        return False
    return len(rest.split()) < 8 or rest.lstrip()[:1] in ":-–—("


@cache
def _labels() -> tuple[str, ...]:
    return tuple(
        sorted((_fold(label) for label in words("alambic.heading", "furniture.txt")), key=len, reverse=True)
    )


@cache
def _long_labels() -> frozenset[str]:
    """Labels that make furniture of a line however long it is."""
    return frozenset(_fold(label) for label, *length in rows("alambic.heading", "furniture.txt") if length)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(_fold(word) for word in words("alambic.heading", "not_places.txt"))


def _place(text: str, entities: Sequence[Entity]) -> str | None:
    """The place of the dateline, in the head of the text, else in its last lines (`Fait à Lyon, le …`)."""
    ends = {e.start: e.end for e in entities}
    for start, end in _lines(text):
        line = text[start : min(end, start + _PARAGRAPH)]
        behind = [0, *_behind_label(line, ends.get(start, start) - start)]
        for pattern in (_DATELINE, _DATED_PLACE, _BARE_PLACE):
            found = next((m for at in behind if (m := pattern.match(line, at))), None)
            if found is None:
                continue
            place = found.group("place").strip(" ,")
            at = start + found.start("place")
            if pattern is _BARE_PLACE and (
                end - start < _PARAGRAPH // 2 or len(place.split()) > 4 or (place.isupper() and " " in place)
            ):
                continue
            if not place[0].isupper() or _fold(place.split(" (")[0]) in _not_places():
                continue
            if not any(e.start < at + len(place) and at < e.end for e in entities):
                return " ".join(place.split())
    return None


def _behind_label(line: str, name: int) -> Iterator[int]:
    """Where a dateline may begin behind a label or the issuer's name (`name`: its length) on the same line."""
    folded = _fold(line)
    if len(folded) != len(line):
        return
    label = next((label for label in _labels() if folded.startswith(label + " ")), "")
    for at in {len(label), name} - {0}:
        gap = _GAP.match(line, at)
        yield gap.end() if gap else at


def _issuer(text: str, firms: Sequence[Entity], title: tuple[int, int] | None) -> str | None:
    """The organisation that speaks: it is named as the source, or it has a boilerplate, an address in the contact, and is
    named first and most."""
    firms = [f for f in firms if may_speak(f)]
    if not firms:
        return None
    if source := named_as_source(text, firms):
        return source.canonical
    by_start = {f.start: f for f in firms}
    weight: defaultdict[str, float] = defaultdict(float)
    counts = Counter(f.canonical for f in firms)
    for name, count in counts.items():
        weight[name] += math.log2(1 + count)
    abouts = [
        f
        for m in _ABOUT.finditer(text)
        if (f := by_start.get(m.end()) or by_start.get(_past_article(text, m.end())))
    ]
    for rank, firm in enumerate(abouts):
        weight[firm.canonical] += 4.0 if rank == 0 else 2.0
    hosts = {
        "".join(c for c in _fold(host) if c.isalnum())
        for host in re.findall(r"[@/.]([\w-]{3,60})\.[a-z]{2,10}\b", text)
    }
    for firm in firms:
        key = "".join(c for c in _fold(firm.text) if c.isalnum())
        if len(key) > 2 and any(key in host or (host in key and len(host) > 3) for host in hosts):
            weight[firm.canonical] += 2.0
            hosts = {h for h in hosts if key not in h}
    if title:
        in_title = [f for f in firms if title[0] <= f.start < title[1]]
        letterhead = next((f for f in firms if f.start < title[0]), None)
        if letterhead:
            weight[letterhead.canonical] += _LETTERHEAD if _fills_first_line(text, letterhead) else 2.0
        for rank, firm in enumerate(in_title):
            weight[firm.canonical] += 2.0 if rank == 0 else 0.5
    if _PREFECT.search(text, 0, _PARAGRAPH):
        prefecture = next((f for f in firms if "prefecture" in _fold(f.text)), None)
        if prefecture is None:
            return None
        weight[prefecture.canonical] += _LETTERHEAD
    body = [f for f in firms if title is None or f.start >= title[1]]
    if body:
        weight[body[0].canonical] += 1.0
    first: dict[str, int] = {}
    for f in firms:
        first.setdefault(f.canonical, f.start)
    return max(weight, key=lambda name: (weight[name], -first[name]))


def _fills_first_line(text: str, firm: Entity) -> bool:
    """Whether a name has the first line of a text to itself."""
    end = text.find("\n", firm.end)
    return not text[: firm.start].strip() and not text[firm.end : end if end >= 0 else len(text)].strip()


def named_as_source(text: str, firms: Sequence[Entity]) -> Entity | None:
    """The organisation after `SOURCE` at the start of a line, as Canadian releases end, `None` where there is none."""
    by_start = {f.start: f for f in firms}
    found = (by_start.get(source.end()) for source in _SOURCE.finditer(text))
    return next((firm for firm in found if firm is not None), None)


def may_speak(firm: Entity) -> bool:
    """Whether a name can be an issuer's: it has a capital, and is neither a wire's nor a word for a release."""
    name = _fold(firm.text)
    return not firm.text.islower() and not any(
        name.startswith(other) and not name[len(other) : len(other) + 1].isalnum() for other in _no_issuers()
    )


@cache
def _no_issuers() -> tuple[str, ...]:
    return tuple(_fold(name) for name in words("alambic.heading", "no_issuers.txt"))


def _past_article(text: str, at: int) -> int:
    article = re.compile(r"(?:la |le |les |l['’])", re.IGNORECASE).match(text, at)
    return article.end() if article else at
