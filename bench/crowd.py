"""Many people who wrote much: rows made by PostgreSQL itself, in seconds."""

from collections.abc import Sequence

import psycopg

CONTACTS = 100_000
CONVERSATIONS = 10_000
MESSAGES = 100_000

MAKE = (
    """
    CREATE TEMPORARY TABLE places AS
    SELECT row_number() OVER (ORDER BY channels.id) - 1 AS place, business_id, inbox_id, id AS channel_id
      FROM channels
    """,
    """
    CREATE TEMPORARY TABLE people AS
    SELECT n, gen_random_uuid() AS contact_id, gen_random_uuid() AS conversation_id, places.*
      FROM generate_series(1, %(contacts)s) AS n
      JOIN places ON place = n %% (SELECT count(*) FROM places)
    """,
    """
    INSERT INTO contacts (id, business_id, name, language, welcomed_at, created_at)
    SELECT contact_id, business_id,
           (ARRAY['Amal','Ben','Chitra','Dina','Elif','Farid','Grace','Hassan','Ines','Jonas','Khalid','Lina'])
               [1 + n %% 12] || ' ' ||
           (ARRAY['Haddad','Okafor','Menon','Silva','Yilmaz','Rahman','Novak','Costa','Fischer'])
               [1 + n %% 9] || ' ' || n,
           (ARRAY['en','ar','ml'])[1 + n %% 3], now() - interval '40 days', now() - interval '40 days'
      FROM people
    """,
    """
    INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, status, handled_by,
                               unread_count, opened_at, last_activity_at)
    SELECT conversation_id, business_id, inbox_id, channel_id, contact_id,
           CASE WHEN n %% 10 = 0 THEN 'resolved' ELSE 'open' END,
           CASE WHEN n %% 3 = 0 THEN 'people' ELSE 'automation' END, n %% 4,
           now() - interval '30 days', now() - n * interval '4 minutes'
      FROM people WHERE n <= %(conversations)s
    """,
    """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, meta_id, sent_at, created_at)
    SELECT gen_random_uuid(), business_id, conversation_id, contact_id, channel_id,
           CASE WHEN m %% 2 = 0 THEN 'in' ELSE 'out' END,
           CASE WHEN m %% 2 = 0 THEN 'contact' ELSE 'agent' END, 'crowd',
           jsonb_build_object('type', 'text', 'body',
               'Order ' || n || ': is the table by the window free at ' || (m %% 12 + 1) ||
               ' o''clock, and do you deliver to the marina? Number ' || m),
           'wamid.crowd.' || n || '.' || m, at, at
      FROM people
     CROSS JOIN generate_series(1, %(messages)s / %(conversations)s) AS m
     CROSS JOIN LATERAL (
           SELECT now() - n * interval '4 minutes'
                  - (%(messages)s / %(conversations)s - m) * interval '2 minutes' AS at) AS times
     WHERE n <= %(conversations)s
    """,
    """
    INSERT INTO message_events (business_id, message_id, kind, at, recorded_at)
    SELECT messages.business_id, messages.id, kind, sent_at, sent_at
      FROM messages
      JOIN LATERAL unnest(CASE WHEN direction = 'in' THEN ARRAY['received']
                               ELSE ARRAY['queued', 'accepted', 'sent', 'delivered', 'read'] END)
           AS kind ON true
    """,
    """
    INSERT INTO messaging_windows (business_id, channel_id, contact_id, kind, opened_by, opened_at, closes_at)
    SELECT DISTINCT ON (channel_id, contact_id) business_id, channel_id, contact_id, 'service', id,
           sent_at, sent_at + interval '24 hours'
      FROM messages WHERE direction = 'in'
     ORDER BY channel_id, contact_id, sent_at DESC
    """,
)

FILLED = ("messages", "message_events")
"""Tables whose indexes, but for those that references need, are made when all rows are there."""

MADE_LATER = """
    SELECT indexrelid::regclass::text AS index, indrelid::regclass::text AS filled, conname AS rule,
           coalesce(pg_get_constraintdef(own.oid), pg_get_indexdef(indexrelid)) AS made
      FROM pg_index
      LEFT JOIN pg_constraint AS own ON own.conindid = indexrelid AND own.conrelid = indrelid
     WHERE indrelid = ANY (%(filled)s::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint AS reference
                        WHERE reference.contype = 'f' AND reference.conindid = indexrelid)
"""
CALM = {"max_wal_size": "16GB", "checkpoint_timeout": "1h", "maintenance_work_mem": "2GB"}
"""While rows are made: pages are written once, not with every checkpoint."""


def gather(
    url: str,
    contacts: int = CONTACTS,
    conversations: int = CONVERSATIONS,
    messages: int = MESSAGES,
) -> None:
    """Spread over the channels that are there; one conversation in ten is resolved.

    References are right by the way the rows are made and are not checked; indexes are made when all
    rows are there.
    """
    sizes = {"contacts": contacts, "conversations": conversations, "messages": messages}
    with psycopg.connect(url, autocommit=True, options="-c search_path=serai") as conn:
        for name, value in CALM.items():
            conn.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
        conn.execute("SELECT pg_reload_conf()")
        with conn.transaction():
            conn.execute("SET LOCAL session_replication_role = replica")
            later = conn.execute(MADE_LATER, {"filled": list(FILLED)}).fetchall()
            _drop(conn, later)
            for statement in MAKE:
                conn.execute(statement, sizes)
            _make(conn, later)
        conn.execute("VACUUM ANALYZE")
        conn.execute("ALTER SYSTEM RESET ALL")
        conn.execute("SELECT pg_reload_conf()")
        conn.execute("CHECKPOINT")


Later = Sequence[tuple[str, str, str | None, str]]
"""Indexes: name, table, the constraint that it holds, how it is made."""


def _drop(conn: psycopg.Connection, later: Later) -> None:
    for index, filled, rule, _ in later:
        drop = f"ALTER TABLE {filled} DROP CONSTRAINT {rule}" if rule else f"DROP INDEX {index}"
        conn.execute(drop.encode())


def _make(conn: psycopg.Connection, later: Later) -> None:
    for _, filled, rule, made in later:
        make = f"ALTER TABLE {filled} ADD CONSTRAINT {rule} {made}" if rule else made
        conn.execute(make.encode())
