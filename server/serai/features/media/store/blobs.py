"""Rows of blobs: the same bytes of a business have one."""

from datetime import datetime
from uuid import UUID

from serai.core.ids import BusinessId
from serai.features.media.model import Blob
from serai.kit.db import Conn, fetch

FIND = """
    SELECT id, business_id, sha256, size_bytes, mime_type, width, height, duration_seconds,
           audio_codec, channel_count, is_animated, has_thumbnail, is_infected
      FROM blobs
     WHERE business_id = %(business_id)s AND sha256 = %(sha256)s
"""
OF_FILE = """
    SELECT blobs.id, blobs.business_id, sha256, size_bytes, mime_type, width, height,
           duration_seconds, audio_codec, channel_count, is_animated, has_thumbnail, is_infected
      FROM files
      JOIN blobs ON blobs.id = files.blob_id
     WHERE files.id = %(file_id)s
"""
ADD = """
    INSERT INTO blobs (id, business_id, sha256, size_bytes, mime_type, width, height,
                       duration_seconds, audio_codec, channel_count, is_animated, has_thumbnail,
                       is_infected, kept_at)
    VALUES (%(id)s, %(business_id)s, %(sha256)s, %(size_bytes)s, %(mime_type)s, %(width)s, %(height)s,
            %(duration_seconds)s, %(audio_codec)s, %(channel_count)s, %(is_animated)s,
            %(has_thumbnail)s, %(is_infected)s, %(now)s)
        ON CONFLICT (business_id, sha256) DO NOTHING
"""


async def find(conn: Conn, business: BusinessId, sha256: bytes) -> Blob | None:
    rows = await fetch(conn, Blob, FIND, {"business_id": business, "sha256": sha256})
    return rows[0] if rows else None


async def of_file(conn: Conn, file: UUID) -> Blob | None:
    """The bytes of a file that the connection may see; None if it has none yet."""
    rows = await fetch(conn, Blob, OF_FILE, {"file_id": file})
    return rows[0] if rows else None


async def add(conn: Conn, blob: Blob, now: datetime) -> None:
    values = {name: getattr(blob, name) for name in blob.__struct_fields__}
    await conn.execute(ADD, values | {"now": now})
