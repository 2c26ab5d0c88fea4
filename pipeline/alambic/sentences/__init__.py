"""Where sentences begin and end in French text."""

from alambic.sentences.splitter import sentence_around, split

__all__ = ["sentence_around", "split"]
