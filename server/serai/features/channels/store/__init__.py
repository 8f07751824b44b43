"""What the feature writes, by subject; tokens and secrets are sealed before they come near the database."""
