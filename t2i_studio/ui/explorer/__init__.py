"""The tabs of the latent explorer."""
