"""Text of web pages: what trafilatura takes for the article, without menus and footers."""

from __future__ import annotations

import contextlib
import re
from datetime import date

from alambic.readers.decoding import decode
from alambic.readers.links import is_list_of_links
from alambic.readers.source import Content, Unreadable

_STATED = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE
)
_HEAD = 4096  # a page states its encoding within the first kilobyte or so (HTML, section 4.2.5.4)
_ROW, _RULE = re.compile(r"\|(.*)\|\s*"), re.compile(r"[|\s-]*---[|\s-]*")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data: bytes) -> Content:
    """The article of the page `data`, a paragraph a line, and what the page says of itself.

    Nothing is fetched from the network and no entity of the page's own is expanded. Raises `Unreadable` where the
    page holds no article.
    """
    return _article(_decoded(data))


def text_of(page: str) -> str:
    """All the text of a short piece of HTML, such as a mail's body, a block a line."""
    import trafilatura

    found = ""
    if len(page) > 2_000:
        with contextlib.suppress(Unreadable):
            found = _article(page).text
    return found or trafilatura.html2txt(page) or ""


def _decoded(data: bytes) -> str:
    if stated := _STATED.search(data[:_HEAD]):
        name = stated.group(1).decode("ascii").lower()
        # Browsers read these names as Windows-1252, which holds them (WHATWG, Encoding).
        encoding = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data).text


def _article(page: str) -> Content:
    import trafilatura

    nothing = Unreadable("no article is found in the page", "save the page whole, or its text as .txt")
    page = _NOT_XML.sub(" ", page)
    try:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            # Only what the page states as its day: a day found elsewhere in it may be any.
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "max_date": "9999-12-31",
            },
        )
    except (ValueError, RecursionError, AssertionError):
        raise nothing from None
    text = (getattr(found, "text", None) or "").strip() if found else ""
    if not text:
        raise nothing
    told = {
        name: getattr(found, name, None) for name in ("title", "author", "sitename", "url", "description")
    }
    tree = trafilatura.load_html(page)
    if tree is not None and is_list_of_links(tree, text):
        raise Unreadable("it is a list of links", "save the pages that it leads to")
    title = told["title"]
    if title and _folded(title) not in _folded(text[: 3 * len(title) + 200]):
        text = f"{title}\n\n{text}"
    metadata = {name: " ".join(str(value).split()) for name, value in told.items() if value}
    return Content(_spaced(text), _day(getattr(found, "date", None)), metadata)


def _spaced(text: str) -> str:
    """trafilatura's text with an empty line between paragraphs and none between list items or table rows."""
    spaced: list[str] = []
    together = False
    for line in text.split("\n"):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        row = _ROW.fullmatch(line)
        listed = row is not None or line.startswith("- ")
        if spaced and not (listed and together):
            spaced.append("")
        spaced.append("\t".join(cell.strip() for cell in row.group(1).split("|")) if row else line)
        together = listed
    return "\n".join(spaced)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
