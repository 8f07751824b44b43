"""How well the company answers.

Owns: response_times.
"""
