"""A delivery whose key is away waits by itself: nothing else waits with it, and nothing is lost."""

import pytest
from serai.app.examining import waiting
from serai.app.wiring import wired
from serai.engine import items
from serai.engine.intake import held, postgres, splitting
from serai.engine.items import Share
from serai.kit.db import Conn
from serai.kit.secrets import KeyRing, Vault
from tests.given import (
    LANES,
    NOON,
    VAULT,
    a_business,
    a_channel,
    an_app,
    change,
    delivery,
    rows,
    text_item,
)

AWAY = KeyRing({"away": b"1" * 32})
SET_ASIDE = "SELECT reason FROM inbound_items WHERE state = 'quarantined'"
BOTH = Vault(KeyRing({"test": bytes(32), "away": b"1" * 32}), VAULT.index)


async def kept(conn: Conn, ring: KeyRing, text: str) -> None:
    item = text_item(text, id_=f"wamid.{text}", phone=f"155501{len(text):05d}")
    [app] = await rows(conn, "SELECT id FROM meta_apps")
    body = delivery(change(messages=[item]))
    await postgres.keep(conn, Vault(ring, VAULT.index), app["id"], [body], NOON)


async def worked(conn: Conn, vault: Vault = VAULT) -> None:
    """As a worker does that has these keys."""
    await splitting.split(conn, vault, LANES, 100)
    await items.work(conn, wired(vault), Share(lanes=LANES, start=0, most=LANES, limit=100), NOON)


async def told(conn: Conn) -> list[str]:
    found = await rows(
        conn, "SELECT content ->> 'body' AS body FROM messages WHERE direction = 'in'"
    )
    return sorted(row["body"] for row in found)


@pytest.fixture
async def number(conn: Conn) -> None:
    await an_app(conn)
    await a_channel(conn, await a_business(conn))


async def test_a_delivery_whose_key_is_away_waits_alone_and_is_handled_once_the_key_is_back(
    conn: Conn, number: None
):
    await kept(conn, VAULT.ring, "a")
    await kept(conn, AWAY, "bb")
    await kept(conn, VAULT.ring, "ccc")

    await worked(conn)

    assert await told(conn) == ["a", "ccc"]
    states = await rows(conn, "SELECT state, reason FROM webhook_deliveries ORDER BY id")
    assert [row["reason"] for row in states] == [None, held.KEY_MISSING, None]
    assert states[1]["state"] == "quarantined"
    [said] = await waiting.queues(conn, NOON)
    assert not said.is_well
    assert said.text.startswith(
        "1 webhooks or messages are sealed with a key that was not in SERAI_KEYS"
    )

    assert await held.let_in(conn, VAULT) == 0
    assert await held.let_in(conn, BOTH) == 1
    await worked(conn, BOTH)
    assert await told(conn) == ["a", "bb", "ccc"]
    assert [each.is_well for each in await waiting.queues(conn, NOON)] == [True]


async def test_a_message_whose_key_is_away_waits_alone_and_is_handled_once_the_key_is_back(
    conn: Conn, number: None
):
    await kept(conn, VAULT.ring, "a")
    await splitting.split(
        conn, Vault(KeyRing({"away": b"1" * 32, "test": bytes(32)}), VAULT.index), LANES, 1
    )
    await kept(conn, VAULT.ring, "bb")

    await worked(conn)

    assert await told(conn) == ["bb"]
    assert [row["reason"] for row in await rows(conn, SET_ASIDE)] == [held.KEY_MISSING]
    assert await held.let_in(conn, BOTH) == 1
    await worked(conn, BOTH)
    assert await told(conn) == ["a", "bb"]


async def test_what_was_changed_behind_our_back_is_set_aside_and_waits_for_no_key(
    conn: Conn, number: None
):
    await kept(conn, VAULT.ring, "a")
    await conn.execute("SELECT set_config('serai.resealing', 'on', false)")
    await conn.execute("UPDATE webhook_deliveries SET body = body || '\\x00'")
    await kept(conn, VAULT.ring, "bb")
    await worked(conn)
    assert await told(conn) == ["bb"]
    assert await held.let_in(conn, BOTH) == 0
    [said] = await waiting.queues(conn, NOON)
    assert "1 webhooks could not be read" in said.text


async def test_whole_deliveries_that_were_set_aside_are_read_again_when_that_is_asked(
    conn: Conn, number: None
):
    await kept(conn, VAULT.ring, "a")
    await conn.execute(
        "UPDATE webhook_deliveries SET state = 'quarantined', reason = 'not handled yet'"
    )
    assert await items.release_quarantined(conn) == 1
    await worked(conn)
    assert await told(conn) == ["a"]
