"""Run requests one at a time and answer with events."""
