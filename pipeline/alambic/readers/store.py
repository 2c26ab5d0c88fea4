"""Files on object stores and shared file systems, by their addresses (`s3://bucket/folder`, `gs://…`, `file:///…`).

pyarrow opens those that it knows, fsspec the others. Access rights come from the environment, as for any other
program (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, `GOOGLE_APPLICATION_CREDENTIALS` …).
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from alambic.readers.source import Unreadable

if TYPE_CHECKING:  # only those who use an address pay for it
    from pyarrow import fs

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://[^/]*")


def is_address(path: str) -> bool:
    """Whether `path` is an address and not a path of this machine.

    >>> is_address("s3://bucket/releases.parquet"), is_address("releases/a.txt"), is_address("C:/a.txt")
    (True, False, False)
    """
    return _ADDRESS.match(path) is not None


def opened(path: str) -> tuple[fs.FileSystem, str]:
    """The file system that `path` (an address, or a path of this machine) is on, and its path there.

    Raises `Unreadable` where no installed package knows the kind of address.
    """
    if not is_address(path):
        path = f"file://{os.path.abspath(path)}"
    root = _root(path)
    system, base = _mounted(root)
    return system, base + path[len(root) :]


def listed(address: str) -> list[tuple[str, int]]:
    """The files at `address`, or below it where it is a folder, sorted: their addresses and sizes in bytes.

    Raises `FileNotFoundError` where nothing is there, `OSError` where it cannot be listed, and `Unreadable`.
    """
    from pyarrow import fs

    root = _root(address)
    system, path = opened(address)
    there = system.get_file_info(path)
    if there.type == fs.FileType.NotFound:
        raise FileNotFoundError(address)
    if there.type == fs.FileType.File:
        return [(address, there.size)]
    base = _mounted(root)[1]
    files = system.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(
        (root + info.path.removeprefix(base), info.size) for info in files if info.type == fs.FileType.File
    )


def stamp(path: str) -> str:
    """What changes when the file at `path` is written anew: its size and its time of change."""
    system, place = opened(path)
    info: Any = system.get_file_info(place)
    return f"{info.size} {info.mtime_ns}"


def _root(address: str) -> str:
    match = _ADDRESS.match(address)
    assert match is not None
    return match.group()


@lru_cache(maxsize=8)
def _mounted(root: str) -> tuple[fs.FileSystem, str]:
    """The file system of `root` (`s3://bucket`) and the path of `root` there."""
    import pyarrow as pa
    from pyarrow import fs

    if root == "file://":
        return fs.LocalFileSystem(), ""
    try:
        try:
            system, base = fs.FileSystem.from_uri(root)
        except pa.ArrowInvalid:  # pyarrow does not know the scheme
            fsspec: Any = import_module("fsspec")
            known, base = fsspec.core.url_to_fs(root)
            system = fs.PyFileSystem(fs.FSSpecHandler(known))
    except (pa.ArrowException, ImportError, ValueError, OSError) as error:
        scheme = root.partition(":")[0]
        raise Unreadable(
            f"addresses with {scheme}:// cannot be opened ({error})",
            f"install what fsspec needs for {scheme}",
        ) from None
    return system, base.rstrip("/")
