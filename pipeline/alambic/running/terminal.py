"""How a run shows on a terminal: a bar while it runs, a summary when it is done."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from alambic.running.manifest import Summary


class TerminalProgress:
    """A bar with rate and time left on standard error; nothing but warnings where that is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("extracting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, words="")

    def __enter__(self) -> TerminalProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, total: int | None) -> None:
        """There are `total` inputs."""
        self._bar.update(self._task, total=total)

    def advance(self, inputs: int, words: int) -> None:
        """So many inputs are finished so far."""
        elapsed = self._bar.tasks[0].elapsed or 0
        rate = f"{words / elapsed:,.0f} words/s" if words and elapsed else ""
        self._bar.update(self._task, completed=inputs, words=rate)

    def say(self, sentence: str) -> None:
        """Tells the user a sentence."""
        print(sentence, file=sys.stderr)


def summary_lines(summary: Summary) -> list[str]:
    """What a run found and where its tables are, for people."""
    rows = summary.rows
    lines = [
        f"{_number(rows['releases'], 'release')} extracted, {summary.words:,} words, {summary.seconds:.1f} s"
        + (f" ({_number(summary.kept, 'input')} kept from before)" if summary.kept else ""),
        f"  {_number(rows['organisations'], 'organisation', 9)} and {_number(rows['people'], 'person')}"
        f" (named {_number(rows['entities'], 'time')})",
        *(f"  {_number(rows[f'{noun}s'], noun, 9)}" for noun in ("figure", "date", "quote")),
    ]
    if rows["rejected"]:
        lines.append(
            f"{_number(rows['rejected'], 'input')} rejected: see the table `rejected` for why and what helps."
        )
        lines += ["  " + reason.replace("\n", "\\n") for reason in summary.reasons]
        if summary.reasons and len(summary.reasons) < rows["rejected"]:
            lines.append("  …")
    if summary.left_out:
        kinds = ", ".join(f"{times:,} {kind}" for kind, times in summary.left_out.items())
        lines.append(f"Files of other kinds left out: {kinds}.")
    lines.append(f"Tables: {summary.folder} ({', '.join(summary.files)})")
    return lines


def _number(count: int, noun: str, width: int = 0) -> str:
    several = "people" if noun == "person" else f"{noun}s"
    return f"{count:>{width},} {noun if count == 1 else several}"
