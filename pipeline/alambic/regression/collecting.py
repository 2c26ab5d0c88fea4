"""Releases as pytest's tests: collected where they lie, compared with their snapshots or judged by their gold.

Snapshots go through the check behind the fixtures of pytest-regressions, so that a missing one is written and fails
once, and `--force-regen` and `--regen-all` mean what they mean there. Its `data_regression` itself would not do: it
is a fixture of test functions, sorts the cells by name and folds long texts, and tells a difference as lines of YAML.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alambic.regression import snapshots
from alambic.regression.comparing import compare
from alambic.regression.faults import RegressionFault
from alambic.regression.kept import Kept
from alambic.regression.states import read_and_extract
from alambic.regression.telling import told

if TYPE_CHECKING:
    from alambic.evaluation import Error, Gold, Scores
    from alambic.readers import Input, Rejected
    from alambic.running.work import Extracts

_MODELS = ("accurate", "fast")
_SHOWN = 30


class Disagrees(AssertionError):
    """A release is not read as it is kept; the message says what differs, for people."""


def _failed(sentences: str) -> BaseException:
    """The failure of a test in words alone: Python's stack says nothing about a release."""
    return pytest.fail.Exception(sentences, pytrace=False)


class Releases:
    """The plugin: what was set, and what its tests share (the model, the scores), made when first needed."""

    def __init__(self, config: pytest.Config) -> None:
        self._releases: list[Path] = config.getini("alambic_releases")
        self._gold: list[Path] = [path.resolve() for path in config.getini("alambic_gold")]
        self.floors = dict(_floor(given) for given in config.getini("alambic_floors"))
        self.model: str = config.getini("alambic_model")
        self._scores: dict[Path, Scores] = {}
        kept_in: list[Path] = config.getini("alambic_snapshots")
        if self.model not in _MODELS:
            raise pytest.UsageError(f"alambic_model: there is no model {self.model}; set accurate or fast.")
        if self._releases and len(kept_in) != 1:
            raise pytest.UsageError(
                "alambic_snapshots: alambic_releases is set, so name the one folder that keeps their snapshots."
            )
        if self._releases and config.getoption("force_regen", default=None) is None:
            raise pytest.UsageError(
                "alambic_releases: their snapshots need pytest-regressions; pip install pytest-regressions."
            )
        for path in self._gold:
            if not path.is_dir():
                raise pytest.UsageError(
                    f"alambic_gold: {path} is no folder; name one with <doc_id>.json files."
                )
        self.snapshots = kept_in[0] if kept_in else Path()
        self._widen(config)

    def _widen(self, config: pytest.Config) -> None:
        """Adds the releases to what is collected where the user names nothing, and testpaths would leave them out."""
        if config.args_source is pytest.Config.ArgsSource.ARGS:
            return
        collected = [Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args]
        folders = {Path(path).parent for path in self._inputs}
        for folder in sorted(map(Path.resolve, (*folders, *self._gold))):
            if not any(folder.is_relative_to(one.resolve()) for one in collected):
                config.args.append(os.path.relpath(folder, config.invocation_params.dir))
                collected.append(folder)

    @cached_property
    def _inputs(self) -> dict[str, list[Input | Rejected]]:
        """What is to be read from each file, by its real path."""
        from alambic.readers import Rejected, find

        inputs = defaultdict(list)
        for item in find(self._releases).items:
            path = item.source.split("!")[0] if isinstance(item, Rejected) else item.path
            if not os.path.exists(path):
                raise pytest.UsageError(f"alambic_releases: {item}")
            inputs[os.path.realpath(path)].append(item)
        if self._releases and not inputs:
            given = ", ".join(map(str, self._releases))
            raise pytest.UsageError(f"alambic_releases: no release is under {given}; correct the path.")
        return inputs

    @cached_property
    def extractor(self) -> Extracts:
        """The extraction with the model that was set."""
        from alambic.running.work import shipped

        return shipped(self.model)

    def scores(self, folder: Path) -> Scores:
        """The scores of the gold in `folder` that fits its texts: what does not is a failure of its own."""
        from alambic.evaluation import score
        from alambic.evaluation.judging import predict

        if folder not in self._scores:
            golds = [gold for path in sorted(folder.glob("*.json")) if (gold := _sound_gold(path))]
            self._scores[folder] = score(golds, predict(golds, self.model))
        return self._scores[folder]

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if inputs := self._inputs.get(os.path.realpath(file_path)):
            file: ReleaseFile = ReleaseFile.from_parent(parent, path=file_path)
            file.inputs, file.releases = inputs, self
            return file
        if file_path.suffix == ".json" and file_path.parent.resolve() in self._gold:
            gold: GoldFile = GoldFile.from_parent(parent, path=file_path)
            gold.releases = self
            return gold
        return None

    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if self.floors and path.resolve() in self._gold:
            folder: GoldFolder = GoldFolder.from_parent(parent, path=path)
            folder.releases = self
            return folder
        return None


def _floor(given: str) -> tuple[str, float]:
    name, _, value = given.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise pytest.UsageError(
            f"alambic_floors: {given} wants a name and a number, as entities=0.9."
        ) from None


def _sound_gold(path: Path) -> Gold | None:
    from alambic.evaluation import GoldFault, read_gold

    try:
        return read_gold(path, path.with_suffix(".txt"))
    except GoldFault:
        return None


class ReleaseFile(pytest.File):
    """A file with a release, or several."""

    inputs: list[Input | Rejected]
    releases: Releases

    def collect(self) -> Iterator[pytest.Item]:
        for item in self.inputs:
            yield SnapshotTest.of(self, item, self.releases)


