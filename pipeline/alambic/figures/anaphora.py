"""Bare numbers that count what the text named before, or what a label names."""

from __future__ import annotations

from collections.abc import Container

from alambic.figures import heads
from alambic.figures.amounts import Amount
from alambic.figures.singular import singular
from alambic.figures.tokens import NUMBER, WORD, Block
from alambic.knowledge import words

# Forms that follow the pronoun «en»; before anything else «en» is a preposition.
_AUXILIARIES = frozenset(["a", "ai", "as", "ont", "avons", "avez", "avait", "avaient", "aura", "auront", "aurait", "auraient", "compte", "comptent", "comptait", "reste", "restait", "restent", "manque", "manquent", "manquait", "compterons", "compteront", "prévoit", "vise", "faut", "faudra", "faudrait"])  # fmt: skip
_SUBJECTS = frozenset(
    ["il", "elle", "ils", "elles", "nous", "vous", "on", "j'", "je", "qui", "n'", "l'", "y", "tu", "ce"]
)
_STATES = frozenset(["sont", "ont", "seront", "auront", "étaient", "avaient", "furent", "restent", "viennent", "concernent", "travaillent", "resteront", "seraient", "portent", "relèvent", "proviennent", "bénéficient"])  # fmt: skip
_ITEM_OPENERS = frozenset(
    ["en", "dans", "chez", "à", "au", "aux", "pour", "sur", "par", "sont", "ont", "seront"]
)
_HELPERS = frozenset(["est", "sont", "a", "ont", "été", "étaient", "était", "avait", "avaient", "ainsi", "donc", "devrait", "devraient", "va", "vont"])  # fmt: skip
_PLURALS = frozenset(["les", "des", "nos", "ses", "leurs", "ces", "d'", "de"])
_MONEY_CUES = tuple(words("alambic.figures", "money_cues.txt"))
_MONEY_MAGNITUDES = frozenset(["mio", "mios", "mrd", "mrds", "mds", "md", "mld", "mlds", "mln", "mia"])
_ENDS = frozenset(".!?;")
# Of these, millions are money (`3,1 millions de recettes`).
_OF_MONEY = frozenset("recettes revenus bénéfice bénéfices dettes dette dépenses déficit déficits excédents économies pertes impôts taxes crédits subventions investissements plus moins".split())  # fmt: skip
_SIDES = frozenset(["pour", "contre", "abstention", "abstentions", "blanc", "blancs", "nul", "nuls"])
_CUE_REACH = 8
_LABEL_REACH = 6


def recalls(block: Block, amount: Amount) -> bool:
    """Whether a bare amount counts again what was counted last."""
    index = amount.last
    if block.low(index) == "d'" and block.low(index + 1) in ("entre", "autres"):
        return True
    return block.low(index) in _STATES and _opens_sentence(block, amount.first)


def subject_of_change(block: Block, index: int, changes: Container[str]) -> str | None:
    """The plural noun before the verb of a change that a number at token `index` begins, in the singular.

    `index` is the first number of `les séjours sont passés de 98 000 à 137 000`.
    """
    if block.low(index - 1) not in ("de", "d'") or block.low(index - 2) not in changes:
        return None
    position = index - 3
    while block.low(position) in _HELPERS:
        position -= 1
    noun, before = block.at(position), block.low(position - 1)
    if before not in _PLURALS or not heads.is_plural_word(noun) or not noun.text.islower():
        return None
    return singular(noun.low)


def of_jobs(block: Block, amount: Amount, near: Amount | None) -> bool:
    """`emplois : 200 directs, 400 indirects`: jobs alone are direct or indirect."""
    if block.low(amount.last) not in ("directs", "indirects"):
        return False
    named = any(
        block.low(index) in ("emploi", "emplois") for index in range(max(0, amount.first - 3), amount.first)
    )
    return named or (near is not None and near.unit == "emploi")


def counts_us(block: Block, amount: Amount) -> bool:
    """`nous étions trente-deux, nous sommes neuf`."""
    verb = amount.first - 1
    if block.low(verb) in ("déjà", "désormais", "encore", "aujourd'hui", "plus", "que", "environ"):
        verb -= 1
    return block.low(verb) in ("étions", "sommes", "serons", "fûmes") and block.low(verb - 1) == "nous"


