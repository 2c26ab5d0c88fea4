"""The function and the employer of each person, as the release gives them.

Every mention is asked what stands in apposition (`roles`), what verbs tell (`offices`) and which organisation is beside it
(`houses`); the fullest function that is not over wins. A post that names no house is one in the issuer's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from alambic.entities.anaphora import told_next
from alambic.entities.houses import Houses
from alambic.entities.lexicon import heads, opening, own_kinds, role_fields, territories
from alambic.entities.named import Named
from alambic.entities.offices import offices
from alambic.entities.places import is_place
from alambic.entities.role_nouns import is_english_noun, noun_of_function
from alambic.entities.roles import Role, role_after, role_at, role_before
from alambic.entities.shared_roles import shared_roles
from alambic.entities.surfaces import Surface
from alambic.entities.words import fold, words_of
from alambic.heading import may_speak, named_as_source, read_heading
from alambic.record import Entity

_AFTER_ROLE = re.compile(
    r"(?:\s?[,(–—/-]\s?|\s(?:chez|de|du|d['’]|au sein de|au|à)\s?(?:la |l['’])?|\s-\s|\n)\s?"
)
_CLOSED = re.compile(r"\s?(?:[,.;:)\n»\"”(–—·•|]|$)")
_CLOSES_LINE = re.compile(r"\s?(?:[,(\n]|$)")
_FIELD = re.compile(r", (?P<field>[A-ZÀ-Þ][^\W\d]+(?:[ '’&-]{1,3}[^\W\d]+){0,5})(?=\n|$)")
_FORMER = re.compile(r"(?:ancien|ex\b|future?\b)")
_OUR = re.compile(r"\b[Nn](?:otre|os)\s(?:\w+\s)?$")
_OUR_REACH = 24
_IN_CHARGE = re.compile(r"\b(?:en charge|chargee?s?) (?:de|du|des|d')(?!.* (?:a|au|chez) )")
_NO_BODIES = frozenset(
    (noun,) for noun in ("credit", "service", "developpement", "transport", "commerce", "mouvement")
)
_DEPUTY = re.compile(r"adjointe?s?")
_MINISTER = re.compile(r"(?:premi\w+ )?(?:ministre|secretaire d)")
_LINK = re.compile(r"\b(?:du|de|des|chez|d'|a la|au|aux|a|pour|en)\b ?(?:l'|la |les )?")
_ELSEWHERE = re.compile(
    r"(?:etat|republique|gouvernement|pays|jury|monde|france|europe|territoires?|commune|ville|canton|paroisse|tribunal|parquet"
    r"|gendarmerie|police|armee|pompiers|equipe de france|(?:association|collectif|amicale|comite de quartier|syndicat|club|union"
    r"|federation|cooperative|confrerie|conseil de quartier) (?:de|du|des|d'[a-z]+))\b"
)
_JURY = re.compile(r"\bjury\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"(?:\s?,\s|\s?\(|\s[–—-]\s|(?P<below>\n))?(?P<service>[^\n,;:()@|/–—]{4,60}?)(?=\s?(?:[,;)\n]|$|(?(below)(?!)|[|/–—])))"
)
_LABEL = re.compile(
    r"(?:^|[\n\t|;–—])[ •*–—-]*(?P<label>[Rr]elations? [^\n\t|;:–—]{3,50}?) ?: ?(?:M\. |Mme |Dr |Pr )?\Z"
)
_OF_LABEL = 80
_JURY_REACH = 600
_FIRST_MENTIONS = 6
_OF_TITLE = 24
_CAPITALS = re.compile(r"(?<![.\w])[A-ZÀ-Þ][\w-]*")
_PARAGRAPH = 1200
_WORD = re.compile(r"[\w-]+")
_OF_KIND = re.compile(r"(?:du |de la |de l['’]|au |à la |à l['’])(\w+)$")
_TERRITORIAL = frozenset(
    (noun,)
    for noun in (
        "maire prefet prefete sous depute deputee senateur senatrice bourgmestre gouverneur ambassadeur ambassadrice consul"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Employment:
    """What a release says of a person's work: a function, and the canonical name and id of the employer."""

    role: str | None = None
    employer: str | None = None
    employer_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Post:
    """One telling of a person's work, and how much it is worth."""

    role: Role
    firm: Entity | None
    rank: int
    past: bool


