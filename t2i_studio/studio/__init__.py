"""State of the program without Qt and torch: the same for window, tests and command line."""
