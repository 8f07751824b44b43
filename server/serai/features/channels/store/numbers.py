"""Rows of the connected channels, with their sealed tokens."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId, derived
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

ADD = """
    INSERT INTO channels (id, business_id, inbox_id, app_id, kind, name, meta_id,
                          display_phone_number, account_id, token, messages_per_second)
    VALUES (%(id)s, %(business_id)s, %(inbox_id)s, %(app_id)s, %(kind)s, %(name)s, %(meta_id)s,
            %(display_phone_number)s, %(account_id)s, %(token)s, %(messages_per_second)s)
        ON CONFLICT (kind, meta_id)
        DO UPDATE SET token = excluded.token, state = 'active', paused_reason = NULL,
                      paused_by = NULL, paused_code = NULL,
                      messages_per_second = excluded.messages_per_second
         WHERE channels.business_id = excluded.business_id
    RETURNING id
"""
FIND_INBOX = """
    SELECT id FROM inboxes WHERE business_id = %(business_id)s ORDER BY name LIMIT 1
"""
FIND_ELSEWHERE = """
    SELECT id FROM channels
     WHERE kind = %(kind)s AND meta_id = %(meta_id)s AND business_id <> %(business_id)s
"""
FIND_BUSINESS = """
    SELECT id FROM businesses WHERE organization_id = %(organization_id)s AND key = %(key)s
"""
LIST = """
    SELECT id, business_id, kind, name, meta_id, display_phone_number, account_id, state,
           paused_reason, messages_per_second, created_at, uses_marketing_route
      FROM channels
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(after)s::uuid IS NULL OR id > %(after)s)
     ORDER BY id
     LIMIT %(limit)s
"""
RESUME = """
    UPDATE channels
       SET state = 'active', paused_reason = NULL, paused_by = NULL, paused_code = NULL,
           token = coalesce(%(token)s, token)
     WHERE id = %(id)s
"""
RENAME = """
    UPDATE channels SET name = %(name)s WHERE id = %(id)s
"""


class NewChannel(Struct, frozen=True, kw_only=True):
    business_id: BusinessId
    inbox_id: UUID
    app_id: UUID
    name: str
    meta_id: str
    display_phone_number: str
    account_id: str
    token: str
    messages_per_second: int = 80
    kind: str = "whatsapp"


class ChannelRow(Struct, frozen=True, kw_only=True):
    id: ChannelId
    business_id: BusinessId
    kind: str
    name: str
    meta_id: str
    display_phone_number: str
    account_id: str
    state: str
    paused_reason: str | None
    messages_per_second: int
    created_at: datetime
    uses_marketing_route: bool


class Id(Struct, frozen=True):
    id: UUID


async def add(conn: Conn, vault: Vault, channel: NewChannel) -> ChannelId | None:
    """Connect a number, or give it a new token; None if it belongs to another business."""
    id_ = ChannelId(derived("channel", channel.kind, channel.meta_id))
    values = {name: getattr(channel, name) for name in channel.__struct_fields__}
    token = vault.ring.seal(channel.token.encode(), f"token:{id_}".encode())
    rows = await fetch(conn, Id, ADD, values | {"id": id_, "token": token})
    return ChannelId(rows[0].id) if rows else None


async def business_of(conn: Conn, organization: UUID, key: str) -> BusinessId | None:
    rows = await fetch(conn, Id, FIND_BUSINESS, {"organization_id": organization, "key": key})
    return BusinessId(rows[0].id) if rows else None


async def inbox_of(conn: Conn, business: UUID) -> UUID | None:
    rows = await fetch(conn, Id, FIND_INBOX, {"business_id": business})
    return rows[0].id if rows else None


async def is_elsewhere(conn: Conn, kind: str, meta_id: str, business: UUID) -> bool:
    """Whether another business than this has the channel; `conn` has to see all of them."""
    values = {"kind": kind, "meta_id": meta_id, "business_id": business}
    return bool(await fetch(conn, Id, FIND_ELSEWHERE, values))


async def list_channels(
    conn: Conn, *, id_: UUID | None = None, after: UUID | None = None, limit: int = 100
) -> list[ChannelRow]:
    """Those that the connection may see."""
    return await fetch(conn, ChannelRow, LIST, {"id": id_, "after": after, "limit": limit})


async def resume(conn: Conn, vault: Vault, id_: ChannelId, token: str | None) -> None:
    """Let messages out again, with a new token if there is one."""
    sealed = vault.ring.seal(token.encode(), f"token:{id_}".encode()) if token else None
    await conn.execute(RESUME, {"id": id_, "token": sealed})


async def rename(conn: Conn, id_: ChannelId, name: str) -> None:
    await conn.execute(RENAME, {"id": id_, "name": name})
