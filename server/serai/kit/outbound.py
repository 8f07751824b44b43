"""Asks addresses that somebody gave us: public ones only, whatever a name leads to, unless told.

A stranger's address could name a machine of our own network, or one that gives out keys of the
cloud. So: https, a host whose addresses are all public, the connection made to an address that was
checked (not looked up again), no redirects, no proxy of the environment, little of the answer read.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

MOST_CONNECTIONS = 32
PLAIN = re.compile(r"[!-\[\]-~]{1,2048}")
"""Visible ASCII without the backslash: what is not that, one reader takes for a dot, a digit or a new
host, and the next one does not."""
MOST_ANSWER_BYTES = 4096
"""Of an answer to a post."""


class NotAllowed(Exception):
    """The address is not one that we post to."""


class Unreachable(Exception):
    """They were not reached: nothing was sent."""


class NoAnswer(Exception):
    """It may have arrived; nobody said so."""


class Answer(NamedTuple):
    status: int
    retry_after: str | None
    text: str


def allowed(url: str, *, private: bool) -> bool:
    """Whether we may post there as far as the text tells; names are checked when they are looked up.

    `private`: also plain http and addresses of this machine and its networks (demo, tests).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname
    if not host or parts.username or parts.password or not PLAIN.fullmatch(url):
        return False
    if private:
        return parts.scheme in {"https", "http"}
    return parts.scheme == "https" and port in {None, 443} and _is_public(host)


class Outbound:
    """Use as `async with Outbound(timeout_seconds, private=…) as outbound`."""

    def __init__(self, timeout_seconds: float, *, private: bool) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._private = private
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Outbound":
        resolver = _Checked(private=self._private)
        connector = aiohttp.TCPConnector(limit=MOST_CONNECTIONS, resolver=resolver)
        self._http = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, trust_env=False
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http is not None:
            await self._http.close()

    async def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        most_bytes: int = MOST_ANSWER_BYTES,
    ) -> Answer:
        """Raises NotAllowed, Unreachable, NoAnswer; any answer is given back, its beginning at least."""
        return await self._ask("POST", url, headers, body, most_bytes)

    async def get(self, url: str, headers: Mapping[str, str], most_bytes: int) -> Answer:
        """The same; of a longer answer only so many bytes are read."""
        return await self._ask("GET", url, headers, None, most_bytes)

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, most: int
    ) -> Answer:
        if self._http is None:
            raise RuntimeError("Outbound is used outside `async with`")
        if not allowed(url, private=self._private):
            raise NotAllowed
        try:
            async with self._http.request(
                method, url, data=body, headers=dict(headers), allow_redirects=False
            ) as response:
                text = await _beginning(response.content, most)
                retry = response.headers.get("Retry-After")
                return Answer(response.status, retry, text.decode(errors="replace"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            if isinstance(error.__cause__, _Private):
                raise NotAllowed from error
            raise Unreachable(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NoAnswer(type(error).__name__) from error


async def _beginning(content: aiohttp.StreamReader, most: int) -> bytes:
    """The first bytes of an answer, however it comes in."""
    read = bytearray()
    while len(read) < most and (part := await content.read(most - len(read))):
        read += part
    return bytes(read)


class _Private(OSError):
    """As the resolver of aiohttp has to say it."""


class _Checked(AbstractResolver):
    """Looks names up once; one that leads to any private address leads nowhere."""

    def __init__(self, *, private: bool) -> None:
        self._private = private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if not self._private and not all(_is_public(address) for address in addresses):
            raise _Private("not a public address")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=each[0],
                proto=each[2],
                flags=socket.AI_NUMERICHOST,
            )
            for address, each in zip(addresses, found, strict=True)
        ]

    async def close(self) -> None:
        return


OURS = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
"""Names, and ends of names, that lead nowhere outside."""
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
GLOBAL = ipaddress.ip_network("2000::/3")
CARRIERS = tuple(
    ipaddress.ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""IPv6 addresses that carry another address in them, or belong to nobody."""
RESERVED = tuple(ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24"))
"""Which some versions of Python take for public. Source: IANA, special-purpose addresses."""


def _is_public(host: str) -> bool:
    """Of an address; of a name nothing is known yet, but that it is no name of the machine itself."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _is_name(host.lower())
    mapped = getattr(address, "ipv4_mapped", None) or address
    if not mapped.is_global or mapped.is_multicast:
        return False
    if mapped.version == 6:
        return mapped in GLOBAL and not any(mapped in each for each in CARRIERS)
    return not any(mapped in each for each in RESERVED)


def _is_name(host: str) -> bool:
    """Whether it is a name at all: `127.1` and `0x7f000001` are addresses to whoever looks them up."""
    last = host.rpartition(".")[2]
    return "." in host and bool(last) and not NUMBER.fullmatch(last) and not host.endswith(OURS)
