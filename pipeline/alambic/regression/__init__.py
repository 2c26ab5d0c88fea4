"""What was read from releases, kept: snapshots, what differs between two of them, and a pytest plugin on both.

Nothing is imported here: pytest loads the plugin of everyone who has Alambic installed.
"""
