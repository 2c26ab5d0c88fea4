"""Extractions for tests whose processes must not mind that the package's own files are edited meanwhile.

A process imports this module to know its extraction, and takes the code for the same from then on.
"""

from __future__ import annotations

from faulty_extraction import FaultyExtractor
from faulty_extraction import faulty as faulty_anywhere

from alambic.running import settings, work

settings._digest = lambda: "the same"


def faulty(model: str) -> FaultyExtractor:
    return faulty_anywhere(model)


def shipped(model: str) -> work.Extracts:
    return work.shipped(model)
