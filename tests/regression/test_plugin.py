"""The pytest plugin as a user's project has it, on releases written for the test.

pytest runs within this process, which has loaded what extraction needs, for that takes a second and more.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from alambic.cli import app
from alambic.evaluation import evaluate
from alambic.regression import collecting
from alambic.running.work import shipped

pytest_plugins = ["pytester"]

BANK = (
    "La Banque de France ouvre un fonds\n\nParis, le 3 mai 2024. La Banque de France prête 12 M€ à Claire Morel.\n\n"
    "« Nous sommes fiers », déclare Claire Morel, directrice générale de Calvet.\n"
)
FACTORY = "Oxélia ouvre une usine\n\nLyon, le 2 juin 2025 – Oxélia crée 120 emplois à Lyon d’ici 2030.\n"


def _set(pytester: pytest.Pytester, **settings: str) -> None:
    lines = [f'{name} = "{value}"' for name, value in {"alambic_model": "fast", **settings}.items()]
    pytester.makepyprojecttoml("\n".join(["[tool.pytest.ini_options]", *lines]))


def _pytest(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-rfEx", *arguments)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _alambic(*arguments: str) -> int:
    return CliRunner().invoke(app, arguments).exit_code


@pytest.fixture(autouse=True, scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that extraction and evaluation import stays loaded from one run to the next."""
    _gold(tmp_path_factory.mktemp("gold"), "a", PLANT)
    evaluate(tmp_path_factory.getbasetemp() / "gold0", model="fast")
    shipped("fast")
    assert collecting.Releases


@pytest.fixture
def releases(pytester: pytest.Pytester) -> Path:
    """A project with a test of its own, releases beside it, and no snapshot yet."""
    _set(pytester, testpaths="tests", alambic_releases="communiques", alambic_snapshots="etats")
    _write(pytester.path / "tests/test_a.py", "def test_a(): pass\n")
    _write(pytester.path / "communiques/banque.txt", BANK)
    _write(pytester.path / "communiques/2025/usine.txt", FACTORY)
    return pytester.path / "communiques"


def test_each_release_is_a_test_against_its_snapshot(pytester: pytest.Pytester, releases: Path) -> None:
    first = _pytest(pytester)
    first.assert_outcomes(passed=1, failed=2)
    first.stdout.fnmatch_lines(["File not found in data directory, created:", "*etats/banque.yml"])
    _pytest(pytester).assert_outcomes(passed=3)

    _write(releases / "banque.txt", BANK.replace("12 M€", "13 M€"))
    changed = _pytest(pytester)
    changed.assert_outcomes(passed=2, failed=1)
    changed.stdout.fnmatch_lines(
        [
            "banque: the text has changed",
            '  figures changed at 84: "13 M€", text "12 M€" → "13 M€", value 12000000 → 13000000*',
            "    La Banque de France prête [[]13 M€] à Claire Morel.",
            "kept in */etats/banque.yml*",
            "FAILED communiques/banque.txt::banque - *",
        ]
    )
    changed.stdout.no_fnmatch_line("*collecting.py*")

    # Only what is named is run, and the snapshots are those of alambic snapshot and alambic diff.
    _pytest(pytester, "tests").assert_outcomes(passed=1)
    _pytest(pytester, "communiques/2025/usine.txt").assert_outcomes(passed=1)
    assert _alambic("diff", "etats", "communiques") == 1
    assert _alambic("diff", "etats", "communiques", "--accept") == 0
    _pytest(pytester).assert_outcomes(passed=3)


def test_force_regen_writes_what_differs_and_fails_once_and_regen_all_passes(
    pytester: pytest.Pytester, releases: Path
) -> None:
    _pytest(pytester, "--regen-all").assert_outcomes(passed=3)
    kept = pytester.path / "etats/usine.yml"
    whole = kept.read_text(encoding="utf-8")
    kept.write_text(whole.replace("value: 120", "value: 12"), encoding="utf-8")
    (pytester.path / "etats/banque.yml").write_text("alambic_snapshot: [\n")
    forced = _pytest(pytester, "--force-regen")
    forced.assert_outcomes(passed=1, failed=2)
    forced.stdout.fnmatch_lines(
        [
            "usine: the text is the same, what is read from it differs",
            '  figures changed at 59: "120 emplois", value 12 → 120',
            "Files differ and --force-regen set, regenerating file at:",
        ]
    )
    forced.stdout.fnmatch_lines(["*etats/banque.yml: it cannot be read*"])
    assert kept.read_text(encoding="utf-8") == whole
    _pytest(pytester).assert_outcomes(passed=3)


def test_mails_archives_and_inputs_that_cannot_be_read_are_tests_too(pytester: pytest.Pytester) -> None:
    import zipfile

    _set(pytester, alambic_releases="in", alambic_snapshots="etats")
    (pytester.path / "in").mkdir()
    with zipfile.ZipFile(pytester.path / "in/lot.zip", "w") as lot:
        lot.writestr("x/usine.txt", FACTORY)
        lot.writestr("banque.txt", BANK)
    (pytester.path / "in/rompu.zip").write_bytes(b"PK\x03\x04")
    (pytester.path / "in/vide.txt").touch()
    _write(
        pytester.path / "in/lettre.eml",
        "Subject: Usine\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{FACTORY}\n"
        f'--b\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename="b.txt"\n\n{BANK}\n--b--\n',
    )
    _pytest(pytester).assert_outcomes(failed=5)
    _pytest(pytester).assert_outcomes(passed=5)
    assert _alambic("diff", "etats", "in") == 0


