"""Who a release presents: each person's function and gender, and whom a pronoun or a function means.

Nothing is guessed: where two people fit equally well, the nearest one before the words is taken for a pronoun
(what French does), and nobody for a function.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from alambic.entities.role_nouns import noun_of_function
from alambic.knowledge import rows
from alambic.quotes.cues import fold, is_verb_form
from alambic.quotes.lexicon import word_set
from alambic.quotes.narration import Narration, Token, tokens
from alambic.quotes.roles import ARTICLES, Role, noun_gender, noun_pairs, role_at
from alambic.quotes.speakers import SEVERAL, Named, Phrase, body_nouns, phrases
from alambic.record import Person

_MANY = 8  # people who can speak together by one function
_AHEAD = 200  # characters ahead in which a pronoun finds its person if none is behind
_NEAR = 2500  # characters back within which a pronoun finds its person
_SENTENCE = 1500  # characters of a sentence that are read
_PRESIDES = re.compile(
    r"\b(présid|dirig|command|anim|entraîn|coordonn)(?:ée?s? par|e|ait|ent|a|era|erait)\b", re.IGNORECASE
)  # `jury présidé par X`, `X, qui préside`, `que préside X`
_HEADS = {
    "présid": "président",
    "dirig": "directeur",
    "command": "commandant",
    "anim": "animateur",
    "entraîn": "entraîneur",
    "coordonn": "coordinateur",
}
_PRESIDENCY = re.compile(r"présidence (?:de |d')(?:la |l')?")
_NAMES = re.compile(
    r"\b(?:él[iu]t?|réél[iu]t?|nomm|désign|choisi|arrivée|nomination|recrut|promu|confirm)\w*\b[^.;\n]*\Z",
    re.IGNORECASE,
)
_NOMINATED = re.compile(
    r",? (?:a été |est |vient d'être )?(?:él|réél|nomm|désign|promu|confirm|recrut)\w+ "
    r"(?:comme |en qualité de |en tant que |au poste de |aux fonctions de )"
)
_BECOMES = re.compile(
    r"(?:\b(?:est|devient|reste|demeure|redevient|était)|\b(?:élu|nommé|réélu|désigné|promu|sacré|intronisé)e?s?)"
    r"(?:\s+(?:à l'unanimité|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|le|la|l'|au poste de|comme|en tant que))*\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?<![-\w])(?:il|elle)(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"\bavec [^.;\n]*\Z")
_ASIDE = 60  # characters between `avec` and the last of those whom it governs
_TITLES = word_set("titles")
_SMALL = word_set("small")
_BETWEEN = word_set("between")
_KNOWN_UNNAMED = word_set("known_unnamed")


@cache
def _first_names() -> dict[str, str]:
    known = rows("alambic.entities.data", "first_names.txt")
    return {fold(row[0].lower()): row[1] for row in known if len(row) > 1}


def first_name_gender(name: str) -> str | None:
    """`m` or `f` where the first name tells it.

    >>> first_name_gender("Jean-Marc Dupont"), first_name_gender("Dominique Martin")
    ('m', None)
    """
    first = fold(name.split()[0].lower()) if name.split() else ""
    known = _first_names().get(first)
    if known is None and "-" in first:
        known = _first_names().get(first.split("-")[0])
    return known if known in ("m", "f") else None


@lru_cache(maxsize=8192)
def _key(words: str) -> tuple[str, ...]:
    folded = re.findall(r"[^\W_]+", fold(words.lower().replace("’", "'")))
    return tuple(_neutral(word) for word in folded if word not in _SMALL and word not in _TITLES)


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Whether capitals are the initials of a function: `DTN`, `directeur technique national`."""
    if not short.isupper() or len(short) < 2:
        return False
    return "".join(word[0] for word in words[: len(short)]).upper() == short


def _neutral(word: str) -> str:
    """One form for both genders: `directrice` is the `directeur` of whom the release speaks elsewhere."""
    return _pairs().get(word, word)


