"""Functions as releases give them, before and after the name (marked ⟨ ⟩)."""

from __future__ import annotations

import pytest

from alambic.entities.roles import role_after, role_before

AFTER = [
    ("« Oui », dit ⟨Odile Haas⟩, présidente de l'OPS. Les rendez-vous suivront.", "présidente de l'OPS"),
    ("⟨Wim Terwindt⟩, directeur général d'Estuaire H2, ajoute", "directeur général d'Estuaire H2"),
    (
        "⟨Benoit Lemaignan⟩, Co-fondateur et Président de Verkor, déclare : « L'usine »",
        "Co-fondateur et Président de Verkor",
    ),
    (
        "⟨Nolwenn Jégou⟩, 41 ans, ancienne découpeuse de volaille, a été recrutée.",
        "ancienne découpeuse de volaille",
    ),
    ("⟨Giacomo Ferraris⟩ (CEO), Signe Holm-Andersen (CTO)", "CEO"),
    ("⟨Monia Gharsallah⟩, psychologue à Beity, témoigne", "psychologue à Beity"),
    (
        "⟨Mathilde Arcangeli⟩, ministre déléguée auprès du ministre de l'Économie, des Finances et du Numérique, "
        "chargée de l'Industrie, déclare :",
        "ministre déléguée auprès du ministre de l'Économie, des Finances et du Numérique, chargée de l'Industrie",
    ),
    ("la nomination d'⟨Anouchka Belleville⟩ en qualité de directrice artistique.", "directrice artistique"),
    (
        "⟨Vincent Aubry⟩ est nommé directeur général de la Mutuelle Saint-Éloi.",
        "directeur général de la Mutuelle Saint-Éloi",
    ),
    (
        "⟨Sara Puig⟩, Global Operations EVP at Orange Cyberdefense",
        "Global Operations EVP at Orange Cyberdefense",
    ),
    ("⟨Claire Dupont⟩\nDirectrice de la communication\n01 02 03 04 05", "Directrice de la communication"),
    ("⟨Yves Kermadec⟩, P.-D.G. du chantier, signe", "P.-D.G. du chantier"),
    ("⟨Claire Dupont⟩, présidente, et Jean Petit, trésorier, ont signé", "présidente"),
    ("⟨Claire Dupont⟩, présidente qui a fondé l'école", "présidente"),
    (
        "⟨Aline Mercœur⟩, Directrice Orange Ile-de-France - marraine de la promotion",
        "Directrice Orange Ile-de-France",
    ),
    ("⟨Paulette Métayer⟩, fromagère, fête ses cinquante ans de marché", "fromagère"),
    ("⟨Amélie Roisin⟩ (PS), bourgmestre de Dinant, parle", "bourgmestre de Dinant"),
    ("⟨Elyès Jeribi⟩, DG de la BIAT, ainsi que ses équipes", "DG de la BIAT"),
    (
        "⟨Solène Baradel⟩, ministre chargée de la Souveraineté industrielle, énergétique et numérique, a signé",
        "ministre chargée de la Souveraineté industrielle, énergétique et numérique",
    ),
    (
        "⟨Claire Dupont⟩, vice-présidente, placements privés et investissements, résume",
        "vice-présidente, placements privés et investissements",
    ),
    ("⟨Claire Dupont⟩, présidente du club, conductrice depuis 19 ans", "présidente du club"),
    ("⟨Jean Petit⟩, ingénieur, président du club", "président du club"),
    ("⟨Jean Petit⟩, cadre dans le secteur associatif", "cadre dans le secteur associatif"),
    ("a déclaré ⟨Jean Petit⟩, directeur de Merle dans un communiqué", "directeur de Merle"),
    ("⟨Jean Petit⟩, directeur de Merle et renforce son équipe", "directeur de Merle"),
    ("⟨Jean Petit⟩, épicier à Bédarieux et 5 318 citoyens", "épicier à Bédarieux"),
    ("⟨Jean Petit⟩, bénévole disparu le mois dernier", "bénévole"),
    ("⟨Jean Petit⟩, président de l'association Framasoft.org", "président de l'association Framasoft.org"),
    (
        "LE CONSEIL NOMME ⟨JEAN PETIT⟩, DIRECTEUR GÉNÉRAL DE MERLE INDUSTRIES FRANCE\nDeux autres",
        "DIRECTEUR GÉNÉRAL DE MERLE INDUSTRIES FRANCE",
    ),
    ("⟨Jean Petit⟩ - Investment Director, Merle", "Investment Director"),
    ("a nommé ⟨Jean Petit⟩ directeur des achats", "directeur des achats"),
    ("⟨Jean Petit⟩, aujourd'hui chef du service", "chef du service"),
    ("⟨Jean Petit⟩, les fromagers de Merle", None),
    ("⟨Jean Petit⟩, Ph. D., ing., directeur général de Merle, ajoute", "directeur général de Merle"),
    ("⟨Jean Petit⟩, confirmé comme manager jusqu'en 2027", None),
    ("⟨Jean Petit⟩, manager jusqu'en 2027, signe", "manager"),
    ("⟨Jean Petit⟩, élu en mars à la présidence de la Ligue", None),
    ("⟨Jean Petit⟩, élu local, signe", "élu local"),
    ("⟨Jean Petit⟩\n\nDirecteur technique\n01 02 03 04 05", "Directeur technique"),
    ("conduit par ⟨Jean Petit⟩\n\nLe président, Odile Haas", None),
    (
        "⟨Claire Dupont⟩, la principale du collège Marcel-Pagnol nous a répondu",
        "principale du collège Marcel-Pagnol",
    ),
    ("a élu ⟨Claire Dupont⟩, ex capitaine de l'équipe, hier", "ex capitaine de l'équipe"),
    ("⟨Jean Petit⟩*, directeur de Merle", "directeur de Merle"),
    ("⟨Jean Petit⟩², directeur de Merle", "directeur de Merle"),
    ("⟨Claire Dupont⟩, dite Tchin, présidente de l'amicale, rit", "présidente de l'amicale"),
    (
        "⟨Claire Dupont⟩, épouse MINIER, directrice de la bibliothèque ; 38 ans",
        "directrice de la bibliothèque",
    ),
    ("⟨Claire Dupont⟩ (belge, 58 ans)\nPrésidente, indépendante", "Présidente"),
    ("⟨Claire Dupont⟩ (Merle)\nPrésident : Jean Petit", None),
    ("⟨Claire Dupont⟩, née à Redon, la présidente", "présidente"),
    ("⟨Jean Petit⟩, soprano ; Odile Haas", "soprano"),
    ("⟨Jean Petit⟩ (retraite), Odile Haas", None),
    ("⟨Jean Petit⟩ – jcarpentier@merle.example", None),
    ("⟨Jean Petit⟩, professeur invité. Il vient", "professeur invité"),
    ("⟨Jean Petit⟩, professeur invité au colloque", "professeur"),
    ("⟨Jean Petit⟩, porte-parole, presse@merle.example", "porte-parole"),
    ("École : ⟨Jean Petit⟩\nKiné : Odile Haas", None),
    ("⟨Jean Petit⟩, député de Redon–Vitré, signe", "député de Redon–Vitré"),
    # no function
    ("⟨Monique Barbut⟩, du Président de la mission REV3, Frédéric Motte", None),
    ("⟨Claire Dupont⟩, hier à Lille, a signé", None),
    ("⟨Claire Dupont⟩ a signé avec le président de Verkor.", None),
    ("⟨Claire Dupont⟩, dernière arrivée", None),
]

