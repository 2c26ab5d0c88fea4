"""The inline form of annotated releases: what is read, what is refused, and that the corpus keeps to it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from alambic.training.inline import InlineError, bare_names, check, gold, parse_inline, read_inline

CORPUS = Path(__file__).parents[2] / "corpus" / "train"
RELEASE = """<release published="2025-12-11">
Bourbourg, le <date s="2025-12-11">11 décembre 2025</date> – <org>Verkor</org> lève plus de
<fig kind="money" v="2000000000" unit="EUR" mod="min">2 milliards d’euros</fig>
par <org>Marin &amp; Fils</org>.

« <q speaker="Claire Dupont" role="directrice" cue="se félicite">L’usine de <org c="Verkor">VKR</org>
est là</q> », se félicite Mme <per c="Claire Dupont">Dupont</per>, directrice, avec <per>Claire Dupont</per>.
</release>"""


def parse(body: str, published: str = "2025-12-11") -> list[str]:
    return check(parse_inline(f'<release published="{published}">\n{body}</release>', "un"))


def test_every_span_is_the_text_between_its_tags() -> None:
    one = parse_inline(RELEASE, "verkor")
    spans = [*one.release.entities, *one.release.figures, *one.release.dates, *one.release.quotes]
    assert "Verkor lève plus de\n2 milliards d’euros\npar Marin & Fils.\n\n« L’usine" in one.text
    assert [one.text[span.start : span.end] for span in spans] == [span.text for span in spans]
    assert [span.text for span in one.release.entities] == [
        "Verkor",
        "Marin & Fils",
        "VKR",
        "Dupont",
        "Claire Dupont",
    ]
    assert check(one) == []


def test_attributes_become_the_fields_of_the_record() -> None:
    release = parse_inline(RELEASE, "verkor").release
    (figure,), (day,), (quote,) = release.figures, release.dates, release.quotes
    assert (figure.kind, figure.value, figure.unit, figure.modifier) == ("money", 2_000_000_000, "EUR", "min")
    assert (day.iso_start, day.iso_end) == ("2025-12-11", "2025-12-11")
    assert (quote.speaker, quote.speaker_role, quote.cue) == ("Claire Dupont", "directrice", "se félicite")
    assert [entity.canonical for entity in release.entities[2:4]] == ["Verkor", "Claire Dupont"]


def test_the_gold_record_is_that_of_the_guide() -> None:
    one = parse_inline(RELEASE.replace("<org>Verkor", '<org opt="1">Verkor'), "verkor")
    record = gold(one)
    assert list(record) == ["doc_id", "sha256", "published", "entities", "figures", "dates", "quotes"]
    assert record["sha256"] == hashlib.sha256(one.text.encode()).hexdigest()
    assert record["entities"][0] == {
        "start": 33,
        "end": 39,
        "text": "Verkor",
        "label": "ORG",
        "canonical": "Verkor",
        "optional": True,
    }
    assert "optional" not in record["entities"][1]
    assert record["figures"][0]["value"] == 2_000_000_000


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<release>Marin & Fils</release>", "escape the &"),
        ("<release><org>Verkor</release>", "close the tag"),
        ("<page>Verkor</page>", "write <release>"),
        ("<release><loc>Lille</loc></release>", "unknown tag <loc>"),
        ('<release><org canonical="V">Verkor</org></release>', "takes no 'canonical'"),
        ('<release><fig kind="count" v="1 200" unit="emploi">1 200</fig></release>', "a plain number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_remedy(xml: str, said: str) -> None:
    with pytest.raises(InlineError, match=said):
        parse_inline(xml, "un")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<org>Verkor </org>", "at its edge"),
        ("<org>Verkor,</org>", "at its edge"),
        ("<org>« Verkor</org> »", "at its edge"),
        ("<org>#Verkor</org>", "hashtag"),
        ("<org>presse@verkor.com</org>", "address"),
        ("<org>verkor.com</org>", "address"),
        ("<org>Fonds <org>Verkor</org></org>", "inside another"),
        ('<org c="Verkor  SA">Verkor</org>', "odd blanks"),
        ('<fig kind="nombre" v="3" unit="site">trois sites</fig>', "kind 'nombre'"),
        ('<fig kind="count" v="3" unit="site" mod="plus">trois sites</fig>', "modifier 'plus'"),
        ('<fig kind="count" unit="site">des sites</fig>', "no value"),
        ('<fig kind="count" v="3">trois sites</fig>', "unit ''"),
        ('<fig kind="money" v="3" unit="€">3 €</fig>', "unit '€'"),
        ('<fig kind="percent" v="3" unit="pct">3 %</fig>', "unit 'pct'"),
        ('<fig kind="duration" v="3" unit="ans">3 ans</fig>', "unit 'ans'"),
        ('<fig kind="percent" v="7" v2="5" unit="%">5 à 7 %</fig>', "swap"),
        ('<date s="2025-02-30">30 février 2025</date>', "ISO days in order"),
        ('<date s="2025-12-31" e="2025-01-01">2025</date>', "ISO days in order"),
        ('« <q speaker="Claire Dupont">Oui</q> »', "no entity here"),
        ("<q>« Oui</q> »", "at its edge"),
    ],
)
def test_what_is_wrong_is_said(body: str, said: str) -> None:
    assert any(said in sentence for sentence in parse(body))


@pytest.mark.parametrize(
    "body",
    [
        "<org>Dupont S.A.</org>",
        "<org>La Ruche qui dit Oui !</org>",
        "<org>Les Amis d'la Com'</org>",
        "<org>Meubles.com</org>",
        "<org>Collectif « Eau pour tous »</org>",
        "« <q>Un « oui »</q> »",
        '<fig kind="count" unit="" opt="1">des milliers</fig>',
        '<fig kind="percent" v="-0.5" unit="point">-0,5 point</fig>',
        '« <q speaker="Anne Lou ; Ali Ba">Oui</q> », disent <per>Anne Lou</per> et <per>Ali Ba</per>',
    ],
)
def test_what_is_right_is_left_alone(body: str) -> None:
    assert parse(body) == []


def test_a_release_without_a_real_day_of_publication_is_wrong() -> None:
    assert parse("Texte", published="décembre 2025")


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        ("<org>Verkor</org> recrute. Verkor investit.", 1),
        ("<per>Claire Dupont</per> parle. Claire\nDupont sort.", 1),
        ("<org>Verkor</org>, <org>Verkor Innovation Centre</org>", 0),
        ("<org>Lys</org> et les fleurs de lys", 0),
        ("<org>Lys</org> et Lyscar", 0),
    ],
)
def test_a_name_annotated_once_is_looked_for_everywhere(body: str, bare: int) -> None:
    assert len(bare_names(parse_inline(f"<release>{body}</release>", "un"))) == bare


@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.xml")), ids=lambda path: path.stem)
def test_every_training_release_keeps_to_the_form(path: Path) -> None:
    assert check(read_inline(path)) == []
