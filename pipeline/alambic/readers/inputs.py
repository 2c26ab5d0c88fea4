"""Where releases are: paths, folders and glob patterns to a sorted list of inputs, each with its `doc_id`.

Nothing is read here but folder listings and the directories of archives.
"""

from __future__ import annotations

import glob
import json
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from alambic.readers import archive, store
from alambic.readers.listing import Listing
from alambic.readers.names import printable
from alambic.readers.source import STANDARD_INPUT, Input, Rejected, Unreadable

DOCUMENTS = frozenset({".txt", ".md", ".pdf", ".html", ".htm", ".docx", ".eml"})
ROWS = frozenset({".csv", ".jsonl", ".ndjson", ".parquet"})


@dataclass(slots=True)
class Found:
    """What a search brought: inputs in order, what is none among them, how many files of other kinds lie
    there; `holds_tables` says that an input is a table of releases, so that their number is not known yet.
    """

    items: Sequence[Input | Rejected] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    holds_tables: bool = False


def find(
    paths: Iterable[str | os.PathLike[str]], *, tables: bool = False, besides: Path | None = None
) -> Found:
    """The inputs under `paths`: files, folders (all below, sorted), glob patterns, archives, `-` for standard
    input, addresses of files and folders on object stores (`alambic.readers.store`).

    A folder gives its files of known kinds (`DOCUMENTS`, archives, and `ROWS` where `tables` is true); hidden
    files are passed over and other kinds counted in `left_out`. A file that is named is taken whatever its
    kind. Tables and the report of a run are none. No link is followed out of the folder that was given, and nothing below `besides` (where the tables
    go) is read.

    `doc_id` is the file's stem, or its path below the given folder where stems collide.
    """
    search = _Search(tables, besides.resolve() if besides else None)
    for path in paths:
        search.add(os.fspath(path))
    items, left_out, holds_tables = search.items, search.left_out, search.holds_tables
    del search  # it remembers each path
    items.settle()
    return Found(items, left_out, holds_tables)


