"""Training of every part of an unCLIP, on a rendered world or on a folder of one's own."""
