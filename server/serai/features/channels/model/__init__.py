"""What the feature says and knows of a number."""
