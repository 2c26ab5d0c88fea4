"""One input to the releases that it holds, by its format."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from alambic.readers import archive
from alambic.readers.decoding import decode
from alambic.readers.inputs import STANDARD_INPUT, Input
from alambic.readers.source import Source, Unreadable

MAX_BYTES = 50_000_000


def content(item: Input, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of `item`, unpacked where it is in an archive.

    Raises `Unreadable` where they cannot be read or are more than `max_bytes`.
    """
    if item.text is not None:
        data = item.text.encode("utf-8", "surrogatepass")
    elif item.path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(max_bytes + 1)
    elif item.n_bytes > max_bytes:
        raise _too_large(max_bytes)
    elif item.member is not None:
        data = archive.read(item.path, item.member, max_bytes)
    else:
        data = _file(item.path, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


def _file(path: str, max_bytes: int) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise Unreadable("it is gone", "do not move files while they are being read") from None
    except PermissionError:
        raise Unreadable("it may not be read", "ask for the right to read it") from None
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error.strerror})", "check the disk") from None


def _too_large(max_bytes: int) -> Unreadable:
    return Unreadable(
        f"it is larger than {max_bytes:,} bytes", "split it, or raise the limit with --max-bytes"
    )


def read(item: Input, data: bytes) -> Iterator[Source]:
    """The releases in `item`, whose bytes are `data`: one, or several for a mail with releases attached.

    Raises `Unreadable` where it holds no text.
    """
    if item.text is not None:
        yield Source(item.doc_id, item.text, item.source, item.published, item.metadata)
        return
    decoded = decode(data)
    yield Source(item.doc_id, decoded.text, item.source, None, {"encoding": decoded.encoding})
