"""Files that were uploaded here."""

from datetime import datetime
from uuid import UUID

from serai.features.media.model import Blob
from serai.kit.db import Conn

ADD = """
    INSERT INTO files (id, business_id, name, state, blob_id, told_at, created_at)
    VALUES (%(id)s, %(business_id)s, %(name)s, %(state)s, %(blob_id)s, %(now)s, %(now)s)
        ON CONFLICT (id) DO NOTHING
"""


async def add(conn: Conn, file: UUID, blob: Blob, name: str | None, now: datetime) -> None:
    """A file of these bytes; the same id again changes nothing."""
    await conn.execute(
        ADD,
        {
            "id": file,
            "business_id": blob.business_id,
            "name": name,
            "state": "infected" if blob.is_infected else "ready",
            "blob_id": blob.id,
            "now": now,
        },
    )
