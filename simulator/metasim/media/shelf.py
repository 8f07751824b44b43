"""Kept files and the short-lived addresses under which they can be downloaded.

Source: WhatsApp Cloud API reference, 3 "Media": uploads live 30 days, media of people 7 days,
addresses 5 minutes.
"""

import hashlib
import hmac
import secrets
from base64 import b64encode
from typing import Literal
from urllib.parse import urlencode

import msgspec

DAY = 86_400.0
LIFE = {"upload": 30 * DAY, "person": 7 * DAY, "link": 30 * DAY}
"""Seconds by origin."""
URL_LIFE = 300
"""Seconds."""
MOST_BYTES = 512 * 1024 * 1024
"""The oldest files are dropped first."""
SWEEP_EVERY = 3600.0
"""Seconds."""
PATH = "/whatsapp_business/attachments/"
FIRST_ID = 554_400_000_000_001


class Kept(msgspec.Struct):
    """One file of one number."""

    id: str
    number: str
    mime: str
    sha256: str
    """Hexadecimal; names the bytes on the shelf."""
    size: int
    origin: Literal["upload", "person", "link"]
    until: float
    """Unix seconds of the clock; then the id is dead."""
    filename: str | None = None

    @property
    def sha256_base64(self) -> str:
        """As webhooks carry it. Source: 3, `sha256`."""
        return b64encode(bytes.fromhex(self.sha256)).decode()


class Shelf(msgspec.Struct):
    """All files; the same bytes are kept once."""

    items: dict[str, Kept] = {}
    secret: str = msgspec.field(default_factory=lambda: secrets.token_hex(16))
    made: int = 0
    sweep_at: float = 0.0
    bytes_kept: int = 0
    blobs: dict[str, bytes] = {}
    """By hash; written beside the state file, not into it."""

    def put(
        self,
        number: str,
        mime: str,
        data: bytes,
        origin: Literal["upload", "person", "link"],
        now: float,
        filename: str | None = None,
    ) -> Kept:
        """Keep a file under a new id."""
        self._sweep(now)
        self.made += 1
        kept = Kept(
            id=str(FIRST_ID + self.made * 7_907),
            number=number,
            mime=mime,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            origin=origin,
            until=now + LIFE[origin],
            filename=filename,
        )
        self.items[kept.id] = kept
        self.blobs[kept.sha256] = data
        self.bytes_kept += len(data)
        return kept

    def get(self, media_id: str, now: float) -> Kept | None:
        """The file, while its id lives."""
        kept = self.items.get(media_id)
        return kept if kept is not None and now < kept.until else None

    def drop(self, media_id: str) -> None:
        """Delete one."""
        del self.items[media_id]
        self._forget_bytes(set(self.items))

    def data(self, kept: Kept) -> bytes:
        return self.blobs[kept.sha256]

    def url(self, kept: Kept, origin: str, now: float) -> str:
        """An address that works for 5 minutes; `origin` is where metasim is reached."""
        ext = int(now) + URL_LIFE
        query = {"mid": kept.id, "ext": ext, "hash": self._sign(kept.id, ext)}
        return f"{origin}{PATH}?{urlencode(query)}"

    def by_url(self, query: dict[str, str], now: float) -> Kept | None:
        """The file of an address; None when the address is wrong or dead."""
        media_id, ext = query.get("mid", ""), query.get("ext", "")
        if not ext.isdecimal() or len(ext) > 12 or now >= int(ext):
            return None
        if not hmac.compare_digest(
            query.get("hash", "").encode(), self._sign(media_id, int(ext)).encode()
        ):
            return None
        return self.get(media_id, now)

    def _sign(self, media_id: str, ext: int) -> str:
        text = f"{media_id}:{ext}".encode()
        return hmac.new(self.secret.encode(), text, hashlib.sha256).hexdigest()[:40]

    def _sweep(self, now: float) -> None:
        """Once in a while the bytes of dead files go, and the oldest when there are too many."""
        if now < self.sweep_at and self.bytes_kept < MOST_BYTES:
            return
        self.sweep_at = now + SWEEP_EVERY
        alive = [each.id for each in self.items.values() if now < each.until]
        self._forget_bytes(set(alive))
        while self.bytes_kept > MOST_BYTES:
            oldest = self.items[alive.pop(0)]
            oldest.until = now
            self._forget_bytes(set(alive))

    def _forget_bytes(self, alive: set[str]) -> None:
        """Keep only what these ids need; the others are still known, so that they can be told dead."""
        needed = {self.items[media_id].sha256 for media_id in alive}
        self.blobs = {name: data for name, data in self.blobs.items() if name in needed}
        self.bytes_kept = sum(map(len, self.blobs.values()))
