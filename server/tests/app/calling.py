"""Someone who calls the API of a server in this process, with keys of their own making."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx2
from serai.app.http import application
from serai.core.ids import BusinessId
from serai.features.accounts.store import companies, keys
from serai.features.accounts.store.keys import NewKey
from serai.kit.db import Conn
from serai.kit.settings import Settings
from serai.meta.client import Graph

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
    app = application(Settings.model_validate(given | settings))
    await app.state.pool.open()
    await app.state.engine_pool.open()
    app.state.graph = Graph("http://127.0.0.1:9", "v25.0", 1)  # nobody answers there
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.state.graph,
        httpx2.AsyncClient(transport=transport, base_url="http://serai.test") as http,
    ):
        yield Api(app, http, conn)
    await app.state.pool.close()
    await app.state.engine_pool.close()
