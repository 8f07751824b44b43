"""After a rotation nothing needs an older key; what nobody can open is named, and keeps nothing else."""

import pytest
from serai.app.rotation import COLUMNS, reseal
from serai.app.wiring import wired
from serai.engine import items
from serai.engine.intake import postgres, splitting
from serai.engine.items import Share
from serai.features.accounts.store import tokens
from serai.features.channels.store.targets import targets
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

NEWER = Vault(KeyRing({"newer": b"2" * 32, "test": bytes(32)}), VAULT.index)
ALONE = Vault(KeyRing({"newer": b"2" * 32}), VAULT.index)
PLAIN = {
    "digest", "previous_digest", "endpoint_digest", "hash", "previous_hash", "sha256", "claimed_sha256",
    "lookup", "email_lookup", "exact", "subject", "credential", "public_key", "trace", "span",
}  # fmt: skip
"""Columns of bytes that are no secret: sums, keyed sums to look up by, public keys, ids of traces."""
BYTES = """
    SELECT DISTINCT table_name || '.' || column_name AS name, column_name AS column
      FROM information_schema.columns
      JOIN pg_tables ON tablename = table_name AND schemaname = table_schema
     WHERE table_schema = 'serai' AND data_type = 'bytea'
"""


@pytest.mark.promise("SEC-04")
async def test_every_sealed_column_of_the_schema_is_sealed_anew(conn: Conn):
    """A new column of bytes is either rotated, or said above to be no secret."""
    found = await rows(conn, BYTES)
    sealed = {row["name"] for row in found if row["column"] not in PLAIN}
    assert sealed == {column.name for column in COLUMNS}


@pytest.mark.promise("SEC-04")
async def test_what_is_under_way_while_keys_change_needs_the_older_key_no_more(conn: Conn):
    app = await an_app(conn)
    channel = await a_channel(conn, await a_business(conn))
    await tokens.add_sealed(conn, VAULT, "a-token", b"remembered", NOON)
    for number in range(3):
        item = text_item("hello", id_=f"wamid.{number}", phone=f"1555010012{number}")
        await postgres.keep(conn, VAULT, app, [delivery(change(messages=[item]))], NOON)
    await splitting.split(conn, VAULT, LANES, 2)

    done = await reseal(conn, NEWER.ring)

    assert done.unopened == {}
    assert (await reseal(conn, NEWER.ring)).value_count == 0
    await splitting.split(conn, ALONE, LANES, 10)
    share = Share(lanes=LANES, start=0, most=LANES, limit=100)
    await items.work(conn, wired(ALONE), share, NOON)
    assert len(await rows(conn, "SELECT FROM messages WHERE direction = 'in'")) == 3
    assert await tokens.take_sealed(conn, ALONE, "a-token", NOON) == b"remembered"
    assert [each.channel_id for each in await targets(conn, ALONE, [channel])] == [channel]


@pytest.mark.promise("SEC-04")
async def test_values_that_nobody_can_open_are_counted_and_keep_nothing_else(conn: Conn):
    await an_app(conn)
    channel = await a_channel(conn, await a_business(conn))
    foreign = KeyRing({"lost": b"3" * 32}).seal(b"x", f"token:{channel}".encode())
    await conn.execute("UPDATE channels SET token = %s", (foreign,))

    done = await reseal(conn, NEWER.ring)

    assert done.unopened == {"channels.token": 1}
    assert done.value_count == 2
