"""Which language a text is written in, by its function words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from alambic.knowledge import rows

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST = 4
_SHARE = 0.05


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, `None` where too few words tell.

    The opening 20,000 characters are read. Bilingual releases give the language that takes more room there.

    >>> language_of("Verkor inaugure aujourd'hui sa première usine de cellules de batterie dans le Nord de la France.")
    'fr'
    >>> language_of("Verkor opens its first battery plant in the north of France, with the support of the State.")
    'en'
    """
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    total = sum(words.values())
    found = {code: sum(words[word] for word in known) for code, known in _function_words().items()}
    code = max(found, key=lambda c: found[c])
    return code if found[code] >= max(_LEAST, _SHARE * total) else None


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    return {code: tuple(words.split()) for code, words in rows("alambic.heading", "languages.txt")}
