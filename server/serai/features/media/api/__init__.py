"""/files: take them, give them out."""
