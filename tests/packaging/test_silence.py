"""Nothing is reported to anyone: what libraries would tell their makers is off before they are loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Where one of these is set, onnxruntime is silent by itself, and so nothing would be shown.
_CI = (
    "CI",
    "TF_BUILD",
    "GITHUB_ACTIONS",
    "ORT_DISABLE_TELEMETRY",
    "ORT_RUNNING_UNIT_TESTS",
    "XDG_CACHE_HOME",
)


@pytest.mark.parametrize("imported", ["alambic.entities.encoder", "alambic.extraction, alambic.cli"])
def test_loading_leaves_no_identifier_or_store_of_reports_at_home(tmp_path: Path, imported: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in _CI}
    subprocess.run(
        [sys.executable, "-c", f"import {imported}, onnxruntime"],
        env=environment | {"HOME": str(tmp_path)},
        check=True,
    )
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == []
