"""Reported speech without marks, which is asked for apart and never mixed with direct speech."""

from __future__ import annotations

import time

import pytest
import spacy
from tests.quotes.test_quotes import Said, annotated

from alambic.quotes import find_quotes

REPORTED = [
    pytest.param(
        "{Solvor} annonce que l'usine ouvrira en mars.",
        [Said("l'usine ouvrira en mars", "Solvor", None, "annonce")],
        id="annonce que",
    ),
    pytest.param(
        "[Jeanne Roy], directrice de {Solvor}, a rappelé mardi à la presse que le site emploie 40 personnes.",
        [Said("le site emploie 40 personnes", "Jeanne Roy", "directrice de Solvor", "a rappelé")],
        id="compléments entre le verbe et que",
    ),
    pytest.param(
        "Le syndicat {SUD} prévient ses adhérents que la grève sera reconduite.",
        [Said("la grève sera reconduite", "SUD", None, "prévient")],
        id="prévenir quelqu'un que",
    ),
    pytest.param(
        "[Paul Ferrand] préside le club. Il précise que la saison commence en août.",
        [Said("la saison commence en août", "Paul Ferrand", None, "précise")],
        id="pronom",
    ),
    pytest.param(
        "Selon l'{Insee}, le chômage recule de 0,2 point.",
        [Said("le chômage recule de 0,2 point", "Insee", None, "Selon")],
        id="selon en tête",
    ),
    pytest.param(
        "Le chantier durera deux ans, selon la maire, [Anne Costa].",
        [Said("Le chantier durera deux ans", "Anne Costa", "maire", "selon")],
        id="selon à la fin",
    ),
    pytest.param(
        "La ligne rouvrira lundi, annonce [Hugo Lantier], chef de projet.",
        [Said("La ligne rouvrira lundi", "Hugo Lantier", "chef de projet", "annonce")],
        id="incise à la fin",
    ),
    pytest.param("{Solvor} présente l'usine que le groupe a construite en Vendée.", [], id="pronom relatif"),
    pytest.param("{Solvor} observe moins que prévu les effets de la hausse.", [], id="comparaison"),
    pytest.param("Selon les cas, le délai est de deux ou trois semaines.", [], id="selon les cas"),
    pytest.param("Pour la ville de Brillac, l'année sera décisive pour tous.", [], id="pour un lieu"),
    pytest.param("Rappelons que le marché ferme à midi.", [], id="sans sujet"),
    pytest.param(
        "Vingt villes, toutes du Nord, lancent l'{Alliance des rives}.", [], id="un objet, non un sujet"
    ),
    pytest.param("On estime que la moitié des haies a disparu.", [], id="on"),
]


@pytest.mark.parametrize(("text", "said"), REPORTED)
def test_reads_what_is_reported(text: str, said: list[Said]) -> None:
    text, entities = annotated(text)
    quotes = find_quotes(text, entities, indirect=True)
    assert [Said(quote.text, quote.speaker, quote.speaker_role, quote.cue) for quote in quotes] == said
    assert not any(quote.direct for quote in quotes)
    assert find_quotes(text, entities) == []


def test_stands_beside_direct_speech_in_order() -> None:
    text, entities = annotated(
        "« On y va », lance [Yann Le Bris]. Il ajoute que le club recrute cinq joueurs."
    )
    quotes = find_quotes(text, entities, indirect=True)
    assert [(quote.direct, quote.speaker) for quote in quotes] == [
        (True, "Yann Le Bris"),
        (False, "Yann Le Bris"),
    ]
    assert [quote for quote in quotes if quote.direct] == find_quotes(text, entities)


@pytest.mark.parametrize(("options", "found"), [({}, 0), ({"indirect": True}, 1)])
def test_the_component_reports_only_where_it_is_told_to(options: dict[str, bool], found: int) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("alambic_quotes", config=options)
    doc = nlp("Jeanne Roy, directrice de Solvor, annonce que l'usine ouvrira en mars.")
    assert len(doc._.alambic_quotes) == len(doc.spans["quotes"]) == found


@pytest.mark.parametrize(
    "piece", ["Selon ", "que ", "Le maire annonce que ", "Selon le maire, il dit que oui. "]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def spent(times: int) -> float:
        start = time.perf_counter()
        find_quotes(piece * times, indirect=True)
        return time.perf_counter() - start

    spent(100)
    small, large = spent(1_000), spent(8_000)
    assert large < 20 * small + 0.2
