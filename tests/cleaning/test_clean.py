"""What cleaning does to the text of a release, and what it leaves alone."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alambic.cleaning import clean

PROSE = (
    "Avec une capacité initiale de 16 GWh par an, l'usine répondra aux besoins croissants de la mobilité électrique. "
    "Sa mise en service permettra la création de 1 200 emplois directs – et de 3 000 emplois indirects – dans les "
    "Hauts-de-France, où la Société Nouvelle des Ateliers Mécaniques emploie déjà 12 500 personnes."
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        pytest.param("l’usine d‘Arras", "l'usine d'Arras", id="une seule apostrophe"),
        pytest.param("aujourd´hui, l`an", "aujourd'hui, l'an", id="accents en guise d'apostrophe"),
        pytest.param("1\u00a0200\u202fkm  à\u2009pied", "1 200 km à pied", id="un seul blanc"),
        pytest.param("e\ufb00ort ﬁnancier, ﬂux, eﬃcace", "effort financier, flux, efficace", id="ligatures"),
        pytest.param("déve\u00adlop\u00adpement", "développement", id="traits d'union conditionnels"),
        pytest.param("\ufeffParis\u200b, \u202ale 3\u202c", "Paris, le 3", id="signes invisibles"),
        pytest.param("dÃ©jÃ\xa0 trÃ¨s", "déjà très", id="UTF-8 lu en Windows-1252"),
        pytest.param("lâ€™usine â€“ 3 â‚¬", "l'usine – 3 €", id="ponctuation en mojibake"),
        pytest.param("dÃƒÂ©jÃƒÂ\xa0", "déjà", id="mojibake redoublé"),
        pytest.param("l‚Äôusine d√©j√†", "l'usine déjà", id="UTF-8 lu en Mac Roman"),
        pytest.param("e\u0301te\u0301", "été", id="accents décomposés"),
        pytest.param("perdu : \ufffd", "perdu : \ufffd", id="caractère perdu laissé visible"),
        pytest.param("les Hauts-de-\nFrance", "les Hauts-de-France", id="nom composé coupé"),
        pytest.param("elle a inaugu-\nré", "elle a inauguré", id="mot coupé"),
        pytest.param("Le savoir-\nfaire", "Le savoir-faire", id="composé coupé"),
        pytest.param("Le géant franco-\nallemand", "Le géant franco-allemand", id="préfixe coupé"),
        pytest.param("ajoute-\nt-elle", "ajoute-t-elle", id="inversion coupée"),
        pytest.param("en 2024-\n2025", "en 2024-2025", id="années coupées"),
        pytest.param(
            "L'arc-bouté tient. L'arc-\nbouté, lui",
            "L'arc-bouté tient. L'arc-bouté, lui",
            id="composé écrit ailleurs",
        ),
        pytest.param("dit : «\nNous partons »", "dit : « Nous partons »", id="guillemet en fin de ligne"),
        pytest.param(
            "une vision\n: celle d'une", "une vision : celle d'une", id="ponctuation en début de ligne"
        ),
        pytest.param("120\nsalariés", "120 salariés", id="chiffre clé au-dessus de son libellé"),
        pytest.param("voilÃ  la carte", "voilà la carte", id="à dont l'octet blanc s'est perdu"),
        pytest.param("Communiqué\r\n\r\nParis", "Communiqué\n\nParis", id="fins de ligne CR LF"),
        pytest.param("Communiqué\rParis", "Communiqué\nParis", id="fins de ligne CR"),
        pytest.param("\n\n  Titre \n \n\t\nTexte.\n", "Titre\n\nTexte.", id="blancs de bord"),
        pytest.param("", "", id="texte vide"),
        pytest.param(" \n\t\n", "", id="que des blancs"),
    ],
)
def test_mends(raw: str, cleaned: str) -> None:
    assert clean(raw).text == cleaned


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("Atos rachète Syntel\nLe groupe annonce une acquisition.", id="titre sans ligne vide"),
        pytest.param("Au programme :\n- la visite ;\n- le débat ;\n- le cocktail.", id="liste à tirets"),
        pytest.param("• 12 sites\n• 3 usines", id="liste à puces"),
        pytest.param("1. Ouvrir\n2. Fermer", id="liste numérotée"),
        pytest.param("(i) vendre\n(ii) acheter", id="liste romaine"),
        pytest.param("Contact presse\nClaire Stromboni\n+33 7 48 10 11 40\nclaire@verre.fr", id="contact"),
        pytest.param("Claire Stromboni\nTél. : 01 00 00 00 00\nwww.verre.fr", id="contact avec libellé"),
        pytest.param("Ventes\t12,5\t13,1\nMarge\t2,0\t2,2", id="tableau à tabulations"),
        pytest.param("| Lot | Titulaire |\n| 1 | Vinci |", id="tableau à barres"),
        pytest.param("Dons . . . . . 1 500 €\nVentes . . . . 300 €", id="points de conduite"),
        pytest.param("L'essentiel\n\nle prix baisse", id="intertitre court suivi d'une minuscule"),
    ],
)
def test_keeps_blocks_apart(kept: str) -> None:
    assert clean(kept).text == kept


def test_three_blanks_part_the_cells_of_a_row() -> None:
    assert clean("Ventes     12,5    13,1").text == "Ventes\t12,5\t13,1"
    assert clean("•   un point").text == "• un point"


def test_the_bullets_of_symbol_fonts_are_bullets() -> None:
    assert clean("\uf0b7\tun point\n\uf0a7 un autre,\nlong").text == "• un point\n• un autre, long"
    assert clean("prix \uf0b7 en hausse").text == "prix \uf0b7 en hausse"


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100, 120])
def test_wrapped_prose_is_joined_at_any_width(width: int) -> None:
    text = f"Un titre sur une ligne\n\n{PROSE}\n\n{PROSE}"
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))
    assert clean(wrapped).text == text


def test_prose_goes_on_over_a_page_break() -> None:
    pages = "Les équipes de la société ont\npassé l'hiver dans les locaux et le projet\n\n\n\n2\n\f\n\nbénéficie du soutien de l'État."
    assert clean(pages).text == (
        "Les équipes de la société ont passé l'hiver dans les locaux et le projet bénéficie du soutien de l'État."
    )


@pytest.mark.parametrize("number", ["Page {}", "Page {}/3", "- {} -", "{} / 3", "{}"])
def test_page_numbers_are_out(number: str) -> None:
    pages = "\n\n".join(f"Le paragraphe est fini.\n\n{number.format(n)}" for n in (1, 2, 3))
    assert clean(pages).text == "\n\n".join(["Le paragraphe est fini."] * 3)


def test_running_headers_are_out() -> None:
    page = "Valmétal – Dossier de presse {}\n\nLe four numéro {} est chaud."
    assert clean("\n\n".join(page.format(n, n) for n in (1, 2, 3))).text == "\n\n".join(
        f"Le four numéro {n} est chaud." for n in (1, 2, 3)
    )


def test_a_lone_number_between_paragraphs_stays() -> None:
    assert clean("Nos clients\n\n350\n\nNos sites").text == "Nos clients\n\n350\n\nNos sites"


LETTERS = st.text(
    st.sampled_from(
        "abcéÉàlL0 12'’-–\u00ad«»\"\n\r\f\t\u00a0\u202f.,:;•(Ãâ€™©Â√\ufb01\u0301\ufeff\ufffd\x00|"
    ),
    max_size=120,
)


@given(st.one_of(st.text(max_size=200), LETTERS))
@example("ÂÂÂÂ©")
@example("Ã\u0192Â©")
def test_every_clean_character_maps_to_raw_ones_in_order(raw: str) -> None:
    mapped = clean(raw)
    spans = [mapped.raw_span(i, i + 1) for i in range(len(mapped.text))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert spans == sorted(spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)


@given(st.one_of(st.text(max_size=200), LETTERS))
@example("a\n\n\n\n\nb\nc")
def test_cleaning_clean_text_changes_nothing(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once


@given(st.one_of(st.text(max_size=200), LETTERS))
def test_letters_and_digits_are_neither_lost_nor_made(raw: str) -> None:
    """But for what mojibake stands for and page furniture, which this text has none of."""
    raw = "".join(char for char in raw if char not in "Ãâ€™©Â√\f" and not char.isdigit() and char.isascii())
    assert [c for c in clean(raw).text if c.isalpha()] == [c for c in raw if c.isalpha()]


@given(LETTERS, st.data())
def test_a_raw_span_finds_back_its_clean_one(raw: str, data: st.DataObject) -> None:
    mapped = clean(raw)
    if not mapped.text:
        return
    start = data.draw(st.integers(0, len(mapped.text) - 1))
    end = data.draw(st.integers(start + 1, len(mapped.text)))
    first, last = mapped.clean_span(*mapped.raw_span(start, end))
    assert first <= start
    assert end <= last


def test_a_dash_on_each_of_many_lines_costs_linear_time() -> None:
    def seconds(lines: int) -> float:
        text = "Titre -\n" + "-\n" * lines
        start = time.process_time()
        clean(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 20 * seconds(400) + 0.5
