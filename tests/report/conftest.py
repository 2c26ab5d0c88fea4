"""Runs to report on, and a real Chromium to open the reports in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from alambic.readers import Rejected
from alambic.report import write_report
from alambic.tabulation import Format
from alambic.tabulation.rows import rejected_row, release_rows, text_row
from alambic.tabulation.schemas import TABLES, checked
from alambic.tabulation.writing import TablesWriter

from .written import Written, commune, elsewhere, hostile, verdelec

WriteRun = Callable[..., Path]


@pytest.fixture(scope="session")
def write_run(tmp_path_factory: pytest.TempPathFactory) -> WriteRun:
    """Writes the tables of texts as `alambic run` does."""

    def write(*written: Written, formats: tuple[Format, ...] = (Format.PARQUET,), texts: bool = True) -> Path:
        folder = tmp_path_factory.mktemp("run")
        tables = [table for table in TABLES if texts or table != "texts"]
        with TablesWriter(folder, folder / ".workshop", formats, tables) as writer:
            for one in written:
                release = one.release()
                for table, rows in release_rows(release).items():
                    writer.write(table, checked(table, rows))
                if texts:
                    writer.write("texts", checked("texts", [text_row(release, one.text)]))
            unread = Rejected("vide", "vide.txt", "reading", "it holds nothing but blanks", "give a text")
            writer.write("rejected", checked("rejected", [rejected_row(unread)]))
        return folder

    return write


@pytest.fixture(scope="session")
def run(write_run: WriteRun) -> Path:
    """A run over a release with emoji, one on another day, a hostile one and three hundred short ones."""
    return write_run(verdelec(), elsewhere(), hostile(), *(commune(number) for number in range(300)))


@pytest.fixture(scope="session")
def page(run: Path) -> str:
    """The address of the report on `run`."""
    return write_report(run).as_uri()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium with a fresh profile."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (program and driver):
        pytest.skip(
            "the page is tested in Chromium, which is not here: apt-get install chromium chromium-driver"
        )
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="Chromium is driven by selenium: pip install selenium"
    )
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-dev-shm-usage",
        "no-first-run",
        "disable-background-networking",
        "disable-sync",
        "window-size=1500,1000",
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()
