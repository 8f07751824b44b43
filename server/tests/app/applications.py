"""Applications whose routes are read once and used again by the next test: that takes half a second."""

from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager

from fastapi import FastAPI
from serai.app.http import equip, routed
from serai.kit.settings import Settings

SPARE: defaultdict[str, list[FastAPI]] = defaultdict(list)
"""Used by no test, by what they were made with."""


@contextmanager
def an_application(settings: Settings) -> Generator[FastAPI]:
    """One of this test alone, with everything but its routes new."""
    spare = SPARE[settings.frame_ancestors]
    app = spare.pop() if spare else routed.__wrapped__(settings.frame_ancestors)
    equip(app, settings)
    routes = list(app.router.routes)
    try:
        yield app
    finally:
        app.router.routes[:] = routes  # a test may have added one of its own
        spare.append(app)
