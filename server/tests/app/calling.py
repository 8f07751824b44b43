"""Someone who calls the API of a server in this process, with keys of their own making."""

import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
from serai.app.http import Front
from serai.core.ids import BusinessId
from serai.core.permissions import Role
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import companies, keys, people, sessions
from serai.features.accounts.store.keys import NewKey
from serai.features.accounts.store.people import NewUser
from serai.features.accounts.store.sessions import Device, NewSession
from serai.kit.db import Conn
from serai.kit.settings import Settings
from serai.meta.client import Graph
from tests.app.applications import an_application
from tests.given import VAULT

KEYS = "test:" + "A" * 43 + "="
INDEX_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


class Api:
    """A server, its database, and whoever holds the key `key`."""

    def __init__(self, app: Any, http: httpx2.AsyncClient, conn: Conn) -> None:
        self.app = app
        self.http = http
        self.conn = conn
        self.wishes = 0

    async def ask(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **more: Any
    ) -> httpx2.Response:
        self.wishes += 1
        headers = {"Idempotency-Key": f"wish-{self.wishes}", **more.pop("headers", {})}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=headers, **more)

    async def key(
        self,
        *scopes: str,
        organization: UUID | None = None,
        businesses: Sequence[BusinessId] | None = None,
        name: str = "Test",
    ) -> str:
        """A new key of a company, `Company` unless another is named."""
        owner = organization or await companies.organization(self.conn, "Company")
        secret = keys.new_secret()
        opens = tuple(businesses) if businesses is not None else None
        await keys.add(self.conn, NewKey(owner, name, scopes, opens), secret)
        return secret


@asynccontextmanager
async def serving(db_url: str, conn: Conn, **settings: Any) -> AsyncGenerator[Api]:
    """The application, connected to the test's database; without its background tasks."""
    given = {"database_url": db_url, "keys": KEYS, "index_key": INDEX_KEY, "pool_size": 4}
    with an_application(Settings.model_validate(given | settings)) as app:
        await app.state.pool.open()
        await app.state.engine_pool.open()
        app.state.graph = Graph("http://127.0.0.1:9", "v25.0", 1)  # nobody answers there
        front: Any = Front(app)
        transport = httpx2.ASGITransport(app=front, raise_app_exceptions=False)
        async with (
            app.state.graph,
            httpx2.AsyncClient(transport=transport, base_url="http://serai.test") as http,
        ):
            yield Api(app, http, conn)
        await app.state.pool.close()
        await app.state.engine_pool.close()


async def cookie(
    api: Api,
    role: Role,
    business: BusinessId | None = None,
    *,
    organization: UUID | None = None,
    at: str = "company",
) -> str:
    """The cookie of a new colleague with that role, at one business or at the whole company."""
    organization = organization or await companies.organization(api.conn, "Company")
    await api.conn.execute(
        "INSERT INTO sign_in_rules VALUES (%s, '{}') ON CONFLICT DO NOTHING", (organization,)
    )
    now = datetime.now(UTC)
    new = NewUser(
        organization_id=organization,
        name=role.title(),
        email=f"{role}@{at}.example",
        memberships=[Membership(business_id=business, role=role)],
    )
    id_ = await people.add(api.conn, VAULT, new, now)
    assert id_ is not None
    token = secrets.token_urlsafe(32)
    session = NewSession(
        user_id=id_,
        stage="whole",
        means="passkey",
        device=Device("a test", "127.0.0.1"),
        expires_at=now + timedelta(hours=1),
    )
    await sessions.begin(api.conn, token, session, now)
    return f"serai-80={token}"
