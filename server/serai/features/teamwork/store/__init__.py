"""Rows of teams, notes and what was done to conversations."""
