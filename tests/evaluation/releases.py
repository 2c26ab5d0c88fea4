"""A small release with an item of each sort, and ways to misread it."""

from __future__ import annotations

from typing import Any

from alambic.evaluation import Gold
from alambic.record import Date, Entity, Figure, Quote, Release

TEXT = (
    "Verkor SA inaugure sa gigafactory à Dunkerque. « Nous investissons 3 M€ en 2025 », dit Claire Dupont, présidente "
    "de Verkor SA depuis le 5 mai 2024. Le site emploie 1 200 salariés."
)


def at(part: str) -> dict[str, Any]:
    """Start, end and text of the first `part` of TEXT."""
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


VERKOR = Entity(**at("Verkor SA"), label="ORG", canonical="Verkor SA")
CLAIRE = Entity(**at("Claire Dupont"), label="PER", canonical="Claire Dupont")
MONEY = Figure(**at("3 M€"), kind="money", value=3_000_000, unit="EUR")
STAFF = Figure(**at("1 200 salariés"), kind="count", value=1200, unit="salarié")
YEAR = Date(**at("2025"), iso_start="2025-01-01", iso_end="2025-12-31")
DAY = Date(**at("5 mai 2024"), iso_start="2024-05-05", iso_end="2024-05-05")
SAID = Quote(
    **at("Nous investissons 3 M€ en 2025"), speaker="Claire Dupont", speaker_role="présidente", cue="dit"
)
RELEASE = Release(
    doc_id="verkor",
    sha256="",
    entities=(VERKOR, CLAIRE),
    figures=(MONEY, STAFF),
    dates=(YEAR, DAY),
    quotes=(SAID,),
)
GOLD = Gold(RELEASE, TEXT)
