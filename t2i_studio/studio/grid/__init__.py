"""Grids: pictures over all combinations of two settings, side by side."""
