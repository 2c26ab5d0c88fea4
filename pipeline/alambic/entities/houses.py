"""The organisation beside a person's name: in its bracket, its line or its block, or the one that a possessive means."""

from __future__ import annotations

import re

from alambic.entities.contacts import Contacts, alone, opens_line
from alambic.entities.lexicon import heads, opening, role_fields
from alambic.entities.named import Named
from alambic.entities.offices import flat
from alambic.entities.places import is_place
from alambic.entities.roles import role_after
from alambic.entities.words import fold, words_of
from alambic.record import Entity

_REACH = 300
_OPENS_BRACKET = re.compile(r"\s?\(\s?")
_LINK = re.compile(r"(?:,\s|\s)(?:de\s(?:la\s|l['’])?|d['’]|du\s|des\s|chez\s|from\s|of\s|pour\s)")
_LABELLED = re.compile(
    r"[^\S\n]?[–—:|/-]\s?(?:(?:[Cc]ontacts?|[Rr]elations?|[Ss]ervice|[Pp]resse|[Cc]ommunication)[\w' ]{0,40}? ?[:–-] ?)?"
    r"(?:(?:M|Mme|Dr|Pr|Me)\.?\s)?"
)
_COMMA = re.compile(r",\s(?:(?:M|Mme|Dr|Pr|Me)\.?\s)?")
_CLOSED = re.compile(r"\s?(?:[,.;:)\n»\"”/|·•]|[–—-]\s|$)(?!\s?\()")
_ENDS = re.compile(r"(?: \([^()\n]{1,20}\))?(?:[.;)]|\n|$)")
_ASIDE = re.compile(r"\s?\([^()\n]{1,80}\)[,;.\n]")
_TITLE_FIRST = re.compile(r"\s?\(")
_SEGMENT = re.compile(r"[;|•·]|\s[–—-]\s|\s/\s")
_LANGUAGES = frozenset(("FR", "NL", "EN", "DE", "IT", "ES"))
_BEFORE_FIRST = (
    "M",
    "Mme",
    "Me",
    "Dr",
    "Pr",
    "avec",
    "dont",
    "notamment",
    "représenté par",
    "représentée par",
)
_ITEM = re.compile(r"[;|•·]")
_AFTER_COMMA = re.compile(r",\s")
_DASH = re.compile(r",\s|\s[–—|/-]\s?")
_TEAM = re.compile(r",?\savec\s(?:(?:M|Mme|Dr|Pr|Me)\.?\s)?")
_TEAM_OF = re.compile(
    r"\b(?:equipes?|avocats|associes|conseillers)(?: [a-z-]+)? (?:de |du |d'|des |chez )?(?:l'|la |le )?§[^§.;:]{0,160}$"
)
_SUBJECT_WITH = re.compile(
    r"\W*(?:[a-z]+ ){0,2}(?:l'|d')?§(?: ?\([^)§]{0,40}\))?"
    r"(?:,? avec (?!une )|[^.]*\bequipe (?:composee|constituee|menee|conduite|dirigee|emmenee|pilotee|comprenant|reunissant)\b)[^§;:]*$"
)
_PAIR = re.compile(r"\s(?:et|&)\s(?:(?:M|Mme|Dr|Pr|Me)\.?\s)?")
_INTRODUCES = re.compile(
    r"\W*(?:[Cc]hez|[Pp]our|(?:[Dd]u )?[Cc]ôté|[Dd]u côté d[eu]s?|[Aa]u nom d[eu]s?|[Àà])\s?(?:d['’]|de |la |le |les |l['’])*"
)
_INSIDE = re.compile(
    r"[,;]\s(?:et,?\s)?(?:chez|pour|du côté|au nom)\s(?:d['’]|de |du |des )?(?:la |le |les |l['’])?(?:[a-zà-ÿ-]+ )?$"
)
_YOUR_CONTACT = re.compile(r"\b(?:votre )?contact(?: presse)? ?: ?(?:(?:m|mme|mlle)\.? )?$")
_SENTENCE = re.compile(r"[.!?]\s")
_CONTACT = re.compile(
    r"\b(?:contacts?|presse|press|media|medias|relations|service|renseignements|informations?)\b"
)
_POSSESSIVE = re.compile(r"\b(?:son|sa)\s(?:(?:nouve\w+|actuel\w*|propre|premi[eè]re?)\s)?$", re.IGNORECASE)
_POSSESSED_AFTER = re.compile(r",\s(?:son|sa)\s", re.IGNORECASE)
_JOINED = re.compile(r",?\s(?:et|avec)\s|,\s|\s(?:par|via)\s")


