"""Assign, snooze, tag, note, and see who is here; teams and how much each person takes."""
