"""Writes a trained network as an ONNX file that onnxruntime runs on a CPU, small and fast.

The graph is built from onnxruntime's fused operators (attention, bias + gelu). Embeddings of
pieces are kept as 4-bit blocks of 32 with one scale each, which is the form of the source and loses nothing.
The other weights are 8-bit, one scale a column.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights = dict[str, NDArray[np.float32]]

_FUSED = "com.microsoft"
_BLOCK = 32
_EPSILON = 1e-12
HEAD_SIZE = 32


class _Graph:
    """Nodes and constants of a graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name


def write_float(weights: Weights, path: Path) -> None:
    """Writes the network with the names of `Network.arrays` to `path`, dense weights in 32 bits.

    Inputs `input_ids` and `attention_mask` are int32 [batch, length], the output `logits` float [batch, length,
    labels].
    """
    graph = _Graph()
    hidden = _embedding(graph, weights)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    for number in range(layers):
        hidden = _layer(graph, weights, number, hidden)
    logits = graph.node(
        "MatMul", [hidden, graph.constant("head.w", weights["head.weight"].T)], "head.product"
    )
    graph.node("Add", [logits, graph.constant("head.b", weights["head.bias"])], "logits")
    shape = ["batch", "length"]
    built = helper.make_graph(
        graph.nodes,
        "names",
        [helper.make_tensor_value_info(n, TensorProto.INT32, shape) for n in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, len(weights["head.bias"])])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_FUSED, 1)]
    model = helper.make_model(built, opset_imports=opsets, ir_version=10, producer_name="alambic")
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def quantise(source: Path, target: Path, *, leave: tuple[str, ...] = ()) -> None:
    """Writes the model in `source` to `target` with 8-bit weights, but for the nodes named in `leave`.

    Seven of the eight bits are used: processors without VNNI add pairs of products in 16 bits, which eight bits
    would overflow.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=["head.product", *leave],
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )


def blocks(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """`weights` [rows, n] as whole numbers from -8 to 7 and one scale for each 32 of a row.

    Weights that come from such blocks with the same scales are kept as they are; others are rounded.
    """
    parts = weights.reshape(len(weights), -1, _BLOCK).astype(np.float64)
    widest = np.take_along_axis(parts, np.abs(parts).argmax(-1)[..., None], -1)
    scales = (widest / -8.0).astype(
        np.float16
    )  # the form of the source: its widest weight is -8 times the scale
    safe = np.where(scales == 0, np.float16(1), scales).astype(np.float64)
    numbers = np.clip(np.rint(parts / safe), -8, 7).astype(np.int8)
    return numbers.reshape(weights.shape), scales[..., 0]


def _embedding(graph: _Graph, weights: Weights) -> str:
    numbers, scales = blocks(weights["words.weight"])
    packed = (numbers[:, 0::2] & 15).astype(np.uint8) | ((numbers[:, 1::2] & 15).astype(np.uint8) << 4)
    data = helper.make_tensor("words.data", TensorProto.INT4, numbers.shape, packed.tobytes(), raw=True)
    graph.constants.append(data)
    words = graph.node(
        "GatherBlockQuantized",
        ["words.data", "input_ids", graph.constant("words.scales", scales.astype(np.float32))],
        "words",
        _FUSED,
        gather_axis=0,
        quantize_axis=1,
        block_size=_BLOCK,
    )
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    table = graph.constant("positions.table", weights["positions.weight"])
    positions = graph.node("Slice", [table, zero, length, zero, one], "positions")
    total = graph.node("Add", [words, positions], "embedded")
    return _norm(graph, weights, "norm", total)


def _norm(graph: _Graph, weights: Weights, name: str, hidden: str) -> str:
    scale = graph.constant(f"{name}.w", weights[f"{name}.weight"])
    bias = graph.constant(f"{name}.b", weights[f"{name}.bias"])
    return graph.node("LayerNormalization", [hidden, scale, bias], name, axis=-1, epsilon=_EPSILON)


def _skip_norm(graph: _Graph, weights: Weights, name: str, hidden: str, skip: str, bias: str) -> str:
    """`hidden` with its bias, added to `skip` and normalised.

    Not with the fused operator, which takes four times as long; `Encoder` keeps onnxruntime from fusing.
    """
    shift = graph.constant(f"{bias}.b", weights[f"{bias}.bias"])
    shifted = graph.node("Add", [hidden, shift], f"{bias}.shifted")
    return _norm(graph, weights, name, graph.node("Add", [shifted, skip], f"{name}.sum"))


def _layer(graph: _Graph, weights: Weights, number: int, hidden: str) -> str:
    at = f"layers.{number}"
    parts = ("query", "key", "value")
    merged = np.concatenate([weights[f"{at}.{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([weights[f"{at}.{part}.bias"] for part in parts])
    attended = len(weights[f"{at}.query.weight"])
    attention = graph.node(
        "Attention",
        [
            hidden,
            graph.constant(f"{at}.qkv.w", merged),
            graph.constant(f"{at}.qkv.b", bias),
            "attention_mask",
        ],
        f"{at}.attention",
        _FUSED,
        num_heads=attended // HEAD_SIZE,
    )
    mixed = _product(graph, weights, f"{at}.attended", attention)
    hidden = _skip_norm(graph, weights, f"{at}.attention_norm", mixed, hidden, f"{at}.attended")
    inner = _product(graph, weights, f"{at}.inner", hidden)
    shift = graph.constant(f"{at}.inner.b", weights[f"{at}.inner.bias"])
    active = graph.node("BiasGelu", [inner, shift], f"{at}.gelu", _FUSED)
    outer = _product(graph, weights, f"{at}.outer", active)
    return _skip_norm(graph, weights, f"{at}.output_norm", outer, hidden, f"{at}.outer")


def _product(graph: _Graph, weights: Weights, name: str, hidden: str) -> str:
    return graph.node(
        "MatMul", [hidden, graph.constant(f"{name}.w", weights[f"{name}.weight"].T)], f"{name}.product"
    )
