"""Packs what the API answers: a list of 50 conversations is 60 KB, and 5 KB packed.

JSON only, and only what is sent in one piece: streams have to go on at once, files are packed by
their kinds or asked for in parts.
"""

import gzip
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST_BYTES = 1024
"""Packing less saves no packet."""
LEVEL = 4
"""Of 9: above, the time grows and the bytes hardly shrink."""


class Packed:
    """In front of an application: gzip for who takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, _Packer(send))
        else:
            await self._app(scope, receive, send)


class _Packer:
    """Holds the head of an answer until its body is there."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: dict[str, Any] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_json(message):
            self._head = dict(message)
            return
        if self._head is None:
            await self._send(message)
            return
        head, self._head = self._head, None
        headers = MutableHeaders(raw=head["headers"])
        headers.add_vary_header("Accept-Encoding")
        body = message.get("body", b"")
        if len(body) >= SMALLEST_BYTES and not message.get("more_body"):
            body = gzip.compress(body, LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
        await self._send(head)
        await self._send({**message, "body": body})


def _is_json(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").partition(";")[0]
    return kind.endswith("json") and "content-encoding" not in headers
