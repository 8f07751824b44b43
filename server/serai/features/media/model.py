"""What is known of a file's bytes, and how long a file is tried for."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId, MetaId, derived

URL_LIVES = timedelta(minutes=4)
"""Of Meta's address of a file: five minutes, less one for what is under way.

Source: WhatsApp Cloud API, media, "Get media URL".
"""
PATIENCE = timedelta(days=7)
"""How long a file is tried for. Source: WhatsApp Cloud API, media: ids of webhooks live 7 days."""
LEASE = timedelta(minutes=6)
"""How long one try may take; then another worker may take it over."""
FIRST_GAP, LONGEST_GAP = timedelta(seconds=5), timedelta(hours=6)
UPLOAD_LIVES = timedelta(days=29)
"""Of a file at Meta: thirty days, less one. Source: WhatsApp Cloud API, media."""
MOST_UPLOADS = 12
"""Tries; with the gaps between them about six hours."""


class Blob(Struct, frozen=True, kw_only=True):
    """Bytes that were kept, and what is in them."""

    id: UUID
    business_id: BusinessId
    sha256: bytes
    size_bytes: int
    mime_type: str
    width: int | None = None
    height: int | None = None
    duration_seconds: float | None = None
    audio_codec: str | None = None
    channel_count: int | None = None
    is_animated: bool = False
    has_thumbnail: bool = False
    is_infected: bool = False

    @property
    def key(self) -> str:
        """Where the bytes are in the store; what is infected is apart."""
        path = key_of(self.business_id, self.sha256)
        return f"quarantine/{path}" if self.is_infected else path

    @property
    def thumbnail_key(self) -> str:
        return f"{self.key}.webp"


class Wanted(Struct, frozen=True, kw_only=True):
    """A file that came in and is to be fetched."""

    id: UUID
    business_id: BusinessId
    channel_id: ChannelId
    number: MetaId
    token: bytes
    """Sealed."""
    message_meta_id: MetaId
    meta_id: str
    url: str | None
    claimed_type: str | None
    claimed_sha256: bytes | None
    attempt_count: int
    told_at: datetime
    created_at: datetime


class Uploading(Struct, frozen=True, kw_only=True):
    """A blob that a number needs at Meta."""

    channel_id: ChannelId
    number: MetaId
    token: bytes
    """Sealed."""
    business_id: BusinessId
    blob_id: UUID
    sha256: bytes
    mime_type: str
    attempt_count: int
    name: str
    """Of one of the files with these bytes; Meta wants one and shows it to nobody."""

    @property
    def key(self) -> str:
        return key_of(self.business_id, self.sha256)


def key_of(business: BusinessId, sha256: bytes) -> str:
    """Where the bytes of a blob are in the store."""
    name = sha256.hex()
    return f"{business.hex}/{name[:2]}/{name}"


def blob_id(business: BusinessId, sha256: bytes) -> UUID:
    """The same bytes of the same business are the same blob."""
    return derived("blob", business, sha256.hex())


def gap(attempt: int, chance: float) -> timedelta:
    """How long to wait after the `attempt`-th try: doubles each time, up to half more by chance."""
    return min(FIRST_GAP * 2 ** min(attempt - 1, 20), LONGEST_GAP) * (1 + chance / 2)