def opens_item(block: Block, amount: Amount) -> bool:
    """Whether a bare amount opens an item of a list (`- 33 800 en habitation`)."""
    return block.low(amount.last) in _ITEM_OPENERS and all(
        block.at(i).kind != WORD for i in range(amount.first)
    )


def fills_label(block: Block, amount: Amount) -> bool:
    """`La Ville de Rochefort : 4.000.`: whether a bare number of some size is all that stands after a label."""
    token = block[amount.number.first]
    grouped = token.kind == NUMBER and not token.text.isdigit() and amount.value >= 1000
    first = amount.first - 1
    while block.low(first - 1) not in ("", ".", ";", "!", "?"):
        first -= 1
    if grouped and heads.is_plural_word(block.at(first)):
        return False  # «Cafés servis : 5 430»
    return (
        grouped
        and block.at(amount.first - 1).text == ":"
        and block.at(amount.last).text in ("", ".", ";", ",", "(")
    )


def bare_millions(block: Block, amount: Amount) -> bool:
    """`les 19 millions promis à la filière`: whether a number of millions that counts nothing can only be money."""
    if amount.number.scale < 1e6 or amount.last != amount.number.last:
        return False
    written = block[amount.last - 1]
    if written.text in ("MD", "M"):
        return False
    if block.low(amount.last) in ("de", "d'", "des"):
        if block.low(amount.last + 1) not in _OF_MONEY:
            return False
        if block.low(amount.last + 1) not in ("plus", "moins"):
            return True
    if written.low in _MONEY_MAGNITUDES:
        return True
    before = block[max(0, amount.first - _CUE_REACH) : amount.first]
    after = block[amount.last : amount.last + _CUE_REACH // 2]
    stop = next((index for index, token in enumerate(after) if token.text in (".", "!", "?")), len(after))
    return any(token.kind == WORD and token.low.startswith(_MONEY_CUES) for token in [*before, *after[:stop]])


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
    opening = colon
    while opening > 0 and block[opening - 1].text not in _ENDS and colon - opening <= _LABEL_REACH:
        opening -= 1
    first = next((i for i in range(opening, colon) if block[i].kind == WORD), colon)
    if colon - first > _LABEL_REACH or block.at(first).low in heads.ADJECTIVES:
        return None
    if block.low(first) in ("nombre", "nb"):
        return _number_of(block, first)
    noun = block.at(first)
    if noun.low in ("effectif", "effectifs"):
        return "personne"
    if "-" in noun.text and noun.text.rpartition("-")[2][:1].isupper():
        return None  # États-Unis
    if not heads.is_plural_word(noun) or noun.text.isupper() or amount.value < 2:
        return None
    return singular(noun.low)


def _number_of(block: Block, index: int) -> str | None:
    """What `nombre (total, moyen) de logements` at token `index` counts, in the singular."""
    index += 1
    index += block.at(index).kind == WORD and block.low(index) not in ("de", "d'")
    noun = block.at(index + 1)
    if block.low(index) not in ("de", "d'") or noun.kind != WORD or not heads.is_plural_word(noun):
        return None
    return singular(noun.low)


def told_after(block: Block, amount: Amount) -> str | None:
    """What follows a bare number in `porter à 250 le nombre d'adhérents`, in the singular."""
    index = amount.last
    if block.low(index) == "le" and block.low(index + 1) == "nombre" and block.low(amount.first - 1) == "à":
        return _number_of(block, index + 1)
    return None


def votes(block: Block, amount: Amount) -> bool:
    """`58 pour, 3 contre`: whether a bare number tells votes, each side told beside the other."""
    side, index = block.low(amount.last), amount.last + 1
    if side not in _SIDES or block.at(index).text not in (",", ";", ".", ")", "", "et"):
        return False
    return block.low(index + 2) in _SIDES or block.low(amount.first - 2) in _SIDES


def _opens_sentence(block: Block, index: int) -> bool:
    return block.at(index - 1).text in ("", ".", ";", ",", "»", "?", "!", "-", "–", "•")


def follows_en(block: Block, amount: Amount) -> bool:
    """`La ville en a commandé 25`, `nous en fabriquerons 6 000`, `il en manque deux cents`."""
    for position in range(amount.first - 2, max(-1, amount.first - 6), -1):
        token = block.at(position)
        if token.kind != WORD:
            return False
        if token.low == "en":
            return block.low(position + 1) in _AUXILIARIES or block.low(position - 1) in _SUBJECTS
    return False
