r"""brat: texts, stand-off annotations and their configuration written, annotations read back.

The form is brat's stand-off format (https://brat.nlplab.org/standoff.html): `T` lines with code-point offsets, one
fragment for each line that the span runs over, since an annotation is a line of its file; `A` lines for what is
chosen from a list; a note (`#`) for the other values, as `value=12 | unit=EUR`, where `\|`, `\\` and `\u000a` stand
for characters that have a meaning there. Releases' days and hashes are in `alambic.json`, which brat does not read.

brat opens a text with universal newlines, which make one character of `\r\n`, and so moves all offsets behind it
(https://github.com/nlplab/brat/issues/853). Texts are therefore written without carriage returns, each a blank or a
line feed, so that offsets stay; `alambic.json` tells where they stood, and they are put back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from alambic.evaluation.gold import Gold
from alambic.review.labels import FIELDS, OPTIONAL
from alambic.review.marks import NOT_TOLD, Mark, Reading, ReviewFault, marks_of
from alambic.review.naming import FileNames

ABOUT = "alambic.json"

# What Python 2's and 3's line readers, brat's, end a line at.
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PIECE = re.compile(f"[^{_LINE_ENDS}]+")
_TEXT_BOUND = re.compile(r"(?P<label>\S+) (?P<places>\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)")
_NOTE = "AnnotatorNotes"
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_TO_ESCAPE = re.compile(rf"[\\|\x00-\x1f{_LINE_ENDS}]|^\s|\s$")
_RETURN = re.compile(r"\r(?=(\n)?)")
_RETURNS = "carriage returns"
_PARTS = re.compile(r"(?:[^\\|]|\\.)+", re.DOTALL)


def write(golds: Iterable[Gold], folder: Path) -> list[Path]:
    """Writes a `.txt` and a `.ann` for each of `golds` into `folder`, with brat's configuration."""
    names, about = FileNames(), {}
    for gold in golds:
        name = names.of(gold.release.doc_id)
        about[name] = {
            "doc_id": gold.release.doc_id,
            "published": gold.release.published,
            "sha256": gold.release.sha256,
        }
        if returns := [match.start() for match in _RETURN.finditer(gold.text)]:
            about[name][_RETURNS] = " ".join(map(str, returns))
        shown = _RETURN.sub(lambda match: " " if match[1] else "\n", gold.text)
        (folder / f"{name}.txt").write_bytes(shown.encode("utf-8"))
        (folder / f"{name}.ann").write_bytes(stand_off(gold).encode("utf-8"))
    configuration = {"annotation.conf": _annotation_conf(), "tools.conf": _TOOLS_CONF}
    for file, text in configuration.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    told = json.dumps(about, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(f"{told}\n", encoding="utf-8", newline="\n")
    return [folder]


_TOOLS_CONF = "[options]\nTokens\ttokenizer:whitespace\nSentences\tsplitter:newline\n"


def _annotation_conf() -> str:
    attributes = [
        f"{field.name}\tArg:{label}, Value:{'|'.join(field.choices)}"
        for label, fields in FIELDS.items()
        for field in fields
        if field.choices
    ]
    return "\n".join(
        [
            "[entities]",
            *FIELDS,
            "[relations]",
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "[events]",
            "[attributes]",
            *attributes,
            f"{OPTIONAL}\tArg:<ENTITY>",
            "",
        ]
    )


def stand_off(gold: Gold) -> str:
    """The contents of the `.ann` file of `gold`."""
    lines, n_attributes = [], 0
    for number, mark in enumerate(marks_of(gold.release), 1):
        pieces = [
            (piece.start(), piece.end())
            for piece in _PIECE.finditer(gold.text, mark.start, mark.end)
            if piece.group().strip()
        ]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        shown = " ".join(gold.text[start:end] for start, end in pieces)
        lines.append(f"T{number}\t{mark.label} {places}\t{shown}")
        noted = []
        for field in FIELDS[mark.label]:
            value = mark.values[field.name]
            if field.choices:
                n_attributes += 1
                lines.append(f"A{n_attributes}\t{field.name} T{number} {value}")
            else:
                noted.append(f"{field.name}={'' if value is None else _escaped(str(value))}")
        if mark.values.get(OPTIONAL):
            n_attributes += 1
            lines.append(f"A{n_attributes}\t{OPTIONAL} T{number}")
        lines.append(f"#{number}\t{_NOTE} T{number}\t{' | '.join(noted)}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(value: str) -> str:
    def escape(match: re.Match[str]) -> str:
        char = match.group()
        return f"\\{char}" if char in "\\|" else f"\\u{ord(char):04x}"

    return _TO_ESCAPE.sub(escape, value)


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1][1:], 16)) if len(m[1]) == 5 else m[1], written)


