"""E-mails as a newsroom gets them: the release in the body, in attachments, or both."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from alambic.readers import html
from alambic.readers.decoding import decode
from alambic.readers.source import Content, Unreadable


def read(data: bytes) -> tuple[Content, list[tuple[str, bytes]]]:
    """The body of the mail `data`, with its day and headers, and its attachments as (name, bytes).

    The body's text is empty where there is none. Raises `Unreadable` where `data` is no mail.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not any(message.get(name) for name in ("From", "To", "Subject", "Date", "Received", "Message-ID")):
        raise Unreadable("it has no mail headers", "save the mail as .eml")
    headers = {"Subject": "subject", "From": "from", "To": "to"}
    metadata = {name: told for header, name in headers.items() if (told := _header(message, header))}
    return Content(_body(message), _day(message), metadata), list(_attachments(message))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # the standard library's parser on broken headers
        return ""


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError):
        return None


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = _text(part)
    return html.text_of(text) if part.get_content_type() == "text/html" else text


def _text(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        return data.decode(part.get_content_charset() or "")
    except (LookupError, UnicodeDecodeError):
        return decode(data).text


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Parts with a name, however deep and whether shown in the text or not, and mails that were passed on."""
    body = message.get_body(("plain", "html"))
    waiting: list[MIMEPart] = [message]
    number = 0
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            number += 1
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield (
                    f"{_name(part) or f'mail-{number}'}.eml".replace(".eml.eml", ".eml"),
                    inner[0].as_bytes(),
                )
        elif part.is_multipart():
            waiting = [*part.iter_parts(), *waiting]
        elif part is not body:
            name = _name(part)
            if not name and part.get_content_disposition() == "attachment":
                number += 1
                name = f"part-{number}"
            data = part.get_payload(decode=True)
            if name and isinstance(data, bytes):
                yield name, data


def _name(part: MIMEPart) -> str:
    return PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
