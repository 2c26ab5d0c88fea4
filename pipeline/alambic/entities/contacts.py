"""The contact blocks of a text: which lines are theirs, and the organisation that stands over each name."""

from __future__ import annotations

import re

from alambic.entities.lexicon import SMALL_WORDS
from alambic.entities.named import Named
from alambic.entities.roles import role_at
from alambic.entities.words import fold, words_of
from alambic.record import Entity

_HEADING = re.compile(
    r"\b(?:contacts?|presse|press|medias?|renseignements|(?:pour )?informations?|source|relations|interlocut\w+|service|communication)\b"
)
_TITLE = re.compile(r"\b(?:communique|dossier|conference|revue)s?\b")
_ADDRESS = re.compile(r"@|(?:\+\d{2,3}|\b0\d|\(0\))[ .\-]?\d?(?:[ .\-]?\d{2,3}){2}|https?:|www\.")
_PROSE = 200
_HEADING_LENGTH = 160
_REACH = 8
_MARKS = " \t\xa0\u202f•·–—-*▪>:|,"
_MAIL = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_MAIL_REACH = 220
_ANYONES = frozenset(
    "gmail yahoo hotmail outlook live icloud free sfr orange wanadoo laposte bbox numericable aol neuf protonmail".split()
)
_LEAST_OF_NAME = 4


