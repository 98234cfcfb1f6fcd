"""What the studio promises about speed, measured: groups of figures for `t2i-studio bench`."""
