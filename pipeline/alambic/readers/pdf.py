"""Text of PDF files in reading order, by pdfium."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import date

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from alambic.readers.layout import Piece, lines_of
from alambic.readers.source import Content, Unreadable

_KEPT = {"Title": "title", "Author": "author", "Creator": "program"}
_TELLING = re.compile(r"\s*[^\s(]")  # `(anonymous)` is a program's way to say nothing
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how pdfium gives a hyphen where a word is cut
_PIECE_GAP = 0.9  # of the height of a line: wider blanks part pieces
_WORD_GAP = 0.25
_Box = tuple[float, float, float, float]  # left, right, top, bottom; downwards from the page's origin
_PASSWORD = raw.FPDF_ERR_PASSWORD


def read(data: bytes) -> Content:
    """The text of the PDF file `data`, pages parted by form feeds.

    The day of creation goes to `metadata`, not to `published`: it is often that of a conversion. Raises
    `Unreadable` where the file is broken, protected, blank, or holds images alone.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Unreadable("it is protected by a password", "save it without one") from None
        raise Unreadable(f"it is no PDF file that can be read ({error})", "save it anew") from None
    try:
        pages = [_page(document, number) for number in range(len(document))]
        metadata = _metadata(document)
        if not any(page.strip() for page in pages):
            raise _without_text(document)
    finally:
        document.close()
    return Content("\n\f".join(pages), None, metadata)


def _without_text(document: pdfium.PdfDocument) -> Unreadable:
    for number in range(len(document)):
        with contextlib.suppress(pdfium.PdfiumError):
            if next(document[number].get_objects(max_depth=1), None) is not None:
                return Unreadable(
                    "its pages hold images and no text", "run text recognition (OCR) on it first"
                )
    return Unreadable("its pages are blank", "check that the file was saved whole")


def _page(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pdfium.PdfiumError:  # one broken page does not lose the others
        return ""
    try:
        textpage = page.get_textpage()
        pieces = list(_pieces(textpage))
        textpage.close()
    finally:
        page.close()
    return "\n".join(lines_of(pieces))


def _pieces(textpage: pdfium.PdfTextPage) -> Iterator[Piece]:
    """Runs of characters that stand side by side, in the order of the file."""
    text, box, blank = "", (0.0, 0.0, 0.0, 0.0), False
    for character, place in _characters(textpage):
        if place is None:
            blank = True
            continue
        left, right, top, bottom = place
        height = min(box[3] - box[2], bottom - top)
        apart = left - box[1]
        if text and _overlap(box, place) > height / 2 and -height < apart < _PIECE_GAP * height:
            if blank or apart > _WORD_GAP * height:
                text += " "
            text += character
            box = (min(box[0], left), max(box[1], right), min(box[2], top), max(box[3], bottom))
        else:
            if text:
                yield Piece(text, *box)
            text, box = character, place
        blank = False
    if text:
        yield Piece(text, *box)


def _overlap(one: _Box, other: _Box) -> float:
    """How much of their heights two boxes share."""
    return min(one[3], other[3]) - max(one[2], other[2])


def _characters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, _Box | None]]:
    """The characters of a page with their boxes; a blank has none, for pdfium puts in those that the file lacks."""
    box = raw.FS_RECTF()  # the font's own box: all characters of a line are as high, and touch
    pair = ""
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code < 0x20 and code not in _LINE_END_HYPHENS:
            continue
        if 0xD800 <= code < 0xDC00:  # half of a UTF-16 pair
            pair = chr(code)
            continue
        character = _LINE_END_HYPHENS.get(code) or chr(code)
        if 0xDC00 <= code < 0xE000:
            character = (pair + character).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        pair = ""
        if character == " ":
            yield character, None
        elif raw.FPDFText_GetLooseCharBox(textpage, index, box):
            yield character, (box.left, box.right, -box.top, -box.bottom)


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    told = document.get_metadata_dict(skip_empty=True)
    metadata = {
        name: " ".join(told[key].split()) for key, name in _KEPT.items() if _TELLING.match(told.get(key, ""))
    }
    if created := _CREATED.match(told.get("CreationDate", "")):
        with contextlib.suppress(ValueError):
            metadata["created"] = date(*map(int, created.groups())).isoformat()
    return metadata
