"""What the words around a name tell of it: an organisation or a person, in log-odds.

A cue is worth about what it was worth in the annotated training releases: a civility is nearly proof of a person,
`chez X` of an organisation, a function in apposition a little less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alambic.entities.lexicon import (
    SMALL_WORDS,
    civilities,
    company_nouns,
    first_names,
    heads,
    legal_forms,
    opening,
    product_nouns,
    tails,
)
from alambic.entities.role_nouns import noun_of_function
from alambic.entities.roles import role_after
from alambic.entities.words import APOSTROPHES, fold, words_of

_CERTAIN, _STRONG, _FAIR, _SLIGHT = 5.0, 3.0, 2.0, 1.0
_REACH = 64
_TOKEN = re.compile(r"\w+(?:[-‑]\w+)*|[^\w\s]")
_ABOUT = re.compile(
    r"(?:à|a) propos (?:de |d'|du |de la |des )?(?:la |le |l'|les )?(?:soci[ée]t[ée] |groupe )?$"
)
_AT = re.compile(r"\bchez $|\bau sein (?:de |d'|du )$")
_OF = re.compile(r"(?:de |d'|du |de la |de l'|des |chez |à la |au |of |at |, )$")
_AGED = re.compile(r"\s?(?:,\s?|\()\d{1,3} ans\b")
_LISTED = re.compile(r"\s?\((?:Euronext|ISIN|NYSE|Nasdaq|NASDAQ|Paris\s?:|code |FR00)")
_NEAR = 24
_INTRODUCED = re.compile(
    r"(?:\s?[,:–—(]\s?(?:une? |l['’]|son |sa |leur )|\s(?:est|était|sera|reste|devient) (?:une? |la |le |l['’]))"
    r"(?:nouve\w+ |premi[eè]re? |grande? )?(?=[a-zà-ÿ])"
)
_ACTS = re.compile(
    r"\s(?:(?:a|ont|avait|avaient) )?(?:annonc|recrut|emploi|employ|embauch|organis|rach[eè]t|acqui[eè]r|inaugur|investi|nomm"
    r"|publi|c[eé]l[eè]br|remerci|salu|d[eé]nonc|demand|regrett|f[eé]licit|souti|rejoi|f[eê]t)(?:e|ent|é|is|it|ssent|ait|aient"
    r"|ons|t|gnent|ennent|enu|nt)(?!\w)"
)
"""Verbs of bodies and people, no thing's: `X recrute`, `X ont organisé`."""
_OFFERED = re.compile(
    r"\s(?:est|sera)(?: désormais| aussi| également| déjà| ainsi| actuellement)? "
    r"(?:publiée? sous|distribuée? sous|disponible (?:en|sur|au|aux|à|dans|gratuitement|sous|dès)|commercialisée?"
    r"|vendue? (?:en|à|au|dans)|proposée? (?:à la vente|au prix|en|à partir)|téléchargeable|compatible avec)(?!\w)"
)
"""What is said of wares: `X est publié sous licence`, `X sera disponible sur`."""
_APPOSED = re.compile(
    r",\s?(?:(?:un |une |le |la |les |l'|l’|premi[eè]re? |jeune |nouve\w+ )*)(?=[a-zà-ÿA-Z])"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Log-odds that the text around a mention gives to an organisation and to a person."""

    org: float = 0.0
    per: float = 0.0


def cue_at(text: str, start: int, end: int, label: str) -> Cue:
    """The cues around `text[start:end]`, taken for a `label` by the recogniser.

    >>> cue_at("M. Orange", 3, 9, "ORG"), cue_at("chez Orange", 5, 11, "PER")
    (Cue(org=0.0, per=5.0), Cue(org=3.0, per=0.0))
    """
    left = text[max(0, start - _REACH) : start].replace("’", "'").replace("\xa0", " ")
    left = left.rsplit("\n", 1)[-1]
    low = left.lower()
    org = per = 0.0
    if has_civility(left):
        per += _CERTAIN
    elif _ABOUT.search(low):
        org += _FAIR
    elif _AT.search(low):
        org += _STRONG
    elif _of_function(left):
        org += _FAIR
    elif _named_kind(left):
        org += _STRONG
    name = words_of(text[start:end])
    if any(name[-n:] in legal_forms("after") for n in (1, 2)) and len(name) > 1:
        org += _STRONG
    elif len(name) > 1 and (name[-1] in tails("same") or name[-1] in tails("other")):
        org += _FAIR
    elif opening(name, heads("part")) or (len(name) > 1 and opening(name, heads("kind"))):
        org += _FAIR
    if _LISTED.match(text, end):
        org += _STRONG
    elif _AGED.match(text, end):
        per += _STRONG
    elif _apposed_company(text, end):
        org += _FAIR
    elif not org and text[end : end + 2] in (", ", ",\xa0"):
        role = role_after(text, end)
        if role is not None and role.human:
            per += _STRONG if len(name) > 1 else _FAIR
    if len(name) in (2, 3, 4) and fold(text[start:end].split()[0]) in first_names():
        per += _SLIGHT
    return Cue(org, per)


def has_civility(left: str) -> bool:
    """Whether the text before a name ends with a word of address."""
    return civility_before(left) is not None


def civility_before(left: str) -> str | None:
    """The gender that a word of address at the end of `left` tells (may be empty), `None` if there is none."""
    tokens = _TOKEN.findall(left[-24:])
    if tokens and tokens[-1] == ".":
        tokens.pop()
    if not tokens or (not tokens[-1][0].isupper() and fold(tokens[-1]) not in _IN_LOWER_CASE):
        return None
    if len(tokens) > 1 and tokens[-2] in APOSTROPHES + "-&":
        return None
    return civilities().get(words_of(tokens[-1]))


_IN_LOWER_CASE = frozenset(
    {"monsieur", "madame", "mademoiselle", "docteur", "maitre", "abbe", "pere", "soeur", "frere"}
)


def _of_function(left: str) -> bool:
    """`président de `, `PDG de `, `directrice générale chez `: what follows employs someone."""
    link = _OF.search(left)
    if link is None:
        return False
    tokens = [t for t in _TOKEN.findall(left[: link.start()]) if t not in APOSTROPHES][-5:]
    if link.group().strip() == ",":
        return bool(tokens) and tokens[-1].isupper() and noun_of_function(tokens[-1]) is not None
    for token in reversed(tokens):
        if not (token[0].isalpha() or token == "-"):
            return False
        noun = noun_of_function(token)
        if noun is not None:
            return noun.human and noun.sort != "profession"
    return False


def names_thing(text: str, start: int, end: int) -> bool:
    """Whether a name is said to be a thing's: `l'outil X`, `le prix « X »`, `X est un logiciel`, `X est publié sous …`.

    >>> names_thing("l'outil Geotrek.", 8, 15), names_thing("la plateforme Merle Connect", 14, 19)
    (True, False)
    """
    line = text[max(0, start - _NEAR) : start].rsplit("\n", 1)[-1]
    tokens = _TOKEN.findall(line.rstrip(' «"“'))
    noun = words_of(tokens[-1]) if tokens and tokens[-1].islower() else ()
    if noun in product_nouns():
        return _LONGER.match(text, end) is None
    if _OFFERED.match(text, end):
        return not noun or noun[0] in SMALL_WORDS  # `les biscuits X seront vendus`: not X
    match = _INTRODUCED.match(text, end)
    return match is not None and words_of(text[match.end() : match.end() + 40])[:1] in product_nouns()


_LONGER = re.compile(r"[ -][A-ZÀ-Þ]")


def acts(text: str, end: int) -> bool:
    """Whether what follows a name is something that only a body or a person does: `X recrute`, `X a annoncé`.

    >>> acts("Verkor recrute.", 6), acts("Verkor pèse 3 kg.", 6)
    (True, False)
    """
    return _ACTS.match(text, end) is not None


def _named_kind(left: str) -> bool:
    """`la société `, `le groupe `, `l'éditeur `: a noun in lower case that tells what body is named next."""
    tokens = _TOKEN.findall(left)
    if not tokens or not left.endswith(" ") or not tokens[-1][0].isalpha():
        return False
    for n in (1, 2):
        noun = tuple(word for token in tokens[-n:] for word in words_of(token))
        if tokens[-n:][0].islower() and (noun in company_nouns() or noun in heads("kind")):
            return True
    return False


def _apposed_company(text: str, end: int) -> bool:
    """`X, l'assureur …`, `X, leader européen …`: what follows tells what company it is."""
    match = _APPOSED.match(text, end)
    if match is None:
        return False
    words = words_of(text[match.end() : match.end() + 40])[:3]
    return opening(words, company_nouns()) > 0
