"""Webhooks from chosen networks alone: off unless somebody wants it, and no header lets a stranger in."""

import asyncio
from typing import Any

import httpx2
import pytest
from serai.app.examining import waiting
from serai.app.http import asgi
from serai.kit.allow_list import allows, networks
from serai.kit.clock import Clock
from serai.kit.db import Conn
from serai.kit.settings import Settings
from tests.app.calling import INDEX_KEY, KEYS
from tests.given import VERIFY_TOKEN, an_app, change, delivery, rows, signature, text_item

pytestmark = pytest.mark.anyio

META = "203.0.113.0/24, 2001:db8:cafe::/48"
BODY = delivery(change(messages=[text_item("hello")]))
GUEST, STRANGER, PROXY = "203.0.113.9", "198.51.100.7", "10.1.2.3"


def settings(db_url: str, **more: Any) -> Settings:
    given = {"database_url": db_url, "keys": KEYS, "index_key": INDEX_KEY, "pool_size": 2}
    return Settings.model_validate(given | more)


async def answer(wanted: Settings, peer: str, forwarded: str | None = None) -> int:
    """The status that a well signed webhook gets which comes from `peer`."""
    served: Any = asgi(wanted)
    headers = {"X-Hub-Signature-256": signature(BODY)}
    headers |= {"X-Forwarded-For": forwarded} if forwarded else {}
    transport = httpx2.ASGITransport(app=served, client=(peer, 4711))
    async with (
        served.door._pool,
        httpx2.AsyncClient(transport=transport, base_url="http://serai.test") as http,
    ):
        sent = await http.post("/webhooks/meta", content=BODY, headers=headers)
        if served.door._reporter:
            await served.door._reporter
    return sent.status_code


@pytest.mark.promise("SEC-11")
@pytest.mark.parametrize(
    ("wanted", "peer", "status"),
    [(None, STRANGER, 200), (META, GUEST, 200), (META, STRANGER, 403), (META, "::1", 403)],
)
async def test_off_by_default_and_else_other_addresses_are_refused_however_well_they_sign(
    db_url: str, conn: Conn, wanted: str | None, peer: str, status: int
):
    await an_app(conn)
    assert await answer(settings(db_url, webhook_networks=wanted), peer) == status
    kept = await rows(conn, "SELECT FROM webhook_deliveries")
    assert len(kept) == (1 if status == 200 else 0)


@pytest.mark.promise("SEC-11")
@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "status"),
    [
        (PROXY, PROXY, GUEST, 200),
        (PROXY, PROXY, STRANGER, 403),
        (PROXY, PROXY, f"{GUEST}, {STRANGER}", 403),
        (PROXY, PROXY, f"{STRANGER}, {GUEST}", 200),
        (PROXY, PROXY, None, 403),
        (PROXY, STRANGER, GUEST, 403),
        (None, STRANGER, GUEST, 403),
        (None, GUEST, STRANGER, 200),
    ],
)
async def test_behind_a_proxy_the_right_address_counts_and_what_a_stranger_claims_does_not(
    db_url: str,
    conn: Conn,
    proxies: str | None,
    peer: str,
    forwarded: str | None,
    status: int,
):
    await an_app(conn)
    wanted = settings(db_url, webhook_networks=META, trusted_proxies=proxies)
    assert await answer(wanted, peer, forwarded) == status


async def test_a_handshake_from_elsewhere_is_refused_as_well_and_the_doctor_says_who_came(
    db_url: str, conn: Conn
):
    await an_app(conn)
    wanted = settings(db_url, webhook_networks=META)
    [fine] = await waiting.allow_list(conn, wanted, Clock().now())
    assert fine.is_well
    served: Any = asgi(wanted)
    transport = httpx2.ASGITransport(app=served, client=(STRANGER, 4711))
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "7"}
    async with (
        served.door._pool,
        httpx2.AsyncClient(transport=transport, base_url="http://serai.test") as http,
    ):
        assert (await http.get("/webhooks/meta", params=asked)).status_code == 403
        await served.door._reporter

    [said] = await waiting.allow_list(conn, wanted, Clock().now())
    assert not said.is_well
    assert f"the last from {STRANGER}" in said.text
    assert await waiting.allow_list(conn, settings(db_url), Clock().now()) == []


@pytest.mark.promise("SEC-11")
@pytest.mark.parametrize(("wanted", "is_open"), [(None, True), (META, False)])
async def test_with_a_list_no_webhook_passes_beside_it(
    db_url: str, conn: Conn, wanted: str | None, is_open: bool
):
    """The short way from a connection to the door knows no proxies: it is shut."""
    await an_app(conn)
    served: Any = asgi(settings(db_url, webhook_networks=wanted))
    ended = asyncio.Event()

    def done(_: bool) -> None:
        ended.set()

    async with served.door._pool:
        await served.door._signers.refresh(Clock().now())
        signed = signature(BODY).encode()
        assert served.door.take(signed, BODY, done) is is_open
        if is_open:
            await ended.wait()


@pytest.mark.parametrize(
    ("remote", "is_let_in"),
    [
        ("203.0.113.1:443", True),
        ("::ffff:203.0.113.1", True),
        ("[2001:db8:cafe::1]:443", True),
        ("2001:db8:cafe::1", True),
        ("2001:db8:caff::1", False),
        ("203.0.114.1", False),
        ("unknown", False),
        ("", False),
        ("203.0.113.1.evil.example", False),
        ("0313.0.113.1", False),
    ],
)
def test_an_address_is_known_however_it_is_written_and_what_is_none_is_nobodys(
    remote: str, is_let_in: bool
):
    assert allows(networks(META), remote) is is_let_in
