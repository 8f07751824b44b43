"""Rows about files, and the shelf where their bytes stand."""
