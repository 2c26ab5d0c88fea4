"""Releases written as records by hand: with emoji, hostile, of another day, and many short ones."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from alambic.record import Date, Entity, Figure, Organisation, Person, Quote, Release
from alambic.sentences import sentence_around, split

VERDELEC = """🔋⚡ Verdélec ouvre sa première usine à Vierzon

Vierzon, le 12 mars 2025 – Verdélec investit 45 millions d'euros dans le réseau électrique et crée
120 emplois.

« 👏 Avec cette usine, Verdélec double de taille d'ici 2027. Nous le devons à Enercentre », déclare
Claire Aubertin, présidente de Verdélec.

Le projet « exceptionnel », selon Claire Aubertin, emploie déjà 30 personnes.
"""

HOSTILE = """<script>window.pwned = 1</script> L'ONG "><img src=x onerror="window.pwned=2"> communique

</script><script>window.pwned=3</script><!-- <b>gras</b> &amp; &lt;
Le total est de 12 \u202eM€ ruopà\u202c versés à {{7*7}} ${window.pwned=4} ce jour.
"""

AUBERTIN_ELSEWHERE = """La Fédération des réseaux élit son bureau

Paris, le 3 juin 2024. La Fédération des réseaux élit Claire Aubertin. « Je suis honorée », dit Claire Aubertin.
Le budget est de 2 millions de dollars.
"""


class Written:
    """Writes the record of a text: each span is named by its words, and found in them in order."""

    def __init__(self, doc_id: str, text: str, **told: Any) -> None:
        self.text = text
        self._told = {"doc_id": doc_id, "sha256": sha256(text.encode()).hexdigest(), "language": "fr"} | told
        self._sentences = split(text)
        self._found: dict[str, list[Any]] = {}

    def _add(self, table: str, of: Any, words: str, **values: Any) -> Written:
        start = -1
        for _ in range(values.pop("time", 1)):
            start = self.text.index(words, start + 1)
        low, high = sentence_around(self._sentences, start, start + len(words))
        sentence = " ".join(self.text[low:high].split())
        span = of(start=start, end=start + len(words), text=words, sentence=sentence, **values)
        self._found.setdefault(table, []).append(span)
        return self

    def entity(self, words: str, label: str, canonical: str | None = None, time: int = 1) -> Written:
        name = canonical or words
        return self._add(
            "entities", Entity, words, label=label, canonical=name, entity_id=f"{label}-{name}", time=time
        )

    def figure(self, words: str, **values: Any) -> Written:
        return self._add("figures", Figure, words, **values)

    def date(self, words: str, start: str, end: str | None = None) -> Written:
        return self._add("dates", Date, words, iso_start=start, iso_end=end or start)

    def quote(self, words: str, speaker: str | None, **values: Any) -> Written:
        speaker_id = speaker and f"PER-{speaker}"
        return self._add("quotes", Quote, words, speaker=speaker, speaker_id=speaker_id, **values)

    def release(self) -> Release:
        found = {
            table: tuple(sorted(spans, key=lambda span: span.start)) for table, spans in self._found.items()
        }
        cast: dict[str, list[Entity]] = {}
        for entity in found.get("entities", ()):
            cast.setdefault(entity.entity_id, []).append(entity)
        actors = [(mentions[0], len(mentions)) for mentions in cast.values()]
        return Release(
            **self._told,
            **found,
            n_words=len(self.text.split()),
            people=tuple(
                Person(
                    entity_id=one.entity_id,
                    name=one.canonical,
                    role="présidente de Verdélec",
                    mentions=mentions,
                )
                for one, mentions in actors
                if one.label == "PER"
            ),
            organisations=tuple(
                Organisation(entity_id=one.entity_id, name=one.canonical, mentions=mentions)
                for one, mentions in actors
                if one.label == "ORG"
            ),
        )


def verdelec() -> Written:
    quote = "👏 Avec cette usine, Verdélec double de taille d'ici 2027. Nous le devons à Enercentre"
    one = Written(
        "verdelec",
        VERDELEC,
        title="🔋⚡ Verdélec ouvre sa première usine à Vierzon",
        issuer="Verdélec",
        published="2025-03-12",
        place="Vierzon",
    )
    for time in (1, 2, 3, 4):
        one.entity("Verdélec", "ORG", time=time)
    one.entity("Enercentre", "ORG").entity("Claire Aubertin", "PER").entity("Claire Aubertin", "PER", time=2)
    one.figure("45 millions d'euros", kind="money", value=45e6, unit="EUR")
    one.figure("120 emplois", kind="count", value=120.0, unit="emploi")
    one.figure("30 personnes", kind="count", value=30.0, unit="personne")
    one.date("12 mars 2025", "2025-03-12").date("2027", "2027-01-01", "2027-12-31")
    one.quote(quote, "Claire Aubertin", speaker_role="présidente de Verdélec", cue="déclare")
    one.quote("exceptionnel", "Claire Aubertin", cue="selon")
    return one


def hostile() -> Written:
    name = '"><img src=x onerror="window.pwned=2">'
    one = Written("hostile/../<b>", HOSTILE, title=HOSTILE.splitlines()[0], issuer=name, place="\u202eelliV")
    one.entity(name, "ORG")
    one.figure(
        "12 \u202eM€", kind="money", value=12e6, unit="EUR", note="</script><script>window.pwned=5</script>"
    )
    return one.quote("<script>window.pwned=3</script>", "<img src=x onerror=window.pwned=6>")


def elsewhere() -> Written:
    one = Written(
        "federation",
        AUBERTIN_ELSEWHERE,
        title="La Fédération des réseaux élit son bureau",
        issuer="Fédération des réseaux",
        published="2024-06-03",
    )
    one.entity("Fédération des réseaux", "ORG").entity("Fédération des réseaux", "ORG", time=2)
    one.entity("Claire Aubertin", "PER").entity("Claire Aubertin", "PER", time=2).date(
        "3 juin 2024", "2024-06-03"
    )
    one.quote("Je suis honorée", "Claire Aubertin", cue="dit")
    return one.figure("2 millions de dollars", kind="money", value=2e6, unit="USD")


def commune(number: int) -> Written:
    text = f"La commune n° {number} vote son budget.\n\nLe maire annonce {number + 2} projets."
    one = Written(f"commune-{number:03}", text, title=f"La commune n° {number} vote son budget")
    return one.figure(f"{number + 2} projets", kind="count", value=float(number + 2), unit="projet")
