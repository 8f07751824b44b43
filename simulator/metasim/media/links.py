"""Fetch what a link points to, as Meta does before it delivers a message with it.

Source: WhatsApp Cloud API reference, 2.3: the right Content-Type is needed, a link is cached for
10 minutes.
"""

import aiohttp
import msgspec

from metasim.media.rules import LARGEST, problem

CACHED_FOR = 600.0
"""Seconds of the clock."""
TIMEOUT = aiohttp.ClientTimeout(total=10)
MOST_REDIRECTS = 3
CHUNK = 65_536


class File(msgspec.Struct):
    """A fetched file."""

    mime: str
    data: bytes
    at: float


class Unfetched(Exception):
    """The link does not give a file that can be sent; says why."""


class Links:
    """Fetches links; each once in 10 minutes."""

    def __init__(self) -> None:
        self._known: dict[str, File] = {}
        self._session: aiohttp.ClientSession | None = None

    async def fetch(self, url: str, kind: str, now: float) -> File:
        """The file behind the link, checked as this kind of media. Raises Unfetched."""
        file = self._known.get(url)
        if file is None or now - file.at >= CACHED_FOR:
            file = await self._get(url, LARGEST[kind], now)
            self._drop_old(now)
            self._known[url] = file
        wrong = problem(kind, file.mime, file.data)
        if wrong is not None:
            raise Unfetched(wrong)
        return file

    def forget(self) -> None:
        """Fetch everything anew."""
        self._known.clear()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _drop_old(self, now: float) -> None:
        self._known = {url: file for url, file in self._known.items() if now - file.at < CACHED_FOR}

    async def _get(self, url: str, most: int, now: float) -> File:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": "facebookexternalua"}
            )
        try:
            async with self._session.get(
                url, timeout=TIMEOUT, max_redirects=MOST_REDIRECTS
            ) as answer:
                if answer.status != 200:
                    raise Unfetched(
                        f"Downloading media from weblink failed with http code {answer.status}"
                    )
                data = await _read(answer.content, most)
                mime = answer.headers.get("Content-Type", "application/octet-stream")
                return File(mime, data, now)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise Unfetched(
                f"Downloading media from weblink failed: {type(error).__name__}"
            ) from error


async def _read(content: aiohttp.StreamReader, most: int) -> bytes:
    """The whole body, unless it has more bytes than may be sent."""
    parts: list[bytes] = []
    size = 0
    async for part in content.iter_chunked(CHUNK):
        size += len(part)
        if size > most:
            raise Unfetched(f"The file behind the weblink has more than {most} bytes.")
        parts.append(part)
    return b"".join(parts)
