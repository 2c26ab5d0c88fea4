"""What a quote is and who says it, as the annotation guide (section 4) has it; the cases stand in `cases.txt`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from alambic.quotes import find_quotes
from alambic.record import Entity

_MENTION = re.compile(r"\[([^\]=]+)(?:=([^\]]+))?\]|\{([^}=]+)(?:=([^}]+))?\}")


class Said(NamedTuple):
    """One quote of a case."""

    words: str
    speaker: str | None
    role: str | None
    cue: str | None


def annotated(notation: str) -> tuple[str, list[Entity]]:
    """The bare text of a case and the entities that its brackets mark."""
    text, entities, at = "", [], 0
    for found in _MENTION.finditer(notation):
        text += notation[at : found.start()]
        words = found.group(1) or found.group(3)
        label: Literal["PER", "ORG"] = "PER" if found.group(1) else "ORG"
        canonical = found.group(2) or found.group(4) or words
        entities.append(
            Entity(start=len(text), end=len(text) + len(words), text=words, label=label, canonical=canonical)
        )
        text += words
        at = found.end()
    return text + notation[at:], entities


def cases() -> Iterator[tuple[str, str, list[Said]]]:
    """The name, the text and the quotes of each case."""
    content = Path(__file__).with_name("cases.txt").read_text(encoding="utf-8")
    for block in re.split(r"^= ", content, flags=re.MULTILINE)[1:]:
        name, *lines = re.sub(r"^## .*$", "", block, flags=re.MULTILINE).rstrip().split("\n")
        text = "\n".join(line for line in lines if not line.startswith("> "))
        said = []
        for line in lines:
            if line.startswith("> "):
                cells = [cell.strip() or None for cell in line[2:].split("|")]
                words, speaker, role, cue = [*cells, None, None, None][:4]
                said.append(Said(words or "", speaker, role, cue))
        yield name, text.strip("\n"), said


CASES = list(cases())


def same_words(found: str, expected: str) -> bool:
    """Whether the words found are those expected; white space does not count, `…` stands for what is left out."""
    found, expected = " ".join(found.split()), " ".join(expected.replace("⏎", " ").split())
    if " … " not in expected:
        return found == expected
    first, last = expected.split(" … ")
    return found.startswith(first) and found.endswith(last)


@pytest.mark.parametrize(("text", "said"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_what_is_said_and_by_whom(text: str, said: list[Said]) -> None:
    text, entities = annotated(text)
    quotes = find_quotes(text, entities)
    found = [Said(quote.text, quote.speaker, quote.speaker_role, quote.cue) for quote in quotes]
    assert len(found) == len(said), found
    for have, want in zip(found, said, strict=True):
        assert same_words(have.words, want.words), have
        assert have[1:] == want[1:]
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


def test_the_specification_is_whole() -> None:
    assert len(CASES) >= 150
    assert len({name for name, _, _ in CASES}) == len(CASES)
    assert sum(not said for _, _, said in CASES) >= 25


@pytest.mark.parametrize(
    "piece",
    [
        "«",
        "« ",
        "« a\n\n",
        ' "a" ',
        "« a b c d », dit ",
        "(“« ",
        "((((",
        "1 1 1 ",
        "— a\n",
        "Jean Roy : « Oui. »\n",
        ", dit-il, ",
        "« a », « b » et ",
        " et « a b c d e f g h i », il le dit ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def spent(times: int) -> float:
        start = time.process_time()
        find_quotes(piece * times)
        return time.process_time() - start

    spent(50)
    small, large = spent(200), spent(800)
    assert large < 12 * small + 0.3


def test_ten_thousand_opening_marks_cost_no_other_quote() -> None:
    text = "« " * 10_000 + "\n\n« Nous sommes prêts », déclare Jeanne Roy, directrice de Solvor."
    [quote] = find_quotes(text)
    assert (quote.text, quote.speaker) == ("Nous sommes prêts", "Jeanne Roy")
