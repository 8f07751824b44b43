"""The files of chats, for the phone page."""

from metasim.control.call import Wrong
from metasim.graph.request import Answer, Request
from metasim.sim import Sim

HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cache-control", b"private, max-age=3600"),
]


def show(sim: Sim, _request: Request, media_id: str) -> Answer:
    """The bytes, as long as the phone has them: an expired id is dead for the business only."""
    kept = sim.shelf.items.get(media_id)
    data = None if kept is None else sim.shelf.blobs.get(kept.sha256)
    if kept is None or data is None:
        raise Wrong(f"There is no file {media_id!r}.", 404)
    return Answer(200, data, kept.mime.encode("latin-1", "replace"), headers=HEADERS)
