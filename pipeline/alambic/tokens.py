"""A spaCy language for French text that starts at once.

spaCy's own French holds a list of sixteen thousand compounds, which takes seconds to load and which no stage needs:
the stages read characters, and tokens serve to hand their results to spaCy.
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH
from spacy.tokens import Doc

from alambic.spans import keep_text

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

# spaCy's tokenizer takes time with the cube of a run of signs without a blank: five thousand «(» take half a minute.
_LONGEST = 100
_LONG_RUN = re.compile(rf"\S{{{_LONGEST + 1},}}")


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

    def make_doc(self, text: str) -> Doc:
        """The tokens of `text`; what runs on for over a hundred characters without a blank is cut every hundred."""
        cuts = sorted(
            {
                place
                for run in _LONG_RUN.finditer(text)
                for place in (*range(run.start(), run.end(), _LONGEST), run.end())
            }
            - {0, len(text)}
        )
        if not cuts:
            return keep_text(super().make_doc(text), text)
        words: list[str] = []
        blanks: list[bool] = []
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            for token in super().make_doc(text[start:end]):
                words.append(token.text)
                blanks.append(bool(token.whitespace_))
        return keep_text(Doc(self.vocab, words=words, spaces=blanks), text)
