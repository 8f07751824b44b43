"""What the worker does about files: fetches what came in, uploads what shall go out.

Nothing of it happens in a transaction; a worker that dies leaves its files to the next one, when
their lease is over.
"""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from serai.core.events import FileSettled, MessageFailed
from serai.core.files import Reason
from serai.engine import outbox
from serai.engine.handle import handle
from serai.engine.wiring import Wiring
from serai.features.media.model import (
    LEASE,
    MOST_UPLOADS,
    PATIENCE,
    URL_LIVES,
    Blob,
    Uploading,
    Wanted,
    gap,
)
from serai.features.media.store import incoming, outgoing
from serai.features.media.store.shelf import Shelf
from serai.kit import db
from serai.kit.blobs import Missing, StoreAway, copy_to
from serai.kit.db import Conn, Pool
from serai.kit.log import logger
from serai.kit.scan import ScannerAway
from serai.meta.client import Graph
from serai.meta.codes.table import code
from serai.meta.errors import Rejected, Throttled, Unauthorised, Unavailable, Unknown
from serai.meta.media import find, found, size_of
from serai.meta.transfer import Downloaded, Gone, NotMetas, TooLarge, download, upload

AT_ONCE = 4
"""Files that one worker fetches at the same time."""
PASSING = (Throttled, Unavailable, Unknown, Unauthorised, Gone, StoreAway, ScannerAway, OSError)
"""Another try may well succeed; a channel without a valid token will have one again."""

NOT_TAKEN = 131053
"""Source: WhatsApp Cloud API, error codes, media upload error."""

log = logger("serai.media")


@dataclass(frozen=True)
class Hands:
    """What handling files needs."""

    pool: Pool
    graph: Graph
    wiring: Wiring
    shelf: Shelf
    now: Callable[[], datetime]
    chance: Callable[[], float]
    largest: int
    """Bytes of a file that is taken in."""


class Lost(Exception):
    """The file will never be here."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


async def fetch_files(hands: Hands) -> int:
    """Fetch files that are due; returns how many were tried."""
    async with hands.pool.connection() as conn:
        wanted = await incoming.claim(conn, hands.now(), LEASE, AT_ONCE)
    await asyncio.gather(*(_fetch(hands, file) for file in wanted))
    return len(wanted)


async def _fetch(hands: Hands, file: Wanted) -> None:
    try:
        blob = await _kept(hands, file)
    except Lost as error:
        await _lose(hands, file, error.reason)
    except PASSING as error:
        log.info("file_waits", file_id=str(file.id), error=type(error).__name__)
        await _wait(hands, file)
    except db.PASSING:
        raise
    except Exception as error:
        # One file that trips us must not stop the others; its lease lets it come again.
        log.error("file_trips", file_id=str(file.id), exc_info=error)
    else:
        await _settle(hands, file, blob)


async def _kept(hands: Hands, file: Wanted) -> Blob:
    """The file's bytes, fetched, checked and kept. Raises Lost, PASSING."""
    with hands.shelf.drawer() as drawer:
        target = drawer / "file"
        try:
            got = await _downloaded(hands, file, target)
        except TooLarge as error:
            raise Lost(Reason.TOO_LARGE) from error
        except NotMetas as error:
            raise Lost(Reason.REFUSED) from error
        if file.claimed_sha256 and not hmac.compare_digest(got.sha256, file.claimed_sha256):
            raise Lost(Reason.DAMAGED) if file.attempt_count > 2 else Gone("other bytes")
        return await hands.shelf.keep(file.business_id, target, file.claimed_type, hands.now())


async def _downloaded(hands: Hands, file: Wanted, target: Path) -> Downloaded:
    """By the address that came along while it is young, else by one that Meta gives now."""
    token = hands.wiring.vault.ring.open(file.token, f"token:{file.channel_id}".encode()).decode()
    if file.url is not None and hands.now() - file.told_at < URL_LIVES:
        try:
            return await download(hands.graph, file.url, token, target, hands.largest)
        except (Gone, NotMetas):
            pass  # a new address will tell more
    address = await _address(hands, file, token)
    return await download(hands.graph, address, token, target, hands.largest)


