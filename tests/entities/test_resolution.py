"""One decision per name and release."""

from __future__ import annotations

import time

import pytest

from alambic.entities import Mention, Reading, Resolution, resolve


def _resolve(text: str, *seen: tuple[str, str, float]) -> Resolution:
    """`seen`: names that the recogniser saw at their first place, with label and confidence."""
    mentions = [Mention(text.index(n), text.index(n) + len(n), label, sure) for n, label, sure in seen]
    return resolve(text, Reading.from_mentions(text, mentions))


def _found(text: str, *seen: tuple[str, str, float]) -> list[tuple[str, str]]:
    return [(e.text, e.label) for e in _resolve(text, *seen).entities]


FOUND_EVERYWHERE = [
    (
        "VERKOR INAUGURE SON USINE\n\nÀ Bourbourg, Verkor recrute.\n\nÀ propos de Verkor",
        ("Verkor", "ORG", 0.95),
        ["VERKOR", "Verkor", "Verkor"],
    ),
    ("Verkor recrute. La gigafactory Verkor ouvre, chez Verkor.", ("Verkor", "ORG", 0.95), ["Verkor"] * 3),
    ("Claire Dupont signe. Avec Claire\u00a0Dupont, tout va.", ("Claire Dupont", "PER", 0.9), ["Claire Dupont", "Claire\u00a0Dupont"]),
    # not inside addresses, hashtags and longer words
    ("Verkor recrute : contact@verkor.com, www.verkor.com, #Verkor, Verkorien", ("Verkor", "ORG", 0.95), ["Verkor"]),
    # not where the word is a common noun
    ("Mission recrute. C'est une mission de service.", ("Mission", "ORG", 0.95), ["Mission"]),
    # not in the field of a minister
    ("Culture recrute. La ministre de la Culture est venue.", ("Culture", "ORG", 0.95), ["Culture"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "names"), FOUND_EVERYWHERE)
def test_a_name_recognised_once_is_found_where_it_stands(
    text: str, seen: tuple[str, str, float], names: list[str]
) -> None:
    assert [name for name, _ in _found(text, seen)] == names


def test_a_title_in_capitals_does_not_tell_a_name_from_a_verb() -> None:
    text = "CLARA LÈVE DES FONDS\n\nClara recrute, annonce Clara."
    found = _found(text, ("CLARA LÈVE", "PER", 0.95), ("Clara", "ORG", 0.95))
    assert found == [("CLARA", "ORG"), ("Clara", "ORG"), ("Clara", "ORG")]


ONE_LABEL = [
    # an issuer called like a first name
    ("Camille recrute. Le PDG de Camille sourit.\nÀ propos de Camille", [("Camille", "PER", 0.6)], {"ORG"}),
    ("Lothaire lance une offre.\nContact : presse@lothaire.fr", [("Lothaire", "PER", 0.8)], {"ORG"}),
    ("Thermalys, l'assureur des pompes, recrute", [("Thermalys", "PER", 0.6)], {"ORG"}),
    ("la société Ferrand recrute", [("Ferrand", "PER", 0.7)], {"ORG"}),
    ("Mme Orange, 43 ans, a signé", [("Orange", "ORG", 0.6)], {"PER"}),
    ("Claire Dupont a signé.\nclaire.dupont@verkor.com", [("Claire Dupont", "ORG", 0.6)], {"PER"}),
    ("Tess Aubert préside. Hier, Tess a parlé.", [("Tess Aubert", "PER", 0.97)], {"PER"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "labels"), ONE_LABEL)
def test_the_cues_decide_for_all_mentions(
    text: str, seen: list[tuple[str, str, float]], labels: set[str]
) -> None:
    found = _found(text, *seen)
    assert found
    assert {label for _, label in found} == labels


def test_the_text_may_name_a_person_like_the_company() -> None:
    text = "Chez Vauclair, on recrute. La société Vauclair grandit. M. Vauclair est content."
    places = [i for i in range(len(text)) if text.startswith("Vauclair", i)]
    reading = Reading.from_mentions(text, [Mention(i, i + 8, "ORG", 0.9) for i in places])
    assert [e.label for e in resolve(text, reading).entities] == ["ORG", "ORG", "PER"]


NO_ENTITY = [
    ("une proposition de loi (PPL) sera déposée. Le PPL attend.", ("PPL", "ORG", 0.9)),
    ("L'application Rando plaît. Le projet Rando avance.", ("Rando", "ORG", 0.8)),
    ("Il a reçu le prix « Pulse » à Lille.", ("Pulse", "ORG", 0.7)),
    # what is said of wares; the short name of a thing goes with it
    ("Pixo CE est publié sous licence libre. Pixo plaît.", ("Pixo CE", "ORG", 0.9)),
    ("L'outil Rando plaît. Rando, vieux de dix ans, reste.", ("Rando", "ORG", 0.8)),
    ("Wally, son service de paiement, séduit.", ("Wally", "ORG", 0.8)),
    ("avec l'aide de génie-conseil", ("génie-conseil", "ORG", 0.7)),
    ("société cotée (Euronext Growth – FR0013286259 – ALTHX)", ("ALTHX", "ORG", 0.8)),
    ("Écrire à verkor.com pour en savoir plus", ("verkor.com", "ORG", 0.8)),
    ("Suivez #Verkor", ("#Verkor", "ORG", 0.8)),
    ("Emmanuel Macron, Président de la République", ("République", "ORG", 0.8)),
    ("ministre de la Transition écologique, de la Biodiversité", ("Transition écologique", "ORG", 0.8)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen"), NO_ENTITY)
def test_things_addresses_and_functions_are_no_entities(text: str, seen: tuple[str, str, float]) -> None:
    assert not _found(text, seen)


A_BODY = [
    # it acts, though a thing bears its name
    ("Pixo recrute. La plateforme Pixo plaît.", ("Pixo", "ORG", 0.9), 2),
    ("Merle grandit. Le logiciel Merle Connect sort.", ("Merle", "ORG", 0.9), 1),
    ("Orange ouvre. La box Orange Fibre est vendue à Paris. Orange grandit.", ("Orange", "ORG", 0.9), 2),
    ("les biscuits Marius seront vendus à Paris", ("Marius", "ORG", 0.9), 1),
    ("La Direction générale de l'armement (DGA) a notifié", ("Direction générale de l'armement", "ORG", 0.9), 1),
    ("Mme Diop, Ministre du Numérique\nM. Ndiaye, Directeur de Sonatel", ("Sonatel", "ORG", 0.9), 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "times"), A_BODY)
def test_a_body_keeps_its_name(text: str, seen: tuple[str, str, float], times: int) -> None:
    assert [label for _, label in _found(text, seen)].count("ORG") == times


PIECES = [
    ("Orange Ile-de-France ouvre.", [("Orange Ile-de", "ORG", 0.8)], ["Orange Ile-de-France"]),
    ("la SNJ-CGT appelle", [("SNJ", "ORG", 0.9), ("CGT", "ORG", 0.9)], ["SNJ", "CGT"]),
    # the same word with a capital follows everywhere
    ("Open Food Facts ouvre. L'équipe Open Food Facts est là.", [("Open Food", "ORG", 0.9)], ["Open Food Facts"] * 2),
    ("Le prix World Press Photo est né. Vive World Press Photos !", [("World Press", "ORG", 0.9)], []),
    ("Orange Lyon ouvre. Orange grandit.", [("Orange", "ORG", 0.9)], ["Orange"] * 2),
    ("avec Médiacités et Goleaks", [("Médiacités et", "ORG", 0.8), ("Goleaks", "ORG", 0.9)], ["Médiacités", "Goleaks"]),
    ("Avril grandit. Bel et Avril signent.", [("Avril", "ORG", 0.9), ("Bel et Avril", "ORG", 0.9)], ["Avril", "Bel", "Avril"]),
    ("l'Union des Étudiants", [("Union des", "ORG", 0.7), ("Étudiants", "ORG", 0.7)], ["Union des Étudiants"]),
    ("Verkor vend. Verkor permet à Verkor d'asseoir sa place", [("Verkor", "ORG", 0.9)], ["Verkor"] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "names"), PIECES)
def test_pieces_of_a_name_are_one_mention(
    text: str, seen: list[tuple[str, str, float]], names: list[str]
) -> None:
    assert [name for name, _ in _found(text, *seen)] == names


WORK = [
    ("Claire Dupont, présidente de Verkor, signe.", "présidente de Verkor", "Verkor"),
    ("Claire Dupont (Verkor) signe.", None, "Verkor"),
    ("Claire Dupont, directrice générale, signe. À propos de Verkor\nVerkor recrute", "directrice générale", "Verkor"),
    ("Claire Dupont, directrice juridique, Verkor. Elle signe.", "directrice juridique", "Verkor"),
    ("Verkor – Contact médias\nClaire Dupont\n01 02 03 04 05", None, "Verkor"),
    ("Claire Dupont, Présidente de la République française, Verkor inaugure", "Présidente de la République française", None),
    ("Claire Dupont, infirmière à Lille, témoigne pour Verkor.", "infirmière à Lille", None),
    ("Claire Dupont signe avec Verkor.", None, None),
]  # fmt: skip


SHARED_WORK = [
    # a function in the plural is everyone's; the brackets tell each one's house
    ("Les directeurs généraux, Julien Roy (Agrial) et Éric Forin (Terrena), signent.", [("directeurs généraux", "Agrial"), ("directeurs généraux", "Terrena")]),
    ("Julien Roy et Éric Forin, copropriétaires de Terrena, signent.", [("copropriétaires de Terrena", "Terrena")] * 2),
    ("Conseils : Agrial (Julien Roy), Terrena (Éric Forin)", [(None, "Agrial"), (None, "Terrena")]),
    ("Contact : Julien Roy, Agrial – 01 02 03 04 05\nTERRENA\nÉric Forin\nDirecteur", [(None, "Agrial"), ("Directeur", "TERRENA")]),
    ("M. Julien Roy, Directeur Général d'Agrial\nM. Éric Forin, Président de Terrena", [("Directeur Général d'Agrial", "Agrial"), ("Président de Terrena", "Terrena")]),
    ("Agrial, Terrena. Julien Roy et Éric Forin arrivent.", [(None, None)] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "work"), SHARED_WORK)
def test_people_in_a_row_and_in_blocks_have_each_their_work(
    text: str, work: list[tuple[str | None, str | None]]
) -> None:
    names = [n for n in ("Agrial", "Terrena", "TERRENA") if n in text]
    seen = [("Julien Roy", "PER", 0.97), ("Éric Forin", "PER", 0.97), *((n, "ORG", 0.97) for n in names)]
    assert [(p.role, p.employer) for p in _resolve(text, *seen).people] == work


@pytest.mark.parametrize(("text", "role", "employer"), WORK)
def test_role_and_employer_are_those_that_the_release_gives(
    text: str, role: str | None, employer: str | None
) -> None:
    person = (
        _resolve(text, ("Claire Dupont", "PER", 0.97), ("Verkor", "ORG", 0.97)) if "Verkor" in text else None
    )
    assert person is not None
    assert (person.people[0].role, person.people[0].employer) == (role, employer)


@pytest.mark.parametrize(
    "unit", ["1 ", "(", "«", "Verkor ", "président de ", "ministre de la ", "A.B.", "M. "]
)
def test_time_grows_with_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        reading = Reading.from_mentions(text, [Mention(0, len(unit.rstrip()), "ORG", 0.9)])
        start = time.process_time()
        resolve(text, reading)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(40_000) < 20 * seconds(4_000) + 0.5


def test_people_of_one_first_name_are_compared_in_linear_time() -> None:
    def seconds(people: int) -> float:
        names = [
            "Jean " + "".join("bcdfglmnprst"[(n // 12**k) % 12] + "aeiou"[k] for k in range(4)).capitalize()
            for n in range(people)
        ]
        text = "\n".join(names)
        starts = [n * (len(names[0]) + 1) for n in range(people)]
        seen = [
            Mention(start, start + len(name), "PER", 0.9) for start, name in zip(starts, names, strict=True)
        ]
        start = time.process_time()
        resolve(text, Reading.from_mentions(text, seen))
        return time.process_time() - start

    seconds(50)
    assert seconds(1_000) < 20 * seconds(100) + 0.5
