"""What stands before every request but webhooks: how large it may be, how slow, and what each answer forbids.

A request that is too large or too slow is answered here, whatever the application was about to say.
"""

import asyncio
import re
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serai.app.problems import problem

LONGEST_TARGET = 8 * 1024
"""Bytes of a path with its query."""
MOST_HEADERS = 32 * 1024
"""Bytes of all header lines together."""
LARGEST_BYTES = 2 * 1024**2
"""Of a body. What streams into a file counts for itself, and may have more."""
STREAMED = re.compile(r"/api/v1/(files|contact-imports|channels/[^/]+/whatsapp/profile/picture)/?")
BODY_SECONDS = 30.0
"""For a whole body."""
PAUSE_SECONDS = 30.0
"""Between two pieces of a body that streams into a file: a phone on a train is slow, but not silent."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # Meta's login is a popup that answers
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(self), microphone=(self), "
    "payment=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), browsing-topics=()",
}
OF_ANSWERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Of whatever is no page; what says something else itself keeps it."""
HSTS = "max-age=31536000"


class Walls:
    """In front of an application. `is_https`: whether those who come from outside come by https."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _Guarded(send, is_https=self._is_https or scope["scheme"] == "https")
        refusal = _refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        body = _Body(scope, receive)
        answer = _Answer(guarded, body)
        try:
            await self._app(scope, body, answer)
        except Exception:
            if body.refusal is None:
                raise
        if body.refusal is not None and not answer.has_begun:
            await body.refusal(scope, receive, guarded)


def _refusal(scope: Scope) -> ASGIApp | None:
    """What is wrong with a request before its body came."""
    headers = Headers(scope=scope)
    target = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if target > LONGEST_TARGET:
        return _closing(414, "address_too_long", "This address is too long. Ask for less at once.")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return _closing(431, "headers_too_large", "These headers are too large.")
    if headers.get("content-encoding", "identity").lower() != "identity":
        words = "Send the body as it is: Serai unpacks nothing."
        return _closing(415, "encoding_not_taken", words)
    said = headers.get("content-length", "0")
    if not _streams(scope) and said.isdecimal() and int(said) > LARGEST_BYTES:
        return _too_large()
    return None


def _streams(scope: Scope) -> bool:
    return STREAMED.fullmatch(scope["path"]) is not None


def _closing(status: int, code: str, words: str) -> ASGIApp:
    """A refusal after which nobody reads on: whatever follows on the line is not taken for a request."""
    answer = problem(status, code, words)
    answer.headers["Connection"] = "close"
    return answer


def _too_large() -> ASGIApp:
    words = f"A request may have {LARGEST_BYTES // 1024**2} MB. Send less at once."
    return _closing(413, "body_too_large", words)


class _Body:
    """Hands on the pieces of a body; stops where they become too many or do not come."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._streams = _streams(scope)
        self._size = 0
        self._is_whole = False
        self._ends_at: float | None = None
        self.refusal: ASGIApp | None = None

    async def __call__(self) -> Message:
        if self.refusal is not None:
            return {"type": "http.disconnect"}
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until()):
                message = await self._receive()
        except TimeoutError:
            self.refusal = _closing(408, "body_too_slow", "The request did not come to its end.")
            return {"type": "http.disconnect"}
        self._size += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._size > LARGEST_BYTES and not self._streams:
            self.refusal = _too_large()
            return {"type": "http.disconnect"}
        return message

    def _until(self) -> float:
        now = asyncio.get_running_loop().time()
        if self._streams:
            return now + PAUSE_SECONDS
        if self._ends_at is None:
            self._ends_at = now + BODY_SECONDS
        return self._ends_at


class _Answer:
    """Lets the application answer, unless its request was refused meanwhile."""

    def __init__(self, send: "_Guarded", body: _Body) -> None:
        self._send = send
        self._body = body
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if self._body.refusal is not None and not self.has_begun:
            return
        self.has_begun = True
        await self._send(message)


class _Guarded:
    """Adds to each answer what it forbids its reader."""

    def __init__(self, send: Send, *, is_https: bool) -> None:
        self._send = send
        self._is_https = is_https

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            _add(headers, is_https=self._is_https)
        await self._send(message)


def _add(headers: MutableHeaders, *, is_https: bool) -> None:
    wanted: dict[str, Any] = dict(HEADERS)
    if "content-security-policy" not in headers:
        wanted |= OF_ANSWERS
    if is_https:
        wanted["Strict-Transport-Security"] = HSTS
    for name, value in wanted.items():
        headers.setdefault(name, value)
    with suppress(KeyError):
        del headers["server"]