class GoldFile(pytest.File):
    """The annotations of one release."""

    releases: Releases

    def collect(self) -> Iterator[pytest.Item]:
        yield GoldTest.of(self, self.releases)


class GoldFolder(pytest.Directory):
    """A folder of gold that has floors to reach."""

    releases: Releases

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        for path in sorted(self.path.iterdir()):
            if not self.session.isinitpath(path, with_parents=True) and self.ihook.pytest_ignore_collect(
                collection_path=path, config=self.config
            ):
                continue
            if path.is_file():
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)
            elif path.is_dir() and (below := self.ihook.pytest_collect_directory(path=path, parent=self)):
                yield below
        yield FloorsTest.of(self, self.releases)


class SnapshotTest(pytest.Function):
    """What is read from one input must be what its snapshot keeps. A function, for the request that checks need."""

    _input: Input | Rejected
    _releases: Releases

    @classmethod
    def of(cls, parent: ReleaseFile, item: Input | Rejected, releases: Releases) -> SnapshotTest:
        made: SnapshotTest = cls.from_parent(parent, name=item.doc_id, callobj=_check_snapshots)
        made._input, made._releases = item, releases
        return made

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def differences(self, request: pytest.FixtureRequest, obtained: Path) -> Iterator[str]:
        """Why releases of the input are not as they are kept."""
        for number, release in enumerate(read_and_extract([self._input], self._releases.extractor)):
            try:
                self._check(request, release, obtained / f"{number}{snapshots.SUFFIX}")
            except Disagrees as differs:
                yield str(differs)
            except pytest.fail.Exception as written:  # anew, or for the first time
                why = written.__context__
                yield f"{why}\n{written.msg}" if isinstance(why, Disagrees) else str(written.msg)

    def _check(self, request: pytest.FixtureRequest, release: Kept, obtained: Path) -> None:
        from pytest_regressions.common import perform_regression_check

        unused: Any = obtained.parent  # both paths are given
        model = self._releases.model
        perform_regression_check(
            datadir=unused,
            original_datadir=unused,
            request=request,
            check_fn=lambda _, expected: _compare(expected, release, model),
            dump_fn=lambda path: _dump(path, release, model),
            extension=snapshots.SUFFIX,
            fullpath=snapshots.path_of(self._releases.snapshots, release.doc_id),
            obtained_filename=obtained,
        )


def _dump(path: Path, release: Kept, model: str) -> None:
    path.write_text(snapshots.as_text(release, model), encoding="utf-8", newline="\n")


def _compare(expected: Path, release: Kept, model: str) -> None:
    try:
        before, former_model = snapshots.read(expected)
    except RegressionFault as fault:
        raise Disagrees(str(fault)) from None
    lines = list(told(compare(before, release)))
    if lines and former_model != model:
        lines.insert(0, f"the snapshot was made with the model {former_model}, this is {model}")
    if lines:
        raise Disagrees(
            "\n".join([*lines, f"kept in {expected} (pytest --force-regen takes the new state in)"])
        )


def _check_snapshots(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    assert isinstance(request.node, SnapshotTest)
    if found := list(request.node.differences(request, tmp_path)):
        raise _failed("\n\n".join(found))


class GoldTest(pytest.Item):
    """One release must be read as its annotation says; where floors are set, a disagreement is expected to fail."""

    _releases: Releases

    @classmethod
    def of(cls, parent: GoldFile, releases: Releases) -> GoldTest:
        made: GoldTest = cls.from_parent(parent, name=parent.path.stem)
        made._releases = releases
        return made

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def runtest(self) -> None:
        from alambic.evaluation import GoldFault, read_gold

        try:
            gold = read_gold(self.path, self.path.with_suffix(".txt"))
            scores = self._releases.scores(self.path.parent.resolve())
        except GoldFault as fault:
            raise _failed(str(fault)) from None
        doc_id = gold.release.doc_id
        errors = [error for error in scores.errors if error.doc_id == doc_id]
        if not errors:
            return
        f1 = ", ".join(f"{stage} {counts.f1:.3f}" for stage, counts in scores.documents[doc_id].items())
        lines = [
            f"{doc_id}: {len(errors)} of what is read disagrees with its gold (F1: {f1})",
            *_listed(errors),
        ]
        if not self._releases.floors:
            raise _failed("\n".join(lines))
        self.add_report_section("call", "gold", "\n".join(lines))
        pytest.xfail(f"{lines[0]}; the floors judge")


class FloorsTest(pytest.Item):
    """The gold of a folder must reach the floors as a whole, as `alambic evaluate --min` judges it."""

    _releases: Releases

    @classmethod
    def of(cls, parent: GoldFolder, releases: Releases) -> FloorsTest:
        made: FloorsTest = cls.from_parent(parent, name="floors")
        made._releases = releases
        return made

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def runtest(self) -> None:
        from alambic.evaluation import GoldFault, read_folder
        from alambic.evaluation.judging import below

        try:
            read_folder(self.path)
            scores = self._releases.scores(self.path.resolve())
            missed = below(scores, self._releases.floors)
        except GoldFault as fault:
            raise _failed(str(fault)) from None
        except KeyError as name:
            raise _failed(
                f"alambic_floors: nothing named {name} was scored; name a stage, as entities."
            ) from None
        if missed:
            below_floor = {sentence.split()[0] for sentence in missed}
            errors = [error for error in scores.errors if {error.stage, error.what} & below_floor]
            raise _failed("\n".join([*missed, *_listed(errors)]))


def _listed(errors: Iterable[Error]) -> Iterator[str]:
    shown = list(errors)
    yield from (f"  {error}" for error in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield f"  … and {len(shown) - _SHOWN:,} more: alambic evaluate -v lists all"
