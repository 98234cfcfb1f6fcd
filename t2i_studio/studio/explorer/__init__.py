"""The latent explorer without its widgets: one concept, seen and steered from several tabs."""
