"""Which names are one entity, and by which name it goes."""

from __future__ import annotations

import pytest

from alambic.entities import Mention, Reading, resolve

# A text with mentions marked: [Verkor] an organisation, {Claire Dupont} a person; the canonical name of each in order.
ORGANISATIONS = [
    (
        "[Agence de la transition écologique] ([ADEME]). L'[ADEME] finance.",
        ["Agence de la transition écologique"] * 3,
    ),
    (
        "la [CNIL] ; la [Commission nationale de l'informatique et des libertés]",
        ["Commission nationale de l'informatique et des libertés"] * 2,
    ),
    ("[Agence européenne des médicaments] ([EMA])", ["Agence européenne des médicaments"] * 2),
    (
        "[CCI du Loiret] et [Chambre de commerce et d'industrie du Loiret]",
        ["Chambre de commerce et d'industrie du Loiret"] * 2,
    ),
    ("[VERKOR] et [Verkor]", ["Verkor"] * 2),
    ("[Navaltis SE] investit. [Navaltis] recrute.", ["Navaltis SE"] * 2),
    ("[Groupe Lisière] recrute. [Lisière] grandit.", ["Groupe Lisière"] * 2),
    ("[Courtage Lothaire] signe. [Lothaire] teste.", ["Courtage Lothaire"] * 2),
    ("[Brookfield Asset Management] vend. [Brookfield] achète.", ["Brookfield Asset Management"] * 2),
    ("[Région Hauts de France] et [région Hauts-de-France]", ["région Hauts-de-France"] * 2),
    (
        "[Pharmélia Industries], puis [Pharmelia Industries], [Pharmélia Industries]",
        ["Pharmélia Industries"] * 3,
    ),
    # two bodies
    (
        "[Verkor] ouvre le [Verkor Innovation Centre] ([VIC]).",
        ["Verkor", "Verkor Innovation Centre", "Verkor Innovation Centre"],
    ),
    ("[Crédit Agricole] et [Crédit Agricole Assurances]", ["Crédit Agricole", "Crédit Agricole Assurances"]),
    ("[SNCF] et [SNCF Réseau]", ["SNCF", "SNCF Réseau"]),
    ("[CEA] et [CEA-Leti]", ["CEA", "CEA-Leti"]),
    ("l'[École du Louvre] près du [Louvre]", ["École du Louvre", "Louvre"]),
    ("[Laboratoire de physique] ([CNRS])", ["Laboratoire de physique", "CNRS"]),
    ("[Eurazeo] et [Eurazeo PME IV]", ["Eurazeo", "Eurazeo PME IV"]),
]

PEOPLE = [
    ("{Claire Dupont} signe. Mme {Dupont} part.", ["Claire Dupont"] * 2),
    ("{Colette Midol} parle. {Colette} rit.", ["Colette Midol"] * 2),
    ("{Rémi Castagné} ; {R. Castagné}", ["Rémi Castagné"] * 2),
    ("{Jean-Rodolphe Aebischer} ; {J.-R. Aebischer}", ["Jean-Rodolphe Aebischer"] * 2),
    ("{DE BROSSES Aymeric} ; {Aymeric de Brosses}", ["Aymeric de Brosses"] * 2),
    ("{CLAIRE DUPONT} et {Claire Dupont}", ["Claire Dupont"] * 2),
    ("{Maarten van der Meer} ; M. {van der Meer}", ["Maarten van der Meer"] * 2),
    ("{Sébastien Martinet} ; {Sebastien Martinet}", ["Sébastien Martinet"] * 2),
    # people whom the text tells apart
    ("{Jean Dupont} et {Claire Dupont}. M. {Dupont} parle, Mme {Dupont} écoute.", ["Jean Dupont", "Claire Dupont", "Jean Dupont", "Claire Dupont"]),
    ("{Claire Dupont} signe. M. {Dupont} attend.", ["Claire Dupont", "Dupont"]),
    ("{Jean Martin} et {Jeanne Martin}", ["Jean Martin", "Jeanne Martin"]),
    ("{Hubert Vasseur} parle. {Vasseur} rit. {Apolline Vasseur} vient. {Vasseur} sort.",
     ["Hubert Vasseur", "Hubert Vasseur", "Apolline Vasseur", "Apolline Vasseur"]),
]  # fmt: skip


def _read(marked: str) -> tuple[str, Reading]:
    text, mentions, opened = "", [], 0
    for c in marked:
        if c in "[{":
            opened = len(text)
        elif c in "]}":
            mentions.append(Mention(opened, len(text), "ORG" if c == "]" else "PER", 0.97))
        else:
            text += c
    return text, Reading.from_mentions(text, mentions)


@pytest.mark.parametrize(("marked", "canonical"), ORGANISATIONS + PEOPLE)
def test_canonical_name_of_each_mention(marked: str, canonical: list[str]) -> None:
    text, reading = _read(marked)
    assert [e.canonical for e in resolve(text, reading).entities] == canonical


def test_mentions_of_one_entity_share_its_id() -> None:
    text, reading = _read("[Agence de la transition écologique] ([ADEME]) et [Verkor]")
    found = resolve(text, reading)
    assert [e.entity_id for e in found.entities] == ["org-1", "org-1", "org-2"]
    assert [(o.entity_id, o.name, o.acronym, o.mentions) for o in found.organisations] == [
        ("org-1", "Agence de la transition écologique", "ADEME", 2),
        ("org-2", "Verkor", None, 1),
    ]
