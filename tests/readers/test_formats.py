"""Files made with the tools that people make them with."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from alambic.readers import Input, Source, Unreadable, content, find, read

TITLE = "Lefèvre ouvre une usine"
OPENING = (
    "Dunkerque, le 3 mars 2025 – L’entreprise Lefèvre & Associés investit 12 millions d’euros à Dunkerque. "
)
QUOTE = "« Nous sommes fiers de cette étape décisive », déclare Claire Dupont, directrice générale. "


def _read(path: Path) -> list[Source]:
    (item,) = find([path]).items
    assert isinstance(item, Input)
    return list(read(item, content(item)))


def _one(path: Path) -> Source:
    (source,) = _read(path)
    return source


# PDF ------------------------------------------------------------------------------------------------------------


def _pdf(path: Path) -> None:
    style = getSampleStyleSheet()["Normal"]

    def footer(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.drawString(60, 30, f"Lefèvre & Associés – page {document.page}/2")

    SimpleDocTemplate(str(path), pagesize=A4, title="Communiqué", author="Lefèvre").build(
        [
            Paragraph(TITLE, getSampleStyleSheet()["Title"]),
            Paragraph(OPENING * 3, style),
            Spacer(1, 12),
            Paragraph(QUOTE * 3, style),
            Spacer(1, 12),
            Table([["Exercice", "2023", "2024"], ["Chiffre d’affaires", "12,5 M€", "14,1 M€"]]),
            PageBreak(),
            Paragraph("Contact presse : Jean Martin", style),
        ],
        onFirstPage=footer,
        onLaterPages=footer,
    )


def test_a_pdf_gives_its_words_whole_its_paragraphs_apart_and_its_pages_parted(tmp_path: Path) -> None:
    _pdf(tmp_path / "communique.pdf")
    source = _one(tmp_path / "communique.pdf")
    first, second = source.text.split("\f")
    paragraphs = [" ".join(block.split()) for block in first.split("\n\n")]
    assert paragraphs[:2] == [TITLE, (OPENING * 3).strip()]
    assert (QUOTE * 3).strip() in " ".join(first.split())
    assert "Chiffre d’affaires\t12,5 M€\t14,1 M€" in first.split("\n")
    assert first.rstrip().endswith("page 1/2")
    assert second.startswith("Contact presse : Jean Martin")
    assert source.metadata["title"] == "Communiqué"


def test_the_lines_of_a_headline_stay_together_though_they_lie_further_apart_than_those_of_the_text(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "titre.pdf"))
    lines = [
        (26, 780, "Valdrome lève 24,5"),
        (26, 745, "millions d’euros pour ses bus"),
        (26, 680, "Une première"),
        (11, 640, "Valence, le 8 septembre 2025. Valdrome lève"),
        (11, 625, "24,5 millions d’euros."),
        *((11, 597 - 15 * number, f"Ligne {number} de la suite.") for number in range(5)),
    ]
    for size, y, line in lines:
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, y, line)
    canvas.save()
    assert _one(tmp_path / "titre.pdf").text == (
        "Valdrome lève 24,5\nmillions d’euros pour ses bus\n\nUne première\n\n"
        "Valence, le 8 septembre 2025. Valdrome lève\n24,5 millions d’euros.\n\n"
        "Ligne 0 de la suite.\nLigne 1 de la suite.\nLigne 2 de la suite.\nLigne 3 de la suite.\nLigne 4 de la suite."
    )


def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "colonnes.pdf"
    style = getSampleStyleSheet()["Normal"]
    head, left, right = Frame(50, 720, 500, 90), Frame(50, 50, 235, 660), Frame(310, 50, 235, 660)
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=[head, left, right])])
    document.build(
        [
            Paragraph("Un titre qui court sur les deux colonnes de la page", getSampleStyleSheet()["Title"]),
            FrameBreak(),
            *(Paragraph(f"Gauche {number}. {OPENING * 2}", style) for number in range(4)),
            FrameBreak(),
            *(Paragraph(f"Droite {number}. {QUOTE * 2}", style) for number in range(4)),
        ]
    )
    text = " ".join(_one(path).text.split())
    assert text.startswith("Un titre qui court sur les deux colonnes de la page")
    found = [text.index(f"{side} {number}.") for side in ("Gauche", "Droite") for number in range(4)]
    assert found == sorted(found)
    assert text.count(OPENING.strip()) == 8
    assert text.count(QUOTE.strip()) == 8


def test_a_protected_pdf_a_blank_one_and_one_of_images_say_what_to_do(tmp_path: Path) -> None:
    locked = Canvas(str(tmp_path / "verrou.pdf"), encrypt=StandardEncryption("secret", "maître"))
    locked.drawString(50, 700, "Texte")
    locked.save()
    blank = Canvas(str(tmp_path / "blanc.pdf"))
    blank.showPage()
    blank.save()
    scanned = Canvas(str(tmp_path / "image.pdf"))
    scanned.rect(50, 50, 100, 100, fill=1)
    scanned.save()
    for name, reason in [
        ("verrou.pdf", "it is protected by a password"),
        ("image.pdf", "its pages hold images and no text"),
        ("blanc.pdf", "its pages are blank"),
    ]:
        with pytest.raises(Unreadable) as refused:
            _read(tmp_path / name)
        assert refused.value.reason == reason


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9])
def test_a_pdf_that_was_cut_is_refused_or_read_but_does_no_harm(tmp_path: Path, kept: float) -> None:
    _pdf(tmp_path / "entier.pdf")
    data = (tmp_path / "entier.pdf").read_bytes()
    cut = tmp_path / "coupé.pdf"
    cut.write_bytes(data[: int(kept * len(data))])
    try:
        assert _read(cut)
    except Unreadable as refused:
        assert str(refused)


# Web pages ------------------------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="{{charset}}"><title>{TITLE} | Presse</title>
<meta property="article:published_time" content="2025-03-03T10:00:00+01:00"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/presse">Salle de presse</a></li></ul></nav>
<main><article><h1>{TITLE}</h1><p>{OPENING}</p><p>{QUOTE}</p>
<ul><li>150 emplois créés</li><li>20 M€ investis d’ici à 2027</li></ul>
<table><tr><th>Exercice</th><th>Ventes</th></tr><tr><td>2024</td><td>14,1 M€</td></tr></table>
<h2>À propos de Lefèvre</h2><p>Fondée en 1950, Lefèvre emploie 500 personnes dans le Nord.</p></article></main>
<footer><p>Mentions légales</p><p>Gestion des cookies</p></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
def test_a_saved_page_gives_the_release_without_menus(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(charset=charset).encode("cp1252" if charset != "utf-8" else charset))
    source = _one(path)
    assert source.text.split("\n") == [
        TITLE, "",
        OPENING.strip(), "",
        QUOTE.strip(), "",
        "- 150 emplois créés", "- 20 M€ investis d’ici à 2027", "Exercice\tVentes", "2024\t14,1 M€", "",
        "À propos de Lefèvre", "",
        "Fondée en 1950, Lefèvre emploie 500 personnes dans le Nord.",
    ]  # fmt: skip
    assert source.published == date(2025, 3, 3)


ITEM = "<li>{day} mars 2025 <a href='/{day}'>Lefèvre ouvre son usine numéro {day}</a></li>"


@pytest.mark.parametrize(
    ("items", "paragraph", "is_list"),
    [(20, "", True), (20, "Suivez-nous.", True), (20, OPENING * 2, False), (3, "", False)],
)
def test_a_page_of_links_leads_to_releases_and_is_none(
    tmp_path: Path, items: int, paragraph: str, is_list: bool
) -> None:
    listed = "".join(ITEM.format(day=day) for day in range(1, items + 1))
    (tmp_path / "liste.html").write_text(
        f"<html><body><h1>Communiqués</h1><ul>{listed}</ul><p>{paragraph}</p></body></html>", encoding="utf-8"
    )
    try:
        assert ("usine numéro 2" in _one(tmp_path / "liste.html").text) is not is_list
    except Unreadable as refused:
        assert is_list
        assert refused.reason == "it is a list of links"


def test_a_page_expands_no_entity_of_its_own_and_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "MILLE"><!ENTITY b "&a;&a;&a;&a;">]>' + PAGE.replace(
        "{charset}", "utf-8"
    )
    (tmp_path / "bombe.html").write_text(bomb.replace("Fondée", "&b; Fondée"), encoding="utf-8")
    assert "MILLE" not in _one(tmp_path / "bombe.html").text
    (tmp_path / "profond.html").write_text("<div>" * 20_000 + OPENING, encoding="utf-8")
    try:
        _read(tmp_path / "profond.html")
    except Unreadable as refused:
        assert str(refused)


# Word -----------------------------------------------------------------------------------------------------------


def _word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Communiqué"
    document.sections[0].header.paragraphs[0].text = "En-tête répété"
    document.add_heading(TITLE, 0)
    document.add_paragraph(OPENING)
    document.add_paragraph("150 emplois créés", style="List Bullet")
    document.add_paragraph("20 M€ investis", style="List Bullet")
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, ["Exercice", "2023", "2024"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2)).text = "Cellule fusionnée"
    document.add_paragraph(QUOTE)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_document_gives_a_line_a_paragraph_item_and_row_in_order(tmp_path: Path) -> None:
    (tmp_path / "communique.docx").write_bytes(_word())
    source = _one(tmp_path / "communique.docx")
    assert source.text.rstrip("\n").split("\n") == [
        TITLE, "",
        OPENING.strip(), "",
        "• 150 emplois créés", "• 20 M€ investis", "",
        "Exercice\t2023\t2024", "Cellule fusionnée", "",
        QUOTE.strip(),
    ]  # fmt: skip
    assert source.metadata["title"] == "Communiqué"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 rien", _word()[:5000], b"Du texte simple"],
    ids=["broken", "cut", "text"],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "faux.docx").write_bytes(data)
    with pytest.raises(Unreadable, match="Word document"):
        _read(tmp_path / "faux.docx")


@pytest.mark.parametrize("name", ["vide.pdf", "vide.html", "vide.docx", "vide.eml", "vide.txt"])
def test_an_empty_file_is_told_as_such_whatever_its_kind(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(Unreadable, match="it is empty"):
        _read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"{\\rtf1\\ansi Lef\\'e8vre}", "it is a document in RTF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "an old Word document .*or one protected by a pass"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "an old Word document"),
        ("a.pdf", b"<!DOCTYPE html><html><p>403 Forbidden", "it is a web page and no PDF"),
        ("a.txt", "\u200b----\n...".encode(), "it holds no words"),
    ],
)  # fmt: skip
def test_what_a_file_is_counts_and_not_what_it_is_called(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=told):
        _read(tmp_path / name)


def test_a_pdf_or_a_page_with_the_name_of_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    _pdf(tmp_path / "pdf.txt")
    assert _one(tmp_path / "pdf.txt").text.startswith(TITLE)
    (tmp_path / "page.txt").write_text(PAGE.replace("{charset}", "utf-8"), encoding="utf-8")
    assert _one(tmp_path / "page.txt").text.startswith(TITLE)


def test_a_word_document_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bombe.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 80_000_000)
    with pytest.raises(Unreadable, match="unpack"):
        _read(tmp_path / "bombe.docx")


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "MILLE"><!ENTITY e "&a;&a;&a;&a;">',
        '<!ENTITY a0 "MILLE">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + '<!ENTITY e "&a9;">',
    ],
    ids=["external", "nested", "a billion laughs"],
)
def test_a_word_document_expands_no_entity_of_its_own(tmp_path: Path, entities: str) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(_word())) as document,
        zipfile.ZipFile(tmp_path / "entités.docx", "w") as changed,
    ):
        for name in document.namelist():
            data = document.read(name)
            if name == "word/document.xml":
                text = data.decode().replace("<w:document", f"<!DOCTYPE w [{entities}]><w:document", 1)
                data = text.replace(OPENING, f"{OPENING} &e;").encode()
            changed.writestr(name, data)
    try:
        text = _one(tmp_path / "entités.docx").text
    except Unreadable as refused:
        text = str(refused)
    assert "MILLE" not in text
    assert "root:" not in text


# Mail -----------------------------------------------------------------------------------------------------------


def _mail(body: str | None = None, html: str | None = None, attached: bytes | None = None) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Communiqué de presse : Lefèvre ouvre une usine"
    mail["From"] = "Service de presse <presse@lefevre.example>"
    mail["Date"] = "Mon, 03 Mar 2025 09:30:00 +0100"
    if body is not None:
        mail.set_content(body, charset="iso-8859-15", cte="quoted-printable")
    if html is not None:
        mail.add_alternative(html, subtype="html")
    if attached is not None:
        mail.add_attachment(
            attached, maintype="application", subtype="octet-stream", filename="Communiqué.docx"
        )
        mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return bytes(mail)


def test_a_mail_gives_its_body_its_day_and_who_sent_it(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(_mail("Une étape à 12 M€.\n", html="<p>Autre forme</p>"))
    source = _one(tmp_path / "mail.eml")
    assert source.text == "Une étape à 12 M€.\n"
    assert source.published == date(2025, 3, 3)
    assert source.metadata["from"] == "Service de presse <presse@lefevre.example>"
    assert source.metadata["subject"].startswith("Communiqué de presse")


def test_a_mail_in_html_alone_gives_its_text(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(
        _mail(html="<html><body><p>Une étape</p><p>décisive</p></body></html>")
    )
    assert _one(tmp_path / "mail.eml").text.split() == ["Une", "étape", "décisive"]


def test_a_release_attached_to_a_mail_is_a_release_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(_mail("Bonjour, voici notre communiqué.", attached=_word()))
    body, attached = _read(tmp_path / "mail.eml")
    assert (body.doc_id, attached.doc_id) == ("mail", "mail/Communiqué")
    assert attached.source.endswith("mail.eml!Communiqué.docx")
    assert attached.text.startswith(TITLE)
    assert attached.published == date(2025, 3, 3)


def test_an_attachment_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    raw = _mail("Bonjour, voici notre communiqué.", attached=b"PK cut")
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(_word(), maintype="application", subtype="octet-stream", filename="Annexe.docx")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    (item,) = find([tmp_path / "mail.eml"]).items
    assert isinstance(item, Input)
    found: list[Source] = []
    with pytest.raises(Unreadable, match="its attachment Communiqué.docx: it is no Word document"):
        found.extend(read(item, content(item)))
    assert [source.doc_id for source in found] == ["mail", "mail/Annexe"]


def _attached(mail: EmailMessage, name: str, disposition: str = "attachment") -> EmailMessage:
    mail.add_attachment(
        _word(), maintype="application", subtype="octet-stream", filename=name, disposition=disposition
    )
    return mail


def test_a_release_is_found_wherever_it_hangs_in_a_mail(tmp_path: Path) -> None:
    inner = _attached(EmailMessage(), "Dedans.docx")
    inner["Subject"] = "TR: Communiqué"
    mail = EmailMessage()
    mail["Subject"] = "Communiqué"
    mail.set_content("Bonjour, voir ci-dessous.")
    mail.add_alternative("<p>Bonjour</p>", subtype="html")
    html = list(mail.iter_parts())[1]
    assert isinstance(html, EmailMessage)
    _attached(html, "Montré.docx", "inline")  # as Apple Mail does
    mail.make_mixed()
    mail.add_attachment(inner)
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    sources = _read(tmp_path / "mail.eml")
    assert [source.doc_id for source in sources] == ["mail", "mail/Montré", "mail/mail-1/Dedans"]
    assert sources[2].source.endswith("mail.eml!mail-1.eml!Dedans.docx")
    assert all(source.text.startswith(TITLE) for source in sources[1:])


def test_an_attachment_that_may_be_the_release_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    mail = _attached(EmailMessage(), "Communiqué.odt")
    mail["Subject"] = "Communiqué"
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    with pytest.raises(
        Unreadable, match="its attachment Communiqué.odt: files of the kind .odt are not read"
    ):
        _read(tmp_path / "mail.eml")


@pytest.mark.parametrize(
    "data", [b"", b"Un texte sans en-tetes", _mail("   \n")], ids=["empty", "text", "blank"]
)
def test_a_mail_without_a_release_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "mail.eml").write_bytes(data)
    with pytest.raises(Unreadable):
        _read(tmp_path / "mail.eml")


# Archives and limits --------------------------------------------------------------------------------------------


def test_a_member_of_an_archive_reads_as_the_file_would(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lot.zip", "w") as archive:
        archive.writestr("2025/communique.docx", _word())
    source = _one(tmp_path / "lot.zip")
    assert source.source.endswith("lot.zip!2025/communique.docx")
    assert source.text.startswith(TITLE)


def test_a_member_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bombe.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 2_000_000)
    (item,) = find([tmp_path / "bombe.zip"]).items
    assert isinstance(item, Input)
    with pytest.raises(Unreadable, match="larger than 1,000,000 bytes"):
        content(item, 1_000_000)


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("mot " * 1000)
    (item,) = find([tmp_path / "long.txt"]).items
    assert isinstance(item, Input)
    with pytest.raises(Unreadable, match="larger than 100 bytes"):
        content(item, 100)
