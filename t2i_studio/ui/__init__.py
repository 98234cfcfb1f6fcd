"""The window: PySide6 views of the studio."""
