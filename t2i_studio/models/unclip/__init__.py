"""unCLIP (Ramesh et al. 2022, arXiv 2204.06125): CLIP, prior, decoder, upsampler."""
