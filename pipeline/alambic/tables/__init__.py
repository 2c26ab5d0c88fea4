"""From records to typed tables; their schemas are the data dictionary."""

from alambic.tables.writing import Format

__all__ = ["Format"]
