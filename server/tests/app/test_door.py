"""The webhook door: who is let in, what is kept, what is said."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from serai.app import door as doors
from serai.app.door import Bounds, Door
from serai.engine.intake.postgres import Keeper
from serai.features.channels.store import apps as channels
from serai.kit.db import ENGINE, Conn, pool
from tests.given import (
    NOON,
    SECRET,
    VAULT,
    VERIFY_TOKEN,
    a_business,
    a_channel,
    an_app,
    change,
    delivery,
    rows,
    signature,
    text_item,
)

LIMIT = 3 * 1024 * 1024
BODY = delivery(change(messages=[text_item("Is it open? \U0001f60a caf\u00e9")]))


class SetClock:
    """A clock that shows what the test says."""

    at = NOON

    def now(self):
        return self.at


class Visitor:
    """Speaks ASGI to a door."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock()
        self.pool = pool(url, ENGINE, 4)
        intake = Keeper(self.pool, VAULT)
        self.door = Door(self.pool, VAULT, self.clock, intake, Bounds(LIMIT))  # pyright: ignore

    async def call(
        self, method: str, body: bytes = b"", query: str = "", **headers: str
    ) -> tuple[int, str]:
        sent: list[dict[str, Any]] = []
        scope = {
            "type": "http",
            "method": method,
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()
            ],
            "client": ("192.0.2.1", 1234),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.door(scope, receive, send)
        return sent[0]["status"], sent[1]["body"].decode()

    async def post(self, body: bytes, header: str | None = None) -> int:
        headers = {"x_hub_signature_256": header} if header is not None else {}
        status, _ = await self.call("POST", body, **headers)
        return status


@pytest.fixture
async def visitor(
    conn: Conn, db_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Visitor]:
    monkeypatch.setattr(doors, "REPORT_SECONDS", 0.01)
    await a_channel(conn, await a_business(conn))
    visitor = Visitor(db_url)
    async with visitor.pool:
        yield visitor


HANDSHAKE = f"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}"


@pytest.mark.promise("MSG-01")
async def test_the_handshake_echoes_the_challenge_for_the_right_token_only(
    visitor: Visitor, conn: Conn
):
    assert await visitor.call("GET", query=HANDSHAKE) == (200, "1158201444")

    for wrong in (
        HANDSHAKE.replace(VERIFY_TOKEN, "guess"),
        HANDSHAKE.replace("subscribe", "unsubscribe"),
        HANDSHAKE.replace("hub.challenge", "challenge"),
        "",
    ):
        assert (await visitor.call("GET", query=wrong))[0] == 403

    audit = await rows(
        conn, "SELECT action, actor FROM audit_entries WHERE action LIKE 'webhook.%' ORDER BY id"
    )
    assert [row["action"] for row in audit] == ["webhook.verified"] + [
        "webhook.verification_refused"
    ] * 4


@pytest.mark.promise("MSG-02")
async def test_only_the_very_bytes_that_were_signed_are_kept(visitor: Visitor, conn: Conn):
    escaped = BODY.replace(b"/", b"\\/")
    assert await visitor.post(BODY, signature(BODY)) == 200
    assert await visitor.post(escaped, signature(escaped)) == 200

    flipped = bytes([BODY[0] ^ 1]) + BODY[1:]
    spaced = BODY.replace(b": ", b":")
    for body, header in (
        (spaced, signature(BODY)),
        (flipped, signature(BODY)),
        (BODY + b" ", signature(BODY)),
        (BODY, None),
        (BODY, ""),
        (BODY, "sha256=" + "0" * 64),
        (BODY, signature(BODY, "another-secret")),
        (BODY, signature(BODY).replace("sha256", "sha512")),
    ):
        assert await visitor.post(body, header) == 403

    assert len(await rows(conn, "SELECT FROM webhook_deliveries")) == len({BODY, escaped})
    events: list[dict[str, Any]] = []
    for _ in range(100):
        events = await rows(conn, "SELECT kind, count, remote FROM security_events")
        if sum(row["count"] for row in events) == 8:
            break
        await asyncio.sleep(0.02)
    assert {row["kind"] for row in events} == {"bad_signature"}


async def test_a_body_larger_than_meta_sends_is_refused_and_not_kept(visitor: Visitor, conn: Conn):
    large = b"x" * (LIMIT + 1)
    assert await visitor.post(large, signature(large)) == 413
    just = b"x" * LIMIT
    assert await visitor.post(just, signature(just)) == 200
    assert len(await rows(conn, "SELECT FROM webhook_deliveries")) == 1


async def test_what_is_signed_but_unreadable_is_kept_and_answered_200(visitor: Visitor, conn: Conn):
    assert await visitor.post(b"{nonsense", signature(b"{nonsense")) == 200
    [kept] = await rows(conn, "SELECT body, state FROM webhook_deliveries")
    assert kept["state"] == "kept"
    assert b"nonsense" not in bytes(kept["body"]), "sealed"


async def test_the_same_post_again_is_kept_once_and_answered_200(visitor: Visitor, conn: Conn):
    assert [await visitor.post(BODY, signature(BODY)) for _ in range(3)] == [200] * 3
    assert len(await rows(conn, "SELECT FROM webhook_deliveries")) == 1


async def test_with_the_database_away_nothing_is_acknowledged(visitor: Visitor, db_url: str):
    assert await visitor.post(BODY, signature(BODY)) == 200
    async with await psycopg.AsyncConnection.connect(db_url, autocommit=True) as owner:
        await owner.execute("ALTER TABLE serai.webhook_deliveries RENAME TO away")
    other = BODY + b"\n"
    assert await visitor.post(other, signature(other)) == 503


async def test_another_method_is_not_allowed(visitor: Visitor):
    assert (await visitor.call("DELETE"))[0] == 405


@pytest.mark.promise("MSG-31")
async def test_each_app_s_secret_opens_the_door_and_a_rotated_one_for_its_grace_time(
    visitor: Visitor, conn: Conn
):
    await an_app(conn, "400000000000001", "second-app-secret")
    body = BODY + b" "
    assert await visitor.post(BODY, signature(BODY)) == 200
    assert await visitor.post(body, signature(body, "second-app-secret")) == 200

    await an_app(conn, secret="rotated-secret")
    visitor.clock.at = NOON + timedelta(hours=1)
    for n, secret in enumerate((SECRET, "rotated-secret")):
        fresh = BODY + b"\t" * (n + 1)
        assert await visitor.post(fresh, signature(fresh, secret)) == 200

    visitor.clock.at = NOON + timedelta(days=2, seconds=1)
    late = BODY + b"\r"
    assert await visitor.post(late, signature(late, SECRET)) == 403
    assert await visitor.post(late, signature(late, "rotated-secret")) == 200
    apps = await channels.apps(conn, VAULT, NOON)
    assert {app.verify_token for app in apps} == {VERIFY_TOKEN}
