"""Whatever comes in, it is extracted or rejected, and every offset of what was extracted is right."""

from __future__ import annotations

import io
import random
import time
import warnings
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from alambic.extraction import Extractor
from alambic.readers import Input, Rejected, find
from alambic.running.parts import unnested
from alambic.running.work import load, part_of

RELEASE = (
    "Lefèvre & Associés ouvre une usine à Dunkerque\r\n\r\nDunkerque, le 3 mars 2025 – La société investit 12 millions "
    "d’euros et crée 150 emplois d’ici fin 2027.\r\n« Nous sommes fiers », déclare Claire Dupont, directrice générale "
    "de Lefèvre & Associés (LA).\r\n\r\nÀ propos de Lefèvre & Associés\r\nFondée en 1950, présente dans 12 pays.\r\n"
)
SIGNS = ["«", "»", "“", '"', "(", ")", "\0", "\ufffd", "\u202e", "\u00ad", "\f", "\r", "\n", " ", " ", "’", "1 1 ", "€", "%",
         "-\n", "<b>", "&amp;", "=", "😀", "e\u0301", "\u200b", "٣", "½", "²", "1" * 50, "31/02/2025", ". . . .", "\ud800", "\udc80"]  # fmt: skip

_AT_ONCE = 50
_SECONDS = 300.0  # of processor time, for so many: what takes longer hangs


def _mutated(chance: random.Random) -> bytes:
    text = RELEASE
    for _ in range(chance.randint(0, 40)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(SIGNS) * chance.choice([1, 1, 1, 3, 200]) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 30) :]
            case 2:
                other = chance.randrange(len(text) + 1)
                text = text[:at] + text[other : other + 60] + text[at:]
            case _:
                text = text[:at] + text[at:].replace(" ", chance.choice(["\u00a0", "\n", "\t", ""]), 5)
    encoding = chance.choice(["utf-8", "utf-8", "utf-16", "utf-16-le", "cp1252", "mac_roman", "utf-8-sig"])
    # Halves of surrogate pairs lie in files of UTF-16, and as bytes that are none in those of UTF-8.
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for n, line in enumerate(RELEASE.split("\r\n")):
        canvas.drawString(50, 800 - 14 * n, line)
    canvas.save()
    return file.getvalue()


def _word() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in RELEASE.split("\r\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def _mail() -> bytes:
    inner, mail = EmailMessage(), EmailMessage()
    for one in (inner, mail):
        one["Subject"] = "Communiqué"
        one.set_content(RELEASE)
        one.add_attachment(_PDF, maintype="application", subtype="pdf", filename="communiqué.pdf")
        one.add_attachment(_WORD, maintype="application", subtype="octet-stream", filename="communiqué.docx")
    mail.add_attachment(inner)
    return mail.as_bytes()


def _broken(chance: random.Random, data: bytes) -> bytes:
    """`data` cut, or with some bytes changed."""
    if chance.random() < 0.5:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _zip(chance: random.Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name in chance.sample(["a.txt", "b/é.txt", "../c.txt", "d.pdf", "/e.txt", "f.zip"], 3):
            archive.writestr(name, _mutated(chance))
    return file.getvalue()


def _input(chance: random.Random) -> tuple[str, bytes]:
    html = (
        f"<html><body><article><p>{'</p><p>'.join(RELEASE.splitlines())}</p></article></body></html>".encode()
    )
    mail = (
        b"Subject: =?utf-8?q?Communiqu=C3=A9?=\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\n\r\n"
        + RELEASE.encode()
    )
    match chance.randrange(11):
        case 0:
            return ".txt", chance.randbytes(chance.choice([0, 1, 10, 500, 5000]))
        case 1:
            return ".pdf", _broken(chance, _PDF)
        case 2:
            return ".docx", _broken(chance, _WORD)
        case 3:
            return ".html", _broken(chance, html)
        case 4:
            return ".eml", _broken(chance, chance.choice([mail, _MAIL]))
        case 5:
            return ".zip", _broken(chance, _zip(chance)) if chance.random() < 0.5 else _zip(chance)
        case 6:
            deep = chance.choice(["<div>", "((((", "««««", "[", "1 1 1 ", "“", "M. "]) * chance.choice(
                [10, 1000, 5000]
            )
            return chance.choice([".html", ".txt"]), (deep + RELEASE).encode()
        case 7:
            unit = chance.choice([*SIGNS, "mot ", "Dupont ", "M. ", "12 M€ ", "« ", "le 3 mars ", "é"])
            line = unit * (chance.choice([1_000, 20_000, 60_000]) // len(unit))
            at = chance.randrange(len(RELEASE))
            return ".txt", (RELEASE[:at] + line + RELEASE[at:]).encode("utf-8", "surrogatepass")
        case _:
            return ".txt", _mutated(chance)


_PDF, _WORD = _pdf(), _word()
_MAIL = _mail()


# Ten thousand with the fast model, in parts so that one can be had alone; the stages around the model are the same.
PARTS = [pytest.param("fast", 1_000, part, marks=pytest.mark.heavy) for part in range(10)]
PARTS += [pytest.param("accurate", 200, 10, marks=pytest.mark.heavy)]


@pytest.mark.parametrize(("model", "number", "seed"), [("fast", 60, 60), *PARTS])
def test_every_input_is_extracted_or_rejected_and_every_offset_is_right(
    tmp_path: Path, model: str, number: int, seed: int
) -> None:
    chance = random.Random(seed)
    extractor = Extractor(model)
    for first in range(0, number, _AT_ONCE):
        folder = tmp_path / str(first)
        folder.mkdir()
        for n in range(first, min(first + _AT_ONCE, number)):
            suffix, data = _input(chance)
            (folder / f"i{n:05}{suffix}").write_bytes(data)
        items = find([folder]).items
        inputs = [item for item in items if isinstance(item, Input)]
        began = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            part = part_of([load(item, 1_000_000) for item in inputs], extractor, keep_text=True)
        assert time.process_time() - began < _SECONDS
        _check(inputs, part)
        assert len({item.source.split("!")[0] for item in items}) >= len(
            list(folder.iterdir())
        ) - _empty_archives(items, folder)


def _empty_archives(items: list[Input | Rejected], folder: Path) -> int:
    """Archives of which nothing is left to read or to reject: cut so that they hold no member."""
    named = {item.source.split("!")[0] for item in items}
    return sum(path.suffix == ".zip" and str(path) not in named for path in folder.iterdir())


def _check(inputs: list[Input], part: object) -> None:
    rejected = unnested(part, "rejected").to_pylist()
    texts = {row["doc_id"]: row["text"] for row in unnested(part, "texts").to_pylist()}
    stages = [row["stage"] for row in rejected]
    assert set(stages) <= {"reading"}, [row for row in rejected if row["stage"] != "reading"]
    assert {item.doc_id for item in inputs} <= {*texts, *(row["doc_id"] for row in rejected)}
    for table in ("entities", "figures", "dates", "quotes"):
        for row in unnested(part, table).to_pylist():
            assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]
