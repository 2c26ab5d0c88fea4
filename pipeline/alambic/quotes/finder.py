"""Reads the quotes of a French text: who says what, in which capacity (guide, section 4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alambic.quotes.ahead import before
from alambic.quotes.attribution import SAME, Attribution, inside, tail
from alambic.quotes.behind import after, titled
from alambic.quotes.borrowed import borrowed, carries_on, goes_with, of_someone
from alambic.quotes.cast import Cast, is_general
from alambic.quotes.chains import goes_on, paragraph_before, sentence_before
from alambic.quotes.interviews import above, dash_blocks, interview_headings, is_question
from alambic.quotes.layout import signature, title_line
from alambic.quotes.marks import Marked, pair
from alambic.quotes.narration import Narration, even, in_person, tokens
from alambic.quotes.near import sentences_before
from alambic.quotes.reported import reported
from alambic.quotes.roles import Role
from alambic.quotes.speakers import Phrase, body_nouns, phrase_at
from alambic.record import Entity, Person, Quote

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?){2,3}\s*:\s*\Z")
_TOGETHER = 12  # quotes back within which a plural finds those who spoke together
_I = re.compile(r"\b(?:je|moi|mon|ma|mes)\b|\b[jm]'", re.IGNORECASE)
_PARAGRAPH = 2500  # characters of a paragraph in which a pronoun looks for people
_CALLING = 60  # characters of a sentence that may open with a calling
_INITIALED = 20  # characters that initials and their colon take
_BEFORE_CUE = 8  # characters of pronouns that stand before a cue and are no part of it (`nous le`)
_ALONE = 8  # words from which marked words that fill a paragraph are taken for speech


@dataclass(frozen=True, slots=True)
class _Said:
    stretch: Marked
    speaker: str | None
    role: str | None
    cue: str | None
    direct: bool = True


def find_quotes(
    text: str, entities: Sequence[Entity] = (), people: Sequence[Person] = (), *, indirect: bool = False
) -> list[Quote]:
    """The direct speech in `text`, in order, marks excluded; offsets refer to `text`.

    `entities` are the mentions that the entity stage found in the same text, `people` what it knows of persons;
    without them speakers are read from the grammar alone. `indirect` adds reported speech without marks
    (`X annonce que …`, `selon X, …`), `direct` false.

    >>> [quote] = find_quotes("« Nous sommes prêts », a déclaré Jeanne Roy, directrice de Solvor.")
    >>> quote.text, quote.speaker, quote.speaker_role, quote.cue
    ('Nous sommes prêts', 'Jeanne Roy', 'directrice de Solvor', 'a déclaré')
    """
    return _Reading(text, entities, people, indirect).quotes()


def _shared(phrase: Phrase) -> Role | None:
    """The function that several people named together have (`X et Y, délégués syndicaux`)."""
    while phrase.joined is not None:
        phrase = phrase.joined
    return phrase.role if phrase.role and phrase.role.noun.endswith("s") else None


class _Reading:
    """One pass over a text: marks first, then who speaks them, quote after quote."""

    def __init__(
        self, text: str, entities: Sequence[Entity], people: Sequence[Person], indirect: bool = False
    ) -> None:
        self.text = text
        flat = even(text)
        bare = Narration(text, flat, (), entities)
        marked = pair(flat, lambda start, end: tail(bare, start, end))
        self.page = Narration(text, flat, marked, entities)
        self.answers = dash_blocks(self.page)
        self.said: list[_Said] = []
        self.indirect = indirect
        if marked or self.answers or indirect:
            self.cast = Cast(self.page, people)
            self.headings = interview_headings(self.page, self.answers)

    def quotes(self) -> list[Quote]:
        """All quotes of the text."""
        inside = [(answer.stretch.start, answer.stretch.end) for answer in self.answers]
        todo: list[tuple[Marked, Attribution | None]] = [
            (stretch, None)
            for stretch in self.page.marked
            if not any(start <= stretch.start < end for start, end in inside)
        ]
        for answer in self.answers:
            found = answer.attribution or self._answering(answer.stretch)
            if found:
                todo.append((answer.stretch, found))
        todo.sort(key=lambda item: item[0].start)
        for stretch, found in todo:
            attribution = found or self._attribution(stretch)
            if attribution is not None:
                self.said.append(self._resolved(stretch, attribution))
        self.said = [self._with_role(item) for item in self.said]
        if self.indirect:
            taken = [(item.stretch.outer_start, item.stretch.outer_end) for item in self.said]
            for stretch, found in reported(self.page):
                at = bisect_right(taken, (stretch.end, 0)) - 1
                if at >= 0 and taken[at][1] > stretch.start:
                    continue  # an answer that a dash opens
                said = self._resolved(stretch, found)
                if said.speaker or said.role:
                    self.said.append(replace(said, direct=False))
            self.said.sort(key=lambda item: item.stretch.start)
        identifiers: dict[str, str] = {}
        for entity in self.page.entities:
            if entity.entity_id:
                identifiers.setdefault(entity.canonical, entity.entity_id)
        return [
            Quote(
                start=item.stretch.start,
                end=item.stretch.end,
                text=self.text[item.stretch.start : item.stretch.end],
                speaker=item.speaker,
                speaker_role=item.role,
                cue=item.cue,
                speaker_id=identifiers.get(item.speaker or ""),
                direct=item.direct,
            )
            for item in self.said
        ]

    def _attribution(self, stretch: Marked) -> Attribution | None:
        page = self.page
        words = page.flat[stretch.start : stretch.end]
        count = len(_WORD.findall(words[:200]))
        personal = in_person(words)
        whole = count >= 4 and (words[0].isupper() or words[-1] in ".!?…" or personal)
        found = after(page, stretch, whole=whole)
        if found or not stretch.opened or titled(page, stretch):
            return found
        if count >= 4:
            found = inside(page, stretch.start, stretch.end)
            if found:
                return found
        initials = _INITIALS.search(
            page.masked, max(0, stretch.outer_start - _INITIALED), stretch.outer_start
        )
        if initials:
            name = self.cast.by_initials(initials.group())
            if name:
                return Attribution(None, None, stretch.start, name=name)
        previous = self.said[-1] if self.said else None
        further = goes_with(page, stretch, previous.stretch) if previous else False
        if previous and further:
            if not isinstance(further, bool):
                return Attribution(further, previous.cue, further.named[0].start, position=stretch.start)
            return self._again(previous, previous.cue, stretch)
        if previous and carries_on(page, stretch, previous.stretch):
            return self._again(previous, previous.cue, stretch)
        found = before(page, stretch, whole=whole) or borrowed(page, stretch)
        if found and found.pronoun == SAME:
            near = previous is not None and previous.stretch.outer_start >= page.sentence_start(found.at - 1)
            return self._again(previous, found.cue, stretch, found.position) if previous and near else None
        if found:
            return found
        if not whole:
            ended = words[0].isupper() and words[-1] in ".!?…"  # `», dit X. « C'est rare. »`
            if ended and previous and self._follows(stretch) == "next":
                return Attribution(None, previous.cue, stretch.start, name=previous.speaker or "")
            return of_someone(page, stretch)
        if is_question(page, above(page, stretch.outer_start)) and self._opens_line(stretch):
            found = self._answering(stretch)
            if found:
                return found
        return self._laid_out(stretch) or self._chained(stretch, personal, count) or of_someone(page, stretch)

    def _again(self, previous: _Said, cue: str | None, stretch: Marked, position: int = 0) -> Attribution:
        """The speaker of `previous` once more."""
        name = previous.speaker or ""
        return Attribution(None, cue, stretch.start, name=name, role=previous.role, position=position)

    def _laid_out(self, stretch: Marked) -> Attribution | None:
        """The name in the line above or below, whichever is nearer."""
        page = self.page
        title = title_line(page, stretch)
        below = signature(page, stretch)
        if below and self._follows(stretch) == "next" and not self._knows_person(below):
            below = None  # the heading of what comes next
        if title and below:
            start = page.line(stretch.outer_start)[0]
            near = "\n\n" not in page.masked[max(0, start - 3) : start].replace(" ", "")
            far = "\n\n" in page.masked[stretch.outer_end : below.position].replace(" ", "")
            return title if near and far else below
        return below or title

    def _knows_person(self, found: Attribution) -> bool:
        named = found.phrase.named if found.phrase else ()
        return bool(named) and named[0].label == "PER" and named[0].start in self.page.by_start

    def _opens_line(self, stretch: Marked) -> bool:
        start = self.page.line(stretch.outer_start)[0]
        return not self.page.masked[start : stretch.outer_start].strip(" -–—")

    def _answering(self, stretch: Marked) -> Attribution | None:
        before = [heading for heading in self.headings if heading[0] < stretch.start]
        if before:
            return Attribution(None, None, stretch.start, name=before[-1][1])
        return None

    def _follows(self, stretch: Marked) -> str | None:
        return goes_on(self.page, stretch, self.said[-1].stretch if self.said else None)

    def _chained(self, stretch: Marked, personal: bool, count: int) -> Attribution | None:
        page = self.page
        previous = self.said[-1] if self.said else None
        follows = self._follows(stretch)
        if previous and follows == "next":
            return Attribution(None, previous.cue, stretch.start, name=previous.speaker or "")
        found = sentence_before(page, stretch)
        if found and (personal or count >= _ALONE):
            return found
        colon = page.masked[page.line(stretch.outer_start)[0] : stretch.outer_start].rstrip().endswith(":")
        if previous and follows == "same" and colon and previous.speaker:
            return Attribution(None, None, stretch.start, name=previous.speaker)
        if not self._opens_line(stretch) or not personal or count < _ALONE:
            return None
        line_end = page.line(stretch.outer_end)[1]
        if page.masked[stretch.outer_end : line_end].strip(" .,;!?"):
            return None
        if previous and follows == "paragraph":
            return Attribution(None, None, stretch.start, name=previous.speaker or "")
        return paragraph_before(page, stretch) or Attribution(None, None, stretch.start, name="")

    def _resolved(self, stretch: Marked, found: Attribution) -> _Said:
        cast, phrase = self.cast, found.phrase
        names: list[str] = []
        role: str | None = None
        if found.name is not None:
            names, role = [found.name] if found.name else [], found.role
        elif phrase is None:
            names = self._meant(stretch, found)
        elif phrase.named:
            names = list(dict.fromkeys(cast.name(named) for named in phrase.named))
            shared = _shared(phrase) if len(names) > 1 else phrase.role
            role = shared.text if shared else None
        elif phrase.role:
            together = cast.several(phrase.role, found.at) if phrase.several else []
            name = None if together else self._functioning(phrase, phrase.role, found.at)
            names = together or ([name] if name else [])
            role = cast.fuller(name, phrase.role.text) if name else phrase.role.text
            if name:
                cast.acts(name, phrase.role, found.at)
        elif phrase.body:
            names = self._bodies(phrase.body, found.at) if phrase.definite else []
        else:
            names = self._pointed(phrase.pointing or "", phrase.gender, found.at)
        if role is None and len(names) == 1 and cast.is_person(names[0]):
            role = cast.role(names[0], found.at)
        if len(names) == 1 and (phrase is None or not phrase.named):
            cast.note(names[0], found.at)
        elif phrase and stretch.start <= found.at < stretch.end:
            cast.told(phrase, found.at)
        return _Said(stretch, " ; ".join(names) or None, role, self._as_written(found))

    def _with_role(self, item: _Said) -> _Said:
        """`item` with the function that the release tells later, or in the next sentence by a calling (`« … », dit X. Le
        vigneron restera trois ans.`)."""
        name = item.speaker
        if item.role or not name or not self.cast.is_person(name):
            return item
        role = self.cast.role(name, item.stretch.start)
        if role is None:
            page = self.page
            start = page.sentence_end(item.stretch.outer_end)
            toks = tokens(page.masked, start, min(len(page.masked), start + _CALLING))
            phrase = phrase_at(page, toks, 0) if toks and toks[0].text in ("Le", "La", "L'") else None
            if phrase and phrase.role and not phrase.named and phrase.last == 2:
                known = self.cast.by_function(phrase.role, start)
                role = phrase.role.text if known is None and self.cast.called(name, phrase.role) else None
        return replace(item, role=role)

    def _functioning(self, phrase: Phrase, role: Role, position: int) -> str | None:
        """Whom a function without a name means (`la directrice`, `cette mère de famille`, but not `un éleveur`)."""
        if phrase.demonstrative:
            return self.cast.by_function(role, position) or self.cast.by_pronoun(
                role.gender, position, latest=True
            )
        if not phrase.definite:
            return None
        if is_general(role.noun) and (still := self._still(role, position)):
            return still
        name = self.cast.by_function(role, position) or self.cast.only(role, position)
        if name is None:
            spoke = {item.speaker for item in self.said if item.speaker}
            name = self.cast.only(role, position, spoke) or self._still(role, position)
        if name is None and is_general(role.noun) and not phrase.several:
            since = self.page.masked.rfind("\n\n", max(0, position - _PARAGRAPH), position)
            near = self.cast.by_pronoun(role.gender, position, since=since)
            name = near if near and not self.cast.members[near].roles else None
        return name

    def _still(self, role: Role, position: int) -> str | None:
        """Who has just spoken in the same paragraph, meant by a calling alone (`Pour l'agronome`)."""
        previous = self.said[-1] if self.said else None
        if previous is None or role.last > role.first + 1:
            return None
        if "\n\n" in self.page.masked[previous.stretch.outer_end : position]:
            return None
        return self.cast.called(previous.speaker or "", role)

    def _bodies(self, noun: str, position: int) -> list[str]:
        """What organisation a common noun means; a plural means those that spoke together last."""
        if noun not in body_nouns():
            return self._spoke_together()
        name = self.cast.organisation(noun, position)
        return [name] if name else []

    def _as_written(self, found: Attribution) -> str | None:
        """The cue in the text's own characters (its apostrophe) where it stands there in one piece."""
        if found.cue is None:
            return None
        at = self.page.flat.find(found.cue, found.position, found.position + len(found.cue) + _BEFORE_CUE)
        return " ".join(self.text[at : at + len(found.cue)].split()) if at >= 0 else found.cue

    def _meant(self, stretch: Marked, found: Attribution) -> list[str]:
        """Whom a personal pronoun means; behind the first quote also somebody named soon after."""
        ahead = found.at >= stretch.end
        pronoun = found.pronoun or ""
        if pronoun in ("ils", "elles", "eux"):
            return self._together(found.at)
        gender = None if pronoun == "ses" else "f" if pronoun == "elle" else "m"
        human = bool(_I.search(self.page.flat, stretch.start, stretch.end))
        near = self._near(gender, found.at, human=human) if gender else None
        since = self.page.masked.rfind("\n\n", max(0, found.at - _PARAGRAPH), found.at) if near == "" else 0
        name = self.cast.by_pronoun(gender, found.at, since=since) if not near or ahead else None
        name = name or near or None
        if name is None and ahead and not self.said and pronoun in ("il", "elle"):
            name = self.cast.named_next(gender, found.at)
        return [name] if name else []

    def _near(self, gender: str, position: int, *, human: bool) -> str | None:
        """The organisation (no `human`) or the function that the nearest sentence is about, `None` if it is about a
        person named or about nobody, an empty name if it is not known who or what stands there."""
        for sentence in sentences_before(self.page, position):
            people = (n for phrase, _ in sentence.phrases for n in phrase.named if n.label == "PER")
            if any(self.cast.gender(self.cast.name(named)) in (gender, None) for named in people):
                return None
            if sentence.has_pronoun(gender):
                return None
            for phrase in sentence.subjects():
                if not sentence.agrees(phrase, gender):
                    continue
                at = sentence.toks[phrase.first].start
                if human and not phrase.role:
                    continue
                if phrase.named:
                    return self.cast.name(phrase.named[0]) if phrase.named[0].label == "ORG" else None
                if phrase.body and phrase.definite:
                    return next(iter(self._bodies(phrase.body, at)), "")
                if phrase.role and phrase.definite and phrase.role.gender in (gender, None):
                    return self._functioning(phrase, phrase.role, at) or ""
        return None

    def _together(self, position: int) -> list[str]:
        """Whom `ils` means: those named together in the nearest sentence, or those who spoke together last."""
        for sentence in sentences_before(self.page, position):
            for label in ("PER", "ORG"):
                named = [n for p in sentence.subjects() for n in p.named if n.label == label]
                names = list(dict.fromkeys(self.cast.name(one) for one in named))
                if len(names) > 1:
                    return names
            if sentence.phrases:
                break
        return self._spoke_together()

    def _spoke_together(self) -> list[str]:
        spoke = (item.speaker for item in reversed(self.said[-_TOGETHER:]) if item.speaker)
        return [name for name in spoke if " ; " in name][:1]

    def _pointed(self, pointing: str, gender: str | None, position: int) -> list[str]:
        """Whom `celui-ci`, `cette dernière`, `la première` mean."""
        if pointing in ("premier", "première", "second", "seconde"):
            both = self.cast.pair_before(position)
            return [both[0] if pointing.startswith("premi") else both[1]] if both else []
        name = self.cast.by_pronoun(gender, position, latest=True)
        return [name] if name else []
