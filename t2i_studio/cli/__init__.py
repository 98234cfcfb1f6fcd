"""The `t2i-studio` command; each subcommand imports its weight when it runs."""
