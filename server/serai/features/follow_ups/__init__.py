"""What is to be said later to someone who has not written by then.

Owns: follow_ups.
"""
