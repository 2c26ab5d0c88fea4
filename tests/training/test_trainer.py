"""The whole training, on a tiny encoder and a few texts: each step runs, resumes, and gives models that read."""

from __future__ import annotations

import json
import random
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is missing: pip install alambic[train]")
pytest.importorskip("faker", reason="Faker is missing: pip install alambic[train]")
pytest.importorskip("wordfreq", reason="wordfreq is missing: pip install alambic[train]")
pytest.importorskip("onnx", reason="onnx is missing: pip install alambic[train]")

import torch

from alambic.entities.decoding import LABELS
from alambic.entities.encoder import Encoder
from alambic.training.conversion import SPECIAL, convert, kept_pieces, read_source
from alambic.training.export import blocks, write_float
from alambic.training.learning import UNSAID, Plan, batches, lesson
from alambic.training.network import from_arrays
from alambic.training.shrinking import shrink, worth
from alambic.training.trainer import Recipe, Shape, train

WIDTH, INNER, HEADS, LAYERS = 64, 64, 2, 3
RELEASE = """<release published="2025-05-03">
Lyon – <org>Mila</org> nomme <per>Claire Dupont</per>

<per>Claire Dupont</per> rejoint <org>Mila</org>, l'assureur lyonnais. Elle vient de la <org opt="1">FEDER</org>.
</release>"""