def employments(text: str, people: Sequence[list[Surface]], entities: Sequence[Entity]) -> list[Employment]:
    """For each person (a list of surfaces) the function and employer; `entities` are all those of the text, in order."""
    if not people:
        return []
    told = _Told(text, entities)
    return [told.employment(surfaces) for surfaces in people]


class _Told:
    """What one text tells of the work of its people."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self._text = text
        self._named = Named(text, entities)
        self._houses = Houses(self._named)
        self._shared = shared_roles(self._named)
        self._entities = entities
        self._mentions = {(p.start, p.end): p for p in self._named.people}

    @cached_property
    def _issuer(self) -> Entity | None:
        return _issuer(self._text, self._entities, self._named)

    def employment(self, surfaces: list[Surface]) -> Employment:
        places = sorted(place for surface in surfaces for place in surface.places)
        mentions = [self._mentions[place] for place in places if place in self._mentions]
        posts: list[_Post] = []
        firm = founded = None
        for mention in mentions:
            posts.extend(self._in_apposition(mention))
            for office in offices(self._named, mention):
                if office.role and not self._named.names_person(office.role.start, office.role.end):
                    posts.append(self._post(office.role, mention, firm=office.firm, past=office.past))
                elif office.firm and not office.founded and firm is None:
                    firm = office.firm
                elif office.firm or office.own:
                    founded = founded or office.firm or self._issuer
        if all(post.past for post in posts):
            posts.extend(self._told_next(mentions))
        best = max(posts, key=lambda p: p.rank, default=None)
        if best and best.firm is None and self._ours(best.role) and self._issuer:
            return _employed(best.role.of(self._text), self._issuer)
        if best and best.firm:
            return _employed(best.role.of(self._text), best.firm)
        beside = self._houses.held_close if best and self._in_office(best.role) else self._houses.beside
        firm = firm or next((f for m in mentions if (f := beside(m))), None)
        if best:
            return _employed(best.role.of(self._text), firm or self._own_house(best.role) or founded)
        shared = next((self._shared[place] for place in places if place in self._shared), None)
        if shared:
            role = Role(*shared, "post" if self._is_post(shared[0]) else "profession", "", True)
            inside = self._inside(role)
            return _employed(role.of(self._text), inside or firm or self._own_house(role))
        service = next((s for m in mentions if (s := self._service(m))), None)
        if service and firm is None:
            firm = self._employer_of(service, mentions[0])
            ministry = self._text[service.start - 1] == "(" and self._text[service.start].isupper()
            firm = firm or (None if ministry else self._issuer)  # `à X (Économie)`
        return _employed(service.of(self._text) if service else None, firm or founded)

    def _in_apposition(self, mention: Entity) -> Iterator[_Post]:
        cells = self._houses.cells_of(mention)
        if cells is not None and self._text[mention.end : mention.end + 1] in ("\t", "\n", ""):
            roles = (role_at(self._text, start, limit=end) for start, end in cells)
            yield from (self._post(role, mention) for role in roles if role)
            return
        after = role_after(self._text, mention.end)
        if (
            after
            and self._text[after.end : after.end + 1] == " "
            and self._named.people_in(after.end, after.end + 2)
        ):
            after = None  # `trésorière X, secrétaire Y`
        if (
            after
            and "\n" in self._text[mention.end : after.start]
            and self._named.people_in(after.end, after.end + 3)
        ):
            after = None  # the next line's: `X\nLe président, Y`
        for role in (after and self._with_field(after, mention), role_before(self._text, mention.start)):
            if role and not self._named.names_person(role.start, role.end):
                yield self._post(role, mention)

    def _post(self, role: Role, mention: Entity, *, firm: Entity | None = None, past: bool = False) -> _Post:
        role = self._whole(role)
        firm = firm or self._employer_of(role, mention) or self._houses.possessor(mention, role.start)
        role = self._with_house(role, firm)
        if _MINISTER.match(fold(role.of(self._text))):
            firm = None
        over = past or bool(_FORMER.match(fold(role.of(self._text))))
        rank = (
            2 * (firm is not None) + (" " in role.of(self._text)) + 2 * (role.sort != "profession") - 3 * over
        )
        return _Post(role, firm, rank, over)

    def _told_next(self, mentions: Sequence[Entity]) -> Iterator[_Post]:
        """What the sentence after a person's first mentions tells by a pronoun or a noun that stands for the name."""
        for mention in mentions[:_FIRST_MENTIONS]:
            for office in told_next(self._named, mention):
                if office.role:
                    yield self._post(office.role, mention, firm=office.firm, past=office.past)

    def _whole(self, role: Role) -> Role:
        """The function up to the end of the organisation that it breaks off in (`présidente de Parents, code et cartables`)."""
        last = self._named.firm_before(role.end)
        return (
            replace(role, end=last.end) if last and last.start >= role.start and last.end > role.end else role
        )

    def _with_field(self, role: Role, mention: Entity) -> Role:
        """`X – Associée, Droit public`: the field after the function in a line that holds nothing else but a person."""
        line, _ = self._named.line(self._named.line_number(mention.start))
        found = _FIELD.match(self._text, role.end) if mention.start == line else None
        if found is None or is_place(words_of(found["field"])) or self._named.firms_in(*found.span("field")):
            return role
        return replace(role, end=found.end()) if not role_at(self._text, found.start("field")) else role

    def _with_house(self, role: Role, firm: Entity | None) -> Role:
        """`Regional Director, SpringSource`: an English title keeps the body after its comma (guide, section 7)."""
        if firm is None or self._text[role.end : firm.start] not in (", ", " at ", " @ "):
            return role
        told = role.of(self._text).split()
        return replace(role, end=firm.end) if is_english_noun(told[0]) or is_english_noun(told[-1]) else role

    def _inside(self, role: Role) -> Entity | None:
        """The organisation in the function; a name without a capital yields to one that has one."""
        inside = [
            f
            for f in self._named.firms_in(role.start, role.end)
            if words_of(f.text) not in own_kinds() and words_of(f.text) not in role_fields("field")
        ]
        return next((f for f in inside if not f.text.islower()), inside[0] if inside else None)

    def _employer_of(self, role: Role, mention: Entity) -> Entity | None:
        """The organisation in the function, or right after it (`directrice, Verkor`; `président (Bigorneau)`)."""
        inside = self._inside(role)
        if inside and role.sort == "office" and self._is_territory(role, inside):
            return None
        if inside and not inside.text.islower():
            return inside
        after = _AFTER_ROLE.match(self._text, role.end)
        if after and role.start >= mention.end:
            following = self._named.firm_at(after.end())
            apart = any(mark in after.group() for mark in ",–—-/\n")
            closed = _CLOSES_LINE if "\n" in after.group() else _CLOSED
            if following and not (apart and not closed.match(self._text, following.end)):
                return following
        return inside

    def _is_territory(self, role: Role, firm: Entity) -> bool:
        """`préfète du Haut-Velay`: what an office of State or town is named with is a territory, if no body's name."""
        told = self._text[role.start : firm.start]
        last = [
            m
            for m in _WORD.finditer(told)
            if words_of(m.group())[:1] in _TERRITORIAL or noun_of_function(m.group())
        ]
        noun = words_of(last[-1].group())[:1] if last else ()
        return noun in _TERRITORIAL and not opening(words_of(firm.text), heads("part"))

    def _ours(self, role: Role) -> bool:
        """Whether the release speaks of the function as its own house's: `notre juriste`, `nos bénévoles`."""
        return bool(_OUR.search(self._text, max(0, role.start - _OUR_REACH), role.start))

    def _in_office(self, role: Role) -> bool:
        """Whether a function is one of State or town, which no body beside the name employs: `maire`, `adjoint aux sports`."""
        told = fold(role.of(self._text))
        return role.sort == "office" and not _DEPUTY.fullmatch(told)

    def _own_house(self, role: Role) -> Entity | None:
        """The issuer, for a post that names no other house (`directrice générale`, `chargé des affaires publiques`)."""
        told = role.of(self._text)
        around = self._text[max(0, role.start - _JURY_REACH) : role.end]
        if (
            (role.sort != "post" and not _DEPUTY.fullmatch(fold(told)))
            or fold(told) in ("chef", "cheffe")
            or (" " not in told and _JURY.search(around))
        ):
            return None
        if meant := self._meant(role):
            return meant
        link = _LINK.search(fold(told))
        if link is None:
            return self._issuer
        complement = fold(told)[link.end() :]
        if _ELSEWHERE.match(complement) or _MINISTER.match(fold(told)):
            return None
        if opening(words_of(complement), role_fields("field")) or _IN_CHARGE.search(fold(told)):
            return self._issuer
        written = told[-len(complement) :] if len(fold(told)) == len(told) else complement
        titled = told[0].isupper() and link.group().strip() not in ("de", "d'", "chez")
        names = _CAPITALS.findall(written[1:] if titled else written)
        own = all((word,) in territories() for name in names for word in words_of(name))
        return self._issuer if own else None

    def _meant(self, role: Role) -> Entity | None:
        """The organisation that a noun of its kind means in a function (`directeur du CHU`, `juriste de l'association`).

        It is the last one that the noun begins the name of; failing that, the issuer where the paragraph speaks of it, or
        else the one that the paragraph named last.
        """
        noun = _OF_KIND.search(role.of(self._text))
        if noun is None:
            return None
        kind = words_of(noun[1])
        body = kind and kind not in _NO_BODIES
        named = self._named.firm_called(kind[0], role.start) if body else None
        if named or kind not in own_kinds():
            return named
        line, _ = self._named.line(self._named.line_number(role.start))
        nearby = self._named.firms_in(max(line, role.start - _PARAGRAPH), role.start)
        ids = {f.entity_id for f in nearby}
        if not nearby or (self._issuer and self._issuer.entity_id in ids):
            return self._issuer
        return nearby[-1]

    def _is_post(self, start: int) -> bool:
        word = _WORD.match(self._text, start)
        role = (role_at(word.group()[:-1], 0) or role_at(word.group(), 0)) if word else None
        return role is not None and role.sort == "post"

    def _service(self, mention: Entity) -> Role | None:
        """What someone is in charge of, told instead of a function in a contact: `X, service communication`."""
        cells = self._houses.cells_of(mention)
        at, end = cells[0] if cells else (mention.end, len(self._text))
        found = _SERVICE.match(self._text, at, end)
        bracketed = self._text[at : at + 2] == " ("
        listed = self._text[at : at + 2] == ", " and self._houses.in_list(mention)
        if self._houses.in_contact(mention) and (labelled := self._labelled(mention)):
            return labelled
        if found is None or not (self._houses.in_contact(mention) or bracketed or listed):
            return None
        words = words_of(found["service"])
        field = opening(words, role_fields("field"))
        if not field or any(word.isdigit() for word in words) or (bracketed and field < len(words)):
            return None
        return self._whole(Role(*found.span("service"), "service", "", True))

    def _labelled(self, mention: Entity) -> Role | None:
        """`Relations investisseurs : X`: what a contact's line says before the name that they do."""
        line, _ = self._named.line(self._named.line_number(mention.start))
        begin = max(line, mention.start - _OF_LABEL)
        found = _LABEL.search(self._text[begin : mention.start])
        if found is None:
            return None
        return Role(begin + found.start("label"), begin + found.end("label"), "service", "", True)


def _employed(role: str | None, firm: Entity | None) -> Employment:
    return Employment(role, firm.canonical, firm.entity_id) if firm else Employment(role)


def _issuer(text: str, entities: Sequence[Entity], named: Named) -> Entity | None:
    """The organisation whose people a release means where it names no house.

    It is the one named as its source, or the one that its heading tells, unless the headline begins with another that is
    named at least as often (a release told by several, with the boilerplate of one).
    """
    if source := named_as_source(text, named.firms):
        return source
    heading = read_heading(text, entities)
    counts = Counter(f.entity_id for f in named.firms)
    issuer = next((f for f in named.firms if f.canonical == heading.issuer), None)
    at = text.find(heading.title[:_OF_TITLE]) if heading.title else -1
    if issuer is None or at < 0 or heading.title is None:
        return issuer
    subject = next((f for f in named.firms_in(at, at + len(heading.title)) if may_speak(f)), issuer)
    return subject if counts[subject.entity_id] >= counts[issuer.entity_id] else issuer
