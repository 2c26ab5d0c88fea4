"""A folder for one review."""

from __future__ import annotations

from pathlib import Path

import pytest

from .solvor import Review


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return Review(tmp_path)
