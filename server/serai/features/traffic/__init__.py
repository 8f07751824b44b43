"""How often someone asks: one count for all web processes.

Owns: request_counts.
"""
