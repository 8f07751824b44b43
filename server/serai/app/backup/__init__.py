"""A copy of everything but the keys, and the way back from it.

The folder of a backup holds `database.dump` (PostgreSQL's custom format), `files/` with the bytes of
files where those lie in a folder, `files.txt` with the SHA-256 of each, and at last `manifest.json`:
a folder without it is not finished.
"""
