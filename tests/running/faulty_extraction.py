"""An extraction that fails on demand, for what the shipped one must never do: hang, die, raise, break a schema.

It stands in for the model only; processes, journal and tables are the real ones.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator

from alambic.readers import Source
from alambic.record import Entity, Organisation, Release

_NAME = re.compile(r"\b[A-Z]\w+")


class FaultyExtractor:
    def stream(self, sources: Iterable[Source]) -> Iterator[Release]:
        for source in sources:
            text = source.text
            if "HANGS" in text:
                time.sleep(3600)
            if "DIES" in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "RAISES" in text:
                raise ZeroDivisionError("a fault of a stage")
            if "SLOW" in text:
                time.sleep(0.02)
            names = {name: f"o{n}" for n, name in enumerate(dict.fromkeys(_NAME.findall(text)))}
            label = "LOC" if "BREAKS" in text else "ORG"
            yield Release(
                doc_id=source.doc_id,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                source=source.source,
                n_words=len(text.split()),
                entities=tuple(
                    Entity(
                        start=m.start(), end=m.end(), text=m.group(), label=label,
                        canonical=m.group(), entity_id=names[m.group()],
                    )
                    for m in _NAME.finditer(text)
                ),
                organisations=tuple(Organisation(entity_id=i, name=name) for name, i in names.items()),
            )  # fmt: skip


def faulty(model: str) -> FaultyExtractor:
    if model == "absent":
        raise FileNotFoundError("no such model")
    return FaultyExtractor()
