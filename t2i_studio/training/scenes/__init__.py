"""The world that the embedded checkpoint is trained on: captioned scenes, rendered from data."""
