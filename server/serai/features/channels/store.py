"""Rows of apps and channels. Tokens and secrets are sealed before they come near the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.effects import PauseChannel
from serai.core.ids import BusinessId, ChannelId, derived
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

ADD_APP = """
    INSERT INTO meta_apps (id, organization_id, meta_id, name, verify_token)
    VALUES (%(id)s, %(organization_id)s, %(meta_id)s, %(name)s, %(verify_token)s)
        ON CONFLICT (meta_id) DO UPDATE SET name = excluded.name, verify_token = excluded.verify_token
"""
RETIRE_SECRETS = """
    UPDATE app_secrets SET valid_until = %(until)s WHERE app_id = %(app_id)s AND valid_until IS NULL
"""
ADD_SECRET = """
    INSERT INTO app_secrets (id, app_id, secret) VALUES (%(id)s, %(app_id)s, %(secret)s)
        ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, valid_until = NULL
"""
APPS = """
    SELECT meta_apps.id, meta_apps.organization_id, meta_apps.meta_id, meta_apps.verify_token,
           ARRAY(SELECT id FROM app_secrets WHERE app_id = meta_apps.id
                    AND (valid_until IS NULL OR valid_until > %(now)s) ORDER BY id) AS secret_ids,
           ARRAY(SELECT secret FROM app_secrets WHERE app_id = meta_apps.id
                    AND (valid_until IS NULL OR valid_until > %(now)s) ORDER BY id) AS secrets
      FROM meta_apps
"""
ADD = """
    INSERT INTO channels (id, business_id, inbox_id, app_id, kind, name, meta_id,
                          display_phone_number, account_id, token, messages_per_second)
    VALUES (%(id)s, %(business_id)s, %(inbox_id)s, %(app_id)s, 'whatsapp', %(name)s, %(meta_id)s,
            %(display_phone_number)s, %(account_id)s, %(token)s, %(messages_per_second)s)
        ON CONFLICT (kind, meta_id)
        DO UPDATE SET token = excluded.token, state = 'active', paused_reason = NULL,
                      messages_per_second = excluded.messages_per_second
         WHERE channels.business_id = excluded.business_id
    RETURNING id
"""
FIND_INBOX = """
    SELECT id FROM inboxes WHERE business_id = %(business_id)s ORDER BY name LIMIT 1
"""
FIND_APP = """
    SELECT id FROM meta_apps WHERE organization_id = %(organization_id)s
       AND (%(meta_id)s::text IS NULL OR meta_id = %(meta_id)s) ORDER BY created_at LIMIT 1
"""
LIST = """
    SELECT id, business_id, kind, name, meta_id, display_phone_number, account_id, state,
           paused_reason, messages_per_second, created_at
      FROM channels
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(after)s::uuid IS NULL OR id > %(after)s)
     ORDER BY id
     LIMIT %(limit)s
"""
PAUSE = """
    UPDATE channels
       SET state = 'paused', paused_reason = rows.reason
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, reason text)
     WHERE channels.id = rows.channel_id AND channels.state = 'active'
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
RESUME = """
    UPDATE channels
       SET state = 'active', paused_reason = NULL, token = coalesce(%(token)s, token)
     WHERE id = %(id)s
"""


class App(Struct, frozen=True):
    """A Meta app, opened: what its webhooks are checked with."""

    id: UUID
    organization_id: UUID
    verify_token: str
    secrets: tuple[bytes, ...]


class AppRow(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    meta_id: str
    verify_token: bytes
    secret_ids: tuple[UUID, ...]
    secrets: tuple[bytes, ...]


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


class Id(Struct, frozen=True):
    id: UUID


class AppSecret(Struct, frozen=True, kw_only=True):
    organization_id: UUID
    meta_id: str
    name: str
    verify_token: str
    secret: str


async def add_app(
    conn: Conn, vault: Vault, app: AppSecret, now: datetime, grace: timedelta = timedelta(days=2)
) -> UUID:
    """Connect a Meta app, or give it a new secret; the old ones still count for `grace`."""
    app_id = derived("app", app.meta_id)
    secret_id = derived("secret", app.meta_id, vault.index.of(app.secret, "app-secret").hex())
    sealed = vault.ring.seal(app.verify_token.encode(), f"verify:{app_id}".encode())
    values = {"id": app_id, "organization_id": app.organization_id, "meta_id": app.meta_id}
    await conn.execute(ADD_APP, values | {"name": app.name, "verify_token": sealed})
    await conn.execute(RETIRE_SECRETS, {"app_id": app_id, "until": now + grace})
    secret = vault.ring.seal(app.secret.encode(), f"secret:{secret_id}".encode())
    await conn.execute(ADD_SECRET, {"id": secret_id, "app_id": app_id, "secret": secret})
    return app_id


async def apps(conn: Conn, vault: Vault, now: datetime) -> list[App]:
    """All apps with the secrets that count now."""
    rows = await fetch(conn, AppRow, APPS, {"now": now})
    return [
        App(
            row.id,
            row.organization_id,
            vault.ring.open(row.verify_token, f"verify:{row.id}".encode()).decode(),
            tuple(
                vault.ring.open(secret, f"secret:{id_}".encode())
                for id_, secret in zip(row.secret_ids, row.secrets, strict=True)
            ),
        )
        for row in rows
    ]


async def add(conn: Conn, vault: Vault, channel: NewChannel) -> ChannelId | None:
    """Connect a number, or give it a new token; None if it belongs to another business."""
    id_ = ChannelId(derived("channel", "whatsapp", channel.meta_id))
    values = {name: getattr(channel, name) for name in channel.__struct_fields__}
    token = vault.ring.seal(channel.token.encode(), f"token:{id_}".encode())
    rows = await fetch(conn, Id, ADD, values | {"id": id_, "token": token})
    return ChannelId(rows[0].id) if rows else None


async def inbox_of(conn: Conn, business: UUID) -> UUID | None:
    rows = await fetch(conn, Id, FIND_INBOX, {"business_id": business})
    return rows[0].id if rows else None


async def app_of(conn: Conn, organization_id: UUID, meta_id: str | None) -> UUID | None:
    values = {"organization_id": organization_id, "meta_id": meta_id}
    rows = await fetch(conn, Id, FIND_APP, values)
    return rows[0].id if rows else None


async def list_channels(
    conn: Conn, *, id_: UUID | None = None, after: UUID | None = None, limit: int = 100
) -> list[ChannelRow]:
    """Those that the connection may see."""
    return await fetch(conn, ChannelRow, LIST, {"id": id_, "after": after, "limit": limit})


async def pause(conn: Conn, effects: Sequence[PauseChannel]) -> None:
    await conn.execute(PAUSE, {"rows": json_rows(effects)})


async def resume(conn: Conn, vault: Vault, id_: ChannelId, token: str | None) -> None:
    """Let messages out again, with a new token if there is one."""
    sealed = vault.ring.seal(token.encode(), f"token:{id_}".encode()) if token else None
    await conn.execute(RESUME, {"id": id_, "token": sealed})
