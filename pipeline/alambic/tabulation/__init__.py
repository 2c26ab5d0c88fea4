"""From records to typed tables; their schemas are the data dictionary."""

from alambic.tabulation.writing import Format

__all__ = ["Format"]
