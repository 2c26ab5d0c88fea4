"""Whatever a file holds, importing it gives gold that can be read, or a sentence."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alambic.evaluation import read_folder
from alambic.review.exporting import export
from alambic.review.importing import import_gold
from alambic.review.marks import ReviewFault
from alambic.review.tools import Tool

from .solvor import GOLD, annotate

FILES = {Tool.LABEL_STUDIO: "tasks.json", Tool.DOCCANO: "releases.jsonl", Tool.BRAT: "solvor.ann"}
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 400), st.floats(), st.text(max_size=4), st.just("\ud800")
)
VALUES = st.recursive(SCALARS, lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(max_size=3), of))


@cache
def _exported(tool: Tool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        export([GOLD], Path(folder, "out"), tool)
        return Path(folder, "out", FILES[tool]).read_text(encoding="utf-8")


def _import(tool: Tool, contents: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export([GOLD], Path(folder, "out"), tool)
        Path(folder, "out", FILES[tool]).write_text(contents, encoding="utf-8", errors="surrogatepass")
        try:
            done = import_gold([Path(folder, "out")], Path(folder, "gold"))
        except ReviewFault as fault:
            assert str(fault).endswith(".")
            return
        if done.written:
            read_folder(Path(folder, "gold"))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, item in inside for found in _paths(item, (*path, key)))]


@pytest.mark.parametrize("tool", [Tool.LABEL_STUDIO, Tool.DOCCANO])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_json_with_anything_in_it(tool: Tool, data: st.DataObject) -> None:
    told = json.loads(_exported(tool))
    if tool is Tool.LABEL_STUDIO:
        annotate(told)
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(_paths(told)[1:]))
        place = told
        for key in path:
            place = place[key]
        if data.draw(st.booleans()):
            place[last] = data.draw(VALUES)
        elif not isinstance(place, list):
            del place[last]
        if not isinstance(told, dict | list):
            break
    _import(tool, json.dumps(told))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_lines_of_brat_with_anything_in_them(data: st.DataObject) -> None:
    lines = _exported(Tool.BRAT).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        start, end = sorted(data.draw(st.integers(0, len(lines[at]))) for _ in "ab")
        lines[at] = (
            lines[at][:start] + data.draw(st.text("T#A1 9;\t=|\\u00é🏭", max_size=6)) + lines[at][end:]
        )
    _import(Tool.BRAT, "\n".join(lines))


@pytest.mark.parametrize("contents", ["[" * 100_000, '{"a":' * 100_000, "[]", "{}", "null", "3", '"x"', ""])
@pytest.mark.parametrize("tool", [Tool.LABEL_STUDIO, Tool.DOCCANO])
def test_json_that_is_no_export(tool: Tool, contents: str) -> None:
    _import(tool, contents)
