"""The network: a BERT encoder with one linear layer that labels each piece."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

DROPOUT = 0.1
EPSILON = 1e-12
HEAD_SIZE = 32
"""Numbers that an attention head works with; as the source has it."""


class Layer(nn.Module):
    """Self-attention, then two dense layers, each added to its input and normalised."""

    def __init__(self, width: int, attended: int, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(width, attended) for _ in range(3))
        self.attended = nn.Linear(attended, width)
        self.attention_norm = nn.LayerNorm(width, eps=EPSILON)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, eps=EPSILON)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = hidden.shape
        query, key, value = (
            part(hidden).view(batch, length, -1, HEAD_SIZE).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(HEAD_SIZE) + mask, dim=-1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, -1)
        hidden = self.attention_norm(hidden + self.drop(self.attended(mixed)))
        dense = self.outer(nn.functional.gelu(self.inner(hidden)))
        normal: Tensor = self.output_norm(hidden + self.drop(dense))
        return normal


class Network(nn.Module):
    """Pieces in, one score a label out.

    The embeddings of pieces are not trained: they stay as the source has them, so that pieces met in training and
    pieces never met keep to the same space.
    """

    def __init__(
        self, *, pieces: int, positions: int, width: int, attended: int, inner: int, layers: int, labels: int
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, width)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer(width, attended, inner) for _ in range(layers))
        self.head = nn.Linear(width, labels)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores [batch, length, labels] for `ids` [batch, length]; `mask` is 0 where a place is padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.drop(self.norm(self.words(ids) + self.positions(places)))
        hidden_from = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, hidden_from)
        scores: Tensor = self.head(self.drop(hidden))
        return scores

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The weights by name, for export."""
        return {name: value.detach().float().numpy() for name, value in self.state_dict().items()}


def from_arrays(weights: dict[str, NDArray[np.float32]], *, labels: int) -> Network:
    """The network that `weights` are of; a new head where they have none."""
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    inner, width = weights["layers.0.inner.weight"].shape
    attended = len(weights["layers.0.query.weight"])
    network = Network(
        pieces=len(weights["words.weight"]),
        positions=len(weights["positions.weight"]),
        width=width,
        attended=attended,
        inner=inner,
        layers=layers,
        labels=labels,
    )
    given = {name: torch.tensor(value) for name, value in weights.items()}
    if "head.weight" not in given:
        given |= {f"head.{name}": value for name, value in network.head.state_dict().items()}
    network.load_state_dict(given)
    return network
