"""Spans of names: what the guide leaves out is trimmed, what belongs to the name is taken in."""

from __future__ import annotations

import pytest

from alambic.entities.spans import repair

SPANS = [
    # label, line with the recogniser's span marked, names that are left
    ("ORG", "la ⟨Directrice des Ressources Humaines de Verkor⟩ a", ["Verkor"]),
    ("ORG", "⟨PDG Verkor⟩", ["Verkor"]),
    ("ORG", "⟨Managing Director de Verkor⟩", ["Verkor"]),
    ("ORG", "⟨Directeur Général Délégué⟩", []),
    ("ORG", "le ⟨ministre de la Culture⟩", []),
    ("ORG", "⟨Conseil d'Administration de Règles Communes⟩", ["Règles Communes"]),
    ("ORG", "de ⟨l'ADEME⟩", ["ADEME"]),
    ("ORG", "⟨La Banque Postale⟩ finance", ["La Banque Postale"]),
    ("ORG", "⟨Verkor (Île-de-France)⟩", ["Verkor"]),
    ("ORG", "⟨Agence de la Transition Écologique (ADEME)⟩", ["Agence de la Transition Écologique", "ADEME"]),
    ("ORG", "la ⟨société Dupont⟩", ["Dupont"]),
    ("ORG", "au sein du Groupe ⟨SNCF⟩", ["Groupe SNCF"]),
    ("ORG", "au sein du groupe ⟨SNCF⟩", ["SNCF"]),
    ("ORG", "l'⟨association Coexister⟩", ["Coexister"]),
    ("ORG", "le ⟨musée du Louvre⟩", ["musée du Louvre"]),
    ("ORG", "le musée du ⟨Louvre⟩", ["musée du Louvre"]),
    ("ORG", "la région ⟨Hauts-de-France⟩", ["région Hauts-de-France"]),
    ("ORG", "dans les ⟨Hauts-de-France⟩", []),
    ("ORG", "⟨EN BREF⟩", []),
    ("ORG", "LA ⟨RÉGION⟩ ENGAGE", []),
    ("ORG", "30 % des élèves n'ont pas d'⟨AESH⟩", []),
    ("ORG", "saisit le ⟨ministère de la Culture d'une demande⟩ écrite", ["ministère de la Culture"]),
    ("ORG", "le ⟨Collectif pour l'accueil d'une ourse⟩", ["Collectif pour l'accueil d'une ourse"]),
    (
        "ORG",
        "la ⟨Chambre d'agriculture de Bretagne et Jeunes Fermiers Unis⟩",
        ["Chambre d'agriculture de Bretagne", "Jeunes Fermiers Unis"],
    ),
    (
        "ORG",
        "la ⟨chambre de commerce et d'industrie de Bretagne⟩",
        ["chambre de commerce et d'industrie de Bretagne"],
    ),
    ("PER", "les kermesses de ⟨Pieter Brueghel⟩ le Jeune et", ["Pieter Brueghel le Jeune"]),
    ("PER", "⟨Odile Haas⟩ le jeune âge", ["Odile Haas"]),
    ("ORG", "le ⟨cégep⟩ de Saint-Félicien", []),
    ("ORG", "le cégep de ⟨Saint-Félicien⟩", ["cégep de Saint-Félicien"]),
    ("ORG", "siège au ⟨C.A.⟩ de l'agence", []),
    ("ORG", "Odile Haas (⟨B.A.⟩ danse, 1992)", []),
    ("ORG", "la communauté urbaine de ⟨Dunkerque⟩", ["communauté urbaine de Dunkerque"]),
    ("ORG", "chez ⟨Airbus⟩ SE, le", ["Airbus SE"]),
    ("ORG", "⟨VERKOR⟩ SE LANCE", ["VERKOR"]),
    ("ORG", "⟨ING BANK N.V⟩", ["ING BANK N.V"]),
    ("ORG", "la SAS ⟨Salaisons Tréhorel⟩", ["SAS Salaisons Tréhorel"]),
    ("ORG", "⟨le Groupe⟩", []),
    ("ORG", "⟨l'État⟩", []),
    ("ORG", "la ⟨Région⟩", []),
    ("ORG", "⟨Conseil d'administration⟩", []),
    ("ORG", "⟨CHU⟩", ["CHU"]),
    ("ORG", "⟨Union Européenne des⟩", ["Union Européenne"]),
    # a determiner that counts or picks out one of many stands before no name
    ("ORG", "une délégation par des ⟨Infirmières en Pratique Avancée⟩", []),
    ("ORG", "notre ⟨Fondation Orange⟩", []),
    ("ORG", "avec les ⟨Restos du Cœur⟩", ["Restos du Cœur"]),
    # a number after an article in the singular opens the name; after a plural it counts
    ("ORG", "avec le 3 ⟨Faiths Forum⟩", ["3 Faiths Forum"]),
    ("ORG", "les 3 ⟨Suisses⟩", ["Suisses"]),
    # the preposition said again tells two names; a ministry has one
    ("ORG", "les conseils d'⟨Agrial et de Terrena⟩", ["Agrial", "Terrena"]),
    ("ORG", "par ⟨Fidal et Dubois & Associés⟩", ["Fidal", "Dubois & Associés"]),
    ("ORG", "⟨ministère de l'Économie et des Finances⟩", ["ministère de l'Économie et des Finances"]),
    # what the brackets hold belongs to the name where a legal form follows, or where it stands inside a word
    ("ORG", "⟨Bank of China (Europe) S.A.⟩, à", ["Bank of China (Europe) S.A."]),
    ("ORG", "⟨Finance(s) & Pédagogie⟩", ["Finance(s) & Pédagogie"]),
    # a territory in a name may be two; an English link asks for its second half
    ("ORG", "⟨Orange Afrique⟩ et Moyen-Orient", ["Orange Afrique et Moyen-Orient"]),
    ("ORG", "en ⟨Afrique⟩ et Moyen-Orient", []),
    ("ORG", "on behalf of ⟨Bank of⟩ China", ["Bank of China"]),
    # the place where a body with a name of its own stands
    ("ORG", "au ⟨lycée Gambetta d'Arras⟩", ["lycée Gambetta"]),
    ("ORG", "le ⟨musée de Pont-Aven⟩", ["musée de Pont-Aven"]),
    ("ORG", "le ⟨musée des Beaux-Arts de Rennes⟩", ["musée des Beaux-Arts de Rennes"]),
    ("ORG", "l'alliance ⟨européenne SEA-EU⟩", ["SEA-EU"]),
    ("ORG", "avec l'⟨ONG Sabou Guinée⟩", ["Sabou Guinée"]),
    ("ORG", "⟨Fondation Arpège\nGuillaume Hertz⟩ 06 00", ["Fondation Arpège", "Guillaume Hertz"]),
    (
        "ORG",
        "⟨MINISTÈRE DE L'AGRICULTURE\nET DE LA SOUVERAINETÉ ALIMENTAIRE⟩",
        ["MINISTÈRE DE L'AGRICULTURE\nET DE LA SOUVERAINETÉ ALIMENTAIRE"],
    ),
    ("ORG", "⟨Assemblée Nationale avec utilisation⟩ du", ["Assemblée Nationale"]),
    ("ORG", "⟨Association dans le temps long⟩", []),
    # the cells of a table or of columns, a list of countries run together
    ("PER", "⟨Thierry Lambert\tGuillaume Le Floch⟩", ["Thierry Lambert", "Guillaume Le Floch"]),
    ("ORG", "en ⟨Burkina Faso Turquie⟩", []),
    ("ORG", "déléguée régionale ⟨Orange IDF Sud⟩ et Est", ["Orange IDF Sud et Est"]),
    # nothing is joined to an acronym; what is counted next, and the number of a row, are no part of a name
    ("ORG", "la ⟨LPO et Sources et Rivières⟩", ["LPO", "Sources et Rivières"]),
    ("ORG", "le ⟨musée de Pont-Aven et vingt-deux⟩ collectionneurs", ["musée de Pont-Aven"]),
    ("ORG", "le ⟨Centre communal d'action sociale 3⟩,7 M€", ["Centre communal d'action sociale"]),
    ("ORG", "le ⟨Paris 13⟩ Atletico", ["Paris 13"]),
    # the end of an organ's name does not open the name
    ("ORG", "président du Conseil d'⟨Établissement ESIEE Paris⟩", ["ESIEE Paris"]),
    # an exclamation mark inside a sentence belongs to the name
    ("ORG", "le mouvement ⟨En Marche⟩ ! à ses débuts", ["En Marche !"]),
    ("ORG", "Vive ⟨Verkor⟩ ! Le site", ["Verkor"]),
    # dots and apostrophes of the name itself
    ("ORG", "⟨Groupe Novatech Inc⟩. Fondée", ["Groupe Novatech Inc."]),
    ("ORG", "avec ⟨BayWa r.e.⟩. Le parc", ["BayWa r.e."]),
    ("ORG", "par ⟨Retail Int.⟩ auprès de", ["Retail Int."]),
    ("ORG", "pour ⟨Verkor.⟩ Le site", ["Verkor"]),
    ("ORG", "⟨La Tribu Fait Sa Com'⟩, production", ["La Tribu Fait Sa Com'"]),
    ("ORG", "'⟨Verkor'⟩", ["Verkor"]),
    # a legal form after a comma may open the next name
    ("ORG", "⟨Pépin & Racine⟩, SAS Racineux", ["Pépin & Racine"]),
    ("ORG", "⟨Pépin & Racine⟩, SAS au capital", ["Pépin & Racine, SAS"]),
    # lines of a contact block are names of their own
    (
        "PER",
        "CONTACTS\n⟨Thierry Lambert\nGuillaume Le Floch⟩\nDirecteur",
        ["Thierry Lambert", "Guillaume Le Floch"],
    ),
    ("ORG", "(Caisse d'Epargne, ⟨BNP\nParibas⟩)", ["BNP\nParibas"]),
    ("ORG", "⟨SOURCE Fonds de solidarité FTQ⟩", ["Fonds de solidarité FTQ"]),
    ("PER", "« Oui », ⟨explique-t-il⟩", []),
    ("PER", "M. ⟨Dame Diop⟩, ministre", ["Dame Diop"]),
    ("PER", "M. ⟨de La Rochère⟩ dirigeait", ["de La Rochère"]),
    ("PER", "la lettre ⟨de Claire Dupont⟩", ["Claire Dupont"]),
    ("PER", "J. Hutchings et ⟨M.-C. Auriol⟩", ["M.-C. Auriol"]),
    ("PER", "⟨M. Emmanuel Macron⟩", ["Emmanuel Macron"]),
    ("PER", "le ⟨Président Jean-Marc de la Tour⟩", ["Jean-Marc de la Tour"]),
    ("PER", "⟨Claire Dupont, directrice⟩", ["Claire Dupont"]),
    ("PER", "⟨Pierre & Stéphane⟩", ["Pierre", "Stéphane"]),
    ("PER", "⟨Antoine M.⟩, 51 ans", ["Antoine M."]),
    # an initial before a surname; a title before a full name
    ("PER", "avec Ph. ⟨Massé⟩ (ELISE)", ["Ph. Massé"]),
    ("PER", "avec J.-P. ⟨Le Roux⟩", ["J.-P. Le Roux"]),
    ("PER", "le P. ⟨Michel Fayolle⟩", ["Michel Fayolle"]),
    ("PER", "avec M. ⟨Massé⟩", ["Massé"]),
    ("PER", "avec J. ⟨©⟩", []),
    ("PER", "⟨Mme⟩", []),
]


@pytest.mark.parametrize(("label", "line", "names"), SPANS)
def test_span_is_the_proper_name(label: str, line: str, names: list[str]) -> None:
    start, end = line.index("⟨"), line.index("⟩") - 1
    text = line.replace("⟨", "").replace("⟩", "")
    assert [text[a:b] for a, b in repair(text, start, end, label)] == names
