"""The evaluation as one HTML page: nothing loaded from elsewhere, no script, every text escaped."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from alambic.evaluation import comparing
from alambic.evaluation.causes import LABELS, NOTHING, Diagnosis, Mistake
from alambic.evaluation.comparing import Comparison
from alambic.evaluation.scoring import STAGES, Scores

if TYPE_CHECKING:
    from alambic.evaluation.intervals import Interval

_AROUND = 90
_LONGEST = 400
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # HTML may not hold them


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the page shows: the scores of `model` on the gold of `folder`, its mistakes, and what else was asked for."""

    folder: str
    model: str
    scores: Scores
    diagnosis: Diagnosis
    intervals: Mapping[str, Interval]
    comparison: Comparison | None = None


def write_page(evaluation: Evaluation, path: Path) -> None:
    """Writes the page to `path`, whole or not at all. Raises `OSError` where it cannot be written."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text("".join(page(evaluation)), encoding="utf-8", newline="\n")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def page(evaluation: Evaluation) -> Iterator[str]:
    """The page, piece by piece."""
    style = files("alambic.evaluation").joinpath("page", "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = f"Evaluation of {evaluation.folder}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}';"
        " base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_safe(title)}</h1>\n<p>{_count(len(evaluation.scores.documents), 'release')},"
        f" entity model {_safe(evaluation.model)}. Scored by section 6 of the annotation guide.</p>\n"
    )
    yield "<h2>Scores</h2>\n"
    yield from _scores(evaluation.scores, evaluation.intervals)
    if evaluation.comparison:
        yield from _comparison(evaluation.comparison)
    yield "<h2>What was taken for what</h2>\n<p>Edges and values aside: a row is what gold has, a column what it was"
    yield " taken for.</p>\n"
    yield from _confusion(evaluation.diagnosis)
    yield "<h2>Mistakes by cause</h2>\n"
    yield from _mistakes(evaluation.diagnosis)
    yield "<h2>F1 by release</h2>\n"
    yield from _documents(evaluation.scores)
    yield "</main>\n</body>\n</html>\n"


def _scores(scores: Scores, intervals: Mapping[str, Interval]) -> Iterator[str]:
    names = ["", "precision", "recall", "F1", "", *(["F1, 95 %"] if intervals else []), "gold", "found"]
    yield from _table(
        names,
        [
            [
                _safe(name),
                f"{c.precision:.3f}",
                f"{c.recall:.3f}",
                f"{c.f1:.3f}",
                f'<meter value="{c.f1:.3f}">{c.f1:.3f}</meter>',
                *([str(intervals.get(name, ""))] if intervals else []),
                str(c.right + c.missed),
                str(c.right + c.wrong),
            ]
            for name, c in scores.stages.items()
        ],
    )
    yield "<h3>Fields of matched pairs</h3>\n"
    yield from _table(
        ["", "accuracy", "pairs"],
        [[_safe(name), f"{share.accuracy:.3f}", str(share.of)] for name, share in scores.fields.items()],
    )


def _comparison(comparison: Comparison) -> Iterator[str]:
    first, second = map(_safe, comparison.names)
    yield f"<h2>{first} and {second}</h2>\n"
    sure = comparison.differences
    yield from _table(
        ["", first, second, "difference", *(["95 %"] if sure else [])],
        [
            [
                _safe(name),
                f"{before:.3f}",
                f"{after:.3f}",
                _signed(after - before),
                *(
                    [f"{sure[name].low:+.3f} to {sure[name].high:+.3f}" if name in sure else ""]
                    if sure
                    else []
                ),
            ]
            for name, before, after in comparing.rows(comparison)
        ],
    )
    yield f"<h3>Releases that moved: {len(comparison.moved)}</h3>\n"
    for moved in comparison.moved:
        yield (
            f"<details><summary>{_safe(moved.doc_id)} · {moved.stage}: {moved.first:.3f} → {moved.second:.3f}"
            f" ({_signed(moved.second - moved.first)})</summary>\n<ul>\n"
        )
        for said, mistakes in ((f"only {first}", moved.fixed), (f"only {second}", moved.broken)):
            for mistake in mistakes:
                yield _mistake(mistake, f"{said}: {mistake.cause}")
        yield "</ul></details>\n"


def _confusion(diagnosis: Diagnosis) -> Iterator[str]:
    names = (*LABELS, NOTHING)
    yield '<div class="scroll"><table class="confusion">\n<thead><tr><th scope="col">gold</th>'
    yield "".join(f'<th scope="col">{name}</th>' for name in names) + "</tr></thead>\n<tbody>\n"
    for expect in names:
        yield f'<tr><th scope="row">{expect}</th>'
        for found in names:
            count = diagnosis.confusion[expect, found]
            sort = "same" if expect == found else "other" if count else "none"
            yield f'<td class="{sort}">{count or "·"}</td>'
        yield "</tr>\n"
    yield "</tbody>\n</table></div>\n"


def _mistakes(diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.mistakes:
        yield "<p>None.</p>\n"
        return
    yield (
        '<p class="key">In the texts: <mark class="gold">gold alone</mark>, <mark class="found">found alone</mark>,'
        ' <mark class="both">both</mark>.</p>\n'
    )
    for stage, cause, mistakes in diagnosis.by_cause():
        yield f"<details><summary>{stage}: {cause} ({len(mistakes)})</summary>\n<ul>\n"
        yield from (_mistake(mistake, "") for mistake in mistakes)
        yield "</ul></details>\n"


def _mistake(mistake: Mistake, said: str) -> str:
    sides = "".join(f"<span><b>{side}</b> <bdi>{_safe(what)}</bdi></span>" for side, what in mistake.sides())
    heading = f"{_safe(mistake.doc_id)}, characters {mistake.place[0]}–{mistake.place[1]}"
    return (
        f'<li><div class="doc">{heading}{f" · {said}" if said else ""}</div>'
        f'<div class="sides">{sides}</div><p class="context"><bdi>{_context(mistake)}</bdi></p></li>\n'
    )


def _context(mistake: Mistake) -> str:
    """The text around a mistake, the characters of either item marked."""
    start, end = mistake.place
    first, last = max(0, start - _AROUND), min(len(mistake.text), end + _AROUND)
    inside = {
        name: (item.start, item.end)
        for name, item in (("gold", mistake.gold), ("found", mistake.found))
        if item is not None
    }
    edges = sorted({first, last, *(edge for place in inside.values() for edge in place)})
    pieces = ["…" if first else ""]
    for begin, finish in zip(edges, edges[1:], strict=False):
        of = [name for name, (a, b) in inside.items() if a <= begin and finish <= b]
        piece = mistake.text[begin:finish]
        if of and len(piece) > _LONGEST:
            piece = f"{piece[: _LONGEST // 2]} […] {piece[-_LONGEST // 2 :]}"
        kind = "both" if len(of) == 2 else of[0] if of else ""
        pieces.append(f'<mark class="{kind}">{_safe(piece)}</mark>' if kind else _safe(piece))
    return "".join([*pieces, "…" if last < len(mistake.text) else ""])


def _documents(scores: Scores) -> Iterator[str]:
    yield from _table(
        ["", *STAGES],
        [
            [_safe(doc_id), *(f"{rows[stage].f1:.3f}" if stage in rows else "" for stage in STAGES)]
            for doc_id, rows in scores.documents.items()
        ],
    )


def _table(names: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A table whose cells are HTML already; the first of a row names it."""
    head = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in names)
    yield f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
    for first, *cells in rows:
        yield f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'
    yield "</tbody>\n</table></div>\n"


def _signed(difference: float) -> str:
    sort = "up" if difference > 0 else "down" if difference < 0 else ""
    return f'<span class="{sort}">{difference:+.3f}</span>' if sort else f"{difference:+.3f}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _safe(text: str) -> str:
    return escape(_CONTROLS.sub("\ufffd", text))
