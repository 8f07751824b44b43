"""Message templates: what they say, and whether Meta lets them go.

Owns: templates.
"""
