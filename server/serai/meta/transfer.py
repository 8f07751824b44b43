"""Files to and from Meta, through the connections of `client`."""

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import aiohttp
import msgspec
from msgspec import Struct

from serai.core.ids import MetaId
from serai.kit.errors import Upstream
from serai.meta.client import Graph, error_from
from serai.meta.errors import Unavailable, Unknown
from serai.meta.media import Uploaded, is_public_of_meta, may_see_token

USER_AGENT = "Serai/1"
"""Source: reports of other programs: Meta's file hosts refuse a request without one."""
SECONDS = 120.0
"""For all of a file; 100 MB at 7 Mbit/s."""
CHUNK_BYTES = 256 * 1024


class Gone(Upstream):
    """The address does not work any more; a new one may."""


class TooLarge(Upstream):
    """It has more bytes than we take."""


class NotMetas(Upstream):
    """The address is not one of Meta's, so it is not asked."""


class Downloaded(Struct, frozen=True):
    size_bytes: int
    sha256: bytes


class Form(Struct, frozen=True):
    content: bytes
    content_type: str


async def download(graph: Graph, url: str, token: str, target: Path, largest: int) -> Downloaded:
    """Write what is at one of Meta's addresses to a file.

    Raises Gone, TooLarge, NotMetas, Unavailable.
    """
    if not may_see_token(url, graph.url):
        raise NotMetas("not an address of Meta's")
    headers = {"Authorization": f"Bearer {token}", "User-Agent": USER_AGENT}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with graph.http.get(
            url, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            if response.status in {401, 403, 404, 410}:
                raise Gone(f"HTTP {response.status}")
            if response.status != 200:
                raise Unavailable(f"HTTP {response.status}")
            if (response.content_length or 0) > largest:
                raise TooLarge("said to be too large")
            with target.open("wb") as file:
                return await _write(response, file, largest)
    except (TimeoutError, aiohttp.ClientError) as error:
        raise Unavailable(type(error).__name__) from error


async def picture(graph: Graph, url: str, largest: int) -> bytes:
    """A small public file of Meta's, such as a profile picture; our token stays here.

    Raises Gone, TooLarge, NotMetas, Unavailable.
    """
    if not is_public_of_meta(url, graph.url):
        raise NotMetas("not an address of Meta's")
    try:
        headers = {"User-Agent": USER_AGENT}
        async with graph.http.get(url, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise Gone(f"HTTP {response.status}")
            if (response.content_length or 0) > largest:
                raise TooLarge("said to be too large")
            content = await _all(response, largest)
    except (TimeoutError, aiohttp.ClientError) as error:
        raise Unavailable(type(error).__name__) from error
    return content


async def _all(response: aiohttp.ClientResponse, largest: int) -> bytes:
    content = bytearray()
    async for piece in response.content.iter_chunked(CHUNK_BYTES):
        content += piece
        if len(content) > largest:
            raise TooLarge("goes on beyond what we take")
    return bytes(content)


async def _write(response: aiohttp.ClientResponse, file: IO[bytes], largest: int) -> Downloaded:
    size, digest = 0, hashlib.sha256()
    async for piece in response.content.iter_chunked(CHUNK_BYTES):
        size += len(piece)
        if size > largest:
            raise TooLarge("goes on beyond what we take")
        digest.update(piece)
        await asyncio.to_thread(file.write, piece)
    return Downloaded(size, digest.digest())


async def upload(
    graph: Graph, number: MetaId, token: str, source: Path, named: tuple[str, str]
) -> str:
    """Meta's id for the file; `named` are its media type and its name. It may be done again.

    Raises a member of serai.meta.errors, but never Unknown.
    """
    media_type, name = named
    headers = {"Authorization": f"Bearer {token}"}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": media_type})
    try:
        with source.open("rb") as file:
            form.add_field("file", file, content_type=media_type, filename=name)
            async with graph.http.post(
                f"{graph.base}{number}/media",
                data=form,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                content = await response.read()
    except (TimeoutError, aiohttp.ClientError) as error:
        raise Unavailable(type(error).__name__) from error
    if response.status != 200:
        raise _error(response, content)
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(content, type=Uploaded).id
    raise Unavailable("unreadable answer")


async def form(fields: Mapping[str, str], file: bytes, named: tuple[str, str]) -> Form:
    """A form with a small file in it, for `Graph.call`; `named` are its media type and its name."""
    media_type, name = named
    data = aiohttp.FormData(fields)
    data.add_field("file", file, content_type=media_type, filename=name)
    writer = data()
    return Form(await writer.as_bytes(), str(writer.headers["Content-Type"]))


def _error(response: aiohttp.ClientResponse, content: bytes) -> Upstream:
    """An upload that may have happened harms nobody: it is simply made again."""
    error = error_from(response.status, response.headers.get("Retry-After"), content)
    return Unavailable(str(error)) if isinstance(error, Unknown) else error
