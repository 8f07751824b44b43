"""Where bytes are brought to be kept: looked at, scanned, and put into the store once."""

import asyncio
import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from serai.core.ids import BusinessId
from serai.features.media.model import Blob, blob_id
from serai.features.media.store import blobs as rows
from serai.kit import sandbox
from serai.kit.blobs import Blobs
from serai.kit.db import Pool
from serai.kit.sandbox import Seen
from serai.kit.scan import Scanner
from serai.kit.sniff import HEAD_BYTES, sniff


@dataclass(frozen=True)
class Shelf:
    """All that keeping bytes needs."""

    pool: Pool
    """Of the engine: a blob is found by its content before anyone is allowed to see it."""
    blobs: Blobs
    desk: Path
    """A folder of this machine for what is on its way into the store."""
    scanner: Scanner | None = None

    @contextmanager
    def drawer(self) -> Generator[Path]:
        """A folder for one file's sake; gone afterwards."""
        self.desk.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.desk) as folder:
            yield Path(folder)

    async def keep(
        self, business: BusinessId, source: Path, claimed: str | None, now: datetime
    ) -> Blob:
        """The blob of these bytes, with its row; bytes that are there already are not put again.

        `source` is in a drawer. Raises StoreAway, ScannerAway.
        """
        found = await asyncio.to_thread(_measure, source)
        async with self.pool.connection() as conn:
            known = await rows.find(conn, business, found.sha256)
        if known is not None and await self.blobs.size(known.key) == known.size_bytes:
            return known
        blob = await self._put(business, source, found, claimed)
        async with self.pool.connection() as conn:
            await rows.add(conn, blob, now)
        return blob

    async def _put(
        self, business: BusinessId, source: Path, found: "_Measured", claimed: str | None
    ) -> Blob:
        """Look only at what a scanner let pass; the row last, so that it never lacks its bytes."""
        media_type = sniff(found.head, claimed)
        blob = Blob(
            id=blob_id(business, found.sha256),
            business_id=business,
            sha256=found.sha256,
            size_bytes=found.size_bytes,
            mime_type=media_type,
            is_infected=self.scanner is not None and await self.scanner.is_infected(source),
        )
        if not blob.is_infected:
            thumbnail = source.with_suffix(".thumbnail")
            blob = _seen(blob, await sandbox.look(source, media_type, thumbnail))
            if blob.has_thumbnail:
                await self.blobs.put(blob.thumbnail_key, thumbnail)
        await self.blobs.put(blob.key, source)
        return blob


class _Measured(Struct, frozen=True):
    sha256: bytes
    size_bytes: int
    head: bytes


def _measure(path: Path) -> _Measured:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").digest()
        return _Measured(digest, file.tell(), head)


def _seen(blob: Blob, seen: Seen) -> Blob:
    return replace(
        blob,
        mime_type=seen.media_type,
        width=seen.width,
        height=seen.height,
        duration_seconds=seen.duration_seconds,
        audio_codec=seen.audio_codec,
        channel_count=seen.channel_count,
        is_animated=seen.is_animated,
        has_thumbnail=seen.has_thumbnail,
    )
