"""How each network is trained: its objective, its batches, and what is measured meanwhile."""
