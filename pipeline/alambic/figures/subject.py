"""What a figure measures, where the sentence says so right beside it."""

from __future__ import annotations

from alambic.figures.amounts import Amount
from alambic.figures.heads import FUNCTION_WORDS
from alambic.figures.lexicon import Phrases
from alambic.figures.modifiers import skip_before
from alambic.figures.tokens import SIGN, WORD, Block
from alambic.knowledge import words

_VERBS: Phrases[bool] = Phrases((phrase, True) for phrase in words("alambic.figures", "subject_verbs.txt"))
_OF = frozenset(["de", "d'", "du", "des"])
_ARTICLES = frozenset(["la", "l'"])
_DETERMINERS = frozenset(
    "le la l' les un une des du son sa ses leur leurs notre nos ce cette cet ces au aux chaque quel quelle".split()
)
_LONGEST = 6


def subject(text: str, block: Block, amount: Amount) -> str | None:
    """The noun that the figure measures, as the text writes it, or `None`.

    Found are its complement (`45 % du capital`), the noun that it completes (`un investissement de 12 M€`), the
    subject of a verb of measure (`le chiffre d'affaires s'élève à 12 M€`) and a label (`Effectif : 460 salariés`).

    >>> from alambic.figures import find_figures
    >>> [figure.about for figure in find_figures("La subvention couvre 40 % du coût. Un investissement de 12 M€.")]
    ['coût', 'investissement']
    """
    if amount.kind not in ("count", "duration"):
        complement = _complement(block, amount.last)
        if complement:
            return complement
    return _before(text, block, skip_before(block, amount.first)) or _row_label(text, block, amount)


def _row_label(text: str, block: Block, amount: Amount) -> str | None:
    """The first cell of a table's row."""
    start = block[0].start
    tab = text.find("\t", start, block[amount.first].start)
    if tab == -1 or block[0].kind != WORD:
        return None
    return text[start:tab].strip() or None


def _complement(block: Block, index: int) -> str | None:
    if block.low(index) not in _OF:
        return None
    index += 1 + (block.low(index + 1) in _ARTICLES)
    noun = block.at(index)
    if noun.kind != WORD or noun.low in FUNCTION_WORDS or noun.text[-1] in "'’":
        return None
    return noun.text


def _before(text: str, block: Block, index: int) -> str | None:
    verb = _VERBS.before(block, index)
    if verb:
        return _noun_phrase(text, block, verb[1])
    before = block.low(index - 1)
    if before in ("de", "d'"):
        return _noun_phrase(text, block, index - 1)
    if before == ":" and 0 < index - 1 <= _LONGEST:
        first = next((i for i in range(index - 1) if block[i].kind == WORD), index - 1)
        if all(block[i].text not in (".", ";", ":") for i in range(first, index - 1)) and first < index - 1:
            return text[block[first].start : block[index - 2].end]
    return None


def _noun_phrase(text: str, block: Block, last: int) -> str | None:
    """The words between the nearest determiner and token `last`."""
    for index in range(last - 1, max(-1, last - 1 - _LONGEST), -1):
        token = block[index]
        if token.kind == SIGN:
            return None
        if token.low in _DETERMINERS:
            if index + 1 == last:
                return None
            return text[block[index + 1].start : block[last - 1].end]
        if token.kind != WORD or (token.low in FUNCTION_WORDS and token.low not in _OF):
            return None
    return None
