"""`alambic train`, as docs/train.md tells it; the training itself is specified in tests/training."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner, Result

from alambic.training import commands

RELEASE = (
    '<release published="2025-05-03">\nLyon – <org>Mila</org> nomme <per>Claire Dupont</per>.\n</release>\n'
)
Train = Callable[..., Result]


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one annotated release and one article, which is the current one."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/mila.xml").write_text(RELEASE, encoding="utf-8")
    article = {
        "text": "Sony rachète Bungie.",
        "entities": [{"start": 0, "end": 4, "text": "Sony", "label": "ORG"}],
    }
    (tmp_path / "winer.jsonl").write_text((json.dumps(article) + "\n") * 4, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def train() -> Train:
    app = typer.Typer()
    app.command()(commands.train)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return run


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would be trained, where the packages of the extra need not be there: the corpora given."""
    given: list[Path] = []
    trainer = ModuleType("alambic.training.trainer")
    trainer.train = lambda corpus, *others, **options: given.append(corpus)  # type: ignore[attr-defined]
    conversion = ModuleType("alambic.training.conversion")
    conversion.SourceError = ValueError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "alambic.training.trainer", trainer)
    monkeypatch.setitem(sys.modules, "alambic.training.conversion", conversion)
    monkeypatch.setattr(commands, "find_spec", lambda name: SimpleNamespace())
    return given


def test_without_the_extra_one_sentence_says_what_to_install(
    texts: Path, train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "find_spec", lambda name: None if name == "torch" else SimpleNamespace())
    done = train("mine", "-o", "models", "--winer", "winer.jsonl")
    assert done.exit_code == 2
    assert done.output == "Training needs torch, not installed here: pip install 'alambic[train]'.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["empty"], "empty: no annotated release is there; name a folder that holds .xml files.\n"),
        (["mine"], "there is no such file; name that of WiNER-fr with --winer.\n"),
    ],
)
def test_what_is_not_there_is_told(
    texts: Path, train: Train, trained: list[Path], arguments: list[str], sentence: str
) -> None:
    (texts / "empty").mkdir()
    done = train(*arguments, "-o", "models")
    assert done.exit_code == 2
    assert done.output.endswith(sentence)
    assert not trained


def test_steps_of_other_texts_are_not_taken_for_those_of_these(
    texts: Path, train: Train, trained: list[Path]
) -> None:
    arguments = ("mine", "-o", "models", "--winer", "winer.jsonl")
    assert [train(*arguments).exit_code for _ in range(2)] == [0, 0]
    (texts / "mine/mila.xml").write_text(RELEASE.replace("Lyon", "Dijon"), encoding="utf-8")
    done = train(*arguments)
    assert done.exit_code == 2
    assert done.output.endswith("learnt from other texts or another seed; name a new folder with --work.\n")
    assert train(*arguments, "--work", "anew").exit_code == 0
    assert len(trained) == 3


def test_the_command_trains_models_that_read(
    texts: Path, train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("torch", "onnx", "faker", "wordfreq"):
        pytest.importorskip(name, reason=f"{name} is missing: pip install alambic[train]")
    from alambic.entities.encoder import Encoder
    from alambic.training import trainer

    path = Path(__file__).parents[1] / "training" / "test_trainer.py"
    spec = importlib.util.spec_from_file_location("tiny_training", path)
    assert spec and spec.loader
    tiny = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tiny)
    tiny.pack(texts / "tiny.bin")
    monkeypatch.setattr(trainer, "Recipe", tiny.tiny)
    monkeypatch.setattr(trainer, "packaged", lambda: texts / "tiny.bin")
    monkeypatch.setattr(commands, "find_spec", lambda name: SimpleNamespace())
    done = train("mine", "-o", "models", "--winer", "winer.jsonl")
    assert done.exit_code == 0, done.output
    for name in ("fr_press", "fr_press_fast"):
        (reading,) = Encoder(texts / "models" / name).read(["Claire Dupont rejoint Mila."])
        assert len(reading.probabilities)