async def _address(hands: Hands, file: Wanted, token: str) -> str:
    """Raises Lost when Meta does not know the file any more, or tells that it is too large."""
    try:
        answer = found(await hands.graph.call(find(file.meta_id, file.number), token))
    except Rejected as error:
        raise Lost(Reason.EXPIRED) from error
    if answer is None:
        raise Unavailable("no address")
    if (size_of(answer) or 0) > hands.largest:
        raise Lost(Reason.TOO_LARGE)
    return answer.url


async def _wait(hands: Hands, file: Wanted) -> None:
    now = hands.now()
    if now - file.created_at > PATIENCE:
        await _lose(hands, file, Reason.GIVEN_UP)
        return
    async with hands.pool.connection() as conn:
        await incoming.postpone(conn, file.id, now + gap(file.attempt_count, hands.chance()))


async def _lose(hands: Hands, file: Wanted, reason: Reason) -> None:
    log.warning("file_lost", file_id=str(file.id), reason=reason.value)
    async with hands.pool.connection() as conn, conn.transaction():
        await incoming.fail(conn, file.id, reason)
        await _tell(conn, hands, file, "failed")


async def _settle(hands: Hands, file: Wanted, blob: Blob) -> None:
    async with hands.pool.connection() as conn, conn.transaction():
        await incoming.settle(conn, file.id, blob)
        await _tell(conn, hands, file, "infected" if blob.is_infected else "ready")


async def _tell(conn: Conn, hands: Hands, file: Wanted, state: str) -> None:
    """Whoever looks at the conversation sees the file appear."""
    message = await incoming.message_of(conn, file.id)
    if message is None:
        return
    event = FileSettled(key=f"{file.id}:{state}", at=hands.now(), message_id=message, state=state)
    await handle(conn, hands.wiring, [event], hands.now())


async def upload_files(hands: Hands) -> int:
    """Bring to Meta what waiting messages need there, and let those go that have all of it."""
    async with hands.pool.connection() as conn:
        uploads = await outgoing.claim(conn, hands.now(), LEASE, AT_ONCE)
    await asyncio.gather(*(_upload(hands, each) for each in uploads))
    async with hands.pool.connection() as conn, conn.transaction():
        ready = await outgoing.complete(conn, hands.now())
        if ready:
            await outbox.release(conn, ready)
    return len(uploads) + len(ready)


async def _upload(hands: Hands, wanted: Uploading) -> None:
    ring = hands.wiring.vault.ring
    token = ring.open(wanted.token, f"token:{wanted.channel_id}".encode()).decode()
    named = (wanted.mime_type, wanted.name)
    try:
        with hands.shelf.drawer() as drawer:
            await copy_to(hands.shelf.blobs, wanted.key, drawer / "file")
            meta_id = await upload(hands.graph, wanted.number, token, drawer / "file", named)
    except Rejected as error:
        await _give_up(hands, wanted, error.code)
    except (*PASSING, Missing) as error:
        log.info("upload_waits", blob_id=str(wanted.blob_id), error=type(error).__name__)
        await _upload_later(hands, wanted)
    except db.PASSING:
        raise
    except Exception as error:
        log.error("upload_trips", blob_id=str(wanted.blob_id), exc_info=error)
    else:
        async with hands.pool.connection() as conn:
            await outgoing.done(conn, wanted, meta_id, hands.now())


async def _upload_later(hands: Hands, wanted: Uploading) -> None:
    if wanted.attempt_count >= MOST_UPLOADS:
        await _give_up(hands, wanted, NOT_TAKEN)
        return
    due_at = hands.now() + gap(wanted.attempt_count, hands.chance())
    async with hands.pool.connection() as conn:
        await outgoing.postpone(conn, wanted, due_at)


async def _give_up(hands: Hands, wanted: Uploading, number: int) -> None:
    """Meta does not take the file: the messages that need it have failed."""
    now = hands.now()
    async with hands.pool.connection() as conn, conn.transaction():
        failed = [
            MessageFailed(
                key=f"{message}:failed:file",
                at=now,
                message_id=message,
                code=number,
                reason=code(number).words,
            )
            for message in await outgoing.drop(conn, wanted)
        ]
        await handle(conn, hands.wiring, failed, now)
