"""Bare numbers that count what the text named before, or what a label names."""

from __future__ import annotations

from alambic.figures import heads
from alambic.figures.amounts import Amount
from alambic.figures.singular import singular
from alambic.figures.tokens import NUMBER, WORD, Block

# Forms that follow the pronoun «en»; before anything else «en» is a preposition.
_AUXILIARIES = frozenset(["a", "ai", "as", "ont", "avons", "avez", "avait", "avaient", "aura", "auront", "aurait", "auraient", "compte", "comptent", "comptait", "reste", "restait", "restent", "manque", "manquent", "manquait", "compterons", "compteront", "prévoit", "vise", "faut", "faudra", "faudrait"])  # fmt: skip
_SUBJECTS = frozenset(
    ["il", "elle", "ils", "elles", "nous", "vous", "on", "j'", "je", "qui", "n'", "l'", "y", "tu", "ce"]
)
_STATES = frozenset(["sont", "ont", "seront", "auront", "étaient", "avaient", "furent", "restent", "viennent", "concernent", "travaillent", "resteront", "seraient", "portent", "relèvent", "proviennent", "bénéficient"])  # fmt: skip
_ITEM_OPENERS = frozenset(
    ["en", "dans", "chez", "à", "au", "aux", "pour", "sur", "par", "sont", "ont", "seront"]
)
_LABEL_REACH = 6


def recalls(block: Block, amount: Amount) -> bool:
    """Whether a bare amount counts again what was counted last."""
    index = amount.last
    if block.low(index) == "d'" and block.low(index + 1) in ("entre", "autres"):
        return True
    if block.low(index) in _STATES and _opens_sentence(block, amount.first):
        return True
    return _follows_en(block, amount)


def opens_item(block: Block, amount: Amount) -> bool:
    """Whether a bare amount opens an item of a list (`- 33 800 en habitation`)."""
    return block.low(amount.last) in _ITEM_OPENERS and all(
        block.at(i).kind != WORD for i in range(amount.first)
    )


def label(block: Block, amount: Amount) -> str | None:
    """The noun of a label that a bare number fills alone (`Emplois repris : 92`), in the singular."""
    colon = amount.first - 1
    if block.at(colon).text != ":" or block.at(amount.last).text not in ("", ".", ";", ","):
        return None
    if (
        block[amount.number.first].kind == NUMBER
        and len(block[amount.number.first].text) > 4
        and block[amount.number.first].text.isdigit()
    ):
        return None
    first = next((i for i in range(colon) if block[i].kind == WORD), colon)
    if colon - first > _LABEL_REACH or block.at(first).low in heads.ADJECTIVES:
        return None
    noun = block.at(first)
    if not heads.is_plural_word(noun) or noun.text.isupper() or amount.value < 2:
        return None
    return singular(noun.low)


def _opens_sentence(block: Block, index: int) -> bool:
    return block.at(index - 1).text in ("", ".", ";", ",", "»", "?", "!", "-", "–", "•")


def _follows_en(block: Block, amount: Amount) -> bool:
    """`La ville en a commandé 25`, `nous en fabriquerons 6 000`, `il en manque deux cents`."""
    for position in range(amount.first - 2, max(-1, amount.first - 6), -1):
        token = block.at(position)
        if token.kind != WORD:
            return False
        if token.low == "en":
            return block.low(position + 1) in _AUXILIARIES or block.low(position - 1) in _SUBJECTS
    return False
