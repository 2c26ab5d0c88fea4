"""Training of the entity models: the annotated releases, and what turns them into the shipped models."""
