from __future__ import annotations

import pytest

from alambic.readers.decoding import decode
from alambic.readers.source import Unreadable

RELEASE = (
    "COMMUNIQUÉ DE PRESSE\r\n\r\nÀ Nîmes, le 3 mars 2025 – L’entreprise Lefèvre & Associés annonce « une étape "
    "décisive » : l’ouverture d’un œuvre commun, pour 12 000 €.\r\nDès l’été, Hélène Müller sera nommée."
)
SHORT = "Été à Nîmes : créé."


@pytest.mark.parametrize(
    "text", [RELEASE, SHORT, "Communique sans accent"], ids=["release", "short", "ascii"]
)
@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "iso8859_15",
    ],
)  # fmt: skip
def test_a_release_reads_the_same_in_whatever_encoding_it_was_saved(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    assert decode(data).text == data.decode(encoding)


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"Titre\r\nligne\rfin\n").text == "Titre\r\nligne\rfin\n"


def test_a_broken_byte_in_utf8_is_left_visible_and_loses_nothing_else() -> None:
    data = "Une étape décisive à Dunkerque, créée près de la forêt".encode() + b"\xe9 et la suite"
    assert decode(data).text == "Une étape décisive à Dunkerque, créée près de la forêt\ufffd et la suite"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\n", "it holds nothing but blanks"),
        (b"\xef\xbb\xbf", "it holds nothing but blanks"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "it is binary data, not text"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "it is binary data, not text"),
        (b"\x01\x02\x03\x04\x05\x06abc", "it is binary data, not text"),
        (bytes(range(0x80, 0x100)) * 8, "its encoding is none that can be recognised"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert refused.value.reason == reason
    assert refused.value.remedy
