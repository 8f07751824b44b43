"""Files as people see them."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

FIND = """
    SELECT files.id, files.business_id, files.name, files.state, files.reason,
           files.channel_id IS NULL AS is_ours,
           coalesce(blobs.mime_type, files.claimed_type) AS mime_type, blobs.size_bytes,
           encode(blobs.sha256, 'hex') AS sha256, blobs.width, blobs.height,
           blobs.duration_seconds, blobs.audio_codec, blobs.channel_count,
           coalesce(blobs.is_animated, false) AS is_animated,
           coalesce(blobs.has_thumbnail, false) AS has_thumbnail
      FROM files
      LEFT JOIN blobs ON blobs.id = files.blob_id
     WHERE files.id = ANY (%(ids)s)
"""


class FileRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    name: str | None
    state: str
    """waiting, ready, failed or infected."""
    reason: str | None
    is_ours: bool
    """Uploaded here rather than sent by a person."""
    mime_type: str | None
    """Until its bytes are here, what the sender calls it."""
    size_bytes: int | None
    sha256: str | None
    width: int | None
    height: int | None
    duration_seconds: float | None
    audio_codec: str | None
    channel_count: int | None
    is_animated: bool
    has_thumbnail: bool


async def find(conn: Conn, ids: Sequence[UUID]) -> dict[UUID, FileRow]:
    """Those that the connection may see."""
    return {row.id: row for row in await fetch(conn, FileRow, FIND, {"ids": list(ids)})}
