"""Live news for the phone page: server-sent events, one queue for each listener."""

import asyncio

import msgspec

from metasim.ledger import Chat, Message
from metasim.shapes import Json

KEEP = 1000
"""Events that a slow listener may lag behind before the oldest are dropped."""


class Stream:
    """Hands each event to all listeners; costs nothing when nobody listens."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes]] = set()
        self.ended = False
        """The server is stopping: listeners shall go."""

    def open(self) -> asyncio.Queue[bytes]:
        queue: asyncio.Queue[bytes] = asyncio.Queue(KEEP)
        self._listeners.add(queue)
        return queue

    def close(self, queue: asyncio.Queue[bytes]) -> None:
        self._listeners.discard(queue)

    @property
    def heard(self) -> bool:
        """Is anybody listening?"""
        return bool(self._listeners)

    def end(self) -> None:
        """Let all listeners go, so that the server need not wait for them."""
        self.ended = True
        self.tell("end", {})

    def tell(self, event: str, data: Json) -> None:
        line = b"event: %b\ndata: %b\n\n" % (event.encode(), msgspec.json.encode(data))
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(line)

    def tell_change(self, chat: Chat, message: Message) -> None:
        """A message that was there already looks different now."""
        if self.heard:
            self.tell(
                "change", {"number": chat.number, "person": chat.person, "message": message.shown()}
            )

    def tell_message(self, chat: Chat, message: Message) -> None:
        """A message has reached a phone, or was written on it."""
        self.tell(
            "message", {"number": chat.number, "person": chat.person, "message": message.shown()}
        )
