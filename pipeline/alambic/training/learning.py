"""Trains a network on samples: windows in batches, averaged weights, resumable at any time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from alambic.entities.decoding import LABELS
from alambic.entities.pieces import BEGIN, END, PAD, Cutter, Pieces
from alambic.entities.windows import windows
from alambic.training.annotated import Sample
from alambic.training.network import Network

UNSAID = -100
"""Label of pieces that the loss leaves out: optional names, padding, unlabelled texts."""

_POOL = 200  # windows sorted by length together
_SAVE_EVERY = 180.0  # seconds


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text cut into pieces, the label of each, and what a teacher thinks of each (probabilities), if one did."""

    pieces: Pieces
    labels: NDArray[np.int64]
    taught: NDArray[np.float32] | None = None

    def without_labels(self) -> Lesson:
        """The same, with nothing to learn but what the teacher thinks."""
        return replace(self, labels=np.full_like(self.labels, UNSAID))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to learn: `steps` batches of at most `pieces` pieces in windows of at most `window`.

    `rate` and `head_rate` are the highest learning rates of the encoder and of the labelling layer; they rise over
    the first `warm` of the steps and fall in a line to `floor` of their height. `averaging` is the share of the
    running average of the weights that is kept at each step.
    """

    steps: int
    rate: float
    head_rate: float
    window: int = 200
    pieces: int = 1_200
    warm: float = 0.06
    floor: float = 0.05
    averaging: float = 0.998
    seed: int = 0


Course = Callable[[int, random.Random], list[Lesson]]
"""The lessons of an epoch, given its number and a source of random numbers."""


def lesson(tokenizer: Tokenizer, sample: Sample) -> Lesson:
    """`sample` in pieces; those that touch a name carry its label.

    >>> from alambic.training.annotated import Name
    >>> from alambic.training.conversion import tokenizer_of, SPECIAL
    >>> letters = tokenizer_of([*SPECIAL, "▁", *"abc"], [0.0] * 8)
    >>> one = lesson(letters, Sample("a bc", (Name(2, 4, "ORG", "bc"),)))
    >>> [LABELS[label] for label in one.labels[one.pieces.ends > one.pieces.starts]]
    ['O', 'B-ORG', 'I-ORG']
    """
    pieces = Cutter(tokenizer).pieces(sample.text)
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    for name in sample.names:
        first = int(np.searchsorted(pieces.ends, name.start, side="right"))
        last = int(np.searchsorted(pieces.starts, name.end, side="left"))
        if first >= last or labels[first:last].any():
            continue
        if name.optional:
            labels[first:last] = UNSAID
        else:
            labels[first:last] = LABELS.index(f"I-{name.label}")
            labels[first] = LABELS.index(f"B-{name.label}")
    return Lesson(pieces, labels)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side: piece ids, 0 where there is none, labels, and a teacher's probabilities."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    taught: Tensor | None


def batches(lessons: Sequence[Lesson], plan: Plan, rng: random.Random) -> Iterator[Batch]:
    """The windows of `lessons`, cut elsewhere each time, in batches of like length, in random order."""
    cut = [
        (one, start, end)
        for one in lessons
        for start, end in windows(one.pieces, rng.randint(plan.window // 3, plan.window))
    ]
    rng.shuffle(cut)
    groups: list[list[tuple[Lesson, int, int]]] = []
    for first in range(0, len(cut), _POOL):
        group: list[tuple[Lesson, int, int]] = []
        for window in sorted(cut[first : first + _POOL], key=lambda w: w[2] - w[1]):
            if group and (window[2] - window[1] + 2) * (len(group) + 1) > plan.pieces:
                groups.append(group)
                group = []
            group.append(window)
        groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        yield _side_by_side(group)


def _side_by_side(group: list[tuple[Lesson, int, int]]) -> Batch:
    length = max(end - start for _, start, end in group) + 2
    ids = np.full((len(group), length), PAD, dtype=np.int64)
    labels = np.full((len(group), length), UNSAID, dtype=np.int64)
    taught = np.zeros((len(group), length, len(LABELS)), dtype=np.float32)
    ids[:, 0] = BEGIN
    for row, (one, start, end) in enumerate(group):
        size = end - start
        ids[row, 1 : 1 + size] = one.pieces.ids[start:end]
        ids[row, 1 + size] = END
        labels[row, 1 : 1 + size] = one.labels[start:end]
        if one.taught is not None:
            taught[row, 1 : 1 + size] = one.taught[start:end]
    has_teacher = group[0][0].taught is not None
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy((ids != PAD).astype(np.int64)),
        torch.from_numpy(labels),
        torch.from_numpy(taught) if has_teacher else None,
    )


@torch.inference_mode()
def teach(teacher: Network, lessons: Sequence[Lesson], window: int) -> list[Lesson]:
    """`lessons` with the teacher's probabilities."""
    teacher.eval()
    taught = [np.zeros((len(one.labels), len(LABELS)), dtype=np.float32) for one in lessons]
    cut = [(n, start, end) for n, one in enumerate(lessons) for start, end in windows(one.pieces, window)]
    cut.sort(key=lambda w: w[2] - w[1])
    for first in range(0, len(cut), 16):
        group = cut[first : first + 16]
        batch = _side_by_side([(lessons[n], start, end) for n, start, end in group])
        likely = torch.softmax(teacher(batch.ids, batch.mask), dim=-1).numpy()
        for row, (n, start, end) in enumerate(group):
            taught[n][start:end] = likely[row, 1 : 1 + end - start]
    return [replace(one, taught=given) for one, given in zip(lessons, taught, strict=True)]


