"""Webhooks that need nothing of what a request has: kept and answered straight from their connection.

One that came whole, in one piece, on a connection where nothing else is under way, and that is signed,
is most of what comes from Meta. A request for the application costs several times what checking and
keeping such a one costs. Everything else takes that way; so does this, when anything about it is odd.
"""

from collections.abc import Callable
from typing import Any, Protocol

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from serai.app.patience import Patient

BEGINS = b"POST /webhooks/meta HTTP/1.1\r\n"
SIGNATURE = b"x-hub-signature-256"
ODD = (b"expect", b"upgrade", b"connection")
"""Headers that change how an answer is given."""
HEAD = b"content-type: text/plain\r\nx-content-type-options: nosniff\r\n"
KEPT = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n" + HEAD + b"%b\r\nOK"
NOT_KEPT = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 9\r\n" + HEAD + b"%b\r\nTry again"


class Takes(Protocol):
    """A door for them."""

    def take(self, header: bytes, body: bytes, done: Callable[[bool], None]) -> bool: ...


class Webhook:
    """What a parser finds in some bytes."""

    def __init__(self) -> None:
        self.signature = b""
        self.body = b""
        self.is_odd = False
        self.begun = self.ended = 0

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == SIGNATURE:
            self.is_odd |= bool(self.signature)
            self.signature = value
        elif name in ODD and value.lower() != b"keep-alive":
            self.is_odd = True

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.ended += 1

    @classmethod
    def read(cls, data: bytes) -> "Webhook | None":
        """The one plain webhook that `data` is; None if it is anything else, or more, or less."""
        if not data.startswith(BEGINS):
            return None
        found = cls()
        try:
            HttpRequestParser(found).feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            return None
        return None if found.is_odd or (found.begun, found.ended) != (1, 1) else found


class Express(Patient):
    """What the server speaks HTTP with: webhooks go straight to a door, all else to the application."""

    _has_asked = False
    """A request for the application has come on this connection."""
    _is_within = False
    """One has begun to come and has not come to its end."""
    _is_keeping = False
    _ends = False
    """To be closed with the answer that is under way."""
    _held = b""
    """What came meanwhile."""
    _answered_at = 0.0
    """By the loop's clock."""

    def __init__(self, door: Takes, is_leaving: Callable[[], bool], **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._door = door
        self._is_leaving = is_leaving

    def data_received(self, data: bytes) -> None:
        if self._is_keeping:
            self._held += data
            self.transport.pause_reading()
        elif not (self._is_quiet() and self._take(data)):
            super().data_received(data)

    def on_message_begin(self) -> None:
        self._has_asked = self._is_within = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._is_within = False
        super().on_message_complete()

    def shutdown(self) -> None:
        if self._is_keeping:
            self._ends = True
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Looked at when it is over, rather than set anew with every webhook."""
        left = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if self._is_keeping or left > 0:
            self._rest(max(left, 1.0))
        else:
            super().timeout_keep_alive_handler()

    def _is_quiet(self) -> bool:
        if self._is_within or self.transport.is_closing():
            return False
        return not self._has_asked or self.cycle.response_complete

    def _take(self, data: bytes) -> bool:
        webhook = Webhook.read(data)
        if webhook is None or self._is_leaving():
            return False
        self._stop()
        self._is_keeping = True
        if self._door.take(webhook.signature, webhook.body, self._answer):
            return True
        self._is_keeping = False
        return False

    def _answer(self, is_kept: bool) -> None:
        self._is_keeping = False
        if self.transport.is_closing():
            return
        self.server_state.total_requests += 1
        headers = list(self.server_state.default_headers)
        is_last = self._ends or self._is_leaving()
        if is_last:
            headers.append((b"connection", b"close"))
        lines = b"".join([b"%b: %b\r\n" % header for header in headers])
        self.transport.write((KEPT if is_kept else NOT_KEPT) % lines)
        if is_last:
            self.transport.close()
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._answered_at = self.loop.time()
        if self._held:
            held, self._held = self._held, b""
            self.transport.resume_reading()
            self.data_received(held)
        elif self.timeout_keep_alive_task is None:
            self._rest(self.timeout_keep_alive)

    def _rest(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )


def speaking(door: Takes, is_leaving: Callable[[], bool]) -> type[Express]:
    """An Express for a server: with its door, and whether it is about to end."""

    class Speaking(Express):
        def __init__(self, **uvicorn: Any) -> None:
            super().__init__(door, is_leaving, **uvicorn)

    return Speaking
