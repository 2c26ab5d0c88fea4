"""What the sentences just before a pronoun are about: French takes it up from the nearest subject that agrees with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alambic.quotes.narration import Narration, Token, tokens
from alambic.quotes.roles import ARTICLES
from alambic.quotes.speakers import PREPOSITIONS, Phrase, phrases

_SENTENCES = 3  # sentences of one paragraph that a pronoun looks back over, its own included
_LONG = 1500  # characters of a sentence that are read
_MASCULINE = frozenset(["le", "un", "ce", "cet"])
_FEMININE = frozenset(["la", "une", "cette"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence before a pronoun, with its phrases and whether a preposition governs each."""

    toks: Sequence[Token]
    phrases: Sequence[tuple[Phrase, bool]]

    def subjects(self) -> Iterator[Phrase]:
        """The phrases that no preposition governs."""
        return (phrase for phrase, governed in self.phrases if not governed)

    def has_pronoun(self, gender: str) -> bool:
        """Whether `il` or `elle` is a subject here already."""
        wanted = "elle" if gender == "f" else "il"
        return any(
            token.low == wanted and not (at and self.toks[at - 1].low in PREPOSITIONS)
            for at, token in enumerate(self.toks)
        )

    def agrees(self, phrase: Phrase, gender: str) -> bool:
        """Whether nothing in the article of `phrase` speaks against `gender`."""
        first = self.toks[phrase.first]
        article = first if first.low in ARTICLES else self.toks[phrase.first - 1] if phrase.first else first
        return article.low not in (_MASCULINE if gender == "f" else _FEMININE)


def sentences_before(page: Narration, position: int) -> Iterator[Sentence]:
    """The sentence of `position` up to there, and those before it in its paragraph, the nearest first."""
    end = position
    for _ in range(_SENTENCES):
        start = max(page.sentence_start(end), end - _LONG)
        toks = tokens(page.masked, start, end)
        yield Sentence(toks, phrases(page, toks))
        before = start
        while before and page.masked[before - 1].isspace():
            before -= 1
            if start - before > 8:
                return
        if not before or page.masked.count("\n", before, start) > 1:
            return
        end = before - 1
