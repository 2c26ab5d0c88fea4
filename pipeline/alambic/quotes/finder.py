"""Reads the quotes of a French text: who says what, in which capacity (guide, section 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alambic.quotes import attribution as places
from alambic.quotes.attribution import Attribution
from alambic.quotes.cast import Cast
from alambic.quotes.marks import Marked, pair
from alambic.quotes.narration import Narration, even
from alambic.record import Entity, Person, Quote

_PERSONAL = re.compile(
    r"\b(?:je|j'|nous|on|notre|nos|mon|ma|mes|m'|moi|vous|votre|vos|c'est|c'était)\b|\b(?:j|m|c)'", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Said:
    stretch: Marked
    speaker: str | None
    role: str | None
    cue: str | None
    paragraph: int


def find_quotes(text: str, entities: Sequence[Entity] = (), people: Sequence[Person] = ()) -> list[Quote]:
    """The direct speech in `text`, in order, marks excluded; offsets refer to `text`.

    `entities` are the mentions that the entity stage found in the same text, `people` what it knows of persons;
    without them speakers are read from the grammar alone.

    >>> [quote] = find_quotes("« Nous sommes prêts », a déclaré Jeanne Roy, directrice de Solvor.")
    >>> quote.text, quote.speaker, quote.speaker_role, quote.cue
    ('Nous sommes prêts', 'Jeanne Roy', 'directrice de Solvor', 'a déclaré')
    """
    flat = even(text)
    bare = Narration(text, flat, (), entities)
    marked = pair(flat, lambda start, end: places.tail(bare, start, end))
    if not marked:
        return []
    page = Narration(text, flat, marked, entities)
    cast = Cast(page, people)
    said: list[_Said] = []
    for stretch in page.marked:
        found = _attribution(page, stretch, said)
        if found is None:
            continue
        said.append(_resolve(page, cast, stretch, found, said))
    return [
        Quote(
            start=item.stretch.start,
            end=item.stretch.end,
            text=text[item.stretch.start : item.stretch.end],
            speaker=item.speaker,
            speaker_role=item.role,
            cue=item.cue,
        )
        for item in said
    ]


def _whole(page: Narration, stretch: Marked) -> bool:
    """Whether the words are sentences of their own."""
    words = page.flat[stretch.start : stretch.end]
    return len(_WORD.findall(words)) >= 4 and (words[0].isupper() or words[-1] in ".!?…" or bool(_PERSONAL.search(words)))


def _attribution(page: Narration, stretch: Marked, said: Sequence[_Said]) -> Attribution | None:
    whole = _whole(page, stretch)
    found = places.after(page, stretch)
    if found:
        return found
    if whole and stretch.opened:
        found = places.inside(page, stretch.start, stretch.end)
        if found:
            return found
    if not stretch.opened:
        return None
    found = places.before(page, stretch, whole=whole)
    if found:
        return found
    if whole:
        return places.signature(page, stretch) or places.title_line(page, stretch) or _chained(page, stretch, said)
    return None


def _chained(page: Narration, stretch: Marked, said: Sequence[_Said]) -> Attribution | None:
    return None


def _resolve(
    page: Narration, cast: Cast, stretch: Marked, found: Attribution, said: Sequence[_Said]
) -> _Said:
    names: list[str] = []
    role: str | None = None
    phrase = found.phrase
    if phrase is None:
        plural = (found.pronoun or "").endswith("s") or found.pronoun == "eux"
        gender = "f" if (found.pronoun or "").startswith("elle") else "m"
        if not plural:
            name = cast.by_pronoun(gender, found.at)
            names = [name] if name else []
    elif phrase.named:
        names = list(dict.fromkeys(cast.name(named) for named in phrase.named))
        role = phrase.role.text if phrase.role and len(names) == 1 else None
    elif phrase.role:
        name = cast.by_function(phrase.role, found.at)
        names = [name] if name else []
        role = phrase.role.text
    else:
        name = cast.by_pronoun(phrase.gender, found.at)
        names = [name] if name else []
    if role is None and len(names) == 1:
        role = cast.role(names[0], found.at)
    return _Said(stretch, " ; ".join(names) or None, role, found.cue, 0)
