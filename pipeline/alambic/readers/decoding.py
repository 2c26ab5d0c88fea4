"""Bytes to text: the encodings that French releases come in, and a clear refusal of what is no text.

Line ends stay as they are, for offsets refer to the decoded text. A byte order mark is no part of it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from alambic.readers.source import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One byte a character; the first wins where two read a text equally well.
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp850", "iso8859_15")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’‘“”–—…•€°\xa0§²³·×±")
_SAMPLE = 200_000
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01


def _binary() -> Unreadable:
    return Unreadable("it is binary data, not text", "give the release as .txt, .pdf, .html, .docx or .eml")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the Python name of the encoding that it was written in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Reads `data` as text, whatever encoding French releases are written in.

    A byte order mark decides; then zero bytes show UTF-16 without one; then UTF-8, where it is valid or
    nearly so (what is broken becomes U+FFFD); then the single-byte encoding that gives the most plausible
    French. Any other encoding is left to charset-normalizer.

    Raises `Unreadable` for empty and for binary data.

    >>> decode("L’été à Nîmes".encode("cp1252"))
    Decoded(text='L’été à Nîmes', encoding='cp1252')
    """
    if not data:
        raise Unreadable("it is empty", "give a file that holds text")
    decoded = _decode(data)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise Unreadable("it holds nothing but blanks", "give a file that holds text")
    if len(_CONTROL.findall(decoded.text)) > _MAX_CONTROL_SHARE * len(decoded.text):
        raise _binary()
    return decoded


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_lenient(data[len(mark) :], encoding), encoding)
    if b"\x00" in data[:_SAMPLE]:
        return _utf16_without_mark(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data[:_SAMPLE]):
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    return _single_byte(data)


def _lenient(data: bytes, encoding: str) -> str:
    """A lone half of a UTF-16 pair or a cut last character becomes U+FFFD: the rest is not lost for it."""
    return data.decode(encoding, "replace")


def _utf16_without_mark(data: bytes) -> Decoded:
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        # French is nearly all Latin-1: one byte of two is zero, the other hardly ever.
        if zeros.count(0) > 0.7 * len(zeros) and letters.count(0) <= 0.01 * len(letters):
            return Decoded(_lenient(data, encoding), encoding)
    raise _binary()


def _nearly_utf8(sample: bytes) -> bool:
    """Whether nearly all bytes above ASCII form UTF-8 letters: a text cut or patched by a careless tool."""
    high = sum(byte > 0x7F for byte in sample)
    well_formed = sum(len(letter) for letter in _UTF8_LETTER.findall(sample))
    return well_formed >= 0.9 * high


def _single_byte(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    high = bytes(byte for byte in sample if byte > 0x7F)
    best, best_score = "", 0.0
    for encoding in _SINGLE_BYTE:
        score = (
            sum(letter in _FRENCH for letter in high.decode(encoding, "replace")) / len(high) if high else 1.0
        )
        score -= _misplaced_capitals(sample.decode(encoding, "replace")) / max(1, len(high))
        if score > best_score:
            best, best_score = encoding, score
    if best_score >= 0.6:
        return Decoded(data.decode(best, "replace"), best)
    return _other(data)


_CAPITAL_INSIDE = re.compile(r"[a-zà-öø-ÿœ][À-ÖØ-ÞŒŸ][a-zà-öø-ÿœ]")


def _misplaced_capitals(text: str) -> int:
    """Accented capitals between lower-case letters: the sign of Mac Roman read as Windows-1252 and the
    reverse.
    """
    return len(_CAPITAL_INSIDE.findall(text))


def _other(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE]).best()
    if match is None or match.chaos > 0.2:
        raise Unreadable("its encoding is none that can be recognised", "save it as UTF-8")
    try:
        return Decoded(data.decode(match.encoding), match.encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable("its encoding is none that can be recognised", "save it as UTF-8") from None
