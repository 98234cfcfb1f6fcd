"""Which checkpoints exist, where they lie, and what they can do."""
