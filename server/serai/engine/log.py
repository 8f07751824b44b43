"""The event log: every fact once, with what was decided about it, sealed.

Because the effects are kept, a replay repeats decisions; it does not take them again with the
rules of today.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from serai.core.effects import AnyEffect, Effect
from serai.core.events import AnyEvent, Event
from serai.core.ids import MessageId
from serai.core.state import State
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

KNOWN = """
    SELECT key FROM events WHERE key = ANY (%(keys)s)
"""
APPEND = """
    WITH appended AS (
        INSERT INTO events (key, business_id, kind, at, decided_at, conversation_id, message_id, body)
        SELECT *
          FROM unnest(%(keys)s::text[], %(business_ids)s::uuid[], %(kinds)s::text[],
                      %(ats)s::timestamptz[], %(decided_ats)s::timestamptz[],
                      %(conversation_ids)s::uuid[], %(message_ids)s::uuid[], %(bodies)b::bytea[])
    )
    SELECT pg_notify('serai_live', '')
"""
MESSAGE_OF = """
    SELECT message_id FROM events WHERE key = %(key)s
"""
AFTER = """
    SELECT seq, key, decided_at, body FROM events WHERE seq > %(seq)s ORDER BY seq LIMIT %(limit)s
"""


class Key(Struct, frozen=True):
    key: str


class About(Struct, frozen=True):
    message_id: MessageId | None


class Decided(Struct, frozen=True):
    """An event and what was decided about it."""

    event: AnyEvent
    effects: tuple[AnyEffect, ...]


class Entry(Struct, frozen=True):
    state: State
    event: Event
    effects: Sequence[Effect]


class Logged(Struct, frozen=True):
    seq: int
    key: str
    decided_at: datetime
    body: bytes


class Past(Struct, frozen=True):
    """A log entry, read back."""

    seq: int
    decided_at: datetime
    decided: Decided


ENCODER = msgspec.msgpack.Encoder()
DECODER = msgspec.msgpack.Decoder(Decided)


async def sift(conn: Conn, events: Sequence[Event]) -> list[Event]:
    """The events that were not logged before, each once, in the order given."""
    by_key = {event.key: event for event in reversed(events)}
    known = {row.key for row in await fetch(conn, Key, KNOWN, {"keys": list(by_key)})}
    seen = known.copy()
    fresh: list[Event] = []
    for event in events:
        if event.key not in seen:
            seen.add(event.key)
            fresh.append(event)
    return fresh


async def message_of(conn: Conn, key: str) -> MessageId | None:
    """The message that an event made or told of; None if there is no such event."""
    rows = await fetch(conn, About, MESSAGE_OF, {"key": key})
    return rows[0].message_id if rows else None


async def append(conn: Conn, vault: Vault, entries: Sequence[Entry]) -> None:
    """Log what was decided; fails if another worker logged one of the facts meanwhile."""
    if not entries:
        return
    await conn.execute(
        APPEND,
        {
            "keys": [entry.event.key for entry in entries],
            "business_ids": [entry.state.business.id for entry in entries],
            "kinds": [type(entry.event).__name__ for entry in entries],
            "ats": [entry.event.at for entry in entries],
            "decided_ats": [entry.state.now for entry in entries],
            "conversation_ids": [_conversation(entry) for entry in entries],
            "message_ids": [_message(entry) for entry in entries],
            "bodies": [_sealed(vault, entry) for entry in entries],
        },
    )


async def after(conn: Conn, vault: Vault, seq: int, limit: int) -> list[Past]:
    """Up to `limit` log entries after `seq`, in the order in which they were logged."""
    rows = await fetch(conn, Logged, AFTER, {"seq": seq, "limit": limit})
    return [
        Past(row.seq, row.decided_at, DECODER.decode(vault.ring.open(row.body, _context(row.key))))
        for row in rows
    ]


def _sealed(vault: Vault, entry: Entry) -> bytes:
    body = ENCODER.encode({"event": entry.event, "effects": entry.effects})
    return vault.ring.seal(body, _context(entry.event.key))


def _context(key: str) -> bytes:
    return f"event:{key}".encode()


def _conversation(entry: Entry) -> object:
    conversation = entry.state.conversation
    return conversation.id if conversation else None


def _message(entry: Entry) -> object:
    ids = (getattr(effect, "message_id", None) for effect in entry.effects)
    message = entry.state.message
    return message.id if message else next((id_ for id_ in ids if id_), None)
