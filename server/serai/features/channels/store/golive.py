"""What the way to going live is computed from, and which papers are ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.features.channels.decide.golive import Known
from serai.kit.db import Conn, fetch
from serai.meta.management.nodes import Health

KNOWN = """
    SELECT businesses.sector, channel.id IS NOT NULL AS has_number, channel.paused_code,
           channel.messaging_limit,
           ARRAY(SELECT document FROM channel_documents
                  WHERE business_id = businesses.id) AS documents_done,
           (SELECT count(*) FROM templates
             WHERE business_id = businesses.id AND status = 'APPROVED') AS approved_template_count,
           coalesce(facts.number, '{}') AS number, coalesce(facts.account, '{}') AS account,
           coalesce(facts.health, '{}') AS health, coalesce(facts.webhooks, '{}') AS webhooks
      FROM businesses
      LEFT JOIN LATERAL (SELECT * FROM channels
                          WHERE business_id = businesses.id
                          ORDER BY state = 'active' DESC, created_at, id LIMIT 1) AS channel ON true
      LEFT JOIN channel_facts AS facts ON facts.channel_id = channel.id
     WHERE businesses.id = %(business_id)s
"""
MARK = """
    INSERT INTO channel_documents (business_id, document, done_at)
    VALUES (%(business_id)s, %(document)s, %(now)s)
        ON CONFLICT (business_id, document) DO NOTHING
"""
UNMARK = """
    DELETE FROM channel_documents
     WHERE business_id = %(business_id)s AND document = %(document)s
"""


class KnownRow(Struct, frozen=True, kw_only=True):
    sector: str
    has_number: bool
    paused_code: int | None
    messaging_limit: int | None
    documents_done: frozenset[str]
    approved_template_count: int
    number: dict[str, Any]
    account: dict[str, Any]
    health: Health
    webhooks: dict[str, Any]


async def known(conn: Conn, business: UUID) -> Known | None:
    """None: no such business, or one that may not be seen."""
    rows = await fetch(conn, KnownRow, KNOWN, {"business_id": business})
    if not rows:
        return None
    [row] = rows
    return Known(**{name: getattr(row, name) for name in row.__struct_fields__})


async def mark(conn: Conn, business: UUID, document: str, now: datetime, *, is_ready: bool) -> None:
    """Say that a paper is ready, or is not any more."""
    values = {"business_id": business, "document": document}
    if is_ready:
        await conn.execute(MARK, values | {"now": now})
    else:
        await conn.execute(UNMARK, values)
