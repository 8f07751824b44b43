"""For whoever looks after an installation: is it well, how much of what, where does time go."""
