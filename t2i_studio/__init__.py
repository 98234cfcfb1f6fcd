"""T2I Studio: a desktop studio for text-to-image generation built around unCLIP."""

__version__ = "0.1.0"
