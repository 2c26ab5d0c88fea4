"""Third-person forms of French verbs, made by rule from the infinitive.

Press releases report speech in the third person, so a cue needs the forms for il/elle and ils/elles of the simple
tenses, the participles and the infinitive. The classes are those of school grammar: -er (with `c`/`ç`, `g`/`ge`,
`é`/`è`, `e`/`è`, `y`/`i`, doubled consonant), -ir with -iss-, -re; other verbs stand in `irregular_verbs.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from alambic.knowledge import rows

_DOUBLING = ("appeler", "jeter")  # appelle, jette; the other -eler and -eter verbs take è


@dataclass(frozen=True, slots=True)
class Forms:
    """`finite` forms of the third person, singular and plural; past `participles` in both genders and numbers;
    the present `participle`; the `infinitive`."""

    finite: frozenset[str]
    participles: frozenset[str]
    participle: str
    infinitive: str


@cache
def _irregular() -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows("alambic.quotes", "irregular_verbs.txt")}


def _agreeing(participle: str) -> frozenset[str]:
    plural = participle if participle.endswith("s") else participle + "s"
    return frozenset([participle, plural, participle + "e", participle + "es"])


def _future(base: str) -> list[str]:
    """From the future of `il` (`dira`), with the conditional."""
    stem = base[:-1]
    return [base, stem + "ont", stem + "ait", stem + "aient"]


def forms(infinitive: str) -> Forms:
    """The third-person forms of one verb.

    >>> sorted(forms("marteler").finite)[:3]
    ['martela', 'martelaient', 'martelait']
    >>> "martèle" in forms("marteler").finite, "rappellent" in forms("rappeler").finite
    (True, True)
    """
    for ending in range(len(infinitive)):
        pattern = _irregular().get(infinitive[ending:])
        if pattern:
            return _like(infinitive, infinitive[:ending], pattern)
    if infinitive.endswith("er"):
        return _first_class(infinitive)
    stem = infinitive[:-2]
    if infinitive.endswith("ir"):
        finite = [stem + e for e in ("it", "issent", "issait", "issaient", "irent")] + _future(
            infinitive + "a"
        )
        return Forms(frozenset(finite), _agreeing(stem + "i"), stem + "issant", infinitive)
    present = stem if stem.endswith("d") else stem + "t"
    finite = [present, *(stem + e for e in ("ent", "ait", "aient", "it", "irent")), *_future(stem + "ra")]
    return Forms(frozenset(finite), _agreeing(stem + "u"), stem + "ant", infinitive)


def _like(infinitive: str, prefix: str, pattern: list[str]) -> Forms:
    present, imperfect, historic, future, past, participle = pattern
    finite = [*present.split(", "), imperfect, imperfect.removesuffix("t") + "ent", *historic.split(", ")]
    finite += _future(future)
    return Forms(
        frozenset(prefix + form for form in finite), _agreeing(prefix + past), prefix + participle, infinitive
    )


def _first_class(infinitive: str) -> Forms:
    stem = infinitive[:-2]
    soft = stem  # before a and o
    if stem.endswith("c"):
        soft = stem[:-1] + "ç"
    elif stem.endswith("g"):
        soft = stem + "e"
    mute = future = stem  # before a mute ending
    if infinitive.endswith(_DOUBLING):
        mute = future = stem + stem[-1]
    elif stem.endswith(("oy", "uy")):
        mute = future = stem[:-1] + "i"
    else:
        for length in (2, 3):  # é or e before one consonant, or before a pair such as gr
            if len(stem) > length and stem[-length] in "ée" and not set(stem[1 - length :]) & set("aeéiouyx"):
                if (
                    length == 3
                    and (stem[-2] not in "bcdfgptv" or stem[-1] not in "lrn")
                    and stem[-2:] not in ("ch", "gu")
                ):
                    break
                mute = stem[:-length] + "è" + stem[1 - length :]
                future = stem if stem[-length] == "é" else mute
                break
    finite = [mute + "e", mute + "ent", soft + "ait", soft + "aient", soft + "a", stem + "èrent"]
    finite += _future(future + "era")
    return Forms(frozenset(finite), _agreeing(stem + "é"), soft + "ant", infinitive)
