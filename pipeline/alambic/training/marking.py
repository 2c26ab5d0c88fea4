"""Writes the names of gold inline, as XML, so that releases that were corrected in an annotation tool can be learnt from."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from alambic.evaluation.gold import Gold
from alambic.record import Entity

_TAGS = {"ORG": "org", "PER": "per"}
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def marked(gold: Gold) -> str:
    """The release of `gold` in the form that `alambic.training.inline` reads, with organisations and people alone.

    Characters that XML does not take become blanks, page breaks line ends; of two names that overlap the first
    stays. Offsets are then those into the new text.

    >>> from alambic.record import Release
    >>> name = Entity(start=0, end=4, text="Mila", label="ORG", canonical="Mila SA")
    >>> print(marked(Gold(Release(doc_id="m", sha256="", entities=(name,)), "Mila & Cie")).strip())
    <release>
    <org c="Mila SA">Mila</org> &amp; Cie</release>
    """
    text = _NOT_XML.sub(" ", gold.text.replace("\f", "\n"))
    published = f' published="{gold.release.published}"' if gold.release.published else ""
    pieces = [f"<release{published}>\n"]
    done = 0
    for name in sorted(gold.release.entities, key=lambda entity: (entity.start, -entity.end)):
        if name.start < done:
            continue
        pieces += (escape(text[done : name.start]), _tag(name, text[name.start : name.end]))
        done = name.end
    return "".join([*pieces, escape(text[done:]), "</release>\n"])


def _tag(name: Entity, text: str) -> str:
    canonical = " ".join(name.canonical.split())
    known = "" if canonical == " ".join(text.split()) else f" c={quoteattr(canonical)}"
    optional = ' opt="1"' if name.optional else ""
    tag = _TAGS[name.label]
    return f"<{tag}{known}{optional}>{escape(text)}</{tag}>"
