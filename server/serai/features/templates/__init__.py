"""Message templates: what they say, what Meta says of them, and bringing both together.

Owns: templates.
"""
