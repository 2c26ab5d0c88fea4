"""The pytest plugin's settings. What it does is in `alambic.regression.collecting`, loaded where it is asked for.

In `pyproject.toml`, under `[tool.pytest.ini_options]`, paths from where that file is:

    alambic_releases = "releases"          # folders, files or patterns: each release becomes a test
    alambic_snapshots = "snapshots"        # what is read from them must stay as it is kept here
    alambic_gold = "gold"                  # annotated releases: each becomes a test
    alambic_floors = "entities=0.9"        # what the gold as a whole must reach; without it, every release agrees
    alambic_model = "fast"
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "alambic_releases", "releases whose tables must stay as they are kept", type="paths", default=[]
    )
    parser.addini(
        "alambic_snapshots", "folder of the snapshots of alambic_releases", type="paths", default=[]
    )
    parser.addini(
        "alambic_gold", "folders of annotated releases: <doc_id>.txt, .json", type="paths", default=[]
    )
    parser.addini(
        "alambic_floors", "what all gold together must reach, as entities=0.9", type="args", default=[]
    )
    parser.addini("alambic_model", "entity model, accurate (the default) or fast", default="accurate")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getini("alambic_releases") or config.getini("alambic_gold"):
        from alambic.regression.collecting import Releases

        config.pluginmanager.register(Releases(config), "alambic-releases")
