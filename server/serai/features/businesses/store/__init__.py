"""The rows of businesses."""
