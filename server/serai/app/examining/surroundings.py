"""The way to Meta, the way from Meta to us, the database and the disk: which link is broken."""

import asyncio
import re
import shutil
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gaierror
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg

from serai.app.examining.finding import Finding
from serai.kit.clock import Clock
from serai.kit.settings import Settings

PATIENCE_SECONDS = 3.0
MOST_BYTES = 65_536
"""Of an answer; ours has a hundred, and comes in two pieces now and then."""
LEAST_FREE_SHARE = 0.05
LEAST_FREE_BYTES = 2 * 1024**3
"""Below both, a disk is as good as full: PostgreSQL stops when it is."""
CERTIFICATE_LEFT = timedelta(days=14)
DATABASE_TROUBLES = (
    ("could not translate host name", "its host's name is not found; check SERAI_DATABASE_URL and DNS."),
    ("resolve host", "its host's name is not found; check SERAI_DATABASE_URL and DNS."),
    ("password authentication failed", "its password is refused; check SERAI_DATABASE_URL."),
    ("does not exist", "there is no such database or user; make it, or check SERAI_DATABASE_URL."),
    ("too many", "it has no connection left; raise max_connections, or lower SERAI_POOL_SIZE."),
    ("starting up", "it is starting; ask again in a minute."),
    ("shutting down", "it is shutting down; start it again."),
    ("Connection refused", "nothing listens there; start PostgreSQL, or check SERAI_DATABASE_URL."),
    ("No such file", "nothing listens there; start PostgreSQL, or check SERAI_DATABASE_URL."),
    ("timeout", "it does not answer; check the network and the firewall."),
)  # fmt: skip
OURS = re.compile(rb'\{"status":\s*"ok"\}\s*$')


class Reached(NamedTuple):
    """How far one gets on the way to an address."""

    trouble: str | None
    """None: all the way."""
    certificate_ends_at: datetime | None = None


def database(error: psycopg.OperationalError) -> Finding:
    """Why the database cannot be used, without what the settings say."""
    said = str(error)
    words = (words for sign, words in DATABASE_TROUBLES if sign in said)
    return Finding(False, "database", next(words, "cannot be reached; check SERAI_DATABASE_URL."))


async def meta(settings: Settings) -> Finding | None:
    """What keeps us from Meta; None if nothing does."""
    reached = await reach(settings.graph_url)
    if reached.trouble is None:
        return None
    return Finding(False, "Meta", f"{settings.graph_url}: {reached.trouble}; check the network.")


async def public(settings: Settings, trust: ssl.SSLContext | None = None) -> list[Finding]:
    """Whether the address that Meta calls leads here; nothing while there is none."""
    if settings.public_url is None:
        return []
    url = settings.public_url.rstrip("/")
    reached = await reach(url, trust)
    if reached.trouble is not None:
        return [Finding(False, "public address", f"{url}: {reached.trouble}; Meta cannot call us.")]
    if not await _is_us(url, trust):
        text = f"{url} does not lead here; let your proxy pass it on to `serai serve`."
        return [Finding(False, "public address", text)]
    ends_at = reached.certificate_ends_at
    if ends_at is not None and ends_at - Clock().now() < CERTIFICATE_LEFT:
        text = f"its certificate ends on {ends_at:%d %B %Y}; renew it, or Meta stops calling."
        return [Finding(False, "public address", text)]
    return [Finding(True, "public address", f"{url} leads here.")]


def disk(folder: Path) -> Finding:
    """Whether there is room for what comes."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    usage = shutil.disk_usage(there)
    free = f"{usage.free / 1024**3:.1f} GB free"
    if usage.free < LEAST_FREE_BYTES and usage.free < usage.total * LEAST_FREE_SHARE:
        return Finding(False, "disk", f"only {free}; make room, or move SERAI_MEDIA_FOLDER.")
    return Finding(True, "disk", f"{free}.")


async def reach(url: str, trust: ssl.SSLContext | None = None) -> Reached:
    """Name, connection, certificate: the first that fails."""
    parts = urlsplit(url)
    is_safe = parts.scheme == "https"
    context = (trust or ssl.create_default_context()) if is_safe else None
    host, port = parts.hostname or "", parts.port or (443 if is_safe else 80)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except gaierror:
        return Reached(f"the name {host} is not found in DNS")
    except ssl.SSLCertVerificationError as error:
        return Reached(f"its TLS certificate is not good ({error.verify_message})")
    except ssl.SSLError:
        return Reached("it does not speak TLS")
    except TimeoutError:
        return Reached(f"no answer within {PATIENCE_SECONDS:.0f} s")
    except OSError:
        return Reached("the connection is refused")
    try:
        return Reached(None, _end_of(writer.get_extra_info("peercert")))
    finally:
        writer.close()


async def _is_us(url: str, trust: ssl.SSLContext | None) -> bool:
    """Whether our own health is what answers there."""
    parts = urlsplit(url)
    is_safe = parts.scheme == "https"
    context = (trust or ssl.create_default_context()) if is_safe else None
    port = parts.port or (443 if is_safe else 80)
    asked = f"GET {parts.path}/health/live HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
            writer.write(asked.encode())
            answer = b""
            while len(answer) < MOST_BYTES and (part := await reader.read(MOST_BYTES)):
                answer += part
            writer.close()
    except (OSError, TimeoutError):
        return False
    return answer.split(b" ", 2)[1:2] == [b"200"] and OURS.search(answer) is not None


def _end_of(certificate: Mapping[str, object] | None) -> datetime | None:
    ends = (certificate or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) if ends else None
