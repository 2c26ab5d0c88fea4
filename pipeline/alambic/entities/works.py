"""Books beside their authors and publishers: the titles name nobody, the publishers are bodies.

A release on a prize or a season of books lists them in a few forms: `Author, Title (Publisher)`, `Author (Title,
Publisher)`, `Author pour Title (Publisher)`, or the title in a line above `Author – Publisher`. One such form alone
may be a function and an employer: two of them, in a text that speaks of books, are works.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alambic.entities.lexicon import heads, opening
from alambic.entities.names import SURE
from alambic.entities.places import are_places
from alambic.entities.reading import Mention
from alambic.entities.role_nouns import noun_of_function
from alambic.entities.words import words_of
from alambic.entities.zones import Zones

_HOUSE = r"(?:chez |éd\. )?(?P<house>[^\W\d_][^(),;\n]{1,40})"
_AFTER_AUTHOR = re.compile(
    rf"(?:,| pour| avec) (?P<title>[«“\"]?\s?[A-ZÀ-Þ0-9][^(),;\n]{{0,90}}?) \({_HOUSE}\)"
)
_IN_BRACKET = re.compile(rf" \((?P<title>[«“\"]?\s?[A-ZÀ-Þ0-9][^()\n;]{{0,90}}?), {_HOUSE}\)")
_UNDER_TITLE = re.compile(rf" [–—-] {_HOUSE}$", re.MULTILINE)
_BOOKS = re.compile(
    r"\b(?:romans?|romanci[eè]re?s?|littéraires?|littérature|éditeurs?|éditrices?|éditions|librair\w+"
    r"|lecteurs?|lectrices?|poésie|bande dessinée|livres?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Work:
    title: tuple[int, int]
    house: tuple[int, int]


def with_publishers(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions without those in titles of works; who published these is an organisation."""
    bodies = {(m.start, m.end) for m in mentions if _is_named(text, m)}
    works = [
        work
        for mention in mentions
        if mention.label == "PER" and (work := _work_of(text, mention)) and work.title not in bodies
    ]
    if len(works) < _FEWEST or len({match.group().lower() for match in _BOOKS.finditer(text)}) < _FEWEST:
        return mentions
    told = Zones([work.title for work in works] + [work.house for work in works])
    kept = [mention for mention in mentions if not told.touch(mention.start, mention.end)]
    houses = [Mention(start, end, "ORG", SURE) for start, end in {work.house for work in works}]
    return sorted(kept + houses, key=lambda m: m.start)


def _is_named(text: str, mention: Mention) -> bool:
    """Whether a mention can be no title: a full name of a person, an acronym, `Institut Pasteur`."""
    words = words_of(text[mention.start : mention.end])
    if mention.label == "PER":
        return len(words) > 1
    return text[mention.start : mention.end].isupper() or bool(opening(words, heads("part", "kind")))


def _work_of(text: str, author: Mention) -> _Work | None:
    """The work told right after its author, or in the line above."""
    match = _AFTER_AUTHOR.match(text, author.end) or _IN_BRACKET.match(text, author.end)
    if match and _is_job(match["title"], match["house"]):
        return None
    if match:
        return _Work(match.span("title"), match.span("house"))
    under = _UNDER_TITLE.match(text, author.end)
    line = text.rfind("\n", 0, author.start) + 1
    if under is None or line != author.start or line < 2:
        return None
    above = text.rfind("\n", 0, line - 1) + 1
    title = text[above : line - 1]
    stands_alone = above == 0 or text[above - 2 : above] == "\n\n"
    if not title.strip() or not stands_alone or _is_job(title, under["house"]):
        return None
    return _Work((above, line - 1), under.span("house"))


def _is_job(title: str, house: str) -> bool:
    """Whether it is a function and an employer, or an employer and its town."""
    words = [word.group() for word in map(_WORD.search, (title, house)) if word]
    return are_places(house) or any(noun_of_function(word) is not None for word in words)