BEFORE = [
    ("Pour le président de l'AAV, ⟨Arnaud Cazalis⟩, tout va bien.", "président de l'AAV"),
    ("L'autre coprésident, ⟨Luan Berisha⟩, chauffeur", "coprésident"),
    ("La maire de Couvron-et-Aumencourt ⟨Odile Vasset⟩ a souri.", "maire de Couvron-et-Aumencourt"),
    ("au CSE, le directeur M. ⟨Lassalle-Boyer⟩ a quitté", "directeur"),
    ("Présidente : ⟨Aurélia Courrèges⟩", "Présidente"),
    ("signée de notre coach ⟨Steph Aubineau⟩", "coach"),
    ("porté par le Professeur Luc Ferrier et par la cadre de santé ⟨Vera Sorokine⟩", "cadre de santé"),
    ("La climatologue ⟨Béatrice Vaury⟩ rappelle", "climatologue"),
    ("La bourgmestre de Dinant (liste Demain), ⟨Amélie Roisin⟩, parle", "bourgmestre de Dinant"),
    (
        "du Président de la mission REV3, Conseiller régional délégué à l'économie, ⟨Frédéric Motte⟩",
        "Président de la mission REV3, Conseiller régional délégué à l'économie",
    ),
    ("Le directeur est ⟨Jean Roy⟩.", "directeur"),
    ("Le directeur (⟨Jean Roy⟩) a signé.", "directeur"),
    ("La nouvelle directrice, ⟨Claire Dupont⟩", "directrice"),
    ("L'ancienne directrice, ⟨Claire Dupont⟩", "ancienne directrice"),
    ("Directrice du CHU depuis 2019, ⟨Claire Dupont⟩", "Directrice du CHU"),
    ("2e adjointe : ⟨Claire Dupont⟩", "2e adjointe"),
    ("bureau élu : président Jean Roy, trésorière ⟨Claire Dupont⟩", "trésorière"),
    ("l'association, trésorière ⟨Claire Dupont⟩", None),
    ("Odile Haas, ancienne d'Imerys, vice-présidente \n⟨Claire Dupont⟩", None),
    ("Le vicaire général, Mgr ⟨Jean Petit⟩, bénit", "vicaire général"),
    ("Nommée titulaire de la chaire pour quatre ans, ⟨Claire Dupont⟩ enseigne", "titulaire de la chaire"),
    ("Élue présidente du conseil en 2019, ⟨Claire Dupont⟩ part", "présidente du conseil"),
    ("Contacts – chercheuse : ⟨Claire Dupont⟩", "chercheuse"),
    ("Le rappeur ⟨Jo Bé⟩ chante", "rappeur"),
    ("Le quartier ⟨Jo Bé⟩ chante", None),
    # the function is another person's
    ("avec Jean Petit, président de Verkor, ⟨Claire Dupont⟩ a signé", None),
    ("- marraine de la promotion 2023, ⟨Paul Aubry⟩", "marraine de la promotion 2023"),
    ("Le conseil a élu ⟨Claire Dupont⟩", None),
]


def _marked(line: str) -> tuple[str, int, int]:
    start, end = line.index("⟨"), line.index("⟩") - 1
    return line.replace("⟨", "").replace("⟩", ""), start, end


@pytest.mark.parametrize(("line", "role"), AFTER)
def test_function_after_the_name(line: str, role: str | None) -> None:
    text, _, end = _marked(line)
    found = role_after(text, end)
    assert (found.of(text) if found else None) == role


@pytest.mark.parametrize(("line", "role"), BEFORE)
def test_function_before_the_name(line: str, role: str | None) -> None:
    text, start, _ = _marked(line)
    found = role_before(text, start)
    assert (found.of(text) if found else None) == role


def test_typographic_apostrophes_and_blanks_change_nothing() -> None:
    text = "Odile Haas, présidente de l’OPS, a signé"
    found = role_after(text, 10)
    assert found is not None
    assert found.of(text) == "présidente de l’OPS"
