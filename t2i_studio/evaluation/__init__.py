"""How well a checkpoint does what its captions say, in numbers."""
