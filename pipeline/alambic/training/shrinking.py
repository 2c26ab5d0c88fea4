"""Takes the least needed parts out of a trained network: whole layers, attention heads, inner neurons.

What a part is worth is measured by how much the loss would change without it, to the first order: the sum over many
pieces of |activation × gradient| (Michel et al., *Are Sixteen Heads Really Better than One?*, 2019).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from alambic.training.export import Weights
from alambic.training.network import HEAD_SIZE, Network

Worth = dict[str, NDArray[np.float64]]
"""Worth of each input of the dense layers `layers.N.attended` and `layers.N.outer`."""


def worth(network: Network, batches: Iterable[tuple[Tensor, Tensor, Tensor]]) -> Worth:
    """The worth of the network's parts over `batches` of (ids, mask, labels)."""
    network.eval()
    seen: dict[str, Tensor] = {}
    total: Worth = defaultdict(lambda: np.zeros(1))
    watched = [(n, m) for n, m in network.named_modules() if n.endswith((".attended", ".outer"))]

    def watch(name: str) -> object:
        def keep(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            inputs[0].retain_grad()
            seen[name] = inputs[0]

        return keep

    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in watched]
    for ids, mask, labels in batches:
        scores = network(ids, mask)
        nn.functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=-100).backward()
        network.zero_grad(set_to_none=True)
        for name, value in seen.items():
            assert value.grad is not None
            total[name] = total[name] + (value.detach() * value.grad).abs().sum((0, 1)).double().numpy()
    for hook in hooks:
        hook.remove()
    return dict(total)


def shrink(weights: Weights, parts: Worth, *, layers: Sequence[int], heads: int, inner: int) -> Weights:
    """`weights` with `layers` alone, in their order, each with its most worthy `heads` and `inner` neurons."""
    small = {name: value for name, value in weights.items() if not name.startswith("layers.")}
    for new, old in enumerate(layers):
        one = {name.split(".", 2)[2]: v for name, v in weights.items() if name.startswith(f"layers.{old}.")}
        neurons = np.sort(np.argsort(parts[f"layers.{old}.outer"])[::-1][:inner])
        per_head = parts[f"layers.{old}.attended"].reshape(-1, HEAD_SIZE).sum(1)
        best = np.sort(np.argsort(per_head)[::-1][:heads])
        places = (best[:, None] * HEAD_SIZE + np.arange(HEAD_SIZE)).ravel()
        for name in ("query", "key", "value"):
            one[f"{name}.weight"], one[f"{name}.bias"] = (
                one[f"{name}.weight"][places],
                one[f"{name}.bias"][places],
            )
        one["attended.weight"] = one["attended.weight"][:, places]
        one["inner.weight"], one["inner.bias"] = one["inner.weight"][neurons], one["inner.bias"][neurons]
        one["outer.weight"] = one["outer.weight"][:, neurons]
        small |= {f"layers.{new}.{name}": value for name, value in one.items()}
    return small
