"""TCP lines that can be made slow, cut or dead, and that remember the calls that went through them."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import httptools

Target: TypeAlias = tuple[str, int] | str
"""Host and port, or the path of a unix socket."""
PIECE = 65_536


@dataclass
class Call:
    """One HTTP request as it went by, and how it was answered."""

    path: str
    body: bytes
    status: int | None = None
    """None: nobody answered it."""


@dataclass
class Way:
    """What the line does to what is said on it."""

    delay: float = 0.0
    """Seconds that each piece is late."""
    rate: float | None = None
    """Bytes a second."""
    swallows: bool = False
    """Takes everything and passes on nothing: both ends believe that the line stands. A connection
    that lived through this never comes back to life."""


class Tap:
    """Reads the HTTP/1.1 of one connection along the way."""

    def __init__(self, calls: list[Call]) -> None:
        self._calls = calls
        self._open: list[Call] = []
        self._path, self._body = b"", b""
        self._is_asking = True
        self.asked = httptools.HttpRequestParser(self)
        self.answered = httptools.HttpResponseParser(_Answers(self))

    def on_message_begin(self) -> None:
        self._path, self._body = b"", b""

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        call = Call(self._path.decode(), self._body)
        self._calls.append(call)
        self._open.append(call)

    def answer(self) -> None:
        if self._open:
            self._open.pop(0).status = self.answered.get_status_code()


class _Answers:
    def __init__(self, tap: Tap) -> None:
        self._tap = tap

    def on_message_complete(self) -> None:
        self._tap.answer()


@dataclass(eq=False)
class Connection:
    tasks: list["asyncio.Task[None]"] = field(default_factory=list[Any])
    writers: list[asyncio.StreamWriter] = field(default_factory=list[Any])
    is_dead: bool = False

    def cut(self) -> None:
        for task in self.tasks:
            task.cancel()
        for writer in self.writers:
            writer.transport.abort()


class Loop:
    """A thread that carries the lines, so that whoever breaks them need not be asynchronous."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Proxy:
    """One listening port; every connection goes to the next of `targets` that takes it."""

    def __init__(self, loop: Loop, targets: Sequence[Target], *, taps: bool = False) -> None:
        self.targets: Sequence[Target] = targets
        self.way = Way()
        self.calls: list[Call] = []
        self.took: set[Target] = set()
        """Targets that took a connection."""
        self._loop, self._taps, self._turn = loop, taps, 0
        self._connections: set[Connection] = set()
        self._server = loop.do(asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=512))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """End all connections at once, with a reset."""
        self._loop.do(self._cut(only_dead=False))

    def heal(self) -> None:
        """A good line from now on; what was said into the void stays there."""
        self.way = Way()

    def close(self) -> None:
        self._loop.loop.call_soon_threadsafe(self._server.close)
        self.cut()

    async def _cut(self, *, only_dead: bool) -> None:
        for each in list(self._connections):
            if each.is_dead or not only_dead:
                each.cut()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(writers=[writer])
        self._connections.add(connection)
        try:
            there, back = await self._reach()
            connection.writers.append(back)
            tap = Tap(self.calls) if self._taps else None
            said = tap.asked.feed_data if tap else None
            heard = tap.answered.feed_data if tap else None
            ways = (
                self._carry(connection, reader, back, said),
                self._carry(connection, there, writer, heard),
            )
            connection.tasks = [asyncio.ensure_future(way) for way in ways]
            await asyncio.wait(connection.tasks)
        except OSError:
            pass
        finally:
            connection.cut()
            self._connections.discard(connection)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Round robin over those that take a connection. Raises OSError."""
        targets = self.targets
        for _ in targets:
            self._turn += 1
            target = targets[self._turn % len(targets)]
            with suppress(OSError):
                ends = await _connect(target)
                self.took.add(target)
                return ends
        raise ConnectionRefusedError

    async def _carry(
        self,
        connection: Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        tap: Callable[[bytes], None] | None,
    ) -> None:
        with suppress(OSError, httptools.HttpParserError):
            while piece := await reader.read(PIECE):
                way = self.way
                connection.is_dead = connection.is_dead or way.swallows
                if connection.is_dead:
                    continue
                await asyncio.sleep(way.delay + (len(piece) / way.rate if way.rate else 0))
                if tap:
                    tap(piece)
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof() and not connection.is_dead:
                writer.write_eof()


async def _connect(target: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if isinstance(target, str):
        return await asyncio.open_unix_connection(target)
    return await asyncio.open_connection(*target)