def _item(text: str, what: str, at: int | None = None, **values: Any) -> dict[str, Any]:
    start = text.index(what) if at is None else at
    return {"start": start, "end": start + len(what), "text": what, **values}


def _gold(folder: Path, doc_id: str, text: str, **found: list[dict[str, Any]]) -> None:
    _write(folder / f"{doc_id}.txt", text)
    record = {
        "doc_id": doc_id,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": None,
        **{stage: found.get(stage, []) for stage in ("entities", "figures", "dates", "quotes")},
    }
    _write(folder / f"{doc_id}.json", json.dumps(record))


PLANT = "Lyon, le 2 juin 2025 – L’usine crée 120 emplois. Elle consomme 16 GWh/an.\n"
DAY = _item(PLANT, "2 juin 2025", iso_start="2025-06-02", iso_end="2025-06-02")
JOBS = _item(PLANT, "120 emplois", kind="count", value=120, value_max=None, unit="emploi", modifier="exact")
POWER = _item(PLANT, "16 GWh/an", kind="quantity", value=16, value_max=None, unit="GWh/an", modifier="exact")


def test_gold_of_ones_own_must_agree_and_says_where_it_does_not(pytester: pytest.Pytester) -> None:
    _set(pytester, alambic_gold="etalon")
    _gold(pytester.path / "etalon", "juste", PLANT, dates=[DAY], figures=[JOBS, POWER])
    _gold(pytester.path / "etalon", "faux", PLANT, dates=[DAY], figures=[JOBS | {"value": 12}, POWER])
    found = _pytest(pytester)
    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(
        [
            "faux: * disagrees with its gold (F1: *figures 0.500, dates 1.000*)",
            "*figures missed · gold '120 emplois' 12 emploi · found '120 emplois' 120 emploi · *",
            "FAILED etalon/faux.json::faux - *",
        ]
    )


def test_with_floors_the_gold_is_judged_as_a_whole(pytester: pytest.Pytester) -> None:
    _set(pytester, alambic_gold="etalon", alambic_floors="figures=0.7 dates=1")
    _gold(pytester.path / "etalon", "juste", PLANT, dates=[DAY], figures=[JOBS, POWER])
    _gold(pytester.path / "etalon", "faux", PLANT, dates=[DAY], figures=[JOBS | {"value": 12}, POWER])
    _pytest(pytester).assert_outcomes(passed=2, xfailed=1)
    _set(pytester, alambic_gold="etalon", alambic_floors="figures=0.8")
    below = _pytest(pytester)
    below.assert_outcomes(passed=1, xfailed=1, failed=1)
    below.stdout.fnmatch_lines(
        ["figures reaches 0.7500, below 0.8.", "*120 emplois*", "FAILED etalon::floors - *"]
    )
    _set(pytester, alambic_gold="etalon", alambic_floors="chiffres=0.8")
    _pytest(pytester, "etalon").stdout.fnmatch_lines(["alambic_floors: nothing named 'chiffres' was scored*"])


def test_gold_that_does_not_fit_its_text_fails_with_the_reason(pytester: pytest.Pytester) -> None:
    _set(pytester, alambic_gold="etalon")
    _gold(pytester.path / "etalon", "a", PLANT, dates=[DAY | {"start": 2}])
    _gold(pytester.path / "etalon", "juste", PLANT, dates=[DAY], figures=[JOBS, POWER])
    found = _pytest(pytester)
    found.assert_outcomes(failed=1, passed=1)
    found.stdout.fnmatch_lines(["*a.json: dates at 2: its text '2 juin 2025' is not the characters*"])
    _set(pytester, alambic_gold="etalon", alambic_floors="figures=0.7")
    judged = _pytest(pytester)
    judged.assert_outcomes(failed=2, passed=1)
    judged.stdout.fnmatch_lines(["FAILED etalon::floors - *"])


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"alambic_releases": "absent", "alambic_snapshots": "s"}, "absent: there is no such file or folder"),
        ({"alambic_releases": "."}, "releases is set, so name the one folder"),
        ({"alambic_releases": "rien", "alambic_snapshots": "s"}, "no release is under"),
        ({"alambic_gold": "absent"}, "absent is no folder"),
        ({"alambic_gold": "rien", "alambic_floors": "dates"}, "wants a name and a number"),
        ({"alambic_gold": "rien", "alambic_model": "gros"}, "there is no model gros; set accurate or fast"),
    ],
)
def test_wrong_settings_stop_pytest_with_one_sentence(
    pytester: pytest.Pytester, settings: dict[str, str], told: str
) -> None:
    (pytester.path / "rien").mkdir()
    _set(pytester, **settings)
    found = _pytest(pytester)
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines([f"ERROR: alambic_*{told}*"])


def test_without_settings_it_loads_nothing_and_collects_nothing(pytester: pytest.Pytester) -> None:
    _write(pytester.path / "communiques/banque.txt", BANK)
    pytester.makepyfile(
        """
        import sys

        def test_nothing_heavy(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("alambic")
            loaded = {name for name in sys.modules if name.partition(".")[0] == "alambic"}
            assert loaded == {"alambic", "alambic.regression", "alambic.regression.plugin"}
            assert not {"spacy", "pandas", "pyarrow", "numpy", "onnxruntime"} & set(sys.modules)
        """
    )
    pytester.runpytest_subprocess("-p", "no:typeguard", "-p", "no:faker").assert_outcomes(passed=1)
