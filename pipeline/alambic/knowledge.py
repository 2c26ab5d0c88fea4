"""Reads the data files that hold what a stage knows (units, months, verbs …).

A data file is UTF-8 text: one entry a line, fields between `|`, blanks around them ignored, empty lines and
whatever follows `# ` (or a `#` at the start of a line) left out.
"""

from __future__ import annotations

from importlib.resources import files


def rows(package: str, name: str) -> list[list[str]]:
    """The entries of the data file `name` in `package`, each a list of its fields.

    >>> rows("alambic.sentences", "abbreviations.txt")[0]
    ['M']
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        line = line.split(" #", 1)[0].strip()
        if line:
            found.append([cell.strip() for cell in line.split("|")])
    return found


def words(package: str, name: str) -> list[str]:
    """The first field of each entry: for files that are plain lists.

    >>> "Mme" in words("alambic.sentences", "abbreviations.txt")
    True
    """
    return [row[0] for row in rows(package, name)]
