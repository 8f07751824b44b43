"""Rows of forms, and the tokens that need none."""
