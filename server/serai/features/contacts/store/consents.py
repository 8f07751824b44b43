"""What people allowed or stopped, with its proof, as it can be shown."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

LIST = """
    SELECT consent.id, consent.purpose, consent.granted, consent.at, consent.channel_kind,
           consent.method, consent.actor, consent.wording, consent.note,
           (SELECT message_id FROM events WHERE events.key = consent.evidence) AS message_id,
           consent.hash = consent_digest(consent)
           AND consent.previous_hash = coalesce((
                   SELECT earlier.hash FROM consent_records AS earlier
                    WHERE earlier.business_id = consent.business_id AND earlier.id < consent.id
                    ORDER BY earlier.id DESC LIMIT 1), '') AS is_intact
      FROM consent_records AS consent
     WHERE consent.business_id = %(business_id)s
       AND consent.contact_id IN (
               SELECT %(contact_id)s UNION
               SELECT id FROM contacts WHERE merged_into = %(contact_id)s)
     ORDER BY consent.id DESC
"""
BROKEN = """
    SELECT count(*) AS count
      FROM (SELECT consent.hash, consent_digest(consent) AS digest, consent.previous_hash,
                   coalesce(lag(consent.hash) OVER (ORDER BY consent.id), '') AS before
              FROM consent_records AS consent
             WHERE consent.business_id = %(business_id)s) AS chain
     WHERE hash <> digest OR previous_hash <> before
"""


class ConsentRow(Struct, frozen=True, kw_only=True):
    id: int
    purpose: str
    granted: bool
    at: datetime
    channel_kind: str | None
    method: str | None
    actor: str | None
    wording: str | None
    note: str | None
    message_id: UUID | None
    is_intact: bool


class Count(Struct, frozen=True):
    count: int


async def listed(conn: Conn, business: UUID, contact: UUID) -> list[ConsentRow]:
    """Of a contact and of those that are part of it, the latest first."""
    return await fetch(conn, ConsentRow, LIST, {"business_id": business, "contact_id": contact})


async def broken(conn: Conn, business: UUID) -> int:
    """How many records of a business are not as they were written, or follow another than they did."""
    [row] = await fetch(conn, Count, BROKEN, {"business_id": business})
    return row.count
