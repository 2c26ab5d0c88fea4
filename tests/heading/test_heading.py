"""The head of a release: headline, place, issuer, language."""

from __future__ import annotations

from datetime import date

import pytest

from alambic.heading import Heading, language_of, read_heading
from alambic.record import Entity

VERKOR = """Verkor franchit une étape décisive et inaugure sa première Gigafactory

Une contribution à l'autonomie industrielle européenne

Bourbourg (Dunkerque), 11 décembre 2025 – Verkor inaugure aujourd'hui sa première gigafactory."""

TITLES = [
    (VERKOR, "Verkor franchit une étape décisive et inaugure sa première Gigafactory"),
    ("COMMUNIQUÉ DE PRESSE\nParis, le 3 mai 2024\n\nUne usine ouvre à Lille\n\nTexte.", "Une usine ouvre à Lille"),
    ("Communiqué de presse — Novembre 2025\n\nAckify : la preuve de lecture\n\nTexte", "Ackify : la preuve de lecture"),
    ("Sous embargo jusqu'au jeudi 3 novembre 2022 à 17 h\n\nUn anneau de glace\n", "Un anneau de glace"),
    ("Contact presse :\nRafael Tyszblat\n+33 6 00 00 00 00\n\nUn symposium pour le dialogue à Paris\n", "Un symposium pour le dialogue à Paris"),
    ("UNE USINE OUVRE\nÀ LILLE EN MAI\n\nTexte.", "UNE USINE OUVRE À LILLE EN MAI"),
    ("Une usine ouvre ses portes\nen présence de la ministre\n\nTexte.", "Une usine ouvre ses portes en présence de la ministre"),
    ("L'AIGLE, 30 AOUT 2016\n\nMOISSON 2016 : LA PIRE\n", "MOISSON 2016 : LA PIRE"),
    ("Bonjour,\n\nVeuillez trouver ci-dessous notre communiqué.\n\nLE MUSÉE ROUVRE EN MAI\n", "LE MUSÉE ROUVRE EN MAI"),
    ("Bonjour la nuit, bonjour le festival d'hiver des étoiles de Nancy\n", "Bonjour la nuit, bonjour le festival d'hiver des étoiles de Nancy"),
    ("PRÉFET DE LA HAUTE-LOIRE\nLiberté – Égalité – Fraternité\nCabinet du préfet\n\nLevée des restrictions d'eau\n", "Levée des restrictions d'eau"),
    ("Préfet de la Loire pendant trois ans, Luc Vial s'en va\n", "Préfet de la Loire pendant trois ans, Luc Vial s'en va"),
    ("", None),
    ("\n\n  \n", None),
]  # fmt: skip

PLACES = [
    (VERKOR, "Bourbourg (Dunkerque)"),
    ("Titre de la chose\n\nParis, le 3 mai 2024 – Le groupe annonce", "Paris"),
    ("COMMUNIQUÉ DE PRESSE – Lyon, le 3 mai 2024\n\nTitre", "Lyon"),
    ("Titre\n\nRennes et Paris, 12 mars 2024. Texte", "Rennes et Paris"),
    ("Titre\n\nLe 12 mars 2024, Nancy – Texte", "Nancy"),
    ("Titre\n\nSaint-Leu (La Réunion), mardi 3 mai 2022\n", "Saint-Leu (La Réunion)"),
    ("Titre\n\nMardi 3 mai 2022, une usine ouvre", None),
    ("Titre\n\nSuite à l'assemblée du 4 mai 2020, le conseil", None),
    ("Titre\n\nPublié le 3 mai 2022", None),
    ("Le groupe ouvre une usine à Lille", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title_is_the_first_real_headline(text: str, title: str | None) -> None:
    assert read_heading(text).title == title


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_place_is_that_of_the_dateline(text: str, place: str | None) -> None:
    assert read_heading(text).place == place


def _organisations(text: str, *names: str) -> list[Entity]:
    found = [
        Entity(start=i, end=i + len(name), text=name, label="ORG", canonical=name)
        for name in names
        for i in range(len(text))
        if text.startswith(name, i)
    ]
    return sorted(found, key=lambda e: e.start)


ISSUERS = [
    ("Verkor ouvre\n\nBpifrance soutient Verkor.\n\nÀ propos de Verkor\nVerkor est", "Verkor"),
    ("Une usine ouvre avec Bpifrance\n\nBpifrance aide. Verkor naît.\n\nContact : presse@verkor.com\nÀ propos de Verkor", "Verkor"),
    ("Bpifrance, Bpifrance et Bpifrance\n\nTexte de Bpifrance.\nSOURCE Verkor", "Verkor"),
    ("Verkor\n\nUne usine ouvre avec Bpifrance\n\nVerkor ouvre. Texte", "Verkor"),
]  # fmt: skip


def test_issuer_is_the_letterhead() -> None:
    prefecture = "PRÉFÈTE DU VELAY\nLevée de zones\nLa Chambre des eaux et la Chambre des eaux. Contact : Préfecture du Velay"
    firms = _organisations(prefecture, "Chambre des eaux", "Préfecture du Velay")
    assert read_heading(prefecture, firms).issuer == "Préfecture du Velay"
    branch = "Merle Bretagne\n\nLe bois cale\n\nMerle, Merle et Merle. À noter"
    assert read_heading(branch, _organisations(branch, "Merle Bretagne", "Merle")).issuer == "Merle Bretagne"


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_issuer_speaks_in_the_release(text: str, issuer: str) -> None:
    assert read_heading(text, _organisations(text, "Verkor", "Bpifrance")).issuer == issuer


def test_a_letterhead_is_no_title() -> None:
    for head in ("Verkor – Bpifrance", "Verkor — Communiqué de presse", "Communiqué de presse | Verkor"):
        text = f"{head}\n\nUne usine ouvre à Lille\n"
        found = _organisations(text, "Verkor", "Bpifrance")
        assert read_heading(text, found).title == "Une usine ouvre à Lille"


def test_published_is_handed_through() -> None:
    assert read_heading("", (), date(2025, 12, 11)) == Heading(published=date(2025, 12, 11))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La société annonce l'ouverture de son usine dans le nord de la France.", "fr"),
        ("The company announces that it has opened a plant in the north of France.", "en"),
        ("Die Firma hat in Berlin ein Werk eröffnet und stellt dort mit den Partnern ein.", "de"),
        ("12 345", None),
    ],
)
def test_language_is_told_by_function_words(text: str, code: str | None) -> None:
    assert language_of(text) == code
