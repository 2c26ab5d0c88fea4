"""Mends single characters: mojibake, ligatures, invisible signs, apostrophes, blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from alambic.cleaning.mapped import Edit, MappedText

# What French text is written with beyond ASCII: what mojibake may stand for.
_FRENCH = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæáíóúñãõÁÍÓÚÑß«»‹›“”„‘’…–—•·°²³€£©®™¼½¾§±×µ\u00a0\u202f\u2009ﬁﬂ"
# UTF-8 read as one of these is what one meets; a byte that the code page lacks comes through as its C1 control.
_MISREAD_AS = ("cp1252", "latin-1", "mac_roman")

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+"
)
_SOFT_HYPHEN = re.compile("\u00ad+(?!\n)(?![ \u00a0\u202f]*\n)")
_COMBINING = re.compile("[\u0300-\u036f]")
_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# How PDF files give the signs of symbol fonts, which word processors take for bullets.
_SYMBOL_BULLET = re.compile("(?:(?<=[\n\f])|\\A)[\uf020-\uf0ff](?=[ \t\u00a0])")
_APOSTROPHE = re.compile("[\u2018\u2019\u201b\u02bc\uff07]|(?<=[^\\W\\d_])[\u00b4`\u2032](?=[^\\W\\d_])")
_OTHER_BLANK = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(f"(?: ?[{_OTHER_BLANK}]| {{2}})[ {_OTHER_BLANK}]*")  # all but one plain blank
_AFTER_BULLET = re.compile(r"(?:\A|[\n\f])[^\w\s]\Z")
_CELL_GAP = 3


@cache
def _mojibake() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Signs that open misread forms; the forms of each French character, those misread twice too; what each means."""
    meant: dict[str, str] = {}
    for char in _FRENCH:
        once = {form for code in _MISREAD_AS if (form := _misread(char, code))}
        twice = {form for first in once for code in _MISREAD_AS[:2] if (form := _misread(first, code))}
        for form in once | twice:
            meant.setdefault(form, char)
    meant["Ã"] = "à"  # its second byte reads as a no-break blank, which mail programs make a plain one
    longest_first = sorted(meant, key=lambda form: (-len(form), form))
    opens = re.compile(f"[{re.escape(''.join(sorted({form[0] for form in meant})))}]")
    return opens, re.compile("|".join(map(_pattern, longest_first)), re.MULTILINE), meant


def _pattern(form: str) -> str:
    if form == "Ã":
        return "Ã(?=[ \\n]|$)"
    # A run of Â before a sign is that sign misread over and over: mended at once, since one at a time is quadratic.
    return "Â+" + re.escape(form[1]) if form[0] == "Â" and len(form) == 2 else re.escape(form)


def _misread(text: str, code: str) -> str:
    return "".join(_one_byte(byte, code) for byte in text.encode("utf-8"))


def _one_byte(byte: int, code: str) -> str:
    try:
        return bytes((byte,)).decode(code)
    except UnicodeDecodeError:
        return chr(byte)


def mend_characters(mapped: MappedText) -> MappedText:
    """`mapped` with one kind of line end, apostrophe and blank, and without mojibake, ligatures and invisible signs.

    U+FFFD is left visible: what it stood for is lost. A tab, or three blanks and more, part the cells of a table
    row: they become one tab. Form feeds stay: they mark page breaks.
    """
    mapped = mapped.edit((m.start(), m.end(), "\n") for m in _LINE_ENDS.finditer(mapped.text))
    mapped = _mend_mojibake(mapped)
    mapped = _drop(_INVISIBLE, mapped)
    mapped = _drop(_SOFT_HYPHEN, mapped)
    mapped = mapped.edit(_composed(mapped.text))
    mapped = mapped.edit(
        (m.start(), m.end(), unicodedata.normalize("NFKC", m.group()))
        for m in _LIGATURE.finditer(mapped.text)
    )
    mapped = mapped.respelled(_SYMBOL_BULLET.sub("•", mapped.text))
    mapped = mapped.respelled(_APOSTROPHE.sub("'", mapped.text))
    return mapped.edit(_single_blanks(mapped.text))


def _mend_mojibake(mapped: MappedText) -> MappedText:
    while True:  # each pass shortens the text; more than two are needed only by text made to need them
        mended = mapped.edit(_misread_forms(mapped.text))
        if mended is mapped:
            return mapped
        mapped = mended


def _misread_forms(text: str) -> Iterator[Edit]:
    opens, pattern, meant = _mojibake()
    reach = 0
    for sign in opens.finditer(text):  # few: most text is passed over at once
        form = pattern.match(text, sign.start()) if sign.start() >= reach else None
        if form:
            reach = form.end()
            yield form.start(), reach, meant[re.sub("^Â+", "Â", form.group())]


def _drop(pattern: re.Pattern[str], mapped: MappedText) -> MappedText:
    return mapped.edit((m.start(), m.end(), "") for m in pattern.finditer(mapped.text))


def _composed(text: str) -> Iterator[Edit]:
    if not _COMBINING.search(text):
        return
    for m in _DECOMPOSED.finditer(text):
        new = unicodedata.normalize("NFC", m.group())
        if new != m.group():
            yield m.start(), m.end(), new


def _single_blanks(text: str) -> Iterator[Edit]:
    for m in _BLANKS.finditer(text):
        is_gap = "\t" in m.group() or m.end() - m.start() >= _CELL_GAP
        if is_gap and not _AFTER_BULLET.search(text, max(0, m.start() - 2), m.start()):
            yield m.start(), m.end(), "\t"
        else:
            yield m.start(), m.end(), " "