def loss_of(scores: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy with the labels; where a teacher spoke, with its probabilities, and a third of the first."""
    said = batch.labels.flatten()
    flat = scores.flatten(0, 1)
    if batch.taught is None:
        return nn.functional.cross_entropy(flat, said, ignore_index=UNSAID)
    taught = batch.taught.flatten(0, 1)
    heard = taught.sum(-1) > 0
    soft = nn.functional.cross_entropy(flat[heard], taught[heard])
    if not bool((said != UNSAID).any()):
        return soft
    return soft + nn.functional.cross_entropy(flat, said, ignore_index=UNSAID) / 3


def learn(
    network: Network, course: Course, plan: Plan, folder: Path, say: Callable[[str], None]
) -> dict[str, NDArray[np.float32]]:
    """Trains `network` and gives its averaged weights.

    The state is kept in `folder` every three minutes: called again after an interruption, it goes on from there.
    """
    torch.manual_seed(plan.seed)
    named = [(name, value) for name, value in network.named_parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(_groups(named, plan))
    heights = [group["lr"] for group in optimiser.param_groups]
    average = {name: value.detach().clone() for name, value in named}
    step = epoch = resumed_at = 0
    folder.mkdir(parents=True, exist_ok=True)
    state_file = folder / "state.pt"
    if state_file.exists():
        state = torch.load(state_file, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        average, step, epoch, resumed_at = (state[k] for k in ("average", "step", "epoch", "batch"))
        say(f"going on at step {step}")
    network.train()
    saved = started = time.monotonic()
    while step < plan.steps:
        rng = random.Random(plan.seed * 1000 + epoch)
        lessons = course(epoch, rng)
        for number, batch in enumerate(batches(lessons, plan, rng)):
            if number < resumed_at:
                continue
            factor = _height(step, plan)
            for group, height in zip(optimiser.param_groups, heights, strict=True):
                group["lr"] = height * factor
            loss = loss_of(network(batch.ids, batch.mask), batch)
            loss.backward()
            nn.utils.clip_grad_norm_([value for _, value in named], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            step += 1
            share = 1 - min(plan.averaging, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in named:
                    average[name].lerp_(value, share)
            if step % 50 == 0:
                say(
                    f"step {step} of {plan.steps}, loss {loss.item():.4f}, {time.monotonic() - started:.0f} s"
                )
            if time.monotonic() - saved > _SAVE_EVERY:
                _save(state_file, network, optimiser, average, step, epoch, number + 1)
                saved = time.monotonic()
            if step >= plan.steps:
                break
        epoch, resumed_at = epoch + 1, 0
    return network.arrays() | {name: value.numpy() for name, value in average.items()}


def _groups(named: list[tuple[str, nn.Parameter]], plan: Plan) -> list[dict[str, object]]:
    """Parameters by learning rate, biases and norms without weight decay."""
    groups = []
    for is_head in (False, True):
        for is_plain in (False, True):
            chosen = [
                value
                for name, value in named
                if name.startswith("head") == is_head
                and (name.endswith("bias") or "norm" in name) == is_plain
            ]
            rate = plan.head_rate if is_head else plan.rate
            groups.append({"params": chosen, "lr": rate, "weight_decay": 0.0 if is_plain else 0.01})
    return groups


def _height(step: int, plan: Plan) -> float:
    warm = max(1, int(plan.steps * plan.warm))
    return min(1.0, (step + 1) / warm) * max(plan.floor, 1 - step / plan.steps)


def _save(
    file: Path,
    network: Network,
    optimiser: torch.optim.Optimizer,
    average: dict[str, Tensor],
    step: int,
    epoch: int,
    batch: int,
) -> None:
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
    draft = file.with_suffix(".draft")
    torch.save(state | {"step": step, "epoch": epoch, "batch": batch}, draft)
    draft.replace(file)
