"""File names for releases, whatever their `doc_id` holds."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^\w.+@ -]")
_LONGEST = 150  # of 255 bytes that file systems take; accented letters take two
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class FileNames:
    """Gives each `doc_id` a file name of its own, without extension, that stays inside its folder.

    >>> names = FileNames()
    >>> names.of("avril/communiqué"), names.of("avril_communiqué"), names.of("../../etc/passwd")
    ('avril_communiqué', 'avril_communiqué~2', '_.._etc_passwd')
    """

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def of(self, doc_id: str) -> str:
        """The name for `doc_id`: the same each time, and different from all others, letter case aside."""
        bare = _UNSAFE.sub("_", doc_id)[:_LONGEST].strip(" ").lstrip(".") or "_"
        if _DEVICES.fullmatch(bare):
            bare = f"_{bare}"
        name, number = bare, 1
        while self._owners.setdefault(name.casefold(), doc_id) != doc_id:
            number += 1
            name = f"{bare}~{number}"
        return name
