"""The demo's post: takes every letter that Serai sends, gives none on, and shows them on a page."""
