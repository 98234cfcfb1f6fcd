"""Pictures that belong together as files for others."""
