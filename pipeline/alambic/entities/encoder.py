"""Runs an entity model over many texts: windows of all of them, sorted by length, in one batch after another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from alambic.entities.decoding import LABELS, best_labels, log_probabilities, spans
from alambic.entities.pieces import BEGIN, END, PAD, Cutter, Pieces
from alambic.entities.reading import KINDS, Mention, Reading
from alambic.entities.windows import windows

_BATCH_PIECES = 2_048  # pieces, padding included, that the network reads at once: keeps its memory small
_ALIKE = 0.8  # windows much shorter than the longest of a batch would be mostly padding


MODELS = {"accurate": "fr_press", "fast": "fr_press_fast"}
"""The models that the package ships, by the name that users give."""


class ModelError(ValueError):
    """A model folder that cannot be used; the message names the folder, the fault and the remedy."""


def model_folder(name: str) -> Path:
    """The folder of the model `name` (`fr_press` or `fr_press_fast`).

    It lies in the installed package, or in `models/` of the repository where the package is installed from a
    working copy. Raises `ModelError` where it is in neither.
    """
    package = Path(str(files("alambic")))
    for folder in (package / "models" / name, package.parents[1] / "models" / name):
        if (folder / "config.json").is_file():
            return folder
    raise ModelError(
        f"There is no model {name!r} in {package / 'models'}: install alambic anew, or train it."
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on its way through the network."""

    text: str
    pieces: Pieces
    labels: NDArray[np.int8]
    probabilities: NDArray[np.float32]


class Encoder:
    """The model in `folder`, read with `threads` threads.

    Raises `ModelError` where a file of the model is missing or was made by another version of this class.

    >>> encoder = Encoder(model_folder("fr_press"))                                    # doctest: +SKIP
    >>> reading, = encoder.read(["Claire Dupont rejoint Verkor."])                     # doctest: +SKIP
    >>> [(reading.text[m.start:m.end], m.label) for m in reading.mentions]             # doctest: +SKIP
    [('Claire Dupont', 'PER'), ('Verkor', 'ORG')]
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        for name in ("model.onnx", "tokenizer.json", "config.json"):
            if not (folder / name).is_file():
                raise ModelError(
                    f"The model folder {folder} has no {name}: install alambic anew, or train it."
                )
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if tuple(config["labels"]) != LABELS:
            raise ModelError(
                f"The model in {folder} labels pieces {config['labels']}, not {list(LABELS)}: train it anew."
            )
        self._window: int = config["window"]
        self._cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """The reading of each of `texts`, in their order.

        What is read in a text depends on that text alone: windows of other texts in a batch would move the scale of
        the quantised numbers a little. Memory grows with the longest text, not with their number.
        """
        return map(self.read_one, texts)

    def read_one(self, text: str) -> Reading:
        """The reading of `text`; see `read`."""
        pieces = self._cutter.pieces(text)
        count = len(pieces.ids)
        one = _Text(text, pieces, np.zeros(count, np.int8), np.zeros((count, len(KINDS)), np.float32))
        todo = sorted(windows(pieces, self._window), key=lambda window: window[0] - window[1])
        while todo:
            longest = todo[0][1] - todo[0][0]
            alike = sum(end - start >= _ALIKE * longest for start, end in todo)
            batch = todo[: min(alike, max(1, _BATCH_PIECES // (longest + 2)))]
            self._run([(one, start, end) for start, end in batch])
            todo = todo[len(batch) :]
        return _reading(one)

    def _run(self, batch: list[tuple[_Text, int, int]]) -> None:
        """Labels the windows of `batch`."""
        lengths = np.array([end - start for _, start, end in batch])
        ids = np.full((len(batch), int(lengths.max()) + 2), PAD, dtype=np.int32)
        ids[:, 0] = BEGIN
        for row, (one, start, end) in enumerate(batch):
            ids[row, 1 : 1 + end - start] = one.pieces.ids[start:end]
            ids[row, 1 + end - start] = END
        mask = (np.arange(ids.shape[1]) < lengths[:, None] + 2).astype(np.int32)
        (scores,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        logs = log_probabilities(scores[:, 1:-1])
        best = best_labels(logs, lengths)
        each = np.exp(logs)
        kinds = np.stack([each[..., 0], each[..., 1] + each[..., 2], each[..., 3] + each[..., 4]], axis=-1)
        for row, (one, start, end) in enumerate(batch):
            one.labels[start:end] = best[row, : end - start]
            one.probabilities[start:end] = kinds[row, : end - start]


def shipped(model: str) -> Encoder:
    """The model that the package ships as `model`, `accurate` or `fast`, on one thread.

    Raises `ValueError` for another name.
    """
    if model not in MODELS:
        raise ValueError(f"There is no entity model {model!r}; take one of {', '.join(MODELS)}.")
    return Encoder(model_folder(MODELS[model]))


def _reading(one: _Text) -> Reading:
    pieces = one.pieces
    found = spans(one.text, one.labels, pieces.starts, pieces.ends)
    real = pieces.ends > pieces.starts
    reading = Reading(one.text, (), pieces.starts[real], pieces.ends[real], one.probabilities[real])
    mentions = tuple(
        Mention(start, end, label, reading.score(start, end)[KINDS.index(label)])
        for start, end, label in found
    )
    return Reading(one.text, mentions, reading.starts, reading.ends, reading.probabilities)
