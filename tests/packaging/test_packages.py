"""What is handed out works where nothing but it was installed: wheel, sdist, the README's commands, offline.

Builds both packages, installs the wheel into clean environments and works there as a user would. Takes minutes and the
package index: `pytest -m heavy tests/packaging`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parents[2]
LARGEST = 70_000_000
RELEASE = (
    "Oxélia ouvre une usine à Lyon\n\nLyon, le 2 juin 2025 – Oxélia investit 12 millions d’euros et crée 120 emplois.\n\n"
    "« Nous sommes fiers », déclare Claire Morel, directrice générale d’Oxélia.\n"
)
# Whatever asks for another machine, in Python or in a library that calls Python's sockets, is stopped.
OFFLINE = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise RuntimeError(f"the network was asked for: {event} {arguments}")
sys.addaudithook(refuse)
"""


def _run(*command: str | Path, cwd: Path, **more: str) -> str:
    """What `command` prints; fails with all that it said. Nothing of this checkout or environment is seen."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _environment(folder: Path, *packages: str | Path) -> Path:
    """A new virtual environment with `packages`; its folder of programs."""
    _run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    _run(folder / "bin/pip", "install", "-q", "--disable-pip-version-check", *packages, cwd=folder.parent)
    return folder / "bin"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel, built from the sdist, and the sdist."""
    folder = tmp_path_factory.mktemp("build")
    programs = _environment(folder / "builder", "build")
    _run(programs / "python", "-m", "build", "--outdir", folder / "dist", ROOT, cwd=folder)
    (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def installed(packages: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which nothing but the wheel was asked for."""
    return _environment(tmp_path_factory.mktemp("clean") / "venv", packages[0])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what the README's commands name."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/usine.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "communique.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "releases/page.html").write_text(
        "<html><body><article>"
        + "".join(f"<p>{line}</p>" for line in RELEASE.split("\n\n"))
        + "</article></body></html>",
        encoding="utf-8",
    )
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "Usine", "Mon, 02 Jun 2025 09:00:00 +0200"
    mail.set_content(RELEASE)
    (tmp_path / "releases/lettre.eml").write_bytes(mail.as_bytes())
    page = canvas.Canvas(str(tmp_path / "communique.pdf"), pagesize=A4)
    for number, line in enumerate(RELEASE.splitlines()):
        page.drawString(60, 780 - 16 * number, line)
    page.save()
    shutil.copy(tmp_path / "communique.pdf", tmp_path / "releases/scan.pdf")
    rows = [{"body": RELEASE, "day": "2025-06-02", "url": f"https://exemple.fr/{n}"} for n in range(3)]
    (tmp_path / "archive.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    shutil.copytree(ROOT / "corpus/gold", tmp_path / "corpus/gold", ignore=shutil.ignore_patterns("real"))
    return tmp_path


def test_the_wheel_is_small_and_holds_the_package_with_its_models_and_nothing_else(
    packages: tuple[Path, Path],
) -> None:
    wheel, _ = packages
    assert wheel.stat().st_size <= LARGEST
    names = set(zipfile.ZipFile(wheel).namelist())
    for model in ("fr_press", "fr_press_fast"):
        assert {
            f"alambic/models/{model}/{part}" for part in ("model.onnx", "tokenizer.json", "config.json")
        } <= names
    assert {name.split("/")[0].removesuffix(".dist-info").split("-")[0] for name in names} == {"alambic"}
    assert not [name for name in names if re.search(r"__pycache__|\.pyc$|/tests?/|\.pt$|\.npz$", name)]


def test_the_wheel_holds_every_file_of_the_package(packages: tuple[Path, Path]) -> None:
    wheel, _ = packages
    held = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("alambic/models/")}
    package = ROOT / "pipeline"
    expected = {
        path.relative_to(package).as_posix()
        for path in (package / "alambic").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= held


def test_the_sdist_holds_what_building_and_testing_need(packages: tuple[Path, Path]) -> None:
    _, sdist = packages
    names = {name.partition("/")[2] for name in tarfile.open(sdist).getnames()}
    assert {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "corpus/GUIDE.md",
        "models/fr_press/model.onnx",
    } <= names
    assert any(name.startswith("tests/regression/") for name in names)


def test_all_that_it_needs_is_installed_with_it_and_fits_together(installed: Path, tmp_path: Path) -> None:
    _run(installed / "python", "-m", "pip", "check", cwd=tmp_path)
    needed_by_extras = ("alambic.training", "alambic.regression.plugin", "alambic.regression.collecting")
    found = _run(
        installed / "python",
        "-c",
        "import pkgutil, alambic\n"
        "for module in pkgutil.walk_packages(alambic.__path__, 'alambic.', onerror=lambda name: None):\n"
        f"    if not module.name.startswith({needed_by_extras!r}) and not module.name.endswith('__main__'):\n"
        "        try:\n"
        "            __import__(module.name)\n"
        "        except ImportError as error:\n"
        "            print(module.name, error)\n",
        cwd=tmp_path,
    )
    optional = re.compile(r"No module named '(ray|pytest)\b")
    assert [line for line in found.splitlines() if not optional.search(line)] == []


@pytest.mark.parametrize("model", ["accurate", "fast"])
def test_both_models_load_and_extract_without_a_network(installed: Path, tmp_path: Path, model: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(OFFLINE)
    script = (
        "import alambic, pathlib\n"
        f"release = alambic.extract({RELEASE!r}, model={model!r})\n"
        "print(release.quotes[0].speaker, release.figures[0].value, pathlib.Path(alambic.__file__).parts[-3])\n"
    )
    told = _run(installed / "python", "-c", script, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert told == "Claire Morel 12000000.0 site-packages\n"


def test_the_network_would_have_been_refused(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(OFFLINE)
    with pytest.raises(AssertionError, match="the network was asked for"):
        _run(
            installed / "python",
            "-c",
            "import socket; socket.create_connection(('127.0.0.1', 9))",
            cwd=tmp_path,
            PYTHONPATH=str(tmp_path),
        )


def _blocks(language: str) -> Iterator[str]:
    """The README's fenced blocks in `language`, but those that its own markers run from a checkout."""
    text = re.sub(
        r"<!-- (run|test) -->.*?<!-- end -->", "", (ROOT / "README.md").read_text("utf-8"), flags=re.S
    )
    for found in re.finditer(r"^```(\w*)\n(.*?)^```", text, flags=re.S | re.M):
        if found[1] == language:
            yield found[2]


def test_the_commands_of_the_readme_run_as_they_stand(installed: Path, desk: Path) -> None:
    lines = [line for block in _blocks("") for line in block.splitlines() if line.startswith("alambic ")]
    assert len(lines) >= 5
    for line in lines:
        _run("bash", "-ec", line, cwd=desk, PATH=f"{installed}:{os.environ['PATH']}")
    assert (desk / "tables/report.html").exists()


def test_the_python_of_the_readme_runs_as_it_stands(installed: Path, desk: Path) -> None:
    blocks = list(_blocks("python"))
    assert blocks
    for block in blocks:
        _run(installed / "python", "-c", block, cwd=desk)


def test_snapshots_and_completion_work_where_it_is_installed(installed: Path, desk: Path) -> None:
    alambic = installed / "alambic"
    assert "4 written" in _run(alambic, "snapshot", "releases", "-o", "snapshots", cwd=desk)
    assert "4 as before" in _run(alambic, "diff", "snapshots", "releases", cwd=desk)
    told = _run(
        alambic, cwd=desk, _ALAMBIC_COMPLETE="complete_bash", COMP_WORDS="alambic sch", COMP_CWORD="1"
    )
    assert told.split() == ["schema"]


def test_the_pytest_plugin_comes_with_it(packages: tuple[Path, Path], desk: Path) -> None:
    programs = _environment(desk / "venv", packages[0], "pytest", "pytest-regressions")
    (desk / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\n"
        'testpaths = "releases"\nalambic_releases = "releases"\nalambic_snapshots = "snapshots"\n'
    )
    assert "4 passed" in _run(programs / "python", "-m", "pytest", "--regen-all", cwd=desk)
    assert "4 passed" in _run(programs / "python", "-m", "pytest", "-W", "error", cwd=desk)


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("uv", ("uv", "tool", "install", "-q", "--python", sys.executable)),
        ("pipx", ("pipx", "install", "--python", sys.executable)),
    ],
)
def test_tools_that_install_programs_install_it(
    packages: tuple[Path, Path], desk: Path, tool: str, command: tuple[str, ...]
) -> None:
    programs = _environment(desk / "tools", tool)
    own = {
        "UV_TOOL_DIR": "uv",
        "UV_TOOL_BIN_DIR": "bin",
        "PIPX_HOME": "pipx",
        "PIPX_BIN_DIR": "bin",
        "PIPX_MAN_DIR": "man",
    }
    places = {name: str(desk / folder) for name, folder in own.items()}
    _run(programs / command[0], *command[1:], packages[0], cwd=desk, **places)
    assert _run(desk / "bin/alambic", "--version", cwd=desk).startswith("alambic ")
    assert "Claire Morel" in _run(desk / "bin/alambic", "extract", "communique.txt", cwd=desk)
