"""Widgets that know nothing of the program: they show what they are told, and emit."""
