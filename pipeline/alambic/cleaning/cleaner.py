"""From raw text to clean text."""

from __future__ import annotations

from alambic.cleaning.characters import mend_characters
from alambic.cleaning.lines import join_lines
from alambic.cleaning.mapped import MappedText

_MOST_PASSES = 8
"""So many are needed only by text made to need them, which may then be cleaned a little further."""


def clean(raw: str) -> MappedText:
    """The text that the stages read, and where each of its characters stands in `raw`.

    In the clean text a line is a block (a paragraph, title, list item, table row or contact line), an empty line
    parts paragraphs, a tab parts the cells of a table row. There is one kind of apostrophe and of blank; words cut
    at line ends, ligatures and mojibake are mended; page numbers, headers and footers are out. Nothing is
    translated or put in: every clean character comes from the raw text. Cleaning clean text changes nothing.

    >>> clean("La gigafactory des Hauts-de-\\nFrance a\\u00a0été inaugu-\\nrée.").text
    'La gigafactory des Hauts-de-France a été inaugurée.'
    """
    mapped = MappedText.identity(raw)
    for _ in range(_MOST_PASSES):  # one pass does it, and a second one sees that nothing is left to do
        before = mapped.text
        mapped = join_lines(mend_characters(mapped))
        if mapped.text == before:
            break
    return mapped
