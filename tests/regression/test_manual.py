"""The commands of docs/regression.md, in their order, on the releases that it shows."""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
from pathlib import Path

from typer.testing import CliRunner

from alambic.cli import app

MANUAL = (Path(__file__).parents[2] / "docs/regression.md").read_text(encoding="utf-8")
# What is told of names depends on the model; what is told of figures and texts, on the rules alone.
_OF_RULES = re.compile(r"  figures changed |banque-calvet: |Snapshots: ")
_STATUS = {"alambic diff snapshots/ releases/": 1}


def test_the_manual_shows_what_its_commands_do(tmp_path: Path) -> None:
    for name, text in re.findall(r"^`(\S+\.txt)`\n\n```text\n(.*?)```", MANUAL, flags=re.S | re.M):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    commands = re.findall(r"^\$ (.*)\n((?:(?!\$ |```).*\n)*)", MANUAL, flags=re.M)
    tried = 0
    with contextlib.chdir(tmp_path):
        for command, shown in commands:
            program, *arguments = shlex.split(command)
            if program == "sed":
                subprocess.run([program, *arguments], check=True)
            elif program == "alambic" and arguments[0] != "run" and "tables" not in command:
                done = CliRunner().invoke(app, arguments)
                assert done.exit_code == _STATUS.get(command, 0), command
                told = done.output.splitlines()
                assert [
                    line for line in shown.splitlines() if _OF_RULES.match(line) and line not in told
                ] == []
                tried += 1
    assert tried == 3
