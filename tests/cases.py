"""Tables of cases: `text => what is expected`, a line each, under `[section]` heads; `#` opens a comment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def cases(path: Path, expected: Callable[[str], object]) -> list[object]:
    """The cases of a table as parameters (text, expectation), named after their section and line."""
    section, found = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            text, _, written = line.rpartition(" => ")
            found.append(pytest.param(text, expected(written), id=f"{section}, line {number}: {text}"))
    return found
