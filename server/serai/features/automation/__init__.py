"""Answers that no person has to write: keywords, welcome, away, acknowledgement.

Owns: rules.
"""
