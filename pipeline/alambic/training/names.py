"""Invents names of people and organisations as French releases hold them."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module

from alambic.knowledge import rows, words

_LOCALES = (
    "fr_FR", "fr_FR", "fr_FR", "fr_FR", "fr_FR", "fr_FR", "fr_CH", "fr_DZ", "fr_QC", "fr_BE",
    "de_DE", "en_GB", "es_ES", "it_IT", "pt_PT", "nl_NL", "pl_PL", "tr_TR", "vi_VN", "en_NG",
)  # fmt: skip
"""Whose people releases name, French ones most."""

_PARTICLES = ("de", "de la", "du", "d'", "Le", "La", "El", "Ben", "van", "von")


def folded(name: str) -> str:
    """`name` without accents and case, for comparison.

    >>> folded("Région ÎLE-DE-FRANCE")
    'region ile-de-france'
    """
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


class Inventor:
    """Draws names with the random numbers of `rng`.

    `organisations` and `people` are real names (of the training texts) that are drawn among the invented ones, so
    that the model meets them in other roles than their own.
    """

    def __init__(self, rng: random.Random, organisations: Iterable[str], people: Iterable[str]) -> None:
        self._rng = rng
        self._blocks: dict[str, list[str]] = defaultdict(list)
        for kind, text in rows("alambic.training", "invented.txt"):
            self._blocks[kind].append(text)
        self._institution_heads = frozenset(map(folded, words("alambic.training", "institutions.txt")))
        self._institutions: dict[str, list[str]] = defaultdict(list)
        self._companies: list[str] = []
        for name in sorted(set(organisations)):
            if not 2 < len(name) < 45 or "\n" in name:
                continue
            kind = self.institution_kind(name)
            (self._institutions[kind] if kind else self._companies).append(name)
        self._people = [p for p in sorted(set(people)) if len(p.split()) == 2 and len(p) < 30]
        self._pools = [_faker_names(locale) for locale in _LOCALES]

    def institution_kind(self, name: str) -> str:
        """The folded first word where it makes `name` an institution of some kind (`region`), else the empty string.

        >>> Inventor(random.Random(0), [], []).institution_kind("Région Bretagne")
        'region'
        """
        head = folded(name).split(maxsplit=1)[0] if name.strip() else ""
        return head if head in self._institution_heads else ""

    def person(self) -> tuple[str, str]:
        """A first name and a last name."""
        rng = self._rng
        if self._people and rng.random() < 0.2:
            first, last = rng.choice(self._people).split()
            return first, last
        firsts, lasts = rng.choice(self._pools)
        first, last = rng.choice(firsts), rng.choice(lasts)
        draw = rng.random()
        if draw < 0.08:
            first = f"{first}-{rng.choice(firsts)}"
        elif draw < 0.12:
            last = f"{last}-{rng.choice(lasts)}"
        elif draw < 0.17:
            particle = rng.choice(_PARTICLES)
            last = f"{particle}{'' if particle.endswith(chr(39)) else ' '}{last}"
        elif draw < 0.22:
            last = rng.choice(self._blocks["word"])
        elif draw < 0.25:
            last = rng.choice(rng.choice(self._pools)[1])
        return first, last

    def organisation(self, like: str) -> str:
        """A name to stand for the organisation `like`: of the same kind for an institution, else like a company's."""
        rng = self._rng
        kind = self.institution_kind(like)
        if kind:
            return rng.choice(self._institutions[kind]) if self._institutions[kind] else like
        long = " " in like
        draw = rng.random()
        if draw < 0.38 and self._companies:
            drawn = [rng.choice(self._companies) for _ in range(12)]
            return next((name for name in drawn if (" " in name) == long), drawn[0])
        if draw < 0.52:
            return self._family_company()
        if draw < 0.68:
            return self._decorated(rng.choice(self._blocks["word"]), long)
        if draw < 0.88:
            return self._decorated(self.coined(), long)
        if draw < 0.94:
            return f"{rng.choice(self._blocks['act'])} {rng.choice(self._blocks['aim'])}"
        return "".join(rng.choice("ABCDEFGILMNOPRSTUV") for _ in range(rng.randint(2, 5)))

    def coined(self) -> str:
        """A coined company name: `Verdia`, `ecolys`, `NEOKI`, `Axavia3`."""
        rng = self._rng
        middle = rng.choice(self._blocks["middle"]) if rng.random() < 0.6 else ""
        name = rng.choice(self._blocks["start"]) + middle + rng.choice(self._blocks["end"])
        draw = rng.random()
        if draw < 0.12:
            return name.upper()
        if draw < 0.2:
            return name.lower()
        if draw < 0.26:
            return name + rng.choice(("2", "3", "4", "+", "360", "'Up", "Lab", "Tech", ".io", "3000"))
        return name

    def _family_company(self) -> str:
        rng = self._rng
        lasts = self._pools[0][1]
        one, two = rng.choice(lasts), rng.choice(lasts)
        tail, head = rng.choice(self._blocks["tail"]), rng.choice(self._blocks["head"])
        return rng.choice(
            (one, f"{one} {tail}", f"{one} et {two}", f"{one} & {two}", f"{head} {one}", f"{one}-{two}")
        )

    def _decorated(self, name: str, long: bool) -> str:
        rng = self._rng
        if not long and rng.random() < 0.8:
            return name
        if rng.random() < 0.6:
            return f"{name} {rng.choice(self._blocks['tail'])}"
        return f"{rng.choice(self._blocks['head'])} {name}"


def _faker_names(locale: str) -> tuple[Sequence[str], Sequence[str]]:
    """First and last names that Faker has for `locale`."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    lists = []
    for first_choice, *others in (
        ("first_names", "first_names_male", "first_names_female"),
        ("last_names", "last_names_male", "last_names_female"),
    ):
        found: list[str] = []
        for attribute in (first_choice, *others):
            found += [str(name).strip() for name in getattr(provider, attribute, ())]
        lists.append(sorted({name for name in found if name and name[0].isalpha()}))
    return lists[0], lists[1]
