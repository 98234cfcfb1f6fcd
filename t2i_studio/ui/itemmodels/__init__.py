"""Qt models over the studio's lists."""
