"""Where a name begins and ends: trims what the guide leaves out of a span, takes in what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alambic.entities.acronyms import looks_like_acronym
from alambic.entities.lexicon import (
    building_nouns,
    civilities,
    closing,
    common_nouns,
    common_short_forms,
    first_names,
    heads,
    legal_forms,
    opening,
    role_fields,
    territories,
)
from alambic.entities.role_nouns import is_english_noun, noun_of_function
from alambic.entities.words import fold, words_of
from alambic.knowledge import rows

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")
_LEAD = re.compile(
    r"(?:(?:le|la|les|du|de|des|au|aux|un|une|et|ou|à|chez|par|pour|avec|notre|nos|leur|son|sa|ce|cette|the)\s+|[lLdD]['’]\s?)"
)
_OPENING = " \t\n\xa0\u202f«»\"“”‘’'([{,;:–—-•·*/.&|>"
_PAIR = re.compile(r"\s(?:et|&|and)\s")
_TRAIL = re.compile(
    r"\s(?:and|of|le|la|les|du|de|des|au|aux|et|ou|à|en|un|une|dans|sur|pour|par|avec|chez|l['’]|d['’])$"
)
_CLOSING = " \t\n\xa0\u202f«»\"“”‘'([{,;:–—-•·*/&|<’"
_INSIDE_NAME = re.compile(r"\w\(\w{1,3}\)|\)\s(?:[A-Z][A-Za-z.]{1,5}\.?|S\.à r\.l\.)$")
"""A bracket that is part of the name: `Finance(s) & Pédagogie`, `Bank of China (Europe) S.A.`."""
_BRACKET = re.compile(r"\s*[()\[\]]\s*")
_LINK = re.compile(
    r"\b(?:de la|de l['’]|du|des|de|d['’]|chez|à la|à l['’]|au sein de|auprès de|au|à|of|at|for)\s?",
    re.IGNORECASE,
)
_HEAD_BEFORE = re.compile(r"((?:[\w'’-]+ ){0,3}?[\w-]+)\s((?:de la |de l['’]\s?|du |des |de |d['’]\s?)?)$")
_FORM_BEFORE = re.compile(r"(?<![\w.-])([A-Z]{2,6})\s$")
_LETTERS = re.compile(r"\w+")
_BEFORE = 60
_NEAR = 24
_ONE_OF_MANY = re.compile(
    r"(?<![\w’'-])(?:(?:par|avec|pour|à|sur|dans|chez|entre|sous|vers|comme) des|une?|chaque|plusieurs|quelques|certaine?s"
    r"|aucune?|divers(?:es)?|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leurs?)\s$",
    re.IGNORECASE,
)
"""Determiners that no organisation's name has before it: `par des Infirmières en Pratique Avancée`, `notre Fondation`."""
_NUMBERED = re.compile(r"(?<![\w’'-])(?:le|la|du|au)\s(\d{1,4}\s)$", re.IGNORECASE)
"""A number after an article in the singular counts nothing: it opens the name (`le 3 Faiths Forum`)."""


