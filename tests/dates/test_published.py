"""The release's own date: where French releases write it, and what is not it."""

from __future__ import annotations

import datetime as dt

import pytest

from alambic.dates import find_published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bourbourg (Dunkerque), 11 décembre 2025 – Verkor inaugure son usine.", "2025-12-11"),
        ("TITRE\n\nPARIS, 6 Juin 2008 – Jaxio est devenu le premier partenaire.", "2008-06-06"),
        ("Titre\n\nLes Sables-d’Olonne, le 22 juin 2022. À dix jours des vacances", "2022-06-22"),
        ("Titre\n\nLyon (France) et Cambridge (Massachusetts), le 9 janvier 2023 : l'essai", "2023-01-09"),
        ("DAKAR, LE 3 DECEMBRE 2024\n\nHuit start-ups", "2024-12-03"),
        ("**Grenoble, 24 juin 2025** — Basile, laboratoire", "2025-06-24"),
        ("                     Saintes, le 19 mai 2023\n\nCommuniqué", "2023-05-19"),
        ("Communiqué de presse – Rennes, le 4 décembre 2023\n\nTilde", "2023-12-04"),
        ("Communiqué de presse du 11 décembre 2025\n\nTitre", "2025-12-11"),
        ("Communiqué de presse — Novembre 2025\n\nAckify", "2025-11-01"),
        ("COMMUNIQUÉ / 2 septembre 2025 / DIFFUSION IMMÉDIATE", "2025-09-02"),
        ("Publié le 12/03/2024\n\nTitre", "2024-03-12"),
        ("Mis en ligne le 5 mai 2023 par la rédaction", "2023-05-05"),
        ("SOUS EMBARGO JUSQU'AU 31 MAI 2022, 11 H 00\n\nLa fibre", "2022-05-31"),
        ("Embargo jusqu'au 12 juillet 2023, 6 h", "2023-07-12"),
        ("Date : 11 décembre 2025\nObjet : ouverture", "2025-12-11"),
        ("De : presse@verkor.example\nEnvoyé : jeudi 11 décembre 2025 09:12\nObjet : usine", "2025-12-11"),
        ("08/02/2024 | Rennes\n\nBilan électrique", "2024-02-08"),
        ("Le club\n\n30 mars 2023 · Biclou présente le Mulet 3", "2023-03-30"),
        ("Vents du Condroz\nCommuniqué — Ciney, mercredi 12 octobre\n\nDepuis 2011 et en 2022", "2022-10-12"),
        ("La Ligue et l'assureur ont signé ce jeudi 4 juillet 2024 un accord.", "2024-07-04"),
        ("8 octobre 2024 par Maëlle\n\nPélican 4.2 est disponible.", "2024-10-08"),
        ("Nominations\n\nL'abbé part.\n\nDonné à Saint-Vallier, le 24 juin 2024", "2024-06-24"),
    ],
)
def test_the_release_says_when_it_was_published(text: str, day: str) -> None:
    assert find_published(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "L'usine a ouvert en 2019.",
        "La société, réunie le 11 mai 2023, a nommé son directeur.",
        "Exposition du 12 octobre 2024 au 9 mars 2025\nEntrée libre",
        "Résultats annuels au 31 décembre 2024\n\nLe groupe publie",
        "Le 12 décembre 2013, dans la cuisine d'Erwan, un serveur démarre.",
        "Bleus. De Delft à Samadet\nVernissage presse : vendredi 18 octobre 2024, 11 h\n",
        "L'HISTOIRE\nAlençon, septembre 2001. Cinq ouvrières apprennent que leur usine ferme.",
        "PROGRAMME – 5e FORUM SUPPLY, 6 FÉVRIER 2025, LILLE GRAND PALAIS",
    ],
)
def test_other_dates_are_not_taken_for_it(text: str) -> None:
    assert find_published(text) is None


def test_the_dateline_wins_over_the_header_of_an_event() -> None:
    text = "Marathon\nDimanche 12 octobre 2025\n\nNîmes, le 8 octobre 2025 – Bonjour à tous"
    assert find_published(text) == dt.date(2025, 10, 8)