@cache
def _pairs() -> dict[str, str]:
    return {fold(feminine): fold(masculine) for masculine, feminine in noun_pairs() if masculine != feminine}


@cache
def _general() -> dict[str, frozenset[str]]:
    """General noun -> head nouns that it covers, all as `_key` writes them."""
    return {
        _key(noun)[0]: frozenset(_key(nouns)) for noun, nouns in rows("alambic.quotes", "general_nouns.txt")
    }


def is_general(noun: str) -> bool:
    """Whether a noun names people without telling their function (`l'élu`, `la chercheuse`)."""
    key = _key(noun)
    return bool(key) and key[0] in _general()


@dataclass(slots=True)
class _Member:
    roles: list[tuple[int, str, str]] = field(default_factory=list)  # where, as written, head noun
    gender: str | None = None
    label: str = "PER"
    deeds: list[tuple[int, str]] = field(default_factory=list)  # where, function that a verb tells


def _bracketed(toks: Sequence[Token], at: int) -> int:
    """How many characters the bracket takes that opens at token `at` (`X (« Le Sel »), qui préside`)."""
    if at >= len(toks) or toks[at].text != "(":
        return 0
    close = next((token.end for token in toks[at : at + 20] if token.text == ")"), toks[at].start)
    return close - toks[at].start


