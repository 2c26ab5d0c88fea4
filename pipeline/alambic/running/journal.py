"""The finished parts of a run, kept on disk so that a run that was killed can go on and a later one can reuse
them.

`<folder>/.alambic/` holds `settings.json` (the fingerprint that the parts were made with) and `parts/`, each
part written under a temporary name and renamed when whole. It may be deleted when no later run is to go on
from it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa

from alambic.running import parts
from alambic.running.faults import RunFault
from alambic.running.settings import changes
from alambic.running.work import Loaded

FOLDER = ".alambic"
_UNFINISHED = "unfinished"
_OPEN_PARTS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input's outcome is: a part's file name and the row in it."""

    part: str
    row: int


class _Places:
    """Where each key is, in 40 bytes a key: a million must fit in memory. `kept` are parts with their keys in a row."""

    def __init__(self, kept: Sequence[tuple[str, bytes]]) -> None:
        self._names = [name for name, _ in kept]
        keys = np.frombuffer(b"".join(keys for _, keys in kept), f"S{parts.KEY_BYTES}")
        counts = [len(keys) // parts.KEY_BYTES for _, keys in kept]
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._parts = np.repeat(np.arange(len(kept), dtype=np.int32), counts)[order]
        self._rows = np.concatenate([np.arange(n, dtype=np.int32) for n in [0, *counts]])[order]

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, key: bytes) -> Place | None:
        """Where `key` is, in the last part that has it."""
        at = int(np.searchsorted(self._keys, np.bytes_(key), side="right")) - 1
        if at < 0 or self._keys[at] != key.rstrip(b"\0"):  # numpy gives bytes without zeros at their end
            return None
        return Place(self._names[self._parts[at]], int(self._rows[at]))


class Journal:
    """The journal of the run whose tables go to `folder`; held by one run at a time.

    Raises `RunFault` where another run holds it or where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._parts = self.folder / "parts"
        self._places = _Places([])
        self._open: OrderedDict[str, pa.Table] = OrderedDict()
        try:
            self._parts.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(self.folder / "lock", folder)
        except OSError as error:
            raise RunFault(
                f"{folder}: it cannot be written ({error.strerror}); choose another folder with -o."
            ) from None

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._lock)

    @property
    def workshop(self) -> Path:
        """Where tables are written before they are moved to their place."""
        return self.folder / "new"

    @property
    def is_unfinished(self) -> bool:
        """Whether the run that filled the journal was interrupted."""
        return (self.folder / _UNFINISHED).exists() and self.n_parts > 0

    @property
    def next_number(self) -> int:
        """The first number that no kept part has."""
        return max((int(path.name[:8]) + 1 for path in self._parts.glob("*.arrow")), default=0)

    @property
    def n_parts(self) -> int:
        """How many parts are kept."""
        return sum(1 for _ in self._parts.glob("*.arrow"))

    def changes(self, fingerprint: Mapping[str, str]) -> list[str]:
        """What differs between the kept parts' settings and `fingerprint`, a clause each; none where nothing
        does.
        """
        try:
            kept = json.loads((self.folder / "settings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ["what it was made with is not known"] if self.n_parts else []
        return changes(kept, fingerprint)

    def start(self, fingerprint: Mapping[str, str], *, keep: bool) -> None:
        """Begins a run made with `fingerprint`; `keep` the parts that are there, or drop them."""
        if not keep:
            shutil.rmtree(self._parts)
            self._parts.mkdir()
        text = json.dumps(dict(fingerprint), indent=1)
        (self.folder / "settings.json.new").write_text(text, encoding="utf-8")
        os.replace(self.folder / "settings.json.new", self.folder / "settings.json")
        (self.folder / _UNFINISHED).touch()
        whole = []
        for path in sorted(self._parts.glob("*.arrow")):
            try:
                with pa.memory_map(str(path)) as stream:
                    keys = pa.ipc.open_file(stream).read_all().column(parts.KEY).to_pylist()
            except (pa.ArrowException, OSError):
                path.unlink()  # cut by a power failure: its inputs are done again
                continue
            whole.append((path.name, b"".join(keys)))
        self._places = _Places(whole)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept, so that there is no need to ask for a place."""
        return not len(self._places)

    def place(self, loaded: Loaded) -> Place | None:
        """Where the outcome of `loaded` is kept, if it is."""
        return self._places.find(loaded.key)

    @property
    def folder_of_parts(self) -> Path:
        """Where workers put their parts."""
        return self._parts

    def read(self, part: str) -> pa.Table:
        """The part named `part`; the last few stay open."""
        if part in self._open:
            self._open.move_to_end(part)
        else:
            self._open[part] = load(self._parts / part)
            if len(self._open) > _OPEN_PARTS:
                self._open.popitem(last=False)
        return self._open[part]

    def finish(self, used: Iterable[str]) -> None:
        """Ends a run whose inputs came from the parts `used`; the others are deleted."""
        keep = set(used)
        for path in self._parts.iterdir():
            if path.name not in keep:
                path.unlink()
        (self.folder / _UNFINISHED).unlink()


def save(part: pa.Table, folder: Path, name: str) -> None:
    """Writes `part` into `folder` under `name`, whole or not at all. Raises `OSError`."""
    partial = folder / f"{name}.{os.getpid()}.partial"
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    try:
        with (
            pa.OSFile(str(partial), "wb") as sink,
            pa.ipc.new_file(sink, part.schema, options=options) as writer,
        ):
            writer.write_table(part)
        os.replace(partial, folder / name)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def load(path: Path) -> pa.Table:
    """The part at `path`."""
    with pa.OSFile(str(path), "rb") as stream:
        return pa.ipc.open_file(stream).read_all()


def _lock(path: Path, folder: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        import fcntl
    except ImportError:  # Windows: two runs in one folder are the user's to avoid
        return handle
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise RunFault(
            f"{folder}: another run is writing there; wait for it or choose another folder with -o."
        ) from None
    return handle
