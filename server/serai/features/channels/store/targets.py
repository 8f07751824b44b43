"""Numbers with their opened tokens and apps, for asking Meta about them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.features.channels.model.reading import Kept, Target
from serai.kit.db import Conn, fetch
from serai.kit.log import logger
from serai.kit.secrets import CannotOpen, Vault
from serai.meta.management.access import App, Token
from serai.meta.management.told import Reading

TARGETS = """
    SELECT channels.id AS channel_id, channels.business_id, channels.kind, channels.meta_id,
           channels.account_id,
           channels.state, channels.paused_by, channels.messages_per_second, channels.token,
           channels.token_expires_at, channels.restrictions,
           meta_apps.id AS app_id, meta_apps.meta_id AS app_meta_id, meta_apps.verify_token,
           secrets.id AS secret_id, secrets.secret,
           ARRAY(SELECT code FROM channel_notices
                  WHERE channel_id = channels.id AND ended_at IS NULL) AS open_codes,
           (SELECT at FROM channel_notices
             WHERE channel_id = channels.id AND ended_at IS NULL AND code = 'silent') AS silent_since
      FROM channels
      JOIN meta_apps ON meta_apps.id = channels.app_id
      LEFT JOIN LATERAL (SELECT id, secret FROM app_secrets
                          WHERE app_id = meta_apps.id AND valid_until IS NULL
                          LIMIT 1) AS secrets ON true
     WHERE channels.id = ANY (%(ids)s)
     ORDER BY channels.id
"""
RENEW = """
    UPDATE channels
       SET token = rows.token, token_expires_at = rows.expires_at
      FROM unnest(%(ids)s::uuid[], %(tokens)b::bytea[], %(expires_ats)s::timestamptz[])
        AS rows (id, token, expires_at)
     WHERE channels.id = rows.id
"""

log = logger("serai.channels")


class TargetRow(Struct, frozen=True, kw_only=True):
    channel_id: ChannelId
    business_id: BusinessId
    kind: str
    meta_id: str
    account_id: str
    state: str
    paused_by: str | None
    messages_per_second: int
    token: bytes
    token_expires_at: datetime | None
    app_id: UUID
    app_meta_id: str
    verify_token: bytes
    secret_id: UUID | None
    secret: bytes | None
    open_codes: frozenset[str]
    silent_since: datetime | None
    restrictions: dict[str, datetime | None]


class Renewed(Struct, frozen=True):
    channel_id: ChannelId
    token: Token
    expires_at: datetime | None


async def targets(conn: Conn, vault: Vault, ids: Sequence[UUID]) -> list[Target]:
    """Those that the connection may see; one whose token does not open is left out, and logged."""
    rows = await fetch(conn, TargetRow, TARGETS, {"ids": list(ids)})
    opened = [_opened(vault, row) for row in rows]
    return [target for target in opened if target is not None]


def renewed(target: Target, reading: Reading, kept: Kept) -> list[Renewed]:
    """The new token of a reading, if it brought one."""
    if reading.renewed is None:
        return []
    return [Renewed(target.channel_id, reading.renewed, kept.token_expires_at)]


async def renew(conn: Conn, vault: Vault, renewed: Sequence[Renewed]) -> None:
    """Put new tokens in the place of the old ones."""
    await conn.execute(
        RENEW,
        {
            "ids": [each.channel_id for each in renewed],
            "tokens": [sealed(vault, each.channel_id, each.token.access_token) for each in renewed],
            "expires_ats": [each.expires_at for each in renewed],
        },
    )


def sealed(vault: Vault, channel: ChannelId, token: str) -> bytes:
    """A token as its row holds it."""
    return vault.ring.seal(token.encode(), _token_context(channel))


def _opened(vault: Vault, row: TargetRow) -> Target | None:
    try:
        return Target(
            channel_id=row.channel_id,
            business_id=row.business_id,
            kind=row.kind,
            meta_id=row.meta_id,
            account_id=row.account_id,
            state=row.state,
            paused_by=row.paused_by,
            messages_per_second=row.messages_per_second,
            token=vault.ring.open(row.token, _token_context(row.channel_id)).decode(),
            token_expires_at=row.token_expires_at,
            app=_app(vault, row),
            verify_token=vault.ring.open(
                row.verify_token, f"verify:{row.app_id}".encode()
            ).decode(),
            open_codes=row.open_codes,
            silent_since=row.silent_since,
            restrictions=row.restrictions,
        )
    except CannotOpen:
        log.error("token_does_not_open", channel_id=row.channel_id)
        return None


def _app(vault: Vault, row: TargetRow) -> App | None:
    if row.secret is None:
        return None
    secret = vault.ring.open(row.secret, f"secret:{row.secret_id}".encode())
    return App(row.app_meta_id, secret.decode())


def _token_context(channel: ChannelId) -> bytes:
    return f"token:{channel}".encode()
