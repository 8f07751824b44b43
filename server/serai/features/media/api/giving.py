"""Bytes to whoever may see them: whole or in part, and never as a page of ours."""

import re
from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from msgspec import Struct

from serai.kit.blobs import Blobs

SHOWN = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "video/mp4",
        "video/3gpp",
        "video/webm",
        "audio/aac",
        "audio/amr",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/webm",
        "application/pdf",
        "text/plain",
    }
)
"""What a browser may show by itself; all else is only ever downloaded."""
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Accept-Ranges": "bytes",
}


class Given(Struct, frozen=True, kw_only=True):
    """What is given out."""

    key: str
    size: int
    mime_type: str
    tag: str
    """Names the bytes."""
    name: str | None = None


def give(request: Request, blobs: Blobs, given: Given, *, as_download: bool = False) -> Response:
    """The bytes, or the part that was asked for, or 304 when whoever asks has them."""
    headers = _headers(given, as_download=as_download)
    tag = headers["ETag"]
    if tag in (each.strip() for each in request.headers.get("If-None-Match", "").split(",")):
        return Response(status_code=304, headers=headers)
    wanted = request.headers.get("Range")
    if wanted is None or request.headers.get("If-Range", tag) != tag:
        headers["Content-Length"] = str(given.size)
        return StreamingResponse(blobs.read(given.key), headers=headers)
    part = part_of(wanted, given.size)
    if part is None:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{given.size}"})
    start, end = part
    headers |= {
        "Content-Range": f"bytes {start}-{end - 1}/{given.size}",
        "Content-Length": str(end - start),
    }
    pieces: AsyncIterator[bytes] = blobs.read(given.key, start, end)
    return StreamingResponse(pieces, status_code=206, headers=headers)


def part_of(wanted: str, size: int) -> tuple[int, int] | None:
    """Start and end (not included) of a range; None if there is no such part.

    Source: RFC 9110, 14.1.2. Of several ranges none is given: no browser asks for them.
    """
    found = RANGE.fullmatch(wanted.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size) if length else None
    start = int(found[1])
    end = min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else None


def _headers(given: Given, *, as_download: bool) -> dict[str, str]:
    is_shown = given.mime_type in SHOWN and not as_download
    disposition = "inline" if is_shown else "attachment"
    if given.name:
        disposition += f"; filename*=UTF-8''{quote(given.name, safe='')}"
    mime_type = given.mime_type if given.mime_type in SHOWN else "application/octet-stream"
    if mime_type == "text/plain":
        mime_type += "; charset=utf-8"
    return SAFE | {
        "Content-Type": mime_type,
        "Content-Disposition": disposition,
        "ETag": f'"{given.tag}"',
    }
