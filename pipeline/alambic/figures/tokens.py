"""Cuts a block of French text into the tokens that the grammar of figures reads.

A token is a number in digits (with its thousands and decimal marks), a word (with its inner hyphens and, for an
elided word, its apostrophe) or one sign. Offsets are indices into the text that the block was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BLANKS = " \u00a0\u202f\u2009\u2007"
_NUMBER = (
    rf"\d{{1,3}}(?:[{BLANKS}]\d{{3}})++(?!\d)(?:[.,]\d++)?"
    r"|\d{1,3}(?:['’]\d{3})++(?!\d)(?:[.,]\d++)?"
    r"|\d++(?:[.,]\d++)*+"
)
_WORD = r"[^\W\d_]\w*+(?:[-‑](?![lL][àÀ]\b)(?:[dl]['’])?[^\W\d_]\w*+)*+(?:['’](?=[\w€$£]))?"
_TOKEN = re.compile(rf"({_NUMBER})|({_WORD})|\S")
_TYPOGRAPHY = str.maketrans("’‑", "'-")
# A block is a line; a line that breaks off within a sentence goes on in the next one, so that text wrapped at a
# column (as it comes out of a PDF) can be read without having been cleaned.
_SOFT_BREAK = re.compile(r"(?<=[^\s.:;!?]{2})[^\S\n]*\n[^\S\n]*(?=[a-zà-öø-ÿ0-9€%(\"«])")
_WRAP_COLUMN = 50
_LONGEST_BLOCK = 20_000

NUMBER, WORD, SIGN = 1, 2, 0


class Token:
    """`text` as written, `low` in lower case with plain apostrophes and hyphens; `glued` if no blank precedes it."""

    __slots__ = ("end", "glued", "kind", "low", "start", "text")

    def __init__(self, kind: int, text: str, start: int, end: int, glued: bool) -> None:
        self.kind = kind
        self.text = text
        if kind == WORD:
            low = text.lower()
            self.low = low if low.isalpha() else low.translate(_TYPOGRAPHY)
        else:
            self.low = text
        self.start = start
        self.end = end
        self.glued = glued

    def __repr__(self) -> str:
        return f"Token({self.text!r})"


END = Token(SIGN, "", -1, -1, False)


class Block(list[Token]):
    """The tokens of one block; an index outside it gives `END`, an empty sign that no rule takes for anything.

    `text` is the whole text that their offsets refer to.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.text = text

    def opens_cell(self, index: int) -> bool:
        """Whether token `index` is the first of a table's cell after the first one."""
        return index > 0 and "\t" in self.text[self[index - 1].end : self[index].start]

    def at(self, index: int) -> Token:
        return self[index] if 0 <= index < len(self) else END

    def low(self, index: int) -> str:
        return self[index].low if 0 <= index < len(self) else ""


def tokenise(text: str, start: int, end: int) -> Block:
    """The tokens of `text[start:end]`.

    >>> [token.text for token in tokenise("près de 1 200,5 m² d'ateliers", 0, 29)]
    ['près', 'de', '1 200,5', 'm²', "d'", 'ateliers']
    """
    block = Block(text)
    append = block.append
    last = -1
    for match in _TOKEN.finditer(text, start, end):
        first, stop = match.span()
        append(Token(match.lastindex or SIGN, text[first:stop], first, stop, first == last))
        last = stop
    return block


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the blocks of a text begin and end: its lines, wrapped lines taken together.

    A line longer than any paragraph is cut at a blank, so that memory stays bounded.

    >>> [text[a:b] for text in ["Titre\\nPremier paragraphe."] for a, b in blocks(text)]
    ['Titre', 'Premier paragraphe.']
    """
    start, length = 0, len(text)
    while start < length:
        end = text.find("\n", start)
        line = start
        while end != -1 and end - line >= _WRAP_COLUMN and end - start < _LONGEST_BLOCK:
            wrapped = _SOFT_BREAK.match(text, _before_blanks(text, end))
            if not wrapped:
                break
            line = wrapped.end()
            end = text.find("\n", line)
        if end == -1:
            end = length
        while end - start > _LONGEST_BLOCK:
            cut = text.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK)
            cut = start + _LONGEST_BLOCK if cut == -1 else cut
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = end + 1


def _before_blanks(text: str, end: int) -> int:
    while end > 0 and text[end - 1] in " \t\r":
        end -= 1
    return end