class Houses:
    """The organisations that people of one text are said to belong to."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._contacts = Contacts(named)

    def held_close(self, person: Entity) -> Entity | None:
        """The organisation in a person's own cell or bracket: what alone may tell of one in office (`X (PS), maire`)."""
        for read in (self._in_cells, self._in_bracket, self._around_bracket, self._linked):
            if firm := read(person):
                return firm
        return None

    def beside(self, person: Entity) -> Entity | None:
        """The organisation that stands beside one mention of a person, `None` where there is none."""
        if firm := self.held_close(person):
            return firm
        for read in (
            self._labelled,
            self._introduced,
            self._before,
            self._after,
            self._with_next,
            self._in_team,
            self._opening_line,
            self._in_block,
        ):
            if firm := read(person):
                return firm
        return None

    def in_contact(self, person: Entity) -> bool:
        """Whether a mention stands in a contact block."""
        return self._contacts.hold(person.start)

    def cells_of(self, person: Entity) -> list[tuple[int, int]] | None:
        """The cells that tell of a person named in one: see `Contacts`."""
        return self._contacts.cells_of(person)

    def possessor(self, person: Entity, role_start: int) -> Entity | None:
        """The organisation that `sa` means in `sa directrice, X` or `X, son président`: the subject told last."""
        text = self._named.text
        before = text[max(0, role_start - 40) : role_start]
        if not _POSSESSIVE.search(before):
            return None
        at = min(role_start, person.start)
        last = self._named.firm_before(at)
        if last is None or at - last.end > _REACH:
            return None
        possessive = _POSSESSIVE.search(before)
        gap = text[last.end : role_start - len(before) + (possessive.start() if possessive else 0)]
        if _JOINED.fullmatch(gap):
            return last
        start = self._named.sentence_start(at)
        own = self._named.firms_in(start, at)
        if own:
            return own[0]
        earlier = self._named.firms_in(self._named.sentence_start(max(0, start - 2)), start)
        return earlier[0] if earlier else None

    def _in_cells(self, person: Entity) -> Entity | None:
        """`DUPONT Claire | Présidente | Verkor`."""
        for start, end in self._contacts.cells_of(person) or ():
            firms = self._named.firms_in(start, end)
            if firms and alone(self._named.text[start:end], self._named.text[firms[0].start : firms[0].end]):
                return firms[0]
        return None

    def _in_bracket(self, person: Entity) -> Entity | None:
        """`X (Verkor)`, `X (Verkor, Lille)`."""
        opening = _OPENS_BRACKET.match(self._named.text, person.end)
        firm = self._named.firm_at(opening.end(), led_to=True) if opening else None
        if firm and (firm.text in _LANGUAGES or words_of(firm.text) in role_fields("field")):
            return None  # `Contact : X (FR) - Y (NL)`, `à X (Économie)`
        closes = firm and self._named.text[firm.end : firm.end + 2].lstrip()[:1] in (
            ")",
            ",",
            ";",
            "/",
            "–",
            "-",
            "(",
        )
        return firm if closes else None

    def _around_bracket(self, person: Entity) -> Entity | None:
        """`Orrick (X)`, `Orrick (X, associé, et Y)`."""
        floor = max(0, person.start - _REACH)
        opens = self._named.text.rfind("(", floor, person.start)
        if opens < 0 or any(c in self._named.text[opens : person.start] for c in ")\n"):
            return None
        firm = self._named.firm_before(opens)
        if firm is None or self._named.text[firm.end : opens].strip():
            return None
        between = self._named.text[opens + 1 : person.start].strip()
        placed = between.endswith(",") and is_place(words_of(between))  # `Merle (Grasse, X)`
        first = not between or placed or between.endswith(":") or between.rstrip(".") in _BEFORE_FIRST
        return firm if first or self._named.people_in(opens, person.start) else None

    def _linked(self, person: Entity) -> Entity | None:
        """`X, de la Quadrature du Net`, `X, de l'association Verger`, `X d'Enercoop`."""
        link = _LINK.match(self._named.text, person.end)
        if link is None or (link.group() == " pour " and not self.in_contact(person)):
            return None
        return self._named.firm_at(link.end(), led_to=link.group().startswith(","))

    def _introduced(self, person: Entity) -> Entity | None:
        """`Chez Verkor, X`, `Du côté de Verkor, X`, `Pour Verkor : X` at the start of a sentence."""
        firm = self._named.firm_before(person.start)
        if firm is None or not _COMMA.fullmatch(self._named.text[firm.end : person.start]):
            return None
        start = self._named.sentence_start(firm.start)
        before = self._named.text[start : firm.start]
        return firm if _INTRODUCES.fullmatch(before) or _INSIDE.search(before) else None

    def _with_next(self, person: Entity) -> Entity | None:
        """`X et Y (Verkor)`, `X et Y, de Verkor`: what is told of the second of a pair is told of both."""
        following = self._named.person_from(person.end)
        if self._named.row(person)[0] is not person:
            return None  # the end of a longer list: `X, Y et Z (Merle)`
        if following is None or not _PAIR.fullmatch(self._named.text[person.end : following.start]):
            return None
        return self._in_bracket(following) or self._linked(following) or self._after(following, pair=person)

    def _opening_line(self, person: Entity) -> Entity | None:
        """`Merle SA, 15 rue du Lac, Redon. Votre contact : X`: the house that opens the line, its address between."""
        line, _ = self._named.line(self._named.line_number(person.start))
        start = max(line, person.start - _REACH)
        firms = self._named.firms_in(start, person.start)
        if len(firms) != 1 or not opens_line(self._named.text[start : firms[0].start]):
            return None
        between = flat(self._named.text[firms[0].end : person.start])
        return (
            firms[0]
            if _YOUR_CONTACT.search(between) and not self._named.people_in(start, person.start)
            else None
        )

    def _labelled(self, person: Entity) -> Entity | None:
        """`Verkor : X`, `Verkor (Lyon) : X, directrice`, `Contact Verkor : X`."""
        line, _ = self._named.line(self._named.line_number(person.start))
        floor = max(line, person.start - _REACH)
        before = self._named.text[floor : person.start]
        colon = before.rfind(":")
        between = before[colon + 1 :]
        if (
            colon < 0
            or _SEGMENT.search(between.strip())
            and not self._named.people_in(floor + colon, person.start)
        ):
            return None
        if _SENTENCE.search(between) or any(c in between for c in "«»;"):
            return None
        label_from = max((m.end() for m in _SEGMENT.finditer(before, 0, colon)), default=0)
        label = before[label_from:colon]
        if _SENTENCE.search(label):
            return None
        firms = self._named.firms_in(floor + label_from, floor + colon)
        inner = self._named.firms_in(floor + colon, person.start)
        if not firms or inner:
            return None
        named = self._named.text[firms[0].start : firms[-1].end]
        return (
            firms[0]
            if alone(label, named)
            or alone(re.sub(r"\([^()]*\)", "", label), named)
            or (_CONTACT.search(fold(label)) and len(label) < 80)
            else None
        )

    def _before(self, person: Entity) -> Entity | None:
        """`Agence Merle – X & Y`, `Relations presse : Agence Merle, X`, `Avocats : Gide avec X et Y`."""
        first = self._named.row(person)[0]
        firm = self._named.firm_before(first.start)
        if firm is None or first.start - firm.end > 60:
            return None
        gap = self._named.text[firm.end : first.start]
        if _LABELLED.fullmatch(gap):
            return firm
        line, _ = self._named.line(self._named.line_number(firm.start))
        label = self._named.text[max(line, firm.start - _REACH) : firm.start]
        if _TEAM.fullmatch(gap) and opens_line(_SEGMENT.split(label)[-1]):
            return firm
        if _COMMA.fullmatch(gap) and _CONTACT.search(fold(label)):
            return firm
        opens = opens_line(_SEGMENT.split(label)[-1]) and "\n" not in gap and not _SEGMENT.search(gap)
        return firm if opens and self.in_contact(person) and gap.startswith(",") else None

    def _after(self, person: Entity, pair: Entity | None = None) -> Entity | None:
        """`Contact : X, Verkor`, `- X, Verkor`; not `- X, Le Vol du merle (Grasset)`. `pair`: who is named with X."""
        text = self._named.text
        contact = self.in_contact(person)
        mark = (_DASH if contact or self.in_list(person) else _AFTER_COMMA).match(text, person.end)
        if mark is None:
            return None
        first = pair or person
        firm = self._named.firm_at(mark.end(), led_to=True)
        if firm is None:
            return None
        line, _ = self._named.line(self._named.line_number(first.start))
        before = text[max(line, first.start - _REACH) : first.start]
        segment = (_SEGMENT if contact else _ITEM).split(before)[-1]
        if not opens_line(segment):
            listed = before.rstrip().endswith(",")  # `A, X, Merle.` tells three of a kind
            return firm if mark.group()[0] == "," and not listed and _ENDS.match(text, firm.end) else None
        body = opening(words_of(firm.text), heads("part")) > 0
        if body and _ASIDE.match(text, firm.end):
            return firm
        if _TITLE_FIRST.match(text, firm.end) or not _CLOSED.match(text, firm.end):
            return None
        return firm

    def _in_team(self, person: Entity) -> Entity | None:
        """`L'équipe de Merle comprenait X et Y`, `Merle, avec X, associé, et Y, a conseillé`: a house and its people."""
        start = self._named.sentence_start(person.start)
        firms = self._named.firms_in(start, person.start)
        if not firms:
            return None
        pieces, at = [], start
        for firm in firms:
            pieces += [flat(self._named.text[at : firm.start]), "§"]
            at = firm.end
        told = "".join(pieces) + flat(self._named.text[at : person.start])
        if _TEAM_OF.search(told):
            return firms[-1]
        return firms[0] if _SUBJECT_WITH.match(told) else None

    def in_list(self, person: Entity) -> bool:
        """Whether the line over or under a person's begins with a person too."""
        number = self._named.line_number(person.start)
        return any(self._contacts.opened_by_person(n) for n in (number - 1, number + 1))

    def _in_block(self, person: Entity) -> Entity | None:
        """The heading over the name; in a contact block the line under it, or the host of the address too."""
        first = self._named.row(person)[0]
        if not self.in_contact(person):
            return self._contacts.house_over(first) if role_after(self._named.text, person.end) else None
        number = self._named.line_number(first.start)
        line, end = self._named.line(number)
        if not self._named.firms_in(line, end) and not self._contacts.cell(number, 1):
            first = self._named.people_in(line, end)[0]  # `X : 05 61 … – Y : 04 67 …` under a heading
        return (
            self._contacts.house_over(first)
            or self._contacts.house_of_address(person)
            or self._contacts.house_under(first)
        )
