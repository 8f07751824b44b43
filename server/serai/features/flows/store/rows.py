"""Rows of Flows and of the keys that seal them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

CHANNEL = """
    SELECT channels.id, channels.business_id, channels.app_id, channels.meta_id,
           channels.account_id, channels.token, flow_keys.private_key
      FROM channels
      LEFT JOIN flow_keys ON flow_keys.channel_id = channels.id
     WHERE channels.id = %(id)s
"""
ADD_KEY = """
    INSERT INTO flow_keys (channel_id, business_id, private_key, created_at)
    VALUES (%(channel_id)s, %(business_id)s, %(private_key)s, %(now)s)
        ON CONFLICT (channel_id) DO UPDATE SET private_key = excluded.private_key,
                                               created_at = excluded.created_at
"""
KEEP = """
    INSERT INTO flows (business_id, channel_id, key, meta_id, digest, published_at)
    VALUES (%(business_id)s, %(channel_id)s, %(key)s, %(meta_id)s, %(digest)s, %(now)s)
        ON CONFLICT (channel_id, key)
        DO UPDATE SET meta_id = excluded.meta_id, digest = excluded.digest,
                      published_at = excluded.published_at
"""
LIST = """
    SELECT channel_id, key, meta_id, digest, published_at FROM flows
     WHERE channel_id = %(channel_id)s
     ORDER BY key
"""


class Sealed(Struct, frozen=True, kw_only=True):
    id: ChannelId
    business_id: BusinessId
    app_id: UUID
    meta_id: str
    account_id: str
    token: bytes
    private_key: bytes | None


class FlowChannel(Struct, frozen=True, kw_only=True):
    """A number with what its Flows need, opened."""

    id: ChannelId
    business_id: BusinessId
    app_id: UUID
    meta_id: str
    account_id: str
    token: str
    private_key: str | None


class FlowRow(Struct, frozen=True):
    channel_id: ChannelId
    key: str
    meta_id: str
    digest: str
    published_at: datetime


async def channel(conn: Conn, vault: Vault, id_: UUID) -> FlowChannel | None:
    """The number, if the connection may see it."""
    rows = await fetch(conn, Sealed, CHANNEL, {"id": id_})
    if not rows:
        return None
    row = rows[0]
    key = row.private_key
    return FlowChannel(
        id=row.id,
        business_id=row.business_id,
        app_id=row.app_id,
        meta_id=row.meta_id,
        account_id=row.account_id,
        token=vault.ring.open(row.token, f"token:{row.id}".encode()).decode(),
        private_key=vault.ring.open(key, _context(row.id)).decode() if key else None,
    )


async def add_key(
    conn: Conn, vault: Vault, owner: FlowChannel, private_pem: str, now: datetime
) -> None:
    """In the place of the one before: phones fetch the new one when ours cannot be read."""
    sealed = vault.ring.seal(private_pem.encode(), _context(owner.id))
    values = {"channel_id": owner.id, "business_id": owner.business_id, "now": now}
    await conn.execute(ADD_KEY, values | {"private_key": sealed})


async def keep(conn: Conn, owner: FlowChannel, row: FlowRow) -> None:
    values = {name: getattr(row, name) for name in ("channel_id", "key", "meta_id", "digest")}
    await conn.execute(KEEP, values | {"business_id": owner.business_id, "now": row.published_at})


async def flows(conn: Conn, channel_id: UUID) -> list[FlowRow]:
    return await fetch(conn, FlowRow, LIST, {"channel_id": channel_id})


def _context(id_: ChannelId) -> bytes:
    """What a sealed key is bound to."""
    return f"flow-key:{id_}".encode()
