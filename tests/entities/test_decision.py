"""What the rest of a text tells of a name: addresses, lists, short forms, places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alambic.entities import Mention, Reading
from alambic.entities.decision import decide

_DECODED = 0.5
"""Below it a recogniser takes a stretch for no name, and is in doubt."""

DECISIONS = [
    # what the recogniser saw is marked, with its label and how sure it was; then the names that are decided on
    pytest.param(
        "L'équipe : Alex, Charles, ⟨Gala|ORG|0.7⟩, ⟨Manon|ORG|0.6⟩, ⟨Pierre & Stéphane|ORG|0.8⟩",
        ["Alex PER", "Charles PER", "Gala PER", "Manon PER", "Pierre PER", "Stéphane PER"],
        id="a list of first names",
    ),
    pytest.param(
        "avec ⟨Marks & Spencer|ORG|0.9⟩, ⟨Carrefour|ORG|0.9⟩ et ⟨Monoprix|ORG|0.9⟩",
        ["Marks & Spencer ORG", "Carrefour ORG", "Monoprix ORG"],
        id="a list of companies",
    ),
    pytest.param(
        "⟨Marine Food Data|ORG|0.2⟩ recrute. Vos données sur Marine Food Data : info@marinefooddata.org",
        ["Marine Food Data ORG", "Marine Food Data ORG"],
        id="a name that an address spells",
    ),
    pytest.param(
        "il dirige le Service d'⟨Information du Gouvernement|ORG|0.7⟩ (⟨SIG|ORG|0.9⟩)",
        ["Service d'Information du Gouvernement ORG", "SIG ORG"],
        id="a short form tells where the long one begins",
    ),
    pytest.param(
        "membre du comité international de la ⟨Croix-Rouge|ORG|0.8⟩ – le ⟨CICR|ORG|0.9⟩ – depuis",
        ["comité international de la Croix-Rouge ORG", "CICR ORG"],
        id="a short form between dashes",
    ),
    pytest.param(
        "⟨ELISE|ORG|0.9⟩ (⟨Énergies Locales|ORG|0.6⟩ – ⟨Initiatives|ORG|0.5⟩ – ⟨Solidarité|ORG|0.5⟩ – Épargne)",
        ["ELISE ORG", "Énergies Locales – Initiatives – Solidarité – Épargne ORG"],
        id="the long form in brackets",
    ),
    pytest.param(
        "⟨ECOBIO|ORG|0.9⟩ (Écosystèmes, ⟨CNRS|ORG|0.9⟩ & ⟨Université de Rennes|ORG|0.9⟩)",
        ["ECOBIO ORG", "CNRS ORG", "Université de Rennes ORG"],
        id="bodies in the brackets after a laboratory",
    ),
    pytest.param("Mme ⟨Ndèye|PER|0.9⟩ ⟨Tické Diop|PER|0.9⟩ a signé", ["Ndèye Tické Diop PER"], id="pieces of a name"),
    pytest.param("le prix ⟨Blù|PER|0.6⟩ ⟨Jean-Marc Roberts|PER|0.9⟩", ["Blù PER", "Jean-Marc Roberts PER"], id="a full name"),
    pytest.param("par ⟨McDermott|ORG|0.9⟩ ⟨Will & Emery|ORG|0.9⟩, à", ["McDermott Will & Emery ORG"], id="two pieces"),
    pytest.param(
        "par ⟨Batiserf|ORG|0.9⟩ ⟨Solares|ORG|0.9⟩ ⟨VPEAS|ORG|0.9⟩, à",
        ["Batiserf ORG", "Solares ORG", "VPEAS ORG"],
        id="a list without marks",
    ),
    pytest.param(
        "Les romans lus par nos lecteurs :\n⟨Odile Haas|PER|0.9⟩, ⟨La Marée haute|ORG|0.8⟩ (Cormoran)\n"
        "⟨Luc Vial|PER|0.9⟩ (⟨Un hiver|ORG|0.8⟩, ⟨Éditions du Quai|ORG|0.9⟩)\n"
        "⟨Marc Roy|PER|0.9⟩, président (⟨Rivages|ORG|0.9⟩)",
        ["Odile Haas PER", "Cormoran ORG", "Luc Vial PER", "Éditions du Quai ORG", "Marc Roy PER", "Rivages ORG"],
        id="books, their authors and publishers",
    ),
    pytest.param(
        "Prix littéraire des lycéens, remis par les libraires :\n\n⟨Thelma|PER|0.9⟩\n⟨Odile Haas|PER|0.9⟩ – Cormoran\n\n"
        "⟨Un hiver|ORG|0.9⟩\n⟨Luc Vial|PER|0.9⟩ – bleu nuit",
        ["Odile Haas PER", "Cormoran ORG", "Luc Vial PER", "bleu nuit ORG"],
        id="titles above their authors",
    ),
    pytest.param(
        "Une étude, lue par les éditeurs de livres :\n⟨Odile Haas|PER|0.9⟩ (⟨CNRS|ORG|0.9⟩, ⟨Université de Rivages|ORG|0.9⟩)\n"
        "⟨Luc Vial|PER|0.9⟩ (⟨Institut Merle|ORG|0.9⟩, ⟨Inrax|ORG|0.9⟩)",
        ["Odile Haas PER", "CNRS ORG", "Université de Rivages ORG", "Luc Vial PER", "Institut Merle ORG", "Inrax ORG"],
        id="two houses of an author are no title",
    ),
    pytest.param(
        "En mai, l'Aulne poursuit sa campagne.\nÀ propos de l'⟨Aulne|ORG|0.6⟩\nL'Aulne rassemble. Contact : info@aulne.org",
        ["Aulne ORG", "Aulne ORG", "Aulne ORG"],
        id="what a boilerplate is about, elsewhere too",
    ),
    pytest.param(
        "Sous un aulne. À propos de l'⟨Aulne|ORG|0.6⟩\nL'Aulne pousse.",
        ["Aulne ORG"],
        id="but not where it is a common word as well",
    ),
    pytest.param("à ⟨Kindia|ORG|0.6⟩, ⟨Kankan|ORG|0.5⟩ et Labé", [], id="a list of towns"),
    pytest.param("chargée de ⟨plaidoyer|ORG|0.6⟩ à Rivages", [], id="a word in lower case"),
    pytest.param("la préfète du ⟨Haut-Velay|ORG|0.9⟩ a signé", [], id="an office tells a place"),
    pytest.param("la forge de ⟨Firminy|ORG|0.5⟩ emploie", [], id="where something lies"),
    pytest.param("la préfète de la ⟨Drôme|ORG|0.6⟩ a signé", [], id="where an office is held"),
    pytest.param("le PDG d'⟨Orange|ORG|0.6⟩ a signé", ["Orange ORG"], id="a company called like a town"),
    pytest.param("⟨Lyon Part-Dieu|ORG|0.9⟩, le 12 février 2024 – Rivages", [], id="a dateline opens with a place"),
    pytest.param("Communiqué\t⟨Apt|ORG|0.9⟩, le 12 février 2024, 17h45", [], id="in the second column"),
    pytest.param("⟨Mairie de Val-Joli|ORG|0.9⟩, le 12 février 2024", ["Mairie de Val-Joli ORG"], id="or with a body"),
    pytest.param("⟨UNSA du Val-Joli|ORG|0.9⟩, le 12 mars 2024", ["UNSA du Val-Joli ORG"], id="or with a union"),
    pytest.param("⟨Rivages|ORG|0.9⟩ – 12 février 2024", ["Rivages ORG"], id="a header of issuer and day"),
    pytest.param("⟨EHPAD|ORG|0.9⟩ : assez de promesses", [], id="the short form of a kind"),
    pytest.param("« Oui ». ⟨Immatriculée|ORG|0.6⟩ plateforme agréée", [], id="a participle opens the sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "names"), DECISIONS)
def test_the_text_decides(marked: str, names: list[str]) -> None:
    text, seen = "", []
    for piece in marked.replace("⟩", "⟨").split("⟨"):
        name, *told = piece.split("|")
        if told:
            seen.append(Mention(len(text), len(text) + len(name), told[0], float(told[1])))
        text += name
    thought = Reading.from_mentions(text, seen)
    sure = tuple(mention for mention in thought.mentions if mention.confidence >= _DECODED)
    found = decide(text, replace(thought, mentions=sure))
    assert [f"{text[m.start : m.end]} {m.label}" for m in found] == names


def test_a_mention_inside_a_word_does_no_harm_to_the_others() -> None:
    text = "Verkor rejoint Merle"
    seen = Reading.from_mentions(text, [Mention(1, 5, "ORG", 0.9), Mention(15, 20, "ORG", 0.9)])
    assert "Merle" in [text[m.start : m.end] for m in decide(text, seen)]
