"""Copies of annotated texts keep every name on its words, whatever is replaced or disturbed around it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alambic.training.annotated import Name, Sample, cleaned, rewrite
from alambic.training.noise import disturb, lower, upper, without_accents, wrapped

TEXT = (
    "Lyon, le 3 mai 2025\n\nMila nomme Claire Dupont\n\n"
    "Claire Dupont rejoint l'équipe de Mila. « C'est une joie », dit Mme Dupont, PDG d'Axa. "
    "La direction de Mila et la région Bretagne saluent son arrivée à la tête de l'entreprise lyonnaise.\n\n"
    "CONTACT : DUPONT Claire"
)


def sample() -> Sample:
    """Each name of `TEXT`, in order."""
    bearers = [("Mila", "Mila", "ORG"), ("Axa", "Axa", "ORG"), ("région Bretagne", "Région Bretagne", "ORG")]
    bearers += [(w, "Claire Dupont", "PER") for w in ("Claire Dupont", "DUPONT Claire")]
    found = {}
    for written, canonical, label in bearers:
        start = TEXT.find(written)
        while start >= 0:
            found[start] = Name(start, start + len(written), label, canonical)
            start = TEXT.find(written, start + 1)
    alone = TEXT.index("Mme Dupont") + 4
    found[alone] = Name(alone, alone + 6, "PER", "Claire Dupont")
    return Sample(TEXT, tuple(found[start] for start in sorted(found)))


def written(of: Sample) -> list[str]:
    return [of.text[name.start : name.end] for name in of.names]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text(max_size=3)), max_size=4))
def test_edits_outside_names_leave_them_as_they_are(edits: list[tuple[int, int, str]]) -> None:
    text = "aa NOM bbb NOM cc ddd"
    names = (Name(3, 6, "ORG", "NOM"), Name(11, 14, "ORG", "NOM"))
    outside, done = [], 0
    for start, end, new in sorted(edits):
        if start < done or end < start or any(start < n.end and n.start < end for n in names):
            continue
        if any(n.start < start < n.end for n in names):
            continue
        outside.append((start, end, new))
        done = max(end, start + 1)
    assert written(rewrite(Sample(text, names), outside)) == ["NOM", "NOM"]


@pytest.mark.parametrize("seed", range(60))
def test_noise_changes_the_form_of_names_alone(seed: int) -> None:
    before = sample()
    after = disturb(before, random.Random(seed))

    def bare(names: list[str]) -> list[str]:
        return [without_accents(" ".join(name.split())).casefold() for name in names]

    assert bare(written(after)) == bare(written(before))
    assert [n.label for n in after.names] == [n.label for n in before.names]


def test_noise_of_each_kind_occurs() -> None:
    every = [disturb(sample(), random.Random(seed)).text for seed in range(200)]
    assert any("’" in text for text in every)
    assert any("«" not in text for text in every)
    assert any("La Direction" in text for text in every)
    assert any("MILA NOMME CLAIRE DUPONT" in text for text in every)
    assert sum(text == TEXT for text in every) > 10


@pytest.mark.parametrize("change", [upper, lower, without_accents, lambda t: wrapped(t, 60)])
def test_changes_of_letters_keep_the_length(change: object) -> None:
    for text in (TEXT, "straße ŉ ﬁ İ", ""):
        assert len(change(text)) == len(text)  # type: ignore[operator]


def test_cleaning_keeps_names_and_drops_those_it_removes() -> None:
    raw = "L’usine de la Com-\nmunauté  Urbaine\nde Dunkerque"
    (name,) = cleaned(raw, [Name(14, len(raw), "ORG", "Communauté Urbaine de Dunkerque")]).names
    assert name.end - name.start == len("Communauté Urbaine de Dunkerque")


class TestSwapping:
    """Needs Faker, which the extra `train` brings."""

    @pytest.fixture(autouse=True)
    def _faker(self) -> None:
        pytest.importorskip("faker", reason="Faker is missing: pip install alambic[train]")

    def swapped(self, seed: int) -> Sample:
        from alambic.training.names import Inventor
        from alambic.training.swapping import swap_names

        rng = random.Random(seed)
        inventor = Inventor(rng, ["Région Normandie", "Sony", "BNP Paribas"], ["Ada Lovelace"])
        return swap_names(sample(), inventor, rng, people=1, companies=1, institutions=1)

    @pytest.mark.parametrize("seed", range(40))
    def test_a_bearer_has_one_new_name(self, seed: int) -> None:
        after = self.swapped(seed)
        given_names = {
            (n.canonical, after.text[n.start : n.end].casefold())
            for n in after.names
            if n.canonical == "Mila"
        }
        assert len(given_names) == 1
        assert len(after.names) == len(sample().names)

    def test_the_order_and_the_capitals_follow(self) -> None:
        for seed in range(40):
            contact = self.swapped(seed).names[-1]
            last = self.swapped(seed).text[contact.start : contact.end]
            assert last.split()[0].isupper() or " " not in last

    def test_institutions_keep_their_kind(self) -> None:
        for seed in range(20):
            after = self.swapped(seed)
            region = next(n for n in after.names if n.canonical == "Région Bretagne")
            assert after.text[region.start : region.end].casefold().startswith("région")

    def test_elisions_are_mended(self) -> None:
        for seed in range(60):
            after = self.swapped(seed)
            axa = next(n for n in after.names if n.canonical == "Axa")
            before, first = (
                after.text[axa.start - 3 : axa.start],
                without_accents(after.text[axa.start]).lower(),
            )
            if first in "bcdfgjklmnpqrstvwxz":
                assert before == "de "
