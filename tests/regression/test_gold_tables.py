"""The tables of the gold releases stay as they are: a change shows as a difference that can be read.

`pytest --force-regen` takes a new state in.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

from alambic.evaluation import read_folder
from alambic.extraction import Extractor
from alambic.readers import Source
from alambic.tabulation.rows import Row, release_rows

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
_MOVES_WITH_THE_PROCESSOR = {"confidence"}


@pytest.mark.parametrize(
    "table", ["entities", "people", "organisations", "figures", "dates", "quotes", "releases"]
)
def test_tables_of_the_gold_releases(
    table: str, data_regression: DataRegressionFixture, found: list[dict[str, list[Row]]]
) -> None:
    rows = [row for tables in found for row in tables[table]]
    data_regression.check(
        [{k: _plain(v) for k, v in row.items() if k not in _MOVES_WITH_THE_PROCESSOR} for row in rows]
    )


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)


@pytest.fixture(scope="module")
def found() -> list[dict[str, list[Row]]]:
    """The rows of each release, by table."""
    sources = [
        Source(gold.release.doc_id, gold.text, f"{gold.release.doc_id}.txt") for gold in read_folder(GOLD)
    ]
    return [release_rows(release) for release in Extractor().stream(sources)]
