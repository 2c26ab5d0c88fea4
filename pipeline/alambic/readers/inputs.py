"""Where releases are: paths, folders and glob patterns to a sorted list of inputs, each with its `doc_id`.

Nothing is read here but folder listings and the directories of archives.
"""

from __future__ import annotations

import glob
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from alambic.readers import archive, store
from alambic.readers.source import Rejected, Unreadable

DOCUMENTS = frozenset({".txt", ".md", ".pdf", ".html", ".htm", ".docx", ".eml"})
ROWS = frozenset({".csv", ".jsonl", ".ndjson", ".parquet"})
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, a member of an archive, or a text already at hand (a row, standard input)."""

    doc_id: str
    source: str
    path: str = ""
    member: str | None = None
    n_bytes: int = 0
    text: str | None = None
    published: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The extension that says the format, lower case, with its dot."""
        return PurePosixPath(self.member or self.path).suffix.lower()


@dataclass(slots=True)
class Found:
    """What a search brought: inputs in order, what is none among them, how many files of other kinds lie
    there.
    """

    items: list[Input | Rejected] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def holds_tables(self) -> bool:
        """Whether an input is a table of releases, so that their number is not known yet."""
        return any(isinstance(item, Input) and item.suffix in ROWS for item in self.items)


def find(
    paths: Iterable[str | os.PathLike[str]], *, tables: bool = False, besides: Path | None = None
) -> Found:
    """The inputs under `paths`: files, folders (all below, sorted), glob patterns, archives, `-` for standard
    input, addresses of files and folders on object stores (`alambic.readers.store`).

    A folder gives its files of known kinds (`DOCUMENTS`, archives, and `ROWS` where `tables` is true); hidden
    files are passed over and other kinds counted in `left_out`. A file that is named is taken whatever its
    kind. No link is followed out of the folder that was given, and nothing below `besides` (where the tables
    go) is read.

    `doc_id` is the file's stem, or its path below the given folder where stems collide.
    """
    search = _Search(tables, besides.resolve() if besides else None)
    for path in paths:
        search.add(os.fspath(path))
    return _named(search)


@dataclass(slots=True)
class _Candidate:
    """An input before its `doc_id` is known: `below` is its path below what the user gave."""

    below: PurePosixPath
    input: Input


class _Search:
    def __init__(self, tables: bool, besides: Path | None) -> None:
        self.tables = tables
        self.besides = os.fspath(besides) if besides else None
        self.items: list[_Candidate | Rejected] = []
        self.left_out: Counter[str] = Counter()
        self._seen: set[str] = set()

    def add(self, path: str) -> None:
        if path == STANDARD_INPUT:
            if path not in self._seen:
                self._seen.add(path)
                self.items.append(
                    _Candidate(PurePosixPath("stdin"), Input("", STANDARD_INPUT, STANDARD_INPUT))
                )
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
            for file in self._walk(path):
                below = PurePosixPath(os.path.relpath(file, path).replace(os.sep, "/"))
                self._add_file(file, below)
        else:
            self._add_file(path, PurePosixPath(os.path.basename(path)))

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
        for path, size in files:
            below = PurePosixPath(path.rpartition("/")[2] if named else path.removeprefix(f"{address}/"))
            if path in self._seen or any(part.startswith(".") for part in below.parts):
                continue
            self._seen.add(path)
            if path.lower().endswith(archive.SUFFIX):
                self._reject(path, "archives are read on this machine alone", "copy it here first")
            elif named or self._is_known(path):
                self.items.append(_Candidate(below, Input("", path, path, None, size)))
            else:
                self._leave_out(path)

    def _walk(self, folder: str) -> Iterator[str]:
        root = os.path.realpath(folder)

        def unreadable(error: OSError) -> None:
            self._reject(str(error.filename), *_why_absent(str(error.filename), error))

        for here, folders, files in os.walk(folder, onerror=unreadable):
            linked = [name for name in folders if os.path.islink(os.path.join(here, name))]
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in linked)
            if self.besides:
                folders[:] = [
                    name for name in folders if os.path.realpath(os.path.join(here, name)) != self.besides
                ]
            for name in sorted(linked):
                self._check_link(os.path.join(here, name), root)
            for name in sorted(files):
                path = os.path.join(here, name)
                if name.startswith(".") or (os.path.islink(path) and not self._check_link(path, root)):
                    continue
                if self._is_known(path):
                    yield path
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

    def _add_file(self, path: str, below: PurePosixPath) -> None:
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            status = os.stat(path)
        except OSError as error:
            self._reject(path, *_why_absent(path, error))
            return
        if not stat.S_ISREG(status.st_mode):
            self._reject(path, "it is no regular file", "give a file or a folder")
        elif path.lower().endswith(archive.SUFFIX):
            self._add_archive(path, below)
        else:
            self.items.append(_Candidate(below, Input("", printable(path), path, None, status.st_size)))

    def _add_archive(self, path: str, below: PurePosixPath) -> None:
        try:
            members = archive.members(path)
        except Unreadable as fault:
            self._reject(path, fault.reason, fault.remedy)
            return
        for member in members:
            source = f"{printable(path)}!{printable(member.name)}"
            suffix = PurePosixPath(member.name).suffix.lower()
            if member.fault:
                self._reject(source, member.fault.reason, member.fault.remedy)
            elif suffix in DOCUMENTS:
                inside = below.with_suffix("") / member.name
                self.items.append(_Candidate(inside, Input("", source, path, member.name, member.n_bytes)))
            else:
                self.left_out[suffix or "without extension"] += 1

    def _reject(self, path: str, reason: str, remedy: str) -> None:
        name = printable(path)
        self.items.append(Rejected(PurePosixPath(name).stem or name, name, "finding", reason, remedy))


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


def printable(path: str) -> str:
    r"""`path` as text that can be written anywhere: bytes of a file name that are no UTF-8 become `\xe9`.

    >>> printable("communiqu\udce9.txt")
    'communiqu\\xe9.txt'
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _named(search: _Search) -> Found:
    """Gives each input the shortest name that no other has: its stem, its path without extension, its path."""
    forms = [_forms(item.below) for item in search.items if isinstance(item, _Candidate)]
    chosen = [stem for stem, _, _ in forms]
    for level in (1, 2):
        repeated = {name for name, times in Counter(chosen).items() if times > 1}
        chosen = [form[level] if name in repeated else name for form, name in zip(forms, chosen, strict=True)]
    names = iter(chosen)
    taken = UniqueNames()
    items = [
        replace(item.input, doc_id=taken.claim(next(names))) if isinstance(item, _Candidate) else item
        for item in search.items
    ]
    return Found(items, search.left_out)


def _forms(below: PurePosixPath) -> tuple[str, str, str]:
    return _identifier(below.stem), _identifier(str(below.with_suffix(""))), _identifier(str(below))


def _identifier(name: str) -> str:
    return unicodedata.normalize("NFC", printable(name)).strip() or "unnamed"


class UniqueNames:
    """Hands out each name once: a name that was taken gets `~2`, `~3` …

    >>> names = UniqueNames()
    >>> names.claim("a"), names.claim("a"), names.claim("b")
    ('a', 'a~2', 'b')
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()  # hashes: a million names must fit in memory

    def claim(self, name: str) -> str:
        unique, number = name, 1
        while hash(unique) in self._taken:
            number += 1
            unique = f"{name}~{number}"
        self._taken.add(hash(unique))
        return unique
