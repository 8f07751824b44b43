"""A connection whose request has to begin, and whose head has to end, within a time and a size.

The server waits for neither by itself: thousands of lines that say a letter a minute would hold
thousands of connections, and one that never ends its head all of the memory.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 15.0
"""From the connection, or from a request's first byte, to the end of its head."""
MOST_HEAD_BYTES = 64 * 1024
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Patient(HttpToolsProtocol):
    """What uvicorn speaks HTTP with."""

    _timer: TimerHandle | None = None
    _head_bytes: int | None = 0
    """Of the head that comes in; None while there is none."""

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head_bytes is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes is None:  # a head that came in one piece was never waited for
            return
        if self._head_bytes > MOST_HEAD_BYTES:
            self._stop()
            self.transport.write(TOO_LARGE)
            self.transport.close()
        elif self._timer is None:
            self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._timer is None:
            self._head_bytes = 0

    def on_headers_complete(self) -> None:
        self._stop()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._late)

    def _stop(self) -> None:
        self._head_bytes = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        """Nothing is said: whoever is so slow does not listen."""
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()
