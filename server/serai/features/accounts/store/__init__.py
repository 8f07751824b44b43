"""Rows of companies, the people in them, and the ways in."""
