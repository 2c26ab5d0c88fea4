"""Members of .zip archives, read one at a time and never unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from alambic.readers.source import Unreadable

SUFFIX = ".zip"
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its size unpacked in bytes as the archive states it, and why it cannot be read,
    if so.
    """

    name: str
    n_bytes: int
    fault: Unreadable | None = None


def members(path: str) -> list[Member]:
    """The files in the archive at `path`, sorted by name; hidden ones and what macOS adds left out.

    Raises `Unreadable` where the archive itself cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            listing = archive.infolist()
    except _BROKEN as error:
        raise Unreadable(f"the archive cannot be opened ({error})", "pack it again as .zip") from None
    last = {info.filename: info for info in listing}  # what is read by a name: the others were replaced by it
    found = []
    for info in listing:
        place = PurePosixPath(info.filename)
        if (
            info.is_dir()
            or any(part.startswith(".") and part != ".." for part in place.parts)
            or "__MACOSX" in place.parts
        ):
            continue
        fault = _fault(info, place) if last[info.filename] is info else _replaced()
        found.append(Member(info.filename, info.file_size, fault))
    return sorted(found, key=lambda member: member.name)


def _replaced() -> Unreadable:
    return Unreadable("a later member of the archive has the same name", "pack it again under another name")


def _fault(info: zipfile.ZipInfo, place: PurePosixPath) -> Unreadable | None:
    if ".." in place.parts or place.is_absolute() or "\\" in info.filename or ":" in place.parts[0]:
        return Unreadable("its name points outside the archive", "do not trust this archive")
    if info.flag_bits & _ENCRYPTED:
        return Unreadable("it is protected by a password", "unpack it first")
    if place.suffix.lower() == SUFFIX:
        return Unreadable("it is an archive in an archive", "unpack the outer one first")
    return None


def read(path: str, member: str, max_bytes: int) -> bytes:
    """The content of `member`, at most `max_bytes` + 1 bytes of it whatever size the archive states.

    Raises `Unreadable` where it cannot be unpacked.
    """
    try:
        with _opened(path).open(member) as stream:
            return stream.read(max_bytes + 1)
    except (*_BROKEN, KeyError) as error:
        raise Unreadable(f"it cannot be unpacked ({error})", "pack the archive again") from None


@lru_cache(maxsize=1)
def _opened(path: str) -> zipfile.ZipFile:
    # One stays open: members of one archive come one after the other, and its directory may be long.
    return zipfile.ZipFile(path)
