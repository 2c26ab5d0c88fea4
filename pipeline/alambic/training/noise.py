"""Disturbs texts as layout, encodings and hands disturb real releases."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace

from alambic.training.annotated import Edit, Sample, rewrite

_LINE = re.compile(r"[^\n]+")
_QUOTED = re.compile(r"« ?([^«»\n]{1,600}?) ?»")
_COMMON = re.compile(
    r"(?i)(?:\b(?:l[ae]s?|une?|d[eu]s?|aux?|nos|notre|ses?|sa|cette|ce|et)[ ]|\b[ld]['’])([a-zà-ÿœ]{4,})"
)
_TITLE = 120  # characters; a longer line is no title
_PARAGRAPH = 140  # characters; a shorter line is not wrapped


def disturb(sample: Sample, rng: random.Random) -> Sample:
    """`sample` with some disturbances drawn at random; its names stay on their words.

    Capitals in titles, names and common nouns (`la Direction`), lower case, lost accents, curly apostrophes, other quotation marks, wrapped
    lines, lost or doubled line breaks. Most of the text of most samples stays as it is.
    """
    sample = _marks(sample, rng)
    sample = _breaks(sample, rng)
    if rng.random() < 0.4:
        sample = _capitals(sample, rng)
    return replace(sample, text=_case(sample, rng))


def _marks(sample: Sample, rng: random.Random) -> Sample:
    text = sample.text
    if rng.random() < 0.25:
        text = text.replace("'", "’")
    if rng.random() < 0.05:
        text = without_accents(text)
    if "’" in text and rng.random() < 0.05:
        text = text.replace("’", " ")
    sample = replace(sample, text=text)
    if rng.random() < 0.2:
        first, last = rng.choice((('"', '"'), ("“", "”"), ("", ""), ("«", "»")))
        edits: list[Edit] = []
        for match in _QUOTED.finditer(text):
            edits.append((match.start(), match.start(1), first))
            edits.append((match.end(1), match.end(), last))
        sample = rewrite(sample, [edit for edit in edits if edit[0] < edit[1]])
    return sample


def _breaks(sample: Sample, rng: random.Random) -> Sample:
    draw = rng.random()
    if draw < 0.07:
        return replace(sample, text=wrapped(sample.text, rng.randint(58, 105)))
    if draw < 0.1:
        return replace(sample, text=sample.text.replace("\n", " "))
    if draw < 0.14:
        return replace(sample, text=sample.text.replace("\t", " "))
    return sample


def _capitals(sample: Sample, rng: random.Random) -> Sample:
    """Some common nouns with a capital wherever they stand, as releases write `la Région`, `nos Clients`."""
    habit = rng.uniform(0.05, 0.5)
    drawn: dict[str, bool] = {}
    taken = bytearray(len(sample.text))
    for name in sample.names:
        taken[name.start : name.end] = b"\x01" * (name.end - name.start)
    characters = list(sample.text)
    for match in _COMMON.finditer(sample.text):
        word, place = match.group(1), match.start(1)
        if not word.islower() or taken[place]:
            continue
        if word not in drawn:
            drawn[word] = rng.random() < habit
        if drawn[word]:
            characters[place] = upper(word[0])
    return replace(sample, text="".join(characters))


def _case(sample: Sample, rng: random.Random) -> str:
    text = sample.text
    draw = rng.random()
    if draw < 0.015:
        return lower(text)
    if draw < 0.025:
        return upper(text)
    characters = list(text)
    for match in _LINE.finditer(text):
        start, end = match.span()
        title = end - start < _TITLE
        chance = rng.random()
        if chance < (0.2 if title else 0.01):
            line = upper(match.group())
            characters[start:end] = without_accents(line) if rng.random() < 0.3 else line
        elif chance < (0.23 if title else 0.03):
            characters[start:end] = lower(match.group())
    habit = rng.random()  # some releases write a name in capitals throughout
    loud = {name.canonical for name in sample.names if rng.random() < 0.5} if habit < 0.1 else set()
    for name in sample.names:
        draw = rng.random()
        if name.canonical in loud or draw < 0.02:
            characters[name.start : name.end] = upper("".join(characters[name.start : name.end]))
        elif draw < 0.03:
            characters[name.start : name.end] = lower("".join(characters[name.start : name.end]))
    return "".join(characters)


def upper(text: str) -> str:
    """`text` in capitals, as long as before (`ß` stays).

    >>> upper("Hôpital Saint-Éloi, straße")
    'HÔPITAL SAINT-ÉLOI, STRAßE'
    """
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def lower(text: str) -> str:
    """`text` in small letters, as long as before."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def without_accents(text: str) -> str:
    """`text` with its letters bare, as long as before.

    >>> without_accents("Énergie à Besançon")
    'Energie a Besancon'
    """
    return "".join(unicodedata.normalize("NFD", c)[0] if c.isalpha() else c for c in text)


def wrapped(text: str, width: int) -> str:
    """`text` with blanks of its long lines turned into line breaks, at `width` characters at most where it can.

    >>> wrapped("un deux " * 20, 60).count("\\n")
    2
    """
    characters = list(text)
    for match in _LINE.finditer(text):
        start, end = match.span()
        if end - start < _PARAGRAPH:
            continue
        while end - start > width:
            cut = text.rfind(" ", start + 1, start + width)
            if cut < 0:
                break
            characters[cut] = "\n"
            start = cut + 1
    return "".join(characters)
