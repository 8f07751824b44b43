"""A company's own limits of what its numbers send, and how much of every limit is used.

Owns: send_limits.
"""
