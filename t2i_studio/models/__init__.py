"""Sampling loops of generative models: torch, diffusers and transformers, nothing of ours."""