def read(folder: Path) -> Iterator[Reading]:
    """What annotators left in `folder`: a reading a `.ann` file there, or in each folder below, one an annotator.

    Raises `ReviewFault` where a text is missing or no UTF-8.
    """
    here = sorted(folder.glob("*.ann"))
    folders = {folder: here} if here else {sub: sorted(sub.glob("*.ann")) for sub in sorted(folder.iterdir())}
    for of_annotator, paths in folders.items():
        about = _about(of_annotator / ABOUT)
        for path in paths:
            told = about.get(path.stem, {})
            reading = Reading(
                doc_id=str(told.get("doc_id", path.stem)),
                text=_with_returns(_decoded(path.with_suffix(".txt")), told),
                annotator=f"annotator {of_annotator.resolve().name}",
                published=told.get("published", NOT_TOLD),
                sha256=told.get("sha256"),
            )
            _read_lines(reading, path)
            yield reading


def _about(path: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise ReviewFault(f"{path}: it cannot be read ({error}); copy it again from the export.") from None
    return {name: of for name, of in told.items() if isinstance(of, dict)} if isinstance(told, dict) else {}


def _with_returns(text: str, told: Mapping[str, Any]) -> str:
    """`text` as it was exported, where it is that one; else as it came."""
    chars = list(text)
    for at in str(told.get(_RETURNS, "")).split():
        if not at.isdecimal() or int(at) >= len(chars):
            return text
        chars[int(at)] = "\r"
    exported = "".join(chars)
    is_it = hashlib.sha256(exported.encode("utf-8", "surrogatepass")).hexdigest() == told.get("sha256")
    return exported if is_it else text


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ReviewFault(f"{path}: the text is missing; put it beside its .ann file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewFault(f"{path}: it cannot be read as UTF-8 ({error}); save it as UTF-8.") from None


def _read_lines(reading: Reading, path: Path) -> None:
    found: dict[str, tuple[str, list[tuple[int, int]], str]] = {}
    values: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        line = line.removesuffix("\r")
        identifier, _, rest = line.partition("\t")
        body, _, tail = rest.partition("\t")
        if identifier.startswith("T") and (bound := _TEXT_BOUND.fullmatch(body)):
            places = [(int(a), int(b)) for a, b in (place.split(" ") for place in bound["places"].split(";"))]
            found[identifier] = bound["label"], places, tail
        elif identifier.startswith(("A", "M")) and 2 <= len(parts := body.split(" ", 2)) <= 3:
            value: Any = parts[2] if len(parts) == 3 else True
            values.setdefault(parts[1], {})[parts[0]] = value
        elif identifier.startswith("#") and len(parts := body.split(" ")) == 2:
            _read_note(reading, values.setdefault(parts[1], {}), parts[0], tail)
        elif line.strip() and not identifier.startswith(("R", "E", "N", "*")):
            reading.conflicts.append(
                f"{path}: its line {number}, {line!r}, is no annotation of brat; correct it."
            )
    for identifier, (label, places, written) in found.items():
        reading.marks.append(_mark(reading, label, places, written, values.get(identifier, {})))


def _read_note(reading: Reading, values: dict[str, Any], sort: str, note: str) -> None:
    for part in _PARTS.findall(note):
        name, is_value, value = part.strip(" ").partition("=")
        name = name.strip().casefold()
        if sort == _NOTE and is_value and any(name == f.name for fields in FIELDS.values() for f in fields):
            values[name] = _unescaped(value.strip(" ")) or None
        elif part.strip():
            reading.notes.append(f"{reading.doc_id}: a note says {note!r}; only name=value is read.")
            return


def _mark(
    reading: Reading, label: str, places: list[tuple[int, int]], written: str, values: dict[str, Any]
) -> Mark:
    places = sorted(places)
    start, end = places[0][0], max(end for _, end in places)
    between = [reading.text[a:b] for (_, a), (b, _) in zip(places, places[1:], strict=False)]
    if any(gap.strip() for gap in between):
        reading.conflicts.append(
            f"{reading.doc_id}: {label} {written!r} at {start}–{end} is in pieces with other words between;"
            " gold spans are whole, so it was taken from its first to its last character."
        )
        return Mark(label=label, start=start, end=end, values=values)
    return Mark(label=label, start=start, end=end, values=values, written=written or None)
