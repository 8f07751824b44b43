"""The smallest servers and clients there are: bytes on a line."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


@asynccontextmanager
async def answering(head: bytes, body: bytes = b"") -> AsyncGenerator[str]:
    """A server that gives everybody the same answer; where it is."""
    answer = head + b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body) + body

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
