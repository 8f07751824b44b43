"""Rows of the Meta apps through which numbers are connected."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.ids import derived
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault
from serai.meta.management.access import App as MetaApp

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
FIND_APP = """
    SELECT id FROM meta_apps WHERE organization_id = %(organization_id)s
       AND (%(meta_id)s::text IS NULL OR meta_id = %(meta_id)s) ORDER BY created_at LIMIT 1
"""
OPENED = """
    SELECT meta_apps.id, meta_apps.meta_id, meta_apps.name, meta_apps.verify_token,
           app_secrets.id AS secret_id, app_secrets.secret
      FROM meta_apps
      JOIN app_secrets ON app_secrets.app_id = meta_apps.id AND app_secrets.valid_until IS NULL
     WHERE meta_apps.organization_id = %(organization_id)s
       AND (%(meta_id)s::text IS NULL OR meta_apps.meta_id = %(meta_id)s)
     ORDER BY meta_apps.created_at, meta_apps.id
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


class AppSecret(Struct, frozen=True, kw_only=True):
    organization_id: UUID
    meta_id: str
    name: str
    verify_token: str
    secret: str


class OpenedRow(Struct, frozen=True):
    id: UUID
    meta_id: str
    name: str
    verify_token: bytes
    secret_id: UUID
    secret: bytes


class Opened(Struct, frozen=True):
    """An app with what proves to Meta that we are it."""

    id: UUID
    name: str
    app: MetaApp
    verify_token: str


class Id(Struct, frozen=True):
    id: UUID


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


async def app_of(conn: Conn, organization_id: UUID, meta_id: str | None) -> UUID | None:
    values = {"organization_id": organization_id, "meta_id": meta_id}
    rows = await fetch(conn, Id, FIND_APP, values)
    return rows[0].id if rows else None


async def opened(
    conn: Conn, vault: Vault, organization_id: UUID, meta_id: str | None = None
) -> list[Opened]:
    """The company's apps, or the one of that id; the one connected first comes first."""
    values = {"organization_id": organization_id, "meta_id": meta_id}
    rows = await fetch(conn, OpenedRow, OPENED, values)
    return [
        Opened(
            id=row.id,
            name=row.name,
            app=MetaApp(
                row.meta_id,
                vault.ring.open(row.secret, f"secret:{row.secret_id}".encode()).decode(),
            ),
            verify_token=vault.ring.open(row.verify_token, f"verify:{row.id}".encode()).decode(),
        )
        for row in rows
    ]
