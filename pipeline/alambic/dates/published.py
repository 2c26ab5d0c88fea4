"""The release's own date, from its dateline or header."""
from __future__ import annotations

import datetime as dt

from alambic.dates.atoms import Reading


def find_published(text: str) -> dt.date | None:
    return find_published_in(Reading(text))


def find_published_in(reading: Reading) -> dt.date | None:
    return None