class _Search:
    def __init__(self, tables: bool, besides: Path | None) -> None:
        self.tables = tables
        self.besides = os.fspath(besides) if besides else None
        self.items = Listing()
        self.left_out: Counter[str] = Counter()
        self.holds_tables = False
        self._seen: set[int] = set()  # hashes of paths: a million must fit in memory

    def add(self, path: str) -> None:
        if path == STANDARD_INPUT:
            if self._is_new(path):
                self.items.add(path, 0, below_from=0)
            return
        if store.is_address(path):
            self._add_address(path)
            return
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            matches = (
                sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) and "\0" not in path else []
            )
            if not matches:
                self._reject(path, *_why_absent(path, error))
            for match in matches:
                if os.path.isdir(match) or self._is_known(match):
                    self.add(match)
                else:
                    self._leave_out(match)
            return
        if is_folder:
            below_from = len(os.path.join(path, ""))
            for file, real in self._walk(path):
                self._add_file(file, real, below_from)
        else:
            self._add_file(path, os.path.realpath(path), len(path) - len(os.path.basename(path)))

    def _is_new(self, path: str) -> bool:
        known = len(self._seen)
        self._seen.add(hash(path))
        return len(self._seen) > known

    def _take(self, path: str, n_bytes: int, below_from: int) -> None:
        self.items.add(path, n_bytes, below_from=below_from)
        self.holds_tables = self.holds_tables or os.path.splitext(path)[1].lower() in ROWS

    def _add_address(self, address: str) -> None:
        address = address.rstrip("/")
        try:
            files = store.listed(address)
        except Unreadable as fault:
            self._reject(address, fault.reason, fault.remedy)
            return
        except OSError as error:
            self._reject(address, *_why_absent(address, error))
            return
        named = [path for path, _ in files] == [address]
        below_from = address.rfind("/") + 1 if named else len(address) + 1
        for path, size in files:
            if any(part.startswith(".") for part in path[below_from:].split("/")) or not self._is_new(path):
                continue
            if path.lower().endswith(archive.SUFFIX):
                self._reject(path, "archives are read on this machine alone", "copy it here first")
            elif named or self._is_known(path):
                self._take(path, size, below_from)
            else:
                self._leave_out(path)

    def _walk(self, folder: str) -> Iterator[tuple[str, str]]:
        """The files below `folder`, each with its path without links."""
        root = os.path.realpath(folder)

        def unreadable(error: OSError) -> None:
            self._reject(str(error.filename), *_why_absent(str(error.filename), error))

        for here, folders, files in os.walk(folder, onerror=unreadable):
            if ".alambic" in folders:  # a run's tables lie here
                written = _written_by_a_run(here)
                files = [name for name in files if name not in written]
                folders[:] = [name for name in folders if name not in written]
            linked = [name for name in folders if os.path.islink(os.path.join(here, name))]
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in linked)
            if self.besides:
                folders[:] = [
                    name for name in folders if os.path.realpath(os.path.join(here, name)) != self.besides
                ]
            for name in sorted(linked):
                self._check_link(os.path.join(here, name), root)
            real_here = os.path.realpath(here)
            for name in sorted(files):
                path = os.path.join(here, name)
                linked_file = os.path.islink(path)
                if name.startswith(".") or (linked_file and not self._check_link(path, root)):
                    continue
                if self._is_known(path):
                    yield path, os.path.realpath(path) if linked_file else os.path.join(real_here, name)
                else:
                    self._leave_out(path)

    def _is_known(self, path: str) -> bool:
        suffix = os.path.splitext(path)[1].lower()
        return suffix in DOCUMENTS or suffix == archive.SUFFIX or (self.tables and suffix in ROWS)

    def _leave_out(self, path: str) -> None:
        self.left_out[os.path.splitext(path)[1].lower() or "without extension"] += 1

    def _check_link(self, path: str, root: str) -> bool:
        target = os.path.realpath(path)
        if not os.path.exists(target):
            self._reject(path, "it is a link that leads nowhere", "mend or remove the link")
        elif target != root and not target.startswith(root + os.sep):
            self._reject(path, "it is a link to what lies outside the given folder", "give its target itself")
        else:
            return True
        return False

    def _add_file(self, path: str, real: str, below_from: int) -> None:
        if not self._is_new(real):
            return
        try:
            status = os.stat(path)
        except OSError as error:
            self._reject(path, *_why_absent(path, error))
            return
        if not stat.S_ISREG(status.st_mode):
            self._reject(path, "it is no regular file", "give a file or a folder")
        elif path.lower().endswith(archive.SUFFIX):
            self._add_archive(path, below_from)
        else:
            self._take(path, status.st_size, below_from)

    def _add_archive(self, path: str, below_from: int) -> None:
        try:
            members = archive.members(path)
        except Unreadable as fault:
            self._reject(path, fault.reason, fault.remedy)
            return
        if not members:
            self._reject(path, "the archive holds no files", "pack it again")
        for member in members:
            source = f"{printable(path)}!{printable(member.name)}"
            suffix = PurePosixPath(member.name).suffix.lower()
            if member.fault:
                self._reject(source, member.fault.reason, member.fault.remedy)
            elif suffix in DOCUMENTS:
                self.items.add(path, member.n_bytes, below_from=below_from, member=member.name)
            else:
                self.left_out[suffix or "without extension"] += 1

    def _reject(self, path: str, reason: str, remedy: str) -> None:
        name = printable(path) or "''"
        self.items.reject(Rejected(PurePosixPath(name).stem or name, name, "finding", reason, remedy))


def _written_by_a_run(folder: str) -> set[str]:
    """The names of the files and folders in `folder` that an `alambic run` and its report wrote there."""
    try:
        with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
            told = json.load(file)
        files = {str(name) for name in told["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        files = set()
    return {"run.json", "report.html", *files}


def _why_absent(path: str, error: Exception) -> tuple[str, str]:
    if glob.has_magic(path):
        return "the pattern matches no file", "check the pattern and the folder that it starts from"
    if isinstance(error, PermissionError):
        return "it may not be read", "ask for the right to read it"
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder", "check the path"
    if isinstance(error, ValueError):
        return "its name holds a NUL character", "check the path"
    return f"it cannot be opened ({getattr(error, 'strerror', None) or error})", "check the path"