class Contacts:
    """The contact blocks of one text."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._zone = self._zones()
        self._whole: dict[str, Entity] = {}
        self._begun: dict[str, Entity] = {}
        self._ended: dict[str, Entity] = {}
        for firm in named.firms:
            key = "".join(words_of(firm.text))
            if self._whole.setdefault(key, firm) is firm:
                for n in range(_LEAST_OF_NAME, len(key)):
                    self._begun.setdefault(key[:n], firm)
                words = words_of(firm.text)
                self._whole.setdefault("".join(word for word in words if word not in SMALL_WORDS), firm)
                for n in range(1, len(words)):
                    self._ended.setdefault("".join(words[n:]), firm)

    def _line(self, number: int) -> str:
        start, end = self._named.line(number)
        return self._named.text[start : min(end, start + 2 * _PROSE)]

    def _zones(self) -> list[bool]:
        """For each line, whether it lies in a contact block: under its heading or near an address, no prose between."""
        count = len(self._named.line_starts)
        zone = [False] * count
        for lines, reach, opens in (
            (range(count), _REACH + 4, self._is_heading),
            (range(count - 1, -1, -1), 4, self._has_address),
        ):
            left = 0
            for number in lines:
                line = self._line(number)
                if opens(line):
                    left = reach
                elif len(line) > _PROSE:
                    left = 0
                zone[number] = zone[number] or left > 0
                left = max(0, left - 1)
        return zone

    def _is_heading(self, line: str) -> bool:
        begins = fold(line)[:60]
        return len(line) < _HEADING_LENGTH and bool(_HEADING.search(begins)) and not _TITLE.search(begins)

    def _has_address(self, line: str) -> bool:
        return len(line) < 2 * _PROSE and bool(_ADDRESS.search(line))

    def hold(self, offset: int) -> bool:
        """Whether the line around an offset lies in a contact block."""
        return self._zone[self._named.line_number(offset)]

    def column(self, offset: int) -> int:
        """Which column of its line an offset lies in; 0 in a line without columns."""
        start, _ = self._named.line(self._named.line_number(offset))
        return self._named.text.count("\t", max(start, offset - _PROSE), offset)

    def cell(self, number: int, column: int) -> tuple[int, int] | None:
        """Where a column of a line begins and ends; a line without columns is its first one."""
        start, end = self._named.line(number)
        for _ in range(column):
            tab = self._named.text.find("\t", start, min(end, start + _PROSE))
            if tab < 0:
                return None
            start = tab + 1
        tab = self._named.text.find("\t", start, min(end, start + _PROSE))
        return start, tab if tab >= 0 else end

    def cells_of(self, person: Entity) -> list[tuple[int, int]] | None:
        """The cells that tell of a person named in a line of cells, `None` in a line that has but one.

        They are those to the right where the line tells of one person (`DUPONT Claire | Présidente | Verkor`), the one
        underneath where it names several.
        """
        number = self._named.line_number(person.start)
        column = self.column(person.start)
        if not column and not self.cell(number, 1):
            return None
        start, end = self._named.line(number)
        if all(
            p.end <= (self.cell(number, column) or (end, end))[1]
            for p in self._named.people_in(person.start, end)
        ):
            right: list[tuple[int, int]] = []
            while len(right) < 4 and (cell := self.cell(number, column + 1 + len(right))):
                right.append(cell)
            if right and not self._named.people_in(start, (self.cell(number, column) or (start, start))[0]):
                return right
        below = self.cell(number + 1, column) if number + 1 < len(self._named.line_starts) else None
        return [below] if below else []

    def house_over(self, person: Entity) -> Entity | None:
        """The organisation in the heading over a person who opens a line, or the column of one."""
        number = self._named.line_number(person.start)
        column = self.column(person.start)
        cell = self.cell(number, column)
        if cell is None or not opens_line(
            self._named.text[max(cell[0], person.start - _HEADING_LENGTH) : person.start]
        ):
            return None
        empty = 0
        for above in range(number - 1, max(-1, number - 1 - _REACH), -1):
            cell = self.cell(above, column)
            if cell is None:
                return None
            begin, end = cell
            line = self._named.text[begin : min(end, begin + 2 * _PROSE)]
            if not line.strip():
                empty += 1
                if empty > 1:
                    return None
                continue
            firms = self._named.firms_in(begin, end)
            if len({f.entity_id for f in firms}) > 2:
                return None  # a list of partners is no heading
            if firms and alone(line, self._named.text[firms[0].start : firms[-1].end]):
                return firms[0]
            people = self._named.people_in(begin, firms[-1].start) if firms else []
            if firms and not people and len(line) < _HEADING_LENGTH and self._is_heading(line):
                return firms[-1]
            if not self._passed(begin, end, line):
                return None
        return None

    def _passed(self, begin: int, end: int, line: str) -> bool:
        """Whether a line may stand between a heading and a person under it: address, function, another person."""
        if self._has_address(line) or (self._is_heading(line) and len(line) < 60):
            return True
        role = role_at(self._named.text, begin)
        if role and role.end >= end - 1:
            return True
        people = self._named.people_in(begin, end)
        return bool(people) and opens_line(self._named.text[begin : people[0].start])

    def house_under(self, person: Entity) -> Entity | None:
        """The organisation on the line under a person's name or function, in a block that goes on with an address."""
        number = self._named.line_number(person.start)
        for below in range(number + 1, min(len(self._named.line_starts), number + 3)):
            begin, end = self._named.line(below)
            line = self._line(below)
            firms = self._named.firms_in(begin, end)
            if firms and alone(line, self._named.text[firms[0].start : firms[-1].end]):
                return firms[0] if not self.opened_by_person(below + 1) else None
            role = role_at(self._named.text, begin)
            if not (role and role.end >= end - 1):
                return None
        return None

    def opened_by_person(self, number: int) -> bool:
        """Whether a line (by its number) begins with a person's name."""
        if not 0 <= number < len(self._named.line_starts):
            return False
        begin, end = self._named.line(number)
        people = self._named.people_in(begin, end)
        return bool(people) and opens_line(self._named.text[begin : people[0].start])

    def house_of_address(self, person: Entity) -> Entity | None:
        """The organisation whose name the host of the person's e-mail address is."""
        following = self._named.person_from(person.end)
        if following and following.start < (last := self._named.row(person)[-1]).end:
            person, following = last, self._named.person_from(last.end)
        end = min(person.end + _MAIL_REACH, following.start if following else len(self._named.text))
        mail = _MAIL.search(self._named.text, person.end, end)
        if mail is None or "\n\n" in self._named.text[person.end : mail.start()]:
            line, end = self._named.line(self._named.line_number(person.start))
            mail = _MAIL.search(
                self._named.text, line, min(end, line + 2 * _PROSE)
            )  # another's on the same line
        if mail is None:
            return None
        labels = ["".join(words_of(label)) for label in mail[1].split(".")[:-1]]
        for label in labels:
            if label in _ANYONES and mail[1].endswith((".fr", ".net", ".com")):
                continue
            if firm := self._whole.get(label) or self._begun.get(label):
                return firm  # `mareva.fr`: Maréva Industries
            if len(label) > _LEAST_OF_NAME and (firm := self._ended.get(label)):
                return firm  # `redonsurvilaine.fr`: Ville de Redon-sur-Vilaine
            for n in range(len(label) - 1, _LEAST_OF_NAME - 1, -1):
                if label[:n] in self._whole:
                    return self._whole[label[:n]]  # `verkor-france.com`: Verkor
        return None


def opens_line(before: str) -> bool:
    """Whether nothing but a mark, a number, a label or a civility stands before a name in its line.

    >>> opens_line("– Mme "), opens_line("Contact presse : "), opens_line("avec ")
    (True, True, False)
    """
    bare = before.strip(_MARKS)
    return (
        not bare
        or before.rstrip().endswith(":")
        or bool(re.fullmatch(r"(?:M\.|Mme|Mlle|Dr|Pr|Me|\d{1,2}[.)])", bare))
    )


def alone(line: str, name: str) -> bool:
    """Whether a name has its line to itself, marks and a label (`Pour`, `Agence`) aside."""
    rest = line.replace(name, "", 1).strip(_MARKS + "()")
    return not rest or fold(rest) in ("pour", "agence", "chez", "societe", "groupe", "association")
