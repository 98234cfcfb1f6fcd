"""Backends, imported on first use by name."""
