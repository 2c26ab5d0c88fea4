"""From the scores of pieces to names: the best legal sequence of labels, then whole words without marks around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-ORG", "I-ORG", "B-PER", "I-PER")
"""What the model says of a piece: outside, or the beginning or inside of a name."""

_FORBIDDEN = np.float32(-1e4)
_ALLOWED = np.array(
    [[_FORBIDDEN if now[0] == "I" and was[1:] != now[1:] else 0.0 for now in LABELS] for was in LABELS],
    dtype=np.float32,
)
"""Added to the score of going from a label (row) to the next (column): a name goes on as what it began as."""

_INSIDE = {
    now: tuple(was for was in range(len(LABELS)) if _ALLOWED[was, now] == 0.0)
    for now, name in enumerate(LABELS)
    if name[0] == "I"
}
"""For each label inside a name, those that it may follow; the others may follow any."""

_OPENING = {")": "(", "]": "[", "»": "«", "”": "“"}
_CLOSING = {mark: close for close, mark in _OPENING.items()}
_STARTS_NO_NAME = frozenset(" \t\n\r\u00a0\u202f\u2009,;:!?.…'’\"*•·–—-/|)]}»”")
_ENDS_NO_NAME = frozenset(" \t\n\r\u00a0\u202f\u2009,;:…'’\"*•·–—-/|([{«“")


def log_probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithms of the probabilities that `scores` stand for, over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logs: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def best_labels(logs: NDArray[np.float32], lengths: NDArray[np.intp]) -> NDArray[np.int8]:
    """The most probable legal sequence of labels for each row of `logs` [rows, places, labels] (Viterbi).

    Only the first `lengths[row]` places of a row count; the others get label 0. Labels are indices into `LABELS`.
    Where the likeliest label of each piece by itself makes a legal sequence, that is the best; else it is searched.

    >>> sure = log_probabilities(np.array([[[0, 1, 0, 0, 0], [0, 0, 0, 0, 9]]], dtype=np.float32))
    >>> [LABELS[label] for label in best_labels(sure, np.array([2]))[0]]
    ['B-PER', 'I-PER']
    """
    best: NDArray[np.int8] = logs.argmax(axis=-1).astype(np.int8)
    best[np.arange(logs.shape[1]) >= lengths[:, None]] = 0
    was = np.concatenate([np.zeros((len(best), 1), dtype=np.int8), best[:, :-1]], axis=1)
    for row in np.flatnonzero((_ALLOWED[was, best] < 0).any(axis=1)).tolist():
        best[row, : lengths[row]] = _viterbi(logs[row, : lengths[row]])
    return best


def _viterbi(logs: NDArray[np.float32]) -> NDArray[np.int8]:
    """The best legal sequence for one row, whose likeliest labels one by one would make an illegal one."""
    first, *others = logs.tolist()  # five numbers a place: quicker one by one than as arrays
    score = [given + allowed for given, allowed in zip(first, _ALLOWED[0].tolist(), strict=True)]
    back: list[list[int]] = []
    for row in others:
        came = [max(range(len(LABELS)), key=score.__getitem__)] * len(LABELS)
        for inside, begun in _INSIDE.items():
            came[inside] = max(begun, key=score.__getitem__)
        back.append(came)
        score = [score[before] + given for before, given in zip(came, row, strict=True)]
    path = [max(range(len(LABELS)), key=score.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return np.array(path[::-1], dtype=np.int8)


def spans(
    text: str, labels: NDArray[np.int8], starts: NDArray[np.int32], ends: NDArray[np.int32]
) -> list[tuple[int, int, str]]:
    """The names (start, end, label) in `text` whose pieces stand at `starts`, `ends` and have `labels`.

    A name is widened to whole words, rid of marks and blanks at its edges, and dropped where nothing is left or
    where it overlaps the one before.

    >>> pieces = np.array([[0, 3], [3, 6], [7, 8]], dtype=np.int32)
    >>> spans("Verkor, recrute", np.array([1, 2, 2], dtype=np.int8), pieces[:, 0], pieces[:, 1])
    [(0, 6, 'ORG')]
    """
    found: list[tuple[int, int, str]] = []
    for first, last, label in _runs(labels):
        start, end = _whole_words(text, int(starts[first]), int(ends[first : last + 1].max()))
        start, end = _without_marks(text, start, end)
        if start < end and (not found or start >= found[-1][1]):
            found.append((start, end, label))
    return found


def _runs(labels: NDArray[np.int8]) -> list[tuple[int, int, str]]:
    """(first, last, label) of the pieces of each name; a legal sequence of labels is taken for granted."""
    runs: list[tuple[int, int, str]] = []
    for place in np.flatnonzero(labels).tolist():
        label = LABELS[labels[place]]
        if label[0] == "B":
            runs.append((place, place, label[2:]))
        else:
            runs[-1] = (runs[-1][0], place, label[2:])
    return runs


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks that cannot begin or end a name, and without brackets and quotes of which one is left."""
    while start < end:
        first, last = text[start], text[end - 1]
        inner = text[start + 1 : end]
        if first in _STARTS_NO_NAME or (first in _CLOSING and _CLOSING[first] not in inner):
            start += 1
        elif last in _ENDS_NO_NAME or (last in _OPENING and _OPENING[last] not in text[start : end - 1]):
            end -= 1
        elif first in _CLOSING and last == _CLOSING[first] and first not in inner[:-1]:
            start, end = start + 1, end - 1
        else:
            break
    return start, end
