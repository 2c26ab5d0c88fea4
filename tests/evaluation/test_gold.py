"""The gold that the repository ships is sound, and unsound gold is told apart by a clear sentence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from alambic.evaluation import GoldFault, read_folder

ROOT = Path(__file__).parents[2]
REAL_TEXTS = ROOT.parent / "shared" / "real-dev"


def test_the_gold_releases_are_sound() -> None:
    assert read_folder(ROOT / "corpus" / "gold")


@pytest.mark.skipif(not REAL_TEXTS.is_dir(), reason="the texts of the real dev gold are not here: no licence")
def test_the_gold_on_real_texts_is_sound() -> None:
    assert len(read_folder(ROOT / "corpus" / "gold" / "real", REAL_TEXTS)) == 14


def _record() -> dict[str, Any]:
    return {
        "doc_id": "a",
        "sha256": hashlib.sha256(b"Verkor, 3 mai 2025").hexdigest(),
        "published": "2025-05-03",
        "entities": [{"start": 0, "end": 6, "text": "Verkor", "label": "ORG", "canonical": "Verkor"}],
        "figures": [],
        "dates": [
            {"start": 8, "end": 18, "text": "3 mai 2025", "iso_start": "2025-05-03", "iso_end": "2025-05-03"}
        ],
        "quotes": [],
    }


def _write(folder: Path, record: dict[str, Any]) -> None:
    (folder / "a.txt").write_bytes(b"Verkor, 3 mai 2025")
    (folder / "a.json").write_text(json.dumps(record), encoding="utf-8")


def test_sound_gold_is_read(tmp_path: Path) -> None:
    _write(tmp_path, _record())
    (gold,) = read_folder(tmp_path)
    assert gold.release.entities[0].canonical == "Verkor"


@pytest.mark.parametrize(
    ("stage", "change", "fault"),
    [
        ("", {"sha256": "0"}, "its text is not the one that was annotated"),
        ("", {"published": "3 mai"}, "published '3 mai' is no ISO day"),
        ("", {"quotes": None}, "it has no list 'quotes'"),
        ("entities", {"end": 99}, "the offsets 0–99 are outside the text or empty"),
        ("entities", {"end": 5}, "its text 'Verkor' is not the characters 0–5, 'Verko'"),
        ("entities", {"end": 8, "text": "Verkor, "}, "it has white space at its edge"),
        ("entities", {"label": "LOC"}, "its label 'LOC' is not one of ORG, PER"),
        ("dates", {"iso_end": "2025-02-31"}, "are no ISO days"),
        ("dates", {"iso_end": "2025-05-02"}, "it ends (2025-05-02) before it starts"),
    ],
)
def test_unsound_gold_is_told(tmp_path: Path, stage: str, change: dict[str, Any], fault: str) -> None:
    record = _record()
    (record[stage][0] if stage else record).update(change)
    _write(tmp_path, record)
    with pytest.raises(GoldFault) as raised:
        read_folder(tmp_path)
    assert fault in str(raised.value)
    assert "a.json" in str(raised.value)


def test_a_missing_text_is_told(tmp_path: Path) -> None:
    _write(tmp_path, _record())
    (tmp_path / "a.txt").unlink()
    with pytest.raises(GoldFault, match=r"its text .*a\.txt is missing; put it there or name its folder"):
        read_folder(tmp_path)


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldFault, match="no gold is there"):
        read_folder(tmp_path)