def repair(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The spans of names in what a recogniser took for one name; nothing where there is no name.

    >>> text = "Directrice de la Communication de Verkor (Île-de-France)"
    >>> [text[a:b] for a, b in repair(text, 0, len(text), "ORG")]
    ['Verkor']
    """
    for a, b in _lines(text, start, end, label):
        yield from _on_one_line(text, a, b, label)


def _on_one_line(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    if label == "ORG" and (more := _GOES_ON.match(text, end)) and _ENGLISH_LINK.search(text, start, end):
        end = more.end()
    for a, b in _pieces(text, start, end, label):
        a, b = _trim_edges(text, a, b)
        if label == "ORG" and _ONE_OF_MANY.search(text, max(0, a - _NEAR), a):
            continue
        a, b = _person(text, a, b) if label == "PER" else _organisation(text, a, b)
        a, b = _trim_edges(text, a, b)
        if label == "PER" and a < b:
            a, b = _with_initial(text, a, b), _with_epithet(text, b)
        if a < b and not _is_nothing(text[a:b], label):
            yield a, b


def _lines(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """A name may go on in the next line; where each line has a name of its own, they are names of their own.

    The lines of a contact block (`Thierry Lambert⏎Guillaume Le Floch`), the heads of a table.
    """
    at = start
    for mark in _LINE_END.finditer(text, start, end):
        if mark.group() == "\t":  # a cell of a table or of columns is no part of the next
            yield at, mark.start()
            at = mark.end()
            continue
        following = _LINE_END.search(text, mark.end(), end)
        first, last = text[at : mark.start()], text[mark.end() : following.start() if following else end]
        alone = _starts_line(text, at) and (
            following is not None or _ends_line(text, end) or " " in first.strip()
        )
        if alone and last[:1].isupper() and not _LINKS_ON.search(first) and not _LINK_FIRST.match(last):
            yield at, mark.start()
            at = mark.end()
    yield at, end


def _starts_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _ends_line(text: str, end: int) -> bool:
    following = text.find("\n", end)
    return not text[end : following if following >= 0 else len(text)].strip()


_ENGLISH_LINK = re.compile(r"\s(?:and|of)$")
_GOES_ON = re.compile(r"\s[A-Z]\w+")
_LINE_END = re.compile(r"\s*\n\s*|\t")
_LINKS = r"(?:de|du|des|d['’]|la|le|les|l['’]|et|&|of|and|pour|à|au|aux|en|sur)"
_LINK_FIRST = re.compile(rf"{_LINKS}\b", re.IGNORECASE)
_LINKS_ON = re.compile(rf"(?:^|\s|['’]){_LINKS}\s*$|-$", re.IGNORECASE)


def _pieces(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """What the brackets leave; two people joined by `et` or `&` are two."""
    for a, b in _outside_brackets(text, start, end):
        join = _PAIR.search(text, a, b)
        first = words_of(text[a : join.start()]) if join else ()
        second = words_of(text[join.end() : b]) if join else ()
        if join and (label == "PER" or ("et" in join.group() and _are_first_names(first, second))):
            yield a, join.start()
            yield join.end(), b
        elif join and label == "ORG" and _ends_with_territory(first) and _is_name(text, join.end(), b):
            yield a, join.start()
            yield join.end(), b
        elif label == "ORG" and (joined := _ACRONYM_AND.match(text, a, b)) and not text[a:b].isupper():
            yield joined.span(1)
            yield joined.end(), b
        elif label == "ORG" and (coordinated := _COORDINATED.match(text, a, b)):
            yield coordinated.span("first")
            yield coordinated.span("again" if coordinated["again"] else "other")
        else:
            yield a, b


_ACRONYM_AND = re.compile(r"([A-ZÀ-Þ]{2,8})\s(?:et|ou)\s(?=[A-ZÀ-Þ])")
"""`la LPO et Sources et Rivières`: nothing is joined to an acronym within a name."""
_COORDINATED = re.compile(
    r"(?P<first>[A-ZÀ-Þ][\w&'’.-]*(?: [A-ZÀ-Þ][\w&'’.-]*)?)\s(?:et|ou)\s"
    r"(?:(?:de la |de l['’]|de |du |d['’])(?P<again>[A-ZÀ-Þ].*)|(?P<other>[A-ZÀ-Þ][^&\n]*\s&\s.*))$",
    re.DOTALL,
)
"""`d'Agrial et de Terrena`: the preposition again tells that there are two, where the first has no complement.
`Fidal et Dubois & Associés`: `et` and `&` do not both stand in one name."""


def _ends_with_territory(words: tuple[str, ...]) -> bool:
    """`chambre d'agriculture des Pays de la Loire`: after where a body is, nothing is joined to its name."""
    return any(words[n:] in territories() for n in range(1, len(words)))


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a piece after `et` begins with a capital, has two words or more, and is no territory itself."""
    words = words_of(text[start:end])
    return text[start].isupper() and len(words) > 1 and words not in territories()


def _are_first_names(*names: tuple[str, ...]) -> bool:
    return all("-".join(name) in first_names() for name in names)


def _outside_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before a bracket, and an acronym inside; places in brackets are no part of a name."""
    pieces, at = [], start
    if _INSIDE_NAME.search(text, start, end):
        yield start, end
        return
    for mark in _BRACKET.finditer(text, start, end):
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, end))
    for n, (a, b) in enumerate(pieces):
        if a < b and (
            n == 0 or not text[start : pieces[0][1]].strip() or looks_like_acronym(text[a:b].strip())
        ):
            yield a, b


def _trim_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and (
        (text[end - 1] in _CLOSING and not _keeps_apostrophe(text, start, end))
        or (text[end - 1] == "." and not _keeps_dot(text, start, end))
    ):
        end -= 1
    trail = _TRAIL.search(text, start, end) or _COUNTED.search(text, start, end)
    if trail is None and _GOES_ON_AS_AMOUNT.match(text, end):
        trail = _NUMBER.search(text, start, end)
    return _trim_edges(text, start, trail.start()) if trail and trail.start() > start else (start, end)


_COUNTED = re.compile(
    r"\s(?:et|ou)\s(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|quatre-vingt|cent|mille)(?:-[a-z]+)*$"
)
"""`le musée de Pont-Aven et vingt-deux collectionneurs`: what is counted next is no part of the name."""
_NUMBER = re.compile(r"\s\d{1,3}$")
_GOES_ON_AS_AMOUNT = re.compile(r"[.,]\d|\s?(?:%|€|[kM]€|M[d$]|millions?\b|milliards?\b|euros?\b)")
"""`le Centre communal d'action sociale 3,7 M€`: the number in a row of a table is no part of the name."""


def _keeps_dot(text: str, start: int, end: int) -> bool:
    """The dot of `Inc.`, `S.A.`, `Antoine M.` belongs to the name."""
    if _DOTTED_FORM.search(text, start, end):
        return True
    last = re.split(r"[\s,]", text[start:end])[-1]
    if _WITHIN_SENTENCE.match(text, end) or _DOTS_INSIDE.search(text, start, end - 1):
        return True
    return bool(_INITIALS.fullmatch(last))


_INITIALS = re.compile(r"(?:\w+\.)?(?:[A-ZÀ-Þ]+[.-]+)+")
_WITHIN_SENTENCE = re.compile(r"\s[a-zà-öø-ÿ]")


def _keeps_apostrophe(text: str, start: int, end: int) -> bool:
    """The apostrophe of `Com'`, `Kassav'` belongs to the name, save where one opens before the name."""
    return (
        text[end - 1] in "'’"
        and end - start > 2
        and text[end - 2].isalpha()
        and text[start - 1 : start] not in ("'", "‘")
        and text.find("'", start, end - 1) < 0
    )


def _strip_lead(text: str, start: int, end: int) -> int:
    while match := _LEAD.match(text, start, end):
        if text[start].isupper() and match.group()[0] not in "ld":
            break
        start = match.end()
    return start


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    """Without civilities and functions before the name, without what follows a comma or a line end."""
    cut = re.search(r"[,;:|]|\s*\n\s*\n|\s[–—-]\s", text[start:end])

    if cut and cut.start() > 0:
        end = start + cut.start()
    if not _begins_with_particle(text, start):
        start = _strip_lead(text, start, end)
    while True:
        match = _WORD.match(text, start, end)
        if not match:
            return start, end
        word = match.group()
        after = match.end() + (text[match.end() : match.end() + 1] == ".")
        rest = text[after:end].strip()
        title = words_of(word) in civilities() and (
            len(word) > 3 or word != word.upper() or word in ("M", "MM")
        )
        title = title and not text.startswith(".-", match.end())  # `M.-C. Auriol`
        title = title and not (match.start() == start and _after_civility(text, start))  # `M. Dame Diop`
        function = noun_of_function(word) is not None and (word.islower() or bool(_WORD.search(rest)))
        if not rest or not (title or (function and words_of(word) not in _NAMES_TOO)):
            return start, end
        start = after + len(text[after:end]) - len(text[after:end].lstrip())
        start = _strip_lead(text, start, end)


def _with_initial(text: str, start: int, end: int) -> int:
    """`Ph. Massé`, `J.-P. Roux`: an initial right before the name belongs to it; `M.` and `Dr.` do not."""
    initial = _INITIAL_BEFORE.search(text, max(0, start - _NEAR), start)
    if initial is None or words_of(initial["first"]) in civilities():
        return start
    name = words_of(text[start:end])
    if (
        not name
        or name[0] in first_names()
        or (len(name) > 1 and name[0] not in _PARTICLES and "-" not in text[start:end])
    ):
        return start  # `le P. Michel Fayolle`: a title, where a full name follows
    return initial.start()


def _with_epithet(text: str, end: int) -> int:
    """The end of a name with what tells its bearer from namesakes: `Pieter Brueghel l'Ancien`."""
    epithet = _EPITHET.match(text, end)
    return epithet.end() if epithet else end


_EPITHET = re.compile(
    r"\s(?:le (?:Jeune|Vieux|Grand|Bon|Hardi|Pieux)|l['’](?:Ancien|Aîné|Aînée)|[JS]r\b\.?)(?!\w)"
)
_PARTICLES = frozenset({"le", "la", "de", "du", "d", "van", "von", "el", "ben", "saint"})
_INITIAL_BEFORE = re.compile(r"(?<![\w.’'-])(?P<first>[A-ZÀ-Þ](?:h|hr)?)\.(?:-?[A-ZÀ-Þ]h?\.)*[ \xa0]?\Z")


def _word_before(text: str, start: int) -> str:
    return next(iter(_WORD.findall(text[max(0, start - _NEAR) : start])[-1:]), "")


def _after_civility(text: str, start: int) -> bool:
    return words_of(_word_before(text, start)) in civilities() and text[start - 1 : start] not in "\n"


def _begins_with_particle(text: str, start: int) -> bool:
    """`M. de La Rochère`, `l'abbé de Roquépine`: after a title, the particle is part of the surname."""
    if not _PARTICLE.match(text, start):
        return False
    before = _word_before(text, start)
    return words_of(before) in civilities() or noun_of_function(before) is not None


_PARTICLE = re.compile(r"(?:de |d['’])(?:[Ll]a |[Ll]es? )?[A-ZÀ-Þ]")
_NAMES_TOO = frozenset(
    {
        ("maire",),
        ("prince",),
        ("roi",),
        ("cadre",),
        ("abbe",),
        ("general",),
        ("lead",),
        ("pasteur",),
        ("guide",),
    }
)


def _organisation(text: str, start: int, end: int) -> tuple[int, int]:
    goes_on = _GOES_ON_AS_PROSE.search(text, start, end) or _GOES_ON_AS_OBJECT.search(text, start, end)
    if goes_on and " pour " not in text[start : goes_on.start()]:
        end = goes_on.start()
    start = _without_caption(text, start, end)
    start = _without_adjective(text, start, end)
    start = _strip_lead(text, start, end)
    start = _after_function(text, start, end)
    start = _strip_lead(text, start, end)
    start = _without_kind(text, start, end)
    start = _after_organ(text, start, end)
    end = _without_place(text, start, _with_second_territory(text, start, end))
    if mark := _EXCLAIMS.match(text, end):
        end = mark.end()
    return _with_head(text, start, end), _with_dot(text, start, _with_legal_form(text, start, end))


_GOES_ON_AS_PROSE = re.compile(r"\s(?:avec|dans|depuis|selon|lors)\s(?=[a-zà-öø-ÿ])")
"""`l'Assemblée nationale avec utilisation de …`: what follows is no part of the name."""
_GOES_ON_AS_OBJECT = re.compile(r"(?<=[\wÀ-ÿ])\sd['’]une?\s[^A-ZÀ-Þ]*\Z")
"""`saisit le ministère de la Culture d'une demande`: nor is what the verb has beside it, save in what a body is
for (`Collectif pour l'accueil d'une ourse`)."""


_EXCLAIMS = re.compile(
    r"\s?!(?=\s?[,;:)]|\s(?:à|a|au|aux|de|du|des|et|est|ont|pour|qui|que|en|avec|dans|sur|ou|par)\s)"
)
"""`le mouvement En Marche ! à ses débuts`: where the sentence goes on, the mark belongs to the name."""
_ORGAN = re.compile(r"(?<!\w)(?:conseil|comité|bureau|assemblée) (?:de |du |d['’])$", re.IGNORECASE)


def _after_organ(text: str, start: int, end: int) -> int:
    """`Conseil d'|Établissement ESIEE Paris` → `ESIEE Paris`: the name does not begin with the end of an organ's."""
    before = _ORGAN.search(text, max(0, start - _NEAR), start)
    first = _WORD.match(text, start, end)
    if before is None or first is None or not text[first.end() : first.end() + 1].isspace():
        return start
    following = first.end() + 1
    organ = words_of(text[before.start() : first.end()]) in role_fields("organ")
    return following if organ and text[following : following + 1].isupper() else start


def _without_place(text: str, start: int, end: int) -> int:
    """`lycée Gambetta d'Arras` → `lycée Gambetta`; the place stays where it alone names the body (`musée de Pont-Aven`)."""
    place = _PLACE.search(text, start, end)
    if place is None:
        return end
    named = words_of(text[start : place.start()])
    head = opening(named, heads("placed"))
    bears_name = _WORD.findall(text[start : place.start()])[head : head + 1]
    return place.start() if head and bears_name and bears_name[0][0].isupper() else end


_PLACE = re.compile(r"\s(?:de |d['’]|du )[A-ZÀ-Þ][\w'’-]*$")


def _with_second_territory(text: str, start: int, end: int) -> int:
    """`Orange Afrique et Moyen-Orient`: a territory in a name may be two."""
    words = words_of(text[start:end])
    if len(words) < 2:
        return end
    if words[-1] in _CARDINAL and (cardinal := _AND_CARDINAL.match(text, end)):
        return cardinal.end()  # `Orange IDF Sud et Est`
    if not closing(words, territories()):
        return end
    match = _SECOND.match(text, end)
    if match is None:
        return end
    more = _WORD.findall(text[match.end() : match.end() + _BEFORE])[:3]
    for n in range(len(more), 0, -1):
        place = re.match(r"\s".join(map(re.escape, more[:n])), text[match.end() :])
        if place and words_of(place.group()) in territories():
            return match.end() + place.end()
    return end


_CARDINAL = frozenset({"nord", "sud", "est", "ouest"})
_AND_CARDINAL = re.compile(r"\set\s(?:Nord|Sud|Est|Ouest)(?![\w’'-])")
_SECOND = re.compile(r"\s(?:et|&|and)\s(?=[A-ZÀ-Þ])")


def _after_function(text: str, start: int, end: int) -> int:
    """`Directeur des Ressources Humaines de X` → `X`; nothing is left of a function that names no organisation."""
    words = list(_WORD.finditer(text, start, end))
    if not words:
        return start
    organ = opening(words_of(text[start:end]), role_fields("organ"))
    if organ:
        whole = next(w for w in words if len(words_of(text[start : w.end()])) >= organ)
        link = _LINK.match(text, whole.end() + 1, end)
        return link.end() if link and text[link.end() : link.end() + 1].isupper() else start
    last = next((i for i, w in enumerate(words[:4]) if i and is_english_noun(w.group())), 0)
    noun = noun_of_function(words[last].group())
    if noun is None or not (
        noun.human or (noun.sort == "post" and len(words) > 2 and words[0].group().islower())
    ):
        return start
    if noun.sort == "office":
        return end
    i = last + 1
    while i < len(words):
        folded = words_of(words[i].group())
        if (
            folded in role_fields("adjective")
            or noun_of_function(words[i].group())
            or folded in (("et",), ("and",))
        ):
            i += 1
            continue
        break
    while i < len(words):
        at = words[i].start()
        link = _LINK.match(text, at, end)
        if link:
            at = link.end()
            while i < len(words) and words[i].start() < at:
                i += 1
            if i == len(words):
                return end
            at = words[i].start()
        folded = words_of(text[at:end])
        field = opening(folded, role_fields("field"))
        if not field and text[at].isupper():
            return at
        consumed = max(field, 1)
        while i < len(words) and consumed > 0:
            consumed -= len(words_of(words[i].group()))
            i += 1
    return end


def _without_kind(text: str, start: int, end: int) -> int:
    """`société Dupont`, `association Coexister`: a common noun in lower case before the name stays out."""
    words = list(_WORD.finditer(text, start, end))[:2]
    if len(words) < 2 or not words[0].group().islower() or words_of(words[0].group()) not in heads("kind"):
        return start
    return words[1].start() if words[1].group()[0].isupper() else start


def _without_caption(text: str, start: int, end: int) -> int:
    """`SOURCE Fonds de solidarité FTQ`, as a wire closes a release: the name comes after the caption."""
    match = _CAPTION.match(text, start, end)
    return match.end() if match else start


_CAPTION = re.compile(
    r"(?:SOURCE|Source|CONTACTS?|Contacts?|CONTACTS? PRESSE|Contacts? presse|ÉMETTEUR)\s?:?\s(?=[A-ZÀ-Þ])"
)


def _without_adjective(text: str, start: int, end: int) -> int:
    """`l'alliance européenne SEA-EU` → `SEA-EU`, `l'ONG Sabou Guinée` → `Sabou Guinée`: what is no part of the name."""
    match = _ADJECTIVE.match(text, start, end)
    return match.end() if match else start


_ADJECTIVE = re.compile(
    r"(?:(?:europ[ée]en|fran[çc]ais|national|r[ée]gional|international|am[ée]ricain|allemand|britannique|belge|suisse|canadien"
    r"|italien|espagnol|japonais|chinois|mondial|local|public|priv[ée])(?:ne|e|aux|ale|ique|s|es)?|ONG|O\.N\.G\.|Intersyndicale)\s(?=[A-ZÀ-Þ0-9])"
)


def _with_head(text: str, start: int, end: int) -> int:
    """Takes in a noun without which the name is none: `région` before `Hauts-de-France`; a legal form in capitals."""
    if start >= end:
        return start
    capital = start > 1 and text[start - 2].isupper()
    form = _FORM_BEFORE.search(text[max(0, start - 8) : start]) if capital else None
    if form and words_of(form.group(1)) in legal_forms("before"):
        return start - len(form.group(0))
    number = _NUMBERED.search(text, max(0, start - _NEAR), start)
    if number is not None:
        return number.start(1)
    if opening(words_of(text[start:end]), heads("part")) or not text[start].isupper():
        return start
    near = max(0, start - _BEFORE)
    if _first_of_heads().isdisjoint(map(fold, _LETTERS.findall(text, near, start))):
        return start
    before = _HEAD_BEFORE.search(text, near, start)
    if before is None:
        return start
    words = list(_WORD.finditer(text, before.start(1), before.end(1)))
    if (
        words
        and words_of(words[-1].group()) in heads("kind")
        and words[-1].group().istitle()
        and not before.group(2)
    ):
        return words[-1].start()  # `Groupe` before `SNCF`
    territory = words_of(text[start:end]) in territories()
    for n in range(min(4, len(words)), 0, -1):
        head = words_of(text[words[-n].start() : before.end(1)])
        if head in heads("joins") and (head != ("ville",) or text[words[-n].start()].isupper()):
            linked = bool(before.group(2)) or territory or head in (("lycee",), ("universite",), ("region",))
            return words[-n].start() if linked else start
    return start


@cache
def _first_of_heads() -> frozenset[str]:
    return frozenset(head[0] for head in heads("kind", "joins"))


def _with_legal_form(text: str, start: int, end: int) -> int:
    """`Airbus` before ` SE` → `Airbus SE`; not in a line of capitals, where `SE` is a pronoun."""
    match = _LEGAL_FORM.match(text, end) if end > start else None
    if match is None or _CAPITALS.match(text, match.end()):
        return end
    if match.group().startswith(",") and _NEXT_NAME.match(text, match.end()):
        return end  # `Pépin & Racine, SAS Racineux`
    return match.end()


def _legal_form_pattern() -> re.Pattern[str]:
    forms = {
        row[0] for row in rows("alambic.entities.data", "legal_forms.txt") if row[1] in ("after", "both")
    }
    alternatives = "|".join(
        re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=len, reverse=True)
    )
    return re.compile(rf",?[ \xa0\u202f](?:{alternatives})(?![\w’'-])")


