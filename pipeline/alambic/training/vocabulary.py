"""The texts that decide which pieces of the tokenizer French releases need."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from alambic.training.annotated import Sample
from alambic.training.names import Inventor

_FRENCH, _ENGLISH = 100_000, 15_000  # most frequent words
_CAPITALISED, _IN_CAPITALS = 50_000, 15_000  # of the French ones
_PEOPLE = 8_000


def vocabulary_texts(samples: Sequence[Sample], seed: int) -> Iterator[str]:
    """The training texts, frequent words (`wordfreq`) in their usual writings, and names of people."""
    from wordfreq import top_n_list

    for sample in samples:
        yield from sample.text.split("\n")
    french = top_n_list("fr", _FRENCH)
    yield from french
    yield from (word.capitalize() for word in french[:_CAPITALISED])
    yield from (word.upper() for word in french[:_IN_CAPITALS])
    yield from (word.capitalize() for word in top_n_list("en", _ENGLISH))
    inventor = Inventor(random.Random(seed), [], [])
    for _ in range(_PEOPLE):
        name = " ".join(inventor.person())
        yield from (name, name.upper())
