"""Text of Word documents, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from alambic.readers.source import Content, Unreadable

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOXES = f".//{_WORD}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNPACKED = 20  # times the file's size that a document may take unpacked, and at least this:
_UNPACKED_AT_LEAST = 50_000_000


def read(data: bytes) -> Content:
    """The text of the Word document `data`: paragraphs, list items and table rows a line each, text boxes last.

    Headers and footers are left out. Raises `Unreadable` where it is none or would unpack to far more than it holds.
    """
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.element.body, document))
        metadata = _metadata(document.core_properties)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        etree.LxmlError,
        RecursionError,
    ) as error:
        raise Unreadable(
            f"it is no Word document that can be read ({error})", "save it anew as .docx"
        ) from None
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise Unreadable("it holds no text", "give a document that does")
    return Content(text + "\n", None, metadata)


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(f"it is no Word document ({error})", "save it anew as .docx") from None
    if unpacked > max(_UNPACKED_AT_LEAST, _UNPACKED * len(data)):
        raise Unreadable(f"it would unpack to {unpacked:,} bytes", "do not trust this file")


def _lines(body: Any, document: Any) -> Iterator[str]:
    in_list = False
    for block in document.iter_inner_content():
        is_item = isinstance(block, Paragraph) and _is_item(block)
        if in_list and not is_item:
            yield ""
        in_list = is_item
        yield from _block(block)
    for box in body.iterfind(_BOXES):
        if any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            continue  # the same box once more, for older programs
        yield ""
        yield from ("".join(_texts(paragraph)).strip() for paragraph in box.iter(f"{_WORD}p"))


def _texts(element: Any) -> Iterator[str]:
    for node in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br"):
        yield (node.text or "") if node.tag == f"{_WORD}t" else " "


def _block(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        text = block.text.strip()
        if not text:
            return
        if _is_item(block):
            yield text if text[0] in "•-–—" else f"• {text}"
        else:
            yield text
            yield ""
        return
    for row in block.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)  # a merged cell comes once a column
        texts = [
            " ".join("".join(_texts(paragraph)) for paragraph in cell.iter(f"{_WORD}p")).strip()
            for cell in cells
        ]
        if any(texts):
            yield "\t".join(texts).rstrip("\t")
    yield ""


def _is_item(paragraph: Paragraph) -> bool:
    style = (paragraph.style.name if paragraph.style else None) or ""
    properties = paragraph._p.pPr
    return style.startswith(("List", "Liste")) or (properties is not None and properties.numPr is not None)


def _metadata(core: Any) -> dict[str, str]:
    told = {"title": core.title, "author": core.author, "subject": core.subject, "created": core.created}
    return {
        name: str(value.date() if name == "created" else value).strip()
        for name, value in told.items()
        if value and str(value).strip()
    }
