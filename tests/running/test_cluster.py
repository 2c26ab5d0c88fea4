"""Runs with Ray: the local engine's rows, on a file system that many machines share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from same_code import faulty, shipped

from alambic.readers import Columns, find
from alambic.running import cluster, local
from alambic.running.engines import Wanted, run_wanted
from alambic.running.faults import RunFault
from alambic.running.manifest import Summary
from alambic.running.outputs import Outputs
from alambic.running.settings import Settings
from alambic.running.slices import slices
from alambic.tabulation.schemas import TABLES


class Told:
    def __init__(self) -> None:
        self.total: int | None = None
        self.inputs = 0
        self.said: list[str] = []

    def begin(self, total: int | None) -> None:
        self.total = total

    def advance(self, inputs: int, words: int) -> None:
        self.inputs = inputs

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alambic.running.settings._digest", lambda: "the same")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """A real Ray on this machine, with CPUs enough for two processes."""
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    here = {"PYTHONPATH": str(Path(__file__).parent)}  # processes import the faulty extraction by its name
    ray.init(
        "local", num_cpus=3, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": here}
    )
    yield ray
    ray.shutdown()


def _folder(folder: Path, number: int, faults: tuple[str, ...] = ("dies", "raises", "breaks")) -> Path:
    """Files and a table of releases, and among both what cannot be read or breaks the extraction."""
    (folder / "sous").mkdir(parents=True)
    for n in range(number):
        (folder / f"r{n:03}.txt").write_text(f"La société Lefèvre{n} rejoint Dupont.", encoding="utf-8")
    (folder / "sous/r000.txt").write_text("Un autre du même nom, chez Martin.", encoding="utf-8")
    (folder / "vide.txt").touch()
    for fault in faults:
        (folder / f"{fault}.txt").write_text(f"Texte qui {fault.upper()}.")
    texts = [f"Le groupe Durand{n} s'installe à Lille." for n in range(number)] + ["", "Texte qui RAISES."]
    urls = [f"u{n // 2}" for n in range(number + 2)]
    pq.write_table(pa.table({"text": texts, "url": urls}), folder / "table.parquet", row_group_size=9)
    return folder


def _both(inputs: Path, out: Path, settings: Settings, extraction: Any) -> Summary:
    (out / "local").mkdir(parents=True)
    local.run([inputs], out / "local", settings, Told(), extraction=extraction)
    return cluster.run([inputs], str(out / "ray"), settings, Told(), extraction=extraction)


def _assert_same(out: Path, settings: Settings) -> None:
    for table in TABLES:
        if table == "texts" and not settings.keep_text:
            continue
        here, there = (pq.read_table(out / engine / f"{table}.parquet") for engine in ("local", "ray"))
        assert there.equals(here), table


def test_tables_and_rejections_are_those_of_the_local_engine(ray: Any, tmp_path: Path) -> None:
    inputs = _folder(tmp_path / "in", 40, ("raises", "breaks"))
    settings = Settings(columns=Columns("text", "url"), keep_text=True)
    summary = _both(inputs, tmp_path, settings, faulty)
    _assert_same(tmp_path, settings)
    assert (summary.rows["releases"], summary.rows["rejected"]) == (81, 5)
    told = json.loads((tmp_path / "ray/run.json").read_text())
    assert (told["settings"]["engine"], told["inputs"]) == ("ray", 86)


@pytest.mark.heavy
def test_a_run_goes_on_from_the_slices_that_are_finished(ray: Any, tmp_path: Path) -> None:
    inputs = _folder(tmp_path / "in", 40)
    settings = Settings(columns=Columns("text", "url"))
    _both(inputs, tmp_path, settings, faulty)
    (tmp_path / "ray/.alambic/slices/00000001.json").write_text("{")  # cut while it was written
    (tmp_path / "ray/releases.parquet/00000002.parquet").unlink()
    told = Told()
    summary = cluster.run([inputs], str(tmp_path / "ray"), settings, told, extraction=faulty, resume=True)
    assert 0 < summary.kept < told.inputs == told.total == summary.inputs == 87
    assert told.said == []
    _assert_same(tmp_path, settings)

    changed = Settings(columns=Columns("text", "url"), max_bytes=10**6)
    summary = cluster.run([inputs], str(tmp_path / "ray"), changed, told, extraction=faulty, resume=True)
    assert summary.kept == 0
    assert told.said == ["All is extracted anew: max_bytes was 50000000 and is 1000000."]

    (tmp_path / "ray/figures.csv").write_text("à moi")
    local.run([inputs], tmp_path / "ray", settings, Told(), extraction=faulty)  # takes the folder over
    _assert_same(tmp_path, settings)
    assert (tmp_path / "ray/releases.parquet").is_file()
    assert (tmp_path / "ray/figures.csv").exists()


@pytest.mark.heavy
def test_the_shipped_model_reads_the_same_under_ray(ray: Any, tmp_path: Path) -> None:
    gold = Path(__file__).parents[2] / "corpus/gold"
    settings = Settings(keep_text=True)
    _both(gold, tmp_path, settings, shipped)
    _assert_same(tmp_path, settings)


@pytest.mark.heavy
def test_a_release_that_hangs_is_rejected_and_the_cluster_is_told_what_it_lacks(
    ray: Any, tmp_path: Path
) -> None:
    inputs = _folder(tmp_path / "in", 5)
    (inputs / "hangs.txt").write_text("Texte qui HANGS.")
    _both(inputs, tmp_path / "a", Settings(timeout=8.0), faulty)
    _assert_same(tmp_path / "a", Settings())
    with pytest.raises(RunFault, match="no such model"):
        cluster.run([inputs], str(tmp_path / "b"), Settings(model="absent"), Told(), extraction=faulty)
    with pytest.raises(RunFault, match="--jobs 3: Ray has 3 CPUs and needs one for itself; give 2 at most"):
        cluster.run([inputs], str(tmp_path / "c"), Settings(), Told(), extraction=faulty, jobs=3)


def test_slices_depend_on_the_inputs_alone_and_hold_each_once(tmp_path: Path) -> None:
    found = find([_folder(tmp_path / "in", 40)], tables=True)
    columns = Columns("text", "url")
    once, again = (list(slices(found, columns, 10**9)) for _ in range(2))
    assert [piece.key for piece in once] == [piece.key for piece in again]
    assert sum(piece.n_inputs for piece in once) == 87
    assert max(piece.n_inputs for piece in once) <= 32


def test_a_file_written_anew_changes_the_key_of_its_slice_alone(tmp_path: Path) -> None:
    inputs = _folder(tmp_path / "in", 80)
    before = [piece.key for piece in slices(find([inputs]), None, 10**9)]
    (inputs / "r079.txt").write_text("Tout autre chose, plus long qu'avant.")
    after = [piece.key for piece in slices(find([inputs]), None, 10**9)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(["a"], "out", ["csv", "parquet"], engine="ray"), "--format csv: Ray writes Parquet alone"),
        (Wanted(["a.txt"], "out", address="auto"), "--address auto: .* add --engine ray"),
        (Wanted(["a.txt"], "s3://bucket/out"), "-o s3://bucket/out: the local engine writes to folders"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused_in_a_sentence(wanted: Wanted, told: str) -> None:
    with pytest.raises(RunFault, match=told):
        run_wanted(wanted, Settings(), Told())


def test_without_ray_a_sentence_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray.data", None)
    with pytest.raises(RunFault, match=r"pip install 'alambic\[ray\]'"):
        cluster.run([tmp_path], str(tmp_path / "out"), Settings(), Told())


def test_tables_that_one_process_alone_can_read_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("ray.data")
    (tmp_path / "a.jsonl").write_text('{"text": "Bonjour."}\n')
    with pytest.raises(RunFault, match=r"a\.jsonl: Ray reads tables of releases from Parquet alone"):
        cluster.run([tmp_path / "a.jsonl"], str(tmp_path / "out"), Settings(), Told())


def test_outputs_go_to_any_file_system() -> None:
    outputs = Outputs("memory://boite/sorties")
    outputs.write("a/1.txt", b"un")
    outputs.write("a/2.txt", b"deux")
    outputs.delete("a", ["1.txt"])
    assert outputs.read_all("a") == {"2.txt": b"deux"}
    outputs.withdraw("a/2.txt")
    outputs.withdraw("a/3.txt")
    assert outputs.names("a") == outputs.names("b") == []