class Cast:
    """The people and organisations of one release, in the order of their mentions."""

    def __init__(self, page: Narration, people: Sequence[Person]) -> None:
        self._page = page
        self.members: dict[str, _Member] = {}
        self._by_last: dict[str, str] = {}
        self._mentions: list[tuple[int, str, bool]] = []  # where, who, governed by a preposition
        self._phrases: dict[int, list[tuple[Phrase, bool]]] = {}
        self._pronouns: dict[
            int, frozenset[str]
        ] = {}  # the subject pronouns of the sentence that begins there
        self._counts: Counter[str] = Counter()
        self._heads: dict[tuple[str, ...], list[tuple[int, str]]] | None = None
        for entity in page.entities:
            self._member(entity.canonical, entity.label)
            self._counts[entity.canonical] += 1
        for person in people:
            member = self._member(person.name, "PER")
            if person.role:
                member.roles.append((len(page.text), person.role, person.role.lower().split()[0]))
        self._read(page)
        for name, member in self.members.items():
            if member.label == "PER" and member.gender != "f":  # `le maire, Christine Aubry`
                member.gender = first_name_gender(name) or member.gender

    def _member(self, name: str, label: str) -> _Member:
        member = self.members.get(name)
        if member is None:
            member = self.members[name] = _Member(label=label)
            if label == "PER" and name.split():
                self._by_last.setdefault(fold(name.split()[-1].lower()), name)
        return member

    def _read(self, page: Narration) -> None:
        done = -1
        for entity in page.entities:
            if entity.start < done:
                continue
            start = page.sentence_start(entity.start)
            end = min(page.sentence_end(entity.start), entity.start + _SENTENCE)
            start = max(start, entity.start - _SENTENCE)
            done = end
            toks = tokens(page.masked, start, end)
            found = phrases(page, toks)
            for phrase, governed in found:
                self.add(phrase, toks[phrase.first].start, governed)
            self._told(page, toks, found, start, end)
        self._mentions.sort()

    def _told(
        self,
        page: Narration,
        toks: Sequence[Token],
        found: Sequence[tuple[Phrase, bool]],
        start: int,
        end: int,
    ) -> None:
        """Functions that a verb tells: `X est élue présidente`, `le jury, présidé par X`."""
        people = [(phrase, governed) for phrase, governed in found if phrase.named]
        for deed in _PRESIDES.finditer(page.masked, start, end):
            behind = deed.group().lower().endswith("par") or page.masked[start : deed.start()].endswith(
                ("que ", "qu'")
            )
            near = [
                phrase
                for phrase, _ in people
                if (
                    0 <= toks[phrase.first].start - deed.end() < 60
                    if behind
                    else 0 <= deed.start() - toks[phrase.last - 1].end - _bracketed(toks, phrase.last) < 12
                )
            ]
            if near:
                name = self.name(near[0].named[0])
                self._member(name, near[0].named[0].label).deeds.append(
                    (deed.start(), _HEADS[deed.group(1).lower()])
                )
        for presidency in _PRESIDENCY.finditer(page.masked, start, end):
            for phrase, _ in people:
                if 0 <= toks[phrase.first].start - presidency.end() < 8:
                    self._member(self.name(phrase.named[0]), "PER").deeds.append(
                        (presidency.start(), "président")
                    )
        for phrase, _ in people:
            if phrase.named[0].label == "PER" and len(phrase.named) == 1:
                role = self._beside(page, toks, phrase)
                if role is not None:
                    self._member(self.name(phrase.named[0]), "PER").roles.append(
                        (toks[phrase.first].start, role.text, role.noun)
                    )
        for change in _BECOMES.finditer(page.masked, start, end):
            before = [
                phrase
                for phrase, governed in people
                if toks[phrase.first].start < change.start() and not governed
            ]
            at = next((i for i, token in enumerate(toks) if token.start >= change.end()), None)
            if not before or at is None:
                continue
            role = role_at(page, toks, at)
            if role is None or before[-1].named[0].label != "PER":
                continue
            name = self.name(before[-1].named[0])
            self._member(name, "PER").roles.append((toks[role.first].start, role.text, role.noun))

    def _beside(self, page: Narration, toks: Sequence[Token], phrase: Phrase) -> Role | None:
        """A function that a label or a nomination puts beside a name."""
        last = toks[phrase.last - 1]
        if phrase.last < len(toks) and toks[phrase.last].text == ",":
            further = role_at(page, toks, phrase.last + 1)  # `X, fondatrice de Y, présidente`
            apart = further is not None and (  # `Interrogé par X, le maire de Y a déclaré`
                toks[phrase.last + 1].low in SEVERAL
                or toks[phrase.last + 1].low in ARTICLES
                and further.last < len(toks)
                and is_verb_form(toks[further.last].low)
            )
            if further is not None and not apart:
                return further
        if phrase.first > 1 and toks[phrase.first - 1].text == ":":
            label = role_at(page, toks, 0)  # `Présidente : X`
            if label is not None and label.last == phrase.first - 1:
                return label
        copula = phrase.first - 1
        if copula > 1 and toks[copula].low == "est":
            while copula > 1 and toks[copula - 1].low in ("c'", ","):
                copula -= 1
            label = role_at(page, toks, 0)  # `Le maire est X`, `Le directeur, c'est X`
            if label is not None and label.last == copula:
                return label
        near = page.masked[max(0, toks[phrase.first].start - 90) : toks[phrase.first].start]
        if _NAMES.search(near):
            at = phrase.last
            while at < min(len(toks), phrase.last + 8):
                if toks[at].low in _BETWEEN:
                    at += 1
                    continue
                return role_at(
                    page, toks, at, loose=toks[at - 1].low in ("comme", "de", "que") and at > phrase.last
                )
        elif phrase.last < len(toks) and _NOMINATED.match(page.masked, last.end):
            found = _NOMINATED.match(page.masked, last.end)
            at_start = found.end() if found else 0
            at = next((i for i, token in enumerate(toks) if token.start >= at_start), len(toks))
            return role_at(page, toks, at) if at < len(toks) else None
        return None

    def told(self, phrase: Phrase, position: int) -> None:
        """Takes in a phrase that stands inside marked words (`« A, dit X, maire de Y. B »`)."""
        for named in phrase.named:
            self.note(self.name(named), position)
        self._introduce(phrase, position)

    def note(self, name: str, position: int) -> None:
        """Takes in that `name` is spoken of at `position` (a pronoun found to mean them)."""
        insort(self._mentions, (position, name, False))

    def add(self, phrase: Phrase, position: int, governed: bool) -> None:
        """Takes in what one phrase tells about who is named in it."""
        for named in phrase.named:
            name = self.name(named)
            self._member(name, named.label)
            self._mentions.append((position if len(phrase.named) == 1 else named.start, name, governed))
        self._introduce(phrase, position)

    def _introduce(self, phrase: Phrase, position: int) -> None:
        """Takes in the functions and genders that one phrase tells."""
        part: Phrase | None = phrase
        while part is not None and part.named:  # what is said of the one named first in each part
            member = self._member(self.name(part.named[0]), part.named[0].label)
            if part.role:
                member.roles.append((position, part.role.text, part.role.noun))
            if part.gender and member.gender is None:
                member.gender = part.gender
            part = part.joined

    def name(self, named: Named) -> str:
        """The canonical name; a surname that the entity stage has not joined is joined here."""
        if named.name in self.members:
            return named.name
        parts = named.name.split()
        if named.label == "PER" and parts:
            known = self._by_last.get(fold(parts[-1].lower()))
            if known and (len(parts) == 1 or fold(known.lower()) == fold(named.name.lower())):
                return known
        return named.name

    def role(self, name: str, position: int) -> str | None:
        """The function of `name`, the last given before `position` or else the first given after it."""
        member = self.members.get(name)
        if member is None or not member.roles:
            return None
        return max(
            member.roles,
            key=lambda role: (len(_key(role[1])) > 0, role[0] <= position, -abs(role[0] - position)),
        )[1]

    def fuller(self, name: str, role: str) -> str:
        """The function of `name` that `role` is the short form of (`ministre`, `DTN`), the general noun for
        (`dirigeante`) or a trade beside (`le chirurgien`), or `role` itself."""
        member = self.members.get(name)
        wanted = _key(role)
        covered = _general().get(wanted[0], frozenset()) if len(wanted) == 1 else frozenset()
        noun = noun_of_function(role) if len(wanted) == 1 else None
        trade = noun is not None and noun.sort == "profession"
        for _, text, _ in member.roles if member else ():
            own = _key(text)
            if len(own) > len(wanted) and own[: len(wanted)] == wanted or covered & set(own[:1]):
                return text
            if _abbreviates(role, own) or (trade and len(own) > 1):
                return text
        return role

    def acts(self, name: str, role: Role, position: int) -> None:
        """Takes in that `name` is spoken of by a function that nothing has given them so far."""
        wanted = _key(role.text)
        member = self.members[name]
        if not any(_key(text)[: len(wanted)] == wanted for _, text, _ in member.roles):
            member.roles.append((position, role.text, role.noun))

    def called(self, name: str, role: Role) -> str | None:
        """`name`, if a calling that nobody is given can be theirs."""
        member = self.members.get(name)
        if (
            member is None
            or member.label != "PER"
            or role.noun in _KNOWN_UNNAMED
            and not is_general(role.noun)
        ):
            return None
        return name if member.gender in (role.gender, None) or role.gender is None else None

    def named_next(self, gender: str | None, position: int) -> str | None:
        """The person named first after `position` whom a pronoun ahead of the name can mean."""
        at = bisect_left(self._mentions, (position, "", False))
        for where, name, _ in self._mentions[at : at + 3]:
            if where - position < _AHEAD and self.is_person(name) and self.gender(name) in (gender, None):
                return name
        return None

    def gender(self, name: str) -> str | None:
        """`m`, `f` or `None` where nothing tells it."""
        member = self.members.get(name)
        return member.gender if member else None

    def is_person(self, name: str) -> bool:
        """Whether `name` is a person's."""
        member = self.members.get(name)
        return member is not None and member.label == "PER"

    def several(self, role: Role, position: int) -> list[str]:
        """The people named before `position` who have one function (`les commissaires`, `les deux cofondatrices`)."""
        fitting = self._by_noun().get(_key(role.noun.removesuffix("s")), [])
        names = [name for where, name in fitting if where < position]
        return names if 1 < len(names) <= _MANY else []

    def _by_noun(self) -> dict[tuple[str, ...], list[tuple[int, str]]]:
        """Head noun of a function -> who has it, each with where they are first named, in that order."""
        if self._heads is None:
            first: dict[str, int] = {}
            for where, name, _ in self._mentions:
                first.setdefault(name, where)
            heads: dict[tuple[str, ...], list[tuple[int, str]]] = {}
            for name, where in sorted(first.items(), key=lambda item: item[1]):
                roles = self.members[name].roles if self.is_person(name) else []
                for noun in dict.fromkeys(_key(head.lower().rpartition("-")[2]) for _, _, head in roles):
                    heads.setdefault(noun, []).append((where, name))
            self._heads = heads
        return self._heads

    def by_pronoun(
        self, gender: str | None, position: int, *, latest: bool = False, since: int = 0
    ) -> str | None:
        """The person that a pronoun of this gender can mean: in the nearest sentence, subjects first.

        No mention before `since` counts. `latest` takes the last one named, as `celui-ci` and `cette dernière` do.
        """
        at = bisect_left(self._mentions, (position, "", False))
        best: tuple[int, int, bool, str] | None = None
        complement: str | None = (
            None  # no subject: `il remporta quatre titres avec X` goes on about someone else
        )
        for where, name, governed in reversed(self._mentions[max(0, at - 40) : at]):
            if position - where > _NEAR or where < since:
                break
            if not self.is_person(name):
                continue
            own = self.gender(name)
            if gender and own and own != gender:
                continue
            if latest:
                return name
            sentence = self._page.sentence_start(where)
            rank = (sentence, not governed, own == gender)
            if governed and self._has_subject(gender, sentence, where):
                if complement is None:
                    complement = name
            elif best is None or rank > best[:3]:
                best = (*rank, name)
            elif best[0] > sentence:
                break
        return best[3] if best else complement

    def _has_subject(self, gender: str | None, sentence: int, where: int) -> bool:
        """Whether the sentence from `sentence` has a pronoun for subject, or names the one at `where` as a companion."""
        masked = self._page.masked
        if _WITH.search(masked, max(sentence, where - _ASIDE), where):
            return True
        found = self._pronouns.get(sentence)
        if found is None:
            end = min(self._page.sentence_end(where), sentence + _SENTENCE)
            found = self._pronouns[sentence] = frozenset(
                word.lower() for word in _SUBJECT.findall(masked, sentence, end)
            )
        return ("elle" if gender == "f" else "il") in found

    def pair_before(self, position: int) -> tuple[str, str] | None:
        """The first two of those named together before `position` (`le premier`, `la seconde`): in one sentence, or
        else the last two."""
        at = bisect_left(self._mentions, (position, "", False))
        names: list[str] = []
        last = next((where for where, name, _ in reversed(self._mentions[:at]) if self.is_person(name)), None)
        if last is not None:
            start = self._page.sentence_start(last)
            first = bisect_left(self._mentions, (start, "", False))
            together = [name for _, name, _ in self._mentions[first:at] if self.is_person(name)]
            names = list(dict.fromkeys(together))
            if len(names) > 1:
                return names[0], names[1]
            names = []
        for _, name, _ in reversed(self._mentions[max(0, at - 12) : at]):
            if self.is_person(name) and name not in names:
                names.append(name)
            if len(names) == 2:  # in the order of their first mentions: one of them may just have spoken
                leads = next(name for _, name, _ in self._mentions[:at] if name in names)
                return (names[0], names[1]) if leads == names[0] else (names[1], names[0])
        return None

    def by_initials(self, initials: str) -> str | None:
        """The person whose name has these initials (`M. C.` in an interview), `None` if several have."""
        wanted = [letter for letter in initials.upper() if letter.isalpha()]
        fitting = [
            name
            for name, member in self.members.items()
            if member.label == "PER"
            and len(name) > 3 * len(wanted)  # a name in full
            and [part[0].upper() for part in re.split(r"[ -]", name) if part][: len(wanted)] == wanted
        ]
        return fitting[0] if len(fitting) == 1 else None

    def by_function(self, role: Role, position: int) -> str | None:
        """The person of whom the release gives this function, `None` if none or if two fit."""
        wanted = _key(role.text)
        if not wanted:
            return None
        exact: list[tuple[int, str]] = []
        loose: list[tuple[int, str]] = []
        told: list[tuple[int, str]] = []
        for name, member in self.members.items():
            if member.label != "PER":
                continue
            if member.gender and role.gender and member.gender != role.gender:
                if role.gender == "f" or noun_gender(role.noun):
                    continue  # but a woman can be `le ministre`
            for where, text, _ in member.roles:
                own = _key(text)
                if own == wanted:
                    exact.append((where, name))
                elif (
                    own[: len(wanted)] == wanted or wanted[: len(own)] == own or _abbreviates(role.text, own)
                ):
                    loose.append((where, name))
            covered = _general().get(wanted[0], frozenset()) | {wanted[0]}
            told += [(where, name) for where, noun in member.deeds if fold(noun) in covered]
        for found in (exact, loose, told, self._under(wanted[0], role.gender, position)):
            names = {name for _, name in found}
            if len(names) == 1:
                return names.pop()
            before = [item for item in found if item[0] < position]
            if before:
                return max(before)[1]
        return None

    def only(self, role: Role, position: int, among: Collection[str] | None = None) -> str | None:
        """The one person named before `position` (or `among` these) whom a function that nobody is given can mean.

        Whoever has a function of their own is not meant, nor is anybody by an office that is known without a name.
        """
        if role.noun in _KNOWN_UNNAMED:
            return None
        at = bisect_left(self._mentions, (position, "", False))
        fitting = {
            name
            for _, name, _ in self._mentions[:at]
            if self.is_person(name)
            and (among is None or name in among)
            and (not role.gender or self.gender(name) in (role.gender, None))
        }
        without = {name for name in fitting if not self.members[name].roles}
        if len(without) != 1:
            return None
        name = without.pop()
        often = sum(mention[1] == name for mention in self._mentions[:at]) > 1
        return name if len(fitting) == 1 or often else None

    def _under(self, noun: str, gender: str | None, position: int) -> list[tuple[int, str]]:
        """Where people are named before `position` whose function a general noun covers (`la chercheuse`), those
        first whose function holds its stem (`directrice de recherche`)."""
        covered = _general().get(noun)
        if covered is None:
            return []
        under = [
            (where, name, _key(text))
            for name, member in self.members.items()
            if member.label == "PER" and (gender is None or member.gender in (gender, None))
            for where, text, _ in member.roles
            if where < position and _key(text)[:1] and _key(text)[0] in covered
        ]
        stem = noun[: -len("eur")]
        akin = [item for item in under if any(stem in word for word in item[2])]
        return [(where, name) for where, name, _ in akin or under]

    def organisation(self, noun: str, position: int) -> str | None:
        """The organisation that `la mutuelle` means: the one whose name holds the noun (`Mutuelle des Faubourgs`); if the
        noun can mean the issuer, else the last subject of the paragraph, or the one named most if none comes near."""
        wanted = fold(noun)
        bodies = [name for name, member in self.members.items() if member.label == "ORG"]
        fitting = [name for name in bodies if wanted in _key(name)]
        if fitting or not body_nouns()[noun]:
            return fitting[0] if len(fitting) == 1 else None
        start = self._page.masked.rfind("\n", max(0, position - _NEAR), position) + 1
        at = bisect_left(self._mentions, (position, "", False))
        for where, name, governed in reversed(self._mentions[max(0, at - 12) : at]):
            if where >= start and not governed and not self.is_person(name):
                return name
        counts = sorted(((self._counts[name], name) for name in bodies), reverse=True)
        if counts and counts[0][0] >= 2 and (len(counts) == 1 or counts[0][0] >= 2 * counts[1][0]):
            return counts[0][1]
        return None
