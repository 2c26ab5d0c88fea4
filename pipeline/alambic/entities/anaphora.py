"""What the sentence after a person's tells of the person: `Elle est directrice de Verkor`, `L'agriculteur irrigue`.

Press releases resume someone by a pronoun or by a noun of function. The reading is sure only where the sentence before
names one person alone, and where the genders agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from alambic.entities.lexicon import SMALL_WORDS, first_names, role_fields
from alambic.entities.named import Named
from alambic.entities.offices import Office, offices_from
from alambic.entities.role_nouns import noun_of_several
from alambic.entities.roles import Role, role_at
from alambic.entities.words import fold, words_of
from alambic.record import Entity

_REACH = 400
_WORD = re.compile(r"\w+(?:-\w+)*")
_NEXT = re.compile(r"(?<![.\s][A-Z])[.!?…][»”\"]?\s+|\n+")
_PRONOUN = re.compile(r"(?:(?P<m>Il|Ce dernier|Celui-ci)|(?P<f>Elle|Cette dernière|Celle-ci))(?=\s)")
_OVER = re.compile(
    r"\s(?:\w+\s){0,2}(?:était|fut|avait)\b|\s(?:y )?a été (?:\w+ment )?(?!nomm|élu|promu|désign|choisi|reconduit|recrut)"
    r"|[^.\n]{0,60}\b(?:auparavant|précédemment|jusque-là|jusqu'alors)\b"
)
_RESUMED = re.compile(
    r"(?:(?:Le|La|L['’]|Cet?|Cette)\s?|[A-ZÉ][\wà-ÿ]+ [^,.;:\n«]{2,60}, (?:ce|cet|cette) )(?=[a-zà-ÿ])"
)


def told_next(named: Named, person: Entity) -> Iterator[Office]:
    """The functions that the sentence after one mention of a person gives, where it names nobody else."""
    text = named.text
    limit = min(len(text), person.end + _REACH)
    end = _NEXT.search(text, person.end, limit)
    if end is None:
        return
    begin, start = named.sentence_start(person.start), end.end()
    if len(named.people_in(begin, start)) != 1:
        return
    gender = _gender(person)
    alone = not named.firms_in(begin, start)
    if pronoun := _PRONOUN.match(text, start):
        if gender in ("", "m" if pronoun["m"] else "f"):
            over = _OVER.match(text, pronoun.end()) is not None
            yield from (
                Office(o.role, o.firm, o.past or over)
                for o in offices_from(named, pronoun.end())
                if o.role and (o.role.human or alone) and not named.names_person(o.role.start, o.role.end + 2)
            )
        return
    resumed = _RESUMED.match(text, start)
    role = role_at(text, resumed.end()) if resumed else None
    if (
        role is None
        or named.names_person(role.start, role.end + 3)
        or text[role.end : role.end + 2].strip() == ":"
    ):
        return
    if not (role.human or alone):
        return  # `L'éditeur` may be the company
    if role.gender in ("", gender) or not gender:
        yield Office(_before_verb(text, role))


def _before_verb(text: str, role: Role) -> Role:
    """A function that is the subject of a sentence, up to where the verb may begin: `L'agriculteur | irrigue`."""
    words = list(_WORD.finditer(text, role.start, role.end))
    several = (n for n in (3, 2) if noun_of_several(tuple(w for m in words[:n] for w in words_of(m.group()))))
    last = min(next(several, 1), len(words)) - 1
    linked = False
    for i in range(last + 1, len(words)):
        word = words[i].group()
        small = fold(word) in SMALL_WORDS
        if not (small or linked or word[0].isupper() or words_of(word) in role_fields("adjective")):
            break
        linked = small
        last = i if not small else last
    return replace(role, end=words[last].end())


def _gender(person: Entity) -> str:
    known = first_names()
    first = fold(person.canonical.split()[0])
    return known.get(first) or known.get(first.split("-")[0], "")
