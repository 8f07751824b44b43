"""How well the company answers, and how well the installation keeps what it promises.

Owns: response_times, service_days, watched_days.
"""
