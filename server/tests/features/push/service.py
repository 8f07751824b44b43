"""A push service of the test's own, and browsers that open what it was given."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import http_ece
import msgspec
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from serai.features.push.model import Subscription
from serai.kit import web_push
from serai.kit.web_push import as_text


class PushService:
    """Takes what it is sent; answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[int] = []
        """What it says to the next requests; 201 when there is none."""
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.came = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((request.path, dict(request.headers), await request.read()))
        self.came.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 201)


class Browser:
    """One that subscribed; `name` is its path at the service."""

    def __init__(self, service: PushService, name: str) -> None:
        self.path = f"/send/{name}"
        self._service = service
        self._key = ec.derive_private_key(
            int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") >> 1, web_push.CURVE
        )
        self._auth = hashlib.md5(name.encode()).digest()  # noqa: S324

    @property
    def subscription(self) -> Subscription:
        key = as_text(web_push.public_bytes(self._key))
        return Subscription(f"{self._service.url}{self.path}", key, as_text(self._auth))

    def shown(self) -> list[dict[str, Any]]:
        """What it was told, in order."""
        return [
            msgspec.json.decode(
                http_ece.decrypt(  # pyright: ignore[reportUnknownMemberType]
                    body, private_key=self._key, auth_secret=self._auth, version="aes128gcm"
                )
            )
            for path, _, body in self._service.got
            if path == self.path
        ]

    def headers(self) -> list[dict[str, str]]:
        return [headers for path, headers, _ in self._service.got if path == self.path]


@asynccontextmanager
async def push_service() -> AsyncGenerator[PushService]:
    service = PushService()
    app = web.Application()
    app.router.add_post("/send/{name}", service.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    service.url = f"http://127.0.0.1:{port}"
    yield service
    await runner.cleanup()
