"""The language of prompts: weights, choices, wildcards, styles, comments, and what they become."""
