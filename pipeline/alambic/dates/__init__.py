"""Dates of a French press release: every expression that places something in the calendar, with the days it covers."""

from alambic.dates.finder import date_release, find_dates
from alambic.dates.published import find_published

__all__ = ["date_release", "find_dates", "find_published"]