def pack(path: Path) -> None:
    """A tiny encoder in the form of the source: random weights, single letters as pieces."""
    rng = random.Random(0)
    letters = sorted(
        set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèàçùêôî0123456789'’,.:-–()«»\"")
    )
    pieces = [*SPECIAL, "▁", *letters, "▁de", "zzzz"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in pieces)]).astype("<u4")
    scores = np.array([-1.0 - len(piece) / 100 for piece in pieces], dtype="<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, LAYERS, HEADS, INNER, len(pieces), 300, 2, 1e-12, 32)
    head += (
        struct.pack("<i4iQ", len(pieces), 0, 2, 1, 3, len(blob)) + ends.tobytes() + scores.tobytes() + blob
    )
    head += struct.pack("<iI", 0, 0)
    quarter = np.random.default_rng(0)

    def plain(count: int, value: float | None = None) -> bytes:
        numbers = quarter.normal(0, 0.05, count) if value is None else np.full(count, value)
        return numbers.astype("<f4").tobytes()

    def packed(count: int) -> bytes:
        """Blocks whose widest weight is the lowest number, as the source has them."""
        return b"".join(
            struct.pack("<e", 0.01 + rng.random() / 50)
            + bytes([rng.randrange(16) * 16])
            + bytes(rng.randrange(256) for _ in range(15))
            for _ in range(count // 32)
        )

    tensors = {
        "emb.word": packed(len(pieces) * WIDTH),
        "emb.pos": plain(300 * WIDTH),
        "emb.type": plain(2 * WIDTH),
    }
    tensors |= {"emb.ln.w": plain(WIDTH, 1), "emb.ln.b": plain(WIDTH, 0)}
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            tensors[f"l{layer}.{name}.w"] = packed(WIDTH * WIDTH)
            tensors[f"l{layer}.{name}.b"] = plain(WIDTH)
        tensors[f"l{layer}.fi.w"], tensors[f"l{layer}.fi.b"] = packed(INNER * WIDTH), plain(INNER)
        tensors[f"l{layer}.fo.w"], tensors[f"l{layer}.fo.b"] = packed(INNER * WIDTH), plain(WIDTH)
        for norm in ("aln", "oln"):
            tensors[f"l{layer}.{norm}.w"], tensors[f"l{layer}.{norm}.b"] = plain(WIDTH, 1), plain(WIDTH, 0)
    start = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, data in tensors.items():
        directory += (
            struct.pack("<H", len(name))
            + name.encode()
            + struct.pack("<BIQQ", 0, 0, start + len(body), len(data))
        )
        body += data
    path.write_bytes(head + directory + body)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.bin"
    pack(path)
    return path


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    corpus, articles = tmp_path / "corpus", tmp_path / "winer.jsonl"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"r{number}.xml").write_text(RELEASE, encoding="utf-8")
    article = {
        "text": "Sony rachète Bungie.",
        "entities": [{"start": 0, "end": 4, "text": "Sony", "label": "ORG"}],
    }
    articles.write_text((json.dumps(article) + "\n") * 4, encoding="utf-8")
    return corpus, articles


def small(plan: Plan) -> Plan:
    return replace(plan, steps=3, window=24, pieces=120)


def tiny() -> Recipe:
    full = Recipe()
    return Recipe(
        winer=small(full.winer),
        accurate=Shape(layers=(0, 2), heads=2, inner=32, window=32),
        releases=small(full.releases),
        last=small(full.last),
        fast=Shape(layers=(1,), heads=1, inner=32, window=16),
        fast_plan=small(full.fast_plan),
        winer_share=0.5,
        judged=2,
    )


def test_training_gives_two_models_that_read_and_is_not_done_twice(
    source: Path, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    said: list[str] = []

    def once() -> None:
        train(
            *texts, tmp_path / "models", work=tmp_path / "work", recipe=tiny(), source=source, say=said.append
        )

    once()
    assert sum(line.startswith("step") for line in said) == 5
    for name in ("fr_press", "fr_press_fast"):
        (reading,) = Encoder(tmp_path / "models" / name).read(["Claire Dupont rejoint Mila."])
        assert reading.probabilities.sum(axis=1) == pytest.approx(np.ones(len(reading.starts)), abs=1e-4)
    said.clear()
    once()
    assert not any(line.startswith("step") for line in said)


def test_the_same_seed_gives_the_same_weights(source: Path, texts: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(
            *texts,
            tmp_path / name,
            work=tmp_path / f"{name}-work",
            recipe=tiny(),
            source=source,
            threads=1,
            say=str,
        )
    with np.load(tmp_path / "one-work/fast.npz") as one, np.load(tmp_path / "two-work/fast.npz") as two:
        assert all(np.array_equal(one[key], two[key]) for key in one.files)


def test_pieces_no_text_uses_are_dropped(source: Path) -> None:
    packed = read_source(source)
    kept = kept_pieces(packed, ["la ville de Lyon"])
    weights, tokenizer = convert(packed, kept)
    assert [packed.pieces[n] for n in kept][:4] == list(SPECIAL)
    assert "zzzz" not in tokenizer.get_vocab()
    assert len(weights["words.weight"]) == len(kept)
    assert tokenizer.encode("ville de", add_special_tokens=False).tokens[-1] == "▁de"


def test_optional_names_are_left_out_of_the_loss(source: Path, texts: tuple[Path, Path]) -> None:
    from alambic.training.annotated import releases
    from alambic.training.conversion import tokenizer_of

    packed = read_source(source)
    one = lesson(tokenizer_of(packed.pieces, packed.scores), releases(texts[0])[0])
    assert {LABELS[label] for label in one.labels if label >= 0} == set(LABELS)
    assert (one.labels == UNSAID).sum() == len("FEDER")


def test_embeddings_in_blocks_lose_nothing(source: Path) -> None:
    packed = read_source(source)
    table = packed.blocks("emb.word", WIDTH)
    numbers, scales = blocks(table)
    back = numbers.reshape(len(table), -1, 32) * scales.astype(np.float32)[..., None]
    assert np.array_equal(back.reshape(table.shape), table)


def test_the_exported_graph_says_what_the_network_says(source: Path, tmp_path: Path) -> None:
    import onnxruntime

    packed = read_source(source)
    weights, _ = convert(packed, list(range(len(packed.pieces))))
    numbers, scales = blocks(weights["words.weight"])
    shape = (len(numbers), -1, 32)
    weights["words.weight"] = (numbers.reshape(shape) * scales.astype(np.float32)[..., None]).reshape(
        len(numbers), -1
    )
    network = from_arrays(weights, labels=len(LABELS)).eval()
    write_float(network.arrays(), tmp_path / "m.onnx")
    ids = np.random.default_rng(0).integers(4, 40, (3, 12)).astype(np.int32)
    mask = np.ones_like(ids)
    mask[1, 7:] = 0
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"), providers=["CPUExecutionProvider"])
    (scores,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    with torch.inference_mode():
        expected = network(torch.from_numpy(ids).long(), torch.from_numpy(mask)).numpy()
    assert scores[mask == 1] == pytest.approx(expected[mask == 1], abs=1e-4)


def test_shrinking_to_everything_changes_nothing_and_to_less_keeps_the_best(source: Path) -> None:
    from alambic.training.annotated import Name, Sample

    packed = read_source(source)
    weights, tokenizer = convert(packed, list(range(len(packed.pieces))))
    network = from_arrays(weights, labels=len(LABELS))
    one = lesson(tokenizer, Sample("Mila recrute", (Name(0, 4, "ORG", "Mila"),)))
    plan = Plan(steps=1, rate=0, head_rate=0, window=30, pieces=60)
    some = [(b.ids, b.mask, b.labels) for b in batches([one] * 3, plan, random.Random(0))]
    parts = worth(network, some)
    whole = network.arrays()
    same = shrink(whole, parts, layers=range(LAYERS), heads=HEADS, inner=INNER)
    assert all(np.array_equal(whole[key], same[key]) for key in whole)
    less = shrink(whole, parts, layers=[2], heads=1, inner=32)
    best = np.sort(np.argsort(parts["layers.2.outer"])[::-1][:32])
    assert np.array_equal(less["layers.0.inner.bias"], whole["layers.2.inner.bias"][best])
    assert from_arrays(less, labels=len(LABELS)).eval()(*some[0][:2]).shape[-1] == len(LABELS)