def _with_dot(text: str, start: int, end: int) -> int:
    """The dot of `Inc.` or `r.e.` belongs to the name, at the end of a sentence too."""
    dotted = _DOTTED_FORM.search(text[start : end + 1]) or _DOTS_INSIDE.search(text, start, end)
    if text[end : end + 1] == "." and dotted and not text.endswith("Co", start, end):
        return end + 1
    return end


_DOTS_INSIDE = re.compile(r"(?<![\w.])(?:\w\.)+\w$")


def _dotted_form_pattern() -> re.Pattern[str]:
    forms = {row[0] for row in rows("alambic.entities.data", "legal_forms.txt") if "." in row[0]}
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})$")


_DOTTED_FORM = _dotted_form_pattern()
_NEXT_NAME = re.compile(r"\s[A-ZÀ-Þ]")
_CAPITALS = re.compile(r"\s[A-ZÀ-Þ]{2,}(?![\w-])")
_LEGAL_FORM = _legal_form_pattern()


_ACTIVITIES = frozenset({"relations"})
_PRONOUNS = frozenset({"il", "elle", "on", "ils", "elles"})


def _is_nothing(name: str, label: str) -> bool:
    """Whether what is left names nobody: no letters, one letter, a common noun, a bare territory, a date."""
    words = words_of(name)
    if not any(c.isalpha() for c in name) or sum(c.isalnum() for c in name) < 2:
        return True
    if label == "PER":
        return (name.islower() and (len(words) == 1 or words[-1] in _PRONOUNS)) or words in civilities()
    if opening(words, building_nouns()) or words[0] in _ACTIVITIES:
        return True
    if opening(words, heads("part", "kind")) == len(words):
        return not name.isupper() or words in common_nouns()
    return name in common_short_forms() or words in common_nouns() or _are_territories(name)


def _are_territories(name: str) -> bool:
    """Whether all the words are names of territories: `Burkina Faso Turquie`, cells of a list run together."""
    words = words_of(name)
    if words in territories() or "-" in name:
        return words in territories()
    while first := opening(words, territories()):
        words = words[first:]
    return not words
