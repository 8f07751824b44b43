"""The built pages: packed for the browser that asks, kept by it, and allowed only what they need."""

import base64
import hashlib
import re
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from serai.kit.errors import NotFound

PAGES = Path(__file__).parent.parent / "web_dist"
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
FIRST = re.compile(rb'<(?:script|link)[^>]* (?:src|href)="(/assets/[^"]+\.(?:js|css))"')
LASTING = "public, max-age=31536000, immutable"
"""For files whose names change with what is in them."""
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The best first."""
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}


class Built(NamedTuple):
    body: bytes
    etag: str
    encoding: str | None
    scripts: tuple[str, ...]
    """Sources for the policy that let the scripts inside a page run, and no others."""
    first: str
    """A `Link` header: the files that a page names, so that they are asked for before it is read."""


def router(frame_ancestors: str, folder: Path = PAGES) -> APIRouter:
    """Any address of the app: a built file, or the shell, which finds its own way."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/{path:path}")
    async def page(path: str, request: Request) -> Response:
        if path.startswith("api/"):
            raise NotFound("not_found", "There is no such route.")
        if path.startswith("assets/") and _built_file(folder, path) is None:
            # The shell in its place would be a script that does not run.
            raise NotFound("not_found", "This file belongs to another version. Load the page anew.")
        return answer(request, _file(folder, path), frame_ancestors)

    return pages


def answer(request: Request, file: Path, frame_ancestors: str) -> Response:
    """The file as the browser takes it; 304 if it has it already."""
    accepted = request.headers.get("accept-encoding", "")
    built = _built(file, _encoding(file, accepted), file.stat().st_mtime_ns)
    headers = {
        "Cache-Control": LASTING if "assets" in file.parts else "no-cache",
        "Content-Security-Policy": _policy(built.scripts, frame_ancestors),
        "ETag": built.etag,
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if built.first:
        headers["Link"] = built.first
    if built.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if built.encoding:
        headers["Content-Encoding"] = built.encoding
    media_type = TYPES.get(file.suffix) or guess_type(file.name)[0]
    return Response(built.body, headers=headers, media_type=media_type)


def _file(folder: Path, path: str) -> Path:
    file = _built_file(folder, path) or folder / "index.html"
    if not file.is_file():
        raise NotFound("pages_not_built", "The pages are not built. Run: ./run demo")
    return file


def _built_file(folder: Path, path: str) -> Path | None:
    """None for what is not there, lies elsewhere or is no name that a disk knows."""
    try:
        file = (folder / path).resolve()
        return file if path and file.is_file() and file.is_relative_to(folder) else None
    except (OSError, ValueError):  # too long, or with a NUL
        return None


def _encoding(file: Path, accepted: str) -> str | None:
    wanted = {each.partition(";")[0].strip() for each in accepted.split(",")}
    there = (name for name in ENCODINGS if name in wanted)
    return next((name for name in there if _packed(file, name).is_file()), None)


def _packed(file: Path, encoding: str) -> Path:
    return file.with_name(file.name + ENCODINGS[encoding])


@lru_cache(maxsize=1024)
def _built(file: Path, encoding: str | None, _changed: int) -> Built:
    """Kept in memory: all of them together are a few megabytes. `_changed` tells a new build."""
    body = (_packed(file, encoding) if encoding else file).read_bytes()
    page = file.read_bytes() if file.suffix == ".html" else b""
    digests = (
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in INLINE.findall(page)
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    scripts = tuple(f"'sha256-{digest}'" for digest in digests)
    return Built(body, etag, encoding, scripts, _first(page))


def _first(page: bytes) -> str:
    """Styles and scripts, each asked for in the way in which the page asks for it."""
    named = [name.decode() for name in FIRST.findall(page)]
    return ", ".join(
        f"<{name}>; rel=preload; as=style; crossorigin"
        if name.endswith(".css")
        else f"<{name}>; rel=modulepreload; crossorigin"
        for name in named
    )


def _policy(scripts: tuple[str, ...], frame_ancestors: str) -> str:
    sources = " ".join(("'self'", *scripts))
    return (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        f"script-src {sources}; style-src 'self' 'unsafe-inline'; object-src 'none'; "
        f"base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )
