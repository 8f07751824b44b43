"""Notifications of people's browsers: what each person wants to hear, when, and that it is told once.

Owns: push_keys, push_devices, push_choices, push_cursor, push_notices.
"""
