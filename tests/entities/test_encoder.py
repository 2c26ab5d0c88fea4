"""The encoder finds names in French text as it comes, in order, whatever the layout, in linear time."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from alambic.entities.decoding import LABELS, best_labels, log_probabilities, spans
from alambic.entities.encoder import Encoder, ModelError, model_folder
from alambic.entities.pieces import END, Cutter
from alambic.entities.reading import Mention, Reading
from alambic.entities.windows import windows

RELEASE = (
    "Grenoble, le 12 mars 2025\n\nVerkor nomme Claire Dupont directrice financière\n\n"
    "Claire Dupont rejoint Verkor comme directrice financière. Elle était auparavant chez BNP Paribas.\n\n"
    "« Je suis heureuse de rejoindre Verkor », déclare Claire Dupont.\n\nContact presse\nPaul Lefebvre"
)


SHIPPED = sorted(folder.name for folder in (Path(__file__).parents[2] / "models").glob("fr_press*"))


@pytest.fixture(scope="module", params=SHIPPED)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return Encoder(model_folder(request.param))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(model_folder("fr_press") / "tokenizer.json"))


def named(reading: Reading) -> list[tuple[str, str]]:
    return [(reading.text[m.start : m.end], m.label) for m in reading.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RELEASE, [("Claire Dupont", "PER"), ("BNP Paribas", "ORG"), ("Paul Lefebvre", "PER")]),
        ("L’Institut Pasteur accueille M. Marc Petit.", [("Institut Pasteur", "ORG"), ("Marc Petit", "PER")]),
        ("Jean-Marc Tournier préside la Fondation de France.", [("Jean-Marc Tournier", "PER")]),
        ("La réunion aura lieu le mardi 4 mai à 14 h 30, salle des fêtes.", []),
        ("", []),
        ("\n \n\u00a0\n", []),
    ],
)
def test_names_are_found_whole(encoder: Encoder, text: str, expected: list[tuple[str, str]]) -> None:
    (reading,) = encoder.read([text])
    found = named(reading)
    assert set(expected) <= set(found)
    if not expected:
        assert found == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: t.replace("'", "’"), id="curly apostrophes"),
        pytest.param(lambda t: t.replace(" ", "\u00a0"), id="no-break blanks"),
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="Windows line ends"),
    ],
)
def test_typography_changes_no_name(encoder: Encoder, change: object) -> None:
    plain, changed = encoder.read([RELEASE, change(RELEASE)])  # type: ignore[operator]
    flat = [(" ".join(text.split()), label) for text, label in named(changed)]
    assert flat == named(plain)


def test_a_reading_depends_on_its_text_alone(encoder: Encoder) -> None:
    texts = [RELEASE, "", "Verkor recrute.", RELEASE * 3, "\n\n"]
    alone = [next(encoder.read([text])) for text in texts]
    together = list(encoder.read(iter(texts)))
    assert together == alone
    assert all((a.probabilities == b.probabilities).all() for a, b in zip(together, alone, strict=True))


def test_the_stream_is_read_no_further_than_needed(encoder: Encoder) -> None:
    endless = itertools.repeat("Verkor recrute.")
    assert len(list(itertools.islice(encoder.read(endless), 3))) == 3


def test_confidence_is_the_score_of_the_span(encoder: Encoder) -> None:
    (reading,) = encoder.read([RELEASE])
    for mention in reading.mentions:
        none, org, per = reading.score(mention.start, mention.end)
        assert none + org + per == pytest.approx(1, abs=1e-3)
        assert mention.confidence == pytest.approx(org if mention.label == "ORG" else per)


@pytest.mark.parametrize("unit", ["1 ", "(", "«", "a", "Verkor ", "\n", "é\u00a0"])
def test_pieces_of_odd_texts_cost_linear_time(tokenizer: Tokenizer, unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        pieces = Cutter(tokenizer).pieces(text)
        list(windows(pieces, 128))
        return time.process_time() - began

    cost(1_000)
    assert cost(400_000) < 12 * cost(100_000) + 0.2


def test_windows_cover_the_text_and_break_at_lines(tokenizer: Tokenizer) -> None:
    text = "\n".join(f"Ligne {n} : la société Verkor recrute à Grenoble." for n in range(40))
    pieces = Cutter(tokenizer).pieces(text)
    found = list(windows(pieces, 60))
    assert found[0][0] == 0
    assert found[-1][1] == len(pieces.ids)
    assert all(first[1] == second[0] for first, second in itertools.pairwise(found))
    assert all(end - start <= 60 for start, end in found)
    assert all(pieces.ids[start] == END for start, _ in found[1:])


def test_pieces_stand_on_the_text_without_blanks(tokenizer: Tokenizer) -> None:
    text = "L’usine\u202fde  Verkor\u00a0: 16 GWh ; ﬁn œuvre İstanbul 🚀 ok"
    pieces = Cutter(tokenizer).pieces(text)
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        assert text[start:end] == text[start:end].strip()
    covered = "".join(text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert covered == "".join(text.split())


@pytest.mark.parametrize(
    "line",
    [
        "L'usine de 16 GWh, à Saint-Étienne (Loire) : « c'est l'œuvre de 3 500 salariés » …",
        "1,5 M€ – +12,5 % ; 20 °C — info@verkor.com | https://www.verkor.com/fr?a=1&b=2 • ✔",
        "mot</s> <s> a<pad>b",
        " Deux  blancs, l’un\u00a0insécable, l'autre\u2009fin ",
        "e\u0301tat \u0301a \u00a8 \u00b4a \u00ad \u200b ﬁn ½ m² n° 1ᵉʳ İstanbul ▁ ▁a",
        "x" * 60 + " " + "y" * 60,
    ],
)
def test_words_from_memory_are_cut_as_in_their_line(tokenizer: Tokenizer, line: str) -> None:
    cutter = Cutter(tokenizer)
    for _ in range(2):
        assert cutter.pieces(line).ids.tolist() == tokenizer.encode(line, add_special_tokens=False).ids


def test_the_best_legal_sequence_is_found() -> None:
    rng = np.random.default_rng(1)
    logs = log_probabilities(rng.normal(size=(6, 4, len(LABELS))).astype(np.float32) * 2)
    lengths = np.array([4, 4, 3, 2, 1, 4])

    def legal(path: tuple[int, ...]) -> bool:
        names = ["O", *(LABELS[label] for label in path)]
        return all(b[0] != "I" or a[1:] == b[1:] for a, b in itertools.pairwise(names))

    for row, length in enumerate(lengths):
        every = [p for p in itertools.product(range(len(LABELS)), repeat=int(length)) if legal(p)]
        best = max(every, key=lambda p: sum(logs[row, place, label] for place, label in enumerate(p)))
        found = best_labels(logs, lengths)[row]
        assert tuple(found[:length]) == best
        assert not found[length:].any()


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        ("(Verkor)", [(0, 8)], ["Verkor"]),
        ("« Verkor »", [(0, 10)], ["Verkor"]),
        ("Agence (ADEME)", [(0, 14)], ["Agence (ADEME)"]),
        ("Verkor, recrute", [(0, 7)], ["Verkor"]),
        ("les Verkoriens", [(4, 10)], ["Verkoriens"]),
        ("l'ADEME", [(1, 7)], ["ADEME"]),
        ("En Marche !", [(0, 11)], ["En Marche !"]),
        ("Verkor S.A.", [(0, 11)], ["Verkor S.A."]),
        ("...", [(0, 3)], []),
    ],
)
def test_spans_are_whole_words_without_marks(
    text: str, cut: list[tuple[int, int]], expected: list[str]
) -> None:
    places = np.array(cut, dtype=np.int32)
    labels = np.full(len(cut), LABELS.index("B-ORG"), dtype=np.int8)
    found = spans(text, labels, places[:, 0], places[:, 1])
    assert [text[start:end] for start, end, _ in found] == expected


def test_a_reading_can_be_built_from_mentions_alone() -> None:
    reading = Reading.from_mentions("Mila recrute. Mila grandit.", [Mention(14, 18, "ORG", 0.8)])
    assert reading.score(14, 18) == pytest.approx((0.2, 0.8, 0.0))
    assert reading.score(0, 4) == (1.0, 0.0, 0.0)
    assert reading.score(13, 14) == (1.0, 0.0, 0.0)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no model\.onnx"):
        Encoder(tmp_path)
    with pytest.raises(ModelError, match="There is no model 'nothing'"):
        model_folder("nothing")


def test_a_model_of_other_labels_is_refused(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).touch()
    (tmp_path / "config.json").write_text(json.dumps({"labels": ["O"], "window": 9}), encoding="utf-8")
    with pytest.raises(ModelError, match="train it anew"):
        Encoder(tmp_path)
