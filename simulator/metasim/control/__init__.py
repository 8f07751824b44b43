"""The control API under /_sim: the strings to pull from tests, demos and the phone page."""
