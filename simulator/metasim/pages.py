"""The phone page: plain files of this package, served to the same origin only."""

from functools import cache
from pathlib import Path

from metasim.graph.request import Answer, Request

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": b"text/html; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
}
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    b"media-src 'self'; connect-src 'self'; "
    b"frame-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = [
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
]


def find(request: Request) -> Answer | None:
    """The page or one of its files; None when the path is none of these."""
    if request.method != "GET":
        return None
    if request.path == "/favicon.ico":
        return _file("icon.svg")
    if request.path == "/":
        return _file("index.html")
    if request.path.startswith("/page/"):
        return _file(request.path.removeprefix("/page/"))
    return None


@cache
def _file(name: str) -> Answer | None:
    path = FOLDER / name
    if path.parent != FOLDER or not path.is_file() or path.suffix not in KINDS:
        return None
    return Answer(200, path.read_bytes(), KINDS[path.suffix])
