"""One input to the releases that it holds, by its format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from alambic.readers import archive, store
from alambic.readers.decoding import decode
from alambic.readers.inputs import DOCUMENTS
from alambic.readers.names import UniqueNames
from alambic.readers.source import STANDARD_INPUT, Content, Input, Source, Unreadable, holds_words

MAX_BYTES = 50_000_000
_MAILS_IN_MAILS = 3
_HEAD = 1_024  # PDF readers look for the mark this far
# Of attachments: pictures, signatures and cards are passed over, but a release is not.
_MAY_HOLD_A_RELEASE = frozenset(
    {
        ".doc",
        ".docm",
        ".dotx",
        ".odt",
        ".rtf",
        ".pages",
        ".wpd",
        ".ppt",
        ".pptx",
        ".xps",
        ".zip",
        ".msg",
        ".p7m",
        ".dat",
    }
)


def content(item: Input, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of `item`, unpacked where it is in an archive.

    Raises `Unreadable` where they cannot be read or are more than `max_bytes`.
    """
    if item.text is not None:
        data = item.text.encode("utf-8", "surrogatepass")
    elif item.path == STANDARD_INPUT:
        data = _standard_input(max_bytes)
    elif item.n_bytes > max_bytes:
        raise _too_large(max_bytes)
    elif item.member is not None:
        data = archive.read(item.path, item.member, max_bytes)
    else:
        data = _file(item.path, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


def _standard_input(max_bytes: int) -> bytes:
    if sys.stdin is None:
        raise Unreadable("it is closed", "give the release to standard input")
    try:
        return sys.stdin.buffer.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(
            f"it cannot be read ({error.strerror or error})", "give the release to standard input"
        ) from None


def _file(path: str, max_bytes: int) -> bytes:
    try:
        if store.is_address(path):
            system, place = store.opened(path)
            with system.open_input_stream(place) as stream:
                return bytes(stream.read(max_bytes + 1))
        with open(path, "rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise Unreadable("it is gone", "do not move files while they are being read") from None
    except PermissionError:
        raise Unreadable("it may not be read", "ask for the right to read it") from None
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error.strerror or error})", "check the disk") from None


def _too_large(max_bytes: int) -> Unreadable:
    return Unreadable(
        f"it is larger than {max_bytes:,} bytes", "split it, or raise the limit with --max-bytes"
    )


def read(item: Input, data: bytes) -> Iterator[Source]:
    """The releases in `item`, whose bytes are `data`: one, or several for a mail with releases attached.

    Raises `Unreadable` where it holds no text, and, after the others, where an attachment cannot be read.
    """
    if item.text is not None:
        yield Source(item.doc_id, item.text, item.source, item.published, item.metadata)
    elif item.suffix == ".eml":
        yield from _mail(item, data)
    else:
        yield _source(item.doc_id, item.source, _read(item.suffix, data))


def _source(doc_id: str, source: str, content: Content) -> Source:
    if not holds_words(content.text):
        raise Unreadable("it holds no words", "give a file that holds text")
    return Source(doc_id, content.text, source, content.published, content.metadata)


def _read(suffix: str, data: bytes) -> Content:
    if not data:
        raise Unreadable("it is empty", "give a file that holds text")
    # Each format's library is loaded only where such a file comes.
    match _kind(suffix, data):
        case ".pdf":
            from alambic.readers import pdf

            return pdf.read(data)
        case ".html" | ".htm":
            from alambic.readers import html

            return html.read(data)
        case ".docx":
            from alambic.readers import docx

            return docx.read(data)
    decoded = decode(data)
    return Content(decoded.text, None, {"encoding": decoded.encoding})


def _kind(suffix: str, data: bytes) -> str:
    """The format of `data`: what its first bytes say, else what its name says.

    Files get wrong names: a page that says *not found* is saved as .pdf, a PDF file as .txt. Raises `Unreadable`
    for formats that are known and not read.
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        raise Unreadable("it is a document in RTF", "save it as .docx")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Unreadable(
            "it is an old Word document (.doc), or one protected by a password",
            "save it as .docx, without a password",
        )
    if suffix == ".docx" and not data.startswith(b"PK"):
        raise Unreadable("it is no Word document", "save it anew as .docx, or name it for what it is")
    if suffix not in {".html", ".htm"} and head[:15].lower().startswith((b"<!doctype html", b"<html")):
        if suffix == ".pdf":
            raise Unreadable("it is a web page and no PDF file", "fetch the PDF anew, or name the page .html")
        return ".html"
    return suffix


def _mail(item: Input, data: bytes, depth: int = 0) -> Iterator[Source]:
    from alambic.readers import eml

    if not data.strip():
        raise Unreadable("it is empty", "check that the mail was saved whole")
    body, attachments = eml.read(data)
    found = 0
    if holds_words(body.text):
        found += 1
        yield _source(item.doc_id, item.source, body)
    names, faults = UniqueNames(), list[Unreadable]()
    for name, attached in attachments:
        suffix = PurePosixPath(name).suffix.lower()
        inside = replace(
            item,
            doc_id=names.claim(f"{item.doc_id}/{PurePosixPath(name).stem}"),
            source=f"{item.source}!{name}",
        )
        try:
            if suffix == ".eml":
                if depth == _MAILS_IN_MAILS:
                    raise Unreadable("it lies too deep in other mails", "save it by itself")
                for source in _mail(inside, attached, depth + 1):
                    found += 1
                    yield source
            elif suffix in DOCUMENTS:
                content = _read(suffix, attached)
                content = replace(
                    content, published=body.published, metadata={**body.metadata, **content.metadata}
                )
                yield _source(inside.doc_id, inside.source, content)
                found += 1
            elif suffix in _MAY_HOLD_A_RELEASE:
                raise Unreadable(f"files of the kind {suffix} are not read", "save it as .docx, .pdf or .txt")
        except Unreadable as fault:
            faults.append(Unreadable(f"its attachment {name}: {fault.reason}", fault.remedy))
    if faults:
        raise Unreadable("; ".join(fault.reason for fault in faults), faults[0].remedy)
    if not found:
        raise Unreadable("it holds no text and no release is attached", "check that the mail was saved whole")
