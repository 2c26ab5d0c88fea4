"""Texts with their names: what the model learns from, before it is cut into pieces."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from alambic.cleaning import clean
from alambic.training.inline import read_inline

Edit = tuple[int, int, str]
"""Replace `text[start:end]` by a string."""


@dataclass(frozen=True, slots=True)
class Name:
    """A mention: `start` and `end` are offsets into the sample's text, `label` is `ORG` or `PER`.

    `canonical` joins the mentions of one bearer within a sample. Nothing is learnt from an `optional` mention.
    """

    start: int
    end: int
    label: str
    canonical: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A clean text and its names, in order and without overlap."""

    text: str
    names: tuple[Name, ...]


def releases(folder: Path) -> list[Sample]:
    """The annotated releases below `folder` (inline XML), cleaned, in the order of their paths."""
    found = []
    for path in sorted(folder.rglob("*.xml")):
        annotated = read_inline(path)
        names = [Name(e.start, e.end, e.label, e.canonical, e.optional) for e in annotated.release.entities]
        found.append(cleaned(annotated.text, names))
    return found


def winer(path: Path) -> list[Sample]:
    """The articles of WiNER-fr (JSON lines), cleaned. A name is its own canonical form there."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        names = [Name(e["start"], e["end"], e["label"], e["text"]) for e in article["entities"]]
        found.append(cleaned(article["text"], [name for name in names if name.label in ("ORG", "PER")]))
    return found


def cleaned(raw: str, names: Iterable[Name]) -> Sample:
    """The sample that the recogniser will see for `raw`; names that cleaning removes are dropped.

    >>> cleaned("L’usine de Ver-\\nkor ouvre.", [Name(11, 19, "ORG", "Verkor")]).names
    (Name(start=11, end=17, label='ORG', canonical='Verkor', optional=False),)
    """
    mapped = clean(raw)
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        start, end = mapped.clean_span(name.start, name.end)
        if start < end and (not kept or start >= kept[-1].end):
            kept.append(replace(name, start=start, end=end))
    return Sample(mapped.text, tuple(kept))


def rewrite(sample: Sample, edits: Iterable[Edit]) -> Sample:
    """`sample` after `edits` (in order, without overlap); its names keep to the words that they stood on.

    What an edit puts right before or after a name is no part of it; an edit over a whole name is the new name.

    >>> sample = Sample("Verkor recrute", (Name(0, 6, "ORG", "Verkor"),))
    >>> new = rewrite(sample, [(0, 0, "Selon "), (0, 6, "Mila")])
    >>> new.text, new.text[new.names[0].start : new.names[0].end]
    ('Selon Mila recrute', 'Mila')
    """
    pieces: list[str] = []
    names: list[Name] = []
    waiting = iter(sample.names)
    name = next(waiting, None)
    shift = 0
    done = 0
    start: int | None = None

    def settle(edit_start: int, edit_end: int) -> None:
        """Moves the edges of names that lie before the edit that starts at `edit_start`."""
        nonlocal name, start
        while name is not None:
            if start is None:
                if name.start > edit_start or (name.start == edit_start and edit_start == edit_end):
                    return
                start = name.start + shift
            if name.end > edit_start:
                return
            names.append(replace(name, start=start, end=name.end + shift))
            name, start = next(waiting, None), None

    for edit_start, edit_end, new in edits:
        settle(edit_start, edit_end)
        pieces += (sample.text[done:edit_start], new)
        shift += len(new) - (edit_end - edit_start)
        done = edit_end
    settle(len(sample.text) + 1, len(sample.text) + 1)
    pieces.append(sample.text[done:])
    return Sample("".join(pieces), tuple(n for n in names if n.start < n.end))
