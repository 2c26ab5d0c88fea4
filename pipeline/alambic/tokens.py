"""A spaCy language for French text that starts at once.

spaCy's own French holds a list of sixteen thousand compounds, which takes seconds to load and which no stage needs:
the stages read characters, and tokens serve to hand their results to spaCy.
"""

from __future__ import annotations

from spacy.lang.char_classes import ALPHA
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH

_ELISION = rf"(?<=[{ALPHA}]['’])(?=[{ALPHA}«])"
_WHOLE = (
    "aujourd'hui",
    "aujourd’hui",
    "n°",
    "N°",
    "M.",
    "MM.",
    "Mme",
    "Mlle",
    "Dr",
    "St",
    "Ste",
    "etc.",
    "J.-C.",
)


class _Defaults(BaseDefaults):
    infixes = [*(BaseDefaults.infixes or ()), _ELISION]
    tokenizer_exceptions = {**BaseDefaults.tokenizer_exceptions, **{word: [{ORTH: word}] for word in _WHOLE}}


class French(Language):  # type: ignore[no-untyped-call]
    """French tokens by punctuation, blanks and elisions.

    >>> [token.text for token in French()("L'usine d'Arras coûte 3,5 M€ aujourd'hui.")]
    ["L'", 'usine', "d'", 'Arras', 'coûte', '3,5', 'M€', "aujourd'hui", '.']
    """

    lang = "fr"
    Defaults = _Defaults
