"""Puts the page together: one file, nothing loaded from elsewhere, nothing run but its own script."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from alambic.report.contents import Contents
from alambic.report.faults import ReportFault
from alambic.report.run_tables import read_run

NAME = "report.html"

_SCRIPTS = (
    "plot.min.js",
    "dom.js",
    "data.js",
    "marks.js",
    "search.js",
    "charts.js",
    "browser.js",
    "overview.js",
    "release.js",
    "start.js",
)
# In JSON these are the same characters; in HTML they can then end no element and open no comment.
_UNSAFE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def write_report(run: Path, page: Path | None = None) -> Path:
    """Writes the report on the tables in the folder `run` as one HTML file, `report.html` there or `page`.

    Returns the file's path. Raises `ReportFault` where the tables cannot be read or the page not be written.
    """
    tables = read_run(run)
    page = page or run / NAME
    partial = page.with_name(f".{page.name}.partial")
    try:
        with open(partial, "w", encoding="utf-8", newline="\n") as stream:
            contents = Contents(tables)
            opening, closing = _frame(tables.folder.resolve().name)
            stream.write(opening)
            for number, (release, rows) in enumerate(tables.releases()):
                stream.write(_data(f"release-{number}", contents.add(release, rows)))
            stream.write(_data("index", contents.index()))
            stream.write(closing)
        os.replace(partial, page)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ReportFault(
            f"{page}: it cannot be written ({error.strerror}); name a file in a folder that can be."
        ) from None
    return page


def _frame(title: str) -> tuple[str, str]:
    """The page before and after its data."""
    style, script = _asset("page.css"), "\n".join(_asset(name) for name in _SCRIPTS)
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    filled = {"title": escape(title), "policy": policy, "style": style, "script": script}
    opening, closing = _asset("page.html").split("{data}")
    return _filled(opening, filled), _filled(closing, filled)


def _filled(part: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: values[hole[1]], part)


def _data(name: str, told: Any) -> str:
    written = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f'<script type="application/json" id="{name}">{written.translate(_UNSAFE)}</script>\n'


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("alambic.report").joinpath("page", name).read_text(encoding="utf-8")
