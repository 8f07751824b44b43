"""The rules that the database itself keeps, whoever writes to it."""

from uuid import UUID, uuid4

import psycopg
import pytest
from serai.engine import due
from serai.kit.db import API, Conn, connect, pool, seeing
from tests.given import (
    NOON,
    NUMBER,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

REFUSED = (psycopg.errors.RestrictViolation, psycopg.IntegrityError)
OTHER = "770012340000002"


@pytest.fixture
async def talk(conn: Conn) -> Conn:
    """A business with one conversation in which we answered."""
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    await deliver(conn, delivery(change(messages=[text_item("hello", id_="wamid.first")])))
    return conn


async def test_one_message_per_channel_and_provider_id(talk: Conn):
    with pytest.raises(psycopg.errors.UniqueViolation):
        await talk.execute(
            """INSERT INTO messages SELECT gen_random_uuid(), business_id, conversation_id, contact_id,
                      channel_id, direction, author_kind, cause, content, meta_id, sent_at, created_at
                 FROM messages WHERE meta_id = 'wamid.first'"""
        )


async def test_one_open_conversation_per_contact_and_inbox(talk: Conn):
    with pytest.raises(psycopg.errors.UniqueViolation):
        await talk.execute(
            """INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                      last_activity_at)
               SELECT gen_random_uuid(), business_id, inbox_id, channel_id, contact_id, opened_at,
                      last_activity_at FROM conversations"""
        )


async def test_an_identity_has_one_contact(talk: Conn):
    with pytest.raises(psycopg.errors.UniqueViolation):
        await talk.execute(
            """WITH other AS (INSERT INTO contacts (id, business_id, created_at)
                    SELECT gen_random_uuid(), business_id, created_at FROM contacts RETURNING id)
               INSERT INTO contact_identities
               SELECT business_id, other.id, type, scope, lookup, sealed, first_seen_at
                 FROM contact_identities, other"""
        )


async def test_a_send_that_no_decision_allows_gets_no_attempt(talk: Conn):
    await talk.execute("DELETE FROM policy_decisions")
    with pytest.raises(psycopg.errors.RestrictViolation, match="no policy decision"):
        await talk.execute(
            "INSERT INTO send_attempts (send_id, number, business_id, started_at)"
            " SELECT id, 1, business_id, now() FROM sends"
        )


async def test_an_unknown_attempt_blocks_a_second_one_unless_a_person_forces_it(talk: Conn):
    attempt = """INSERT INTO send_attempts (send_id, number, business_id, started_at, outcome, forced_by)
                 SELECT id, %s, business_id, now(), %s, %s FROM sends"""
    await talk.execute(attempt, (1, "unknown", None))

    with pytest.raises(psycopg.errors.RestrictViolation, match="may have gone out"):
        await talk.execute(attempt, (2, None, None))

    await talk.execute(attempt, (2, None, "an agent"))


@pytest.mark.parametrize("table", ["message_events", "webhook_deliveries", "events"])
async def test_facts_are_only_ever_added(talk: Conn, table: str):
    with pytest.raises(psycopg.errors.RestrictViolation):
        await talk.execute(f"DELETE FROM {table}".encode())


async def test_consent_and_audit_are_only_added_and_chained(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("stop"), text_item("start")])))

    first, second = await rows(conn, "SELECT * FROM consent_records ORDER BY id")

    assert (first["granted"], second["granted"]) == (False, True)
    assert second["previous_hash"] == first["hash"] != b""
    for statement in (b"DELETE FROM consent_records", b"UPDATE consent_records SET granted = true"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            await conn.execute(statement)


async def test_a_message_has_no_state_that_a_hand_could_write(talk: Conn):
    columns = await rows(
        talk,
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'messages'",
    )
    assert not {"state", "status"} & {row["column_name"] for row in columns}


async def test_a_message_cannot_stand_in_another_business_s_conversation(talk: Conn):
    other = await a_business(talk, "other")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        async with talk.transaction():
            await talk.execute(
                """INSERT INTO messages SELECT gen_random_uuid(), %s, conversation_id, contact_id, channel_id,
                          direction, author_kind, cause, content, 'wamid.x', sent_at, created_at
                     FROM messages WHERE meta_id = 'wamid.first'""",
                (other,),
            )


async def test_the_provider_s_time_and_ours_are_different_columns(talk: Conn):
    [row] = await rows(talk, "SELECT sent_at, created_at FROM messages WHERE direction = 'in'")
    assert row["sent_at"] is not None
    assert row["created_at"] == NOON


async def test_what_is_due_is_claimed_once(talk: Conn, db_url: str):
    await talk.execute(
        "INSERT INTO due_rows (kind, subject, business_id, due_at)"
        " SELECT 'unknown_send', id, business_id, %s FROM messages",
        (NOON,),
    )
    async with await connect(db_url, "serai_engine") as other:
        first = await due.claim(talk, NOON, 100)
        second = await due.claim(other, NOON, 100)
    assert len(first) == 2
    assert second == []


async def test_the_api_s_role_sees_no_rows_but_those_of_its_businesses(conn: Conn, db_url: str):
    mine, theirs = await a_business(conn, "mine"), await a_business(conn, "theirs")
    await a_channel(conn, mine, NUMBER)
    await a_channel(conn, theirs, OTHER)
    for number in (NUMBER, OTHER):
        await deliver(conn, delivery(change(number, messages=[text_item("hello")])))

    async with pool(db_url, API, 2) as connections:
        for seen, expected in (([mine], 1), ([mine, theirs], 2), ([], 0), ([uuid4()], 0)):
            async with seeing(connections, seen) as tenant:
                for table in (
                    "contacts",
                    "conversations",
                    "messages",
                    "events",
                    "channels",
                    "businesses",
                ):
                    found = await rows(tenant, f"SELECT FROM {table}")
                    assert len(found) == expected, (table, seen)


async def test_the_api_s_role_cannot_write_for_another_business(conn: Conn, db_url: str):
    mine, theirs = await a_business(conn, "mine"), await a_business(conn, "theirs")
    async with pool(db_url, API, 2) as connections:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with seeing(connections, [mine]) as tenant:
                await tenant.execute(
                    "INSERT INTO contacts (id, business_id, created_at) VALUES (%s, %s, now())",
                    (UUID(int=9), theirs),
                )
