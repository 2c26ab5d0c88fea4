"""TODO of the room."""
