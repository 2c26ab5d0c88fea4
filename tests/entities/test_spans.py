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
    ("ORG", "l'⟨association Coexister⟩", ["Coexister"]),
    ("ORG", "le ⟨musée du Louvre⟩", ["musée du Louvre"]),
    ("ORG", "le musée du ⟨Louvre⟩", ["musée du Louvre"]),
    ("ORG", "la région ⟨Hauts-de-France⟩", ["région Hauts-de-France"]),
    ("ORG", "dans les ⟨Hauts-de-France⟩", []),
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
    ("PER", "⟨M. Emmanuel Macron⟩", ["Emmanuel Macron"]),
    ("PER", "le ⟨Président Jean-Marc de la Tour⟩", ["Jean-Marc de la Tour"]),
    ("PER", "⟨Claire Dupont, directrice⟩", ["Claire Dupont"]),
    ("PER", "⟨Pierre & Stéphane⟩", ["Pierre", "Stéphane"]),
    ("PER", "⟨Antoine M.⟩, 51 ans", ["Antoine M."]),
    ("PER", "⟨Mme⟩", []),
]


@pytest.mark.parametrize(("label", "line", "names"), SPANS)
def test_span_is_the_proper_name(label: str, line: str, names: list[str]) -> None:
    start, end = line.index("⟨"), line.index("⟩") - 1
    text = line.replace("⟨", "").replace("⟩", "")
    assert [text[a:b] for a, b in repair(text, start, end, label)] == names
