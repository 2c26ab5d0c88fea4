"""Whether a web page is a list of links, such as a newsroom's index: it leads to releases and is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

_AT_LEAST = 5  # links
_SHARE = 0.6  # of the text; the rest is titles and days
_PARAGRAPH = 120  # characters of a line that is no title
_BESIDE = 6  # words that may stand before or behind a link on its line: a day, a place


def is_list_of_links(tree: Any, text: str) -> bool:
    """Whether the lines of `text`, taken from the page `tree`, are links for the most part, and none a paragraph.

    >>> from lxml import html
    >>> items = "".join(f"<li>{day} mars <a href='{day}'>Lefèvre ouvre l’usine {day}</a></li>" for day in range(9))
    >>> text = "\\n".join(f"- {day} mars Lefèvre ouvre l’usine {day}" for day in range(9))
    >>> is_list_of_links(html.fromstring(f"<ul>{items}</ul>"), text)
    True
    """
    links = set(_links(tree))
    lines = [line for line in (_folded(line) for line in text.split("\n")) if line]
    linked = [line for line in lines if any(part in links for part in _parts(line))]
    return (
        len(linked) >= _AT_LEAST
        and sum(map(len, linked)) >= _SHARE * sum(map(len, lines))
        and max((len(line) for line in set(lines) - set(linked)), default=0) < _PARAGRAPH
    )


def _links(tree: Any) -> Iterator[str]:
    """The texts of the page's links, the outermost where they are nested."""
    depth, text = 0, list[str]()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += element.tag == "a"
            if depth:
                text.append(element.text or "")
            continue
        if element.tag == "a":
            depth -= 1
            if not depth:
                yield _folded(" ".join(text))
                text = []
        if depth:
            text.append(element.tail or "")


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _parts(line: str) -> Iterator[str]:
    """`line` without some words at one of its ends."""
    words = line.split()[:100]
    for number in range(min(_BESIDE + 1, len(words))):
        yield " ".join(words[number:])
        yield " ".join(words[: len(words) - number])
