"""Alambic distils French press releases into tables."""
