"""Find or make whom events are about, and keep other workers from deciding about them meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct
from psycopg import OperationalError

from serai.core.events import (
    Carried,
    ConversationMarked,
    Event,
    MessageAsked,
    MessageReceived,
    StatusReported,
)
from serai.core.hours import Hours
from serai.core.ids import (
    BusinessId,
    ChannelId,
    ContactId,
    ConversationId,
    MessageId,
    Person,
    derived,
)
from serai.core.state import Business, Channel, Contact, Conversation, SentMessage, State
from serai.engine.wiring import Met
from serai.features.contacts.store.states import look
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

CHANNELS = """
    SELECT meta_id, id, business_id FROM channels WHERE kind = 'whatsapp' AND meta_id = ANY (%(meta_ids)s)
"""
IDENTITIES = """
    SELECT contact_identities.business_id, contact_identities.type, contact_identities.lookup,
           contact_identities.contact_id
      FROM unnest(%(business_ids)s::uuid[], %(types)s::text[], %(lookups)b::bytea[])
        AS rows (business_id, type, lookup)
      JOIN contact_identities
        ON contact_identities.business_id = rows.business_id
       AND contact_identities.type = rows.type AND contact_identities.lookup = rows.lookup
"""
HOLD = """
    INSERT INTO contacts (id, business_id, name, created_at)
    SELECT id, business_id, name, created_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, business_id uuid, name text, created_at timestamptz)
     ORDER BY id
        ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, contacts.name)
"""
"""Locks the rows, in one order everywhere, so that one worker at a time decides about a contact."""

ADD_IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, first_seen_at)
    SELECT business_id, contact_id, type, scope, lookup, sealed, %(now)s
      FROM unnest(%(business_ids)s::uuid[], %(contact_ids)s::uuid[], %(types)s::text[],
                  %(scopes)s::text[], %(lookups)b::bytea[], %(sealed)b::bytea[])
        AS rows (business_id, contact_id, type, scope, lookup, sealed)
     ORDER BY business_id, type, lookup
        ON CONFLICT (business_id, type, scope, lookup) DO NOTHING
"""
HOLD_KNOWN = """
    SELECT id FROM contacts WHERE id = ANY (%(ids)s) ORDER BY id FOR UPDATE
"""
MESSAGES = """
    SELECT rows.number, messages.id AS message_id, messages.business_id, messages.conversation_id,
           messages.contact_id, messages.channel_id, messages.content ->> 'name' AS template,
           messages.content ->> 'language' AS language,
           ARRAY(SELECT kind FROM message_events
                  WHERE message_events.message_id = messages.id) AS kinds
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (number integer, message_id uuid, channel text, meta_id text)
      LEFT JOIN channels ON channels.meta_id = rows.channel AND rows.message_id IS NULL
      JOIN messages
        ON messages.id = rows.message_id
        OR (messages.channel_id = channels.id AND messages.meta_id = rows.meta_id)
"""
CONVERSATIONS = """
    SELECT id AS conversation_id, channel_id, contact_id, business_id, status
      FROM conversations
     WHERE id = ANY (%(ids)s)
"""

SCOPES = {"phone": "world", "wa_user_id": "whatsapp", "username": "whatsapp"}


class ChannelRow(Struct, frozen=True):
    meta_id: str
    id: ChannelId
    business_id: BusinessId


class IdentityRow(Struct, frozen=True):
    business_id: BusinessId
    type: str
    lookup: bytes
    contact_id: ContactId


class MessageRow(Struct, frozen=True, kw_only=True):
    number: int
    message_id: MessageId
    business_id: BusinessId
    conversation_id: ConversationId
    contact_id: ContactId
    channel_id: ChannelId
    template: str | None
    language: str | None
    kinds: frozenset[str]


class ConversationRow(Struct, frozen=True):
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    business_id: BusinessId
    status: str


class Identity(Struct, frozen=True):
    type: str
    value: str
    lookup: bytes


class Sender(Struct, frozen=True):
    """Who wrote, once the receiving channel is known."""

    key: str
    channel: ChannelRow
    person: Person
    identities: tuple[Identity, ...]


async def meet(conn: Conn, vault: Vault, events: Sequence[Event], now: datetime) -> Met:
    """Whom the events are about; events about nobody of ours are left out of the answer."""
    met = Met({}, {})
    received = [event for event in events if isinstance(event, MessageReceived)]
    asked = [event for event in events if isinstance(event, MessageAsked)]
    if received or asked:
        await _meet_people(conn, vault, received, asked, now, met)
    ours = [event for event in events if isinstance(event, Carried | StatusReported)]
    if ours:
        await _meet_messages(conn, ours, now, met)
    marked = [event for event in events if isinstance(event, ConversationMarked)]
    if marked:
        await _meet_conversations(conn, marked, now, met)
    return met


async def _meet_people(
    conn: Conn,
    vault: Vault,
    received: Sequence[MessageReceived],
    asked: Sequence[MessageAsked],
    now: datetime,
    met: Met,
) -> None:
    channels = await _channels(conn, [*received, *asked])
    senders = [
        Sender(event.key, channels[event.channel], event.person, identities(vault, event.person))
        for event in received
        if event.channel in channels
    ]
    contacts = await _reconcile(conn, vault, senders, now) if senders else {}
    pairs = {key: (channel, contact) for key, (channel, contact) in contacts.items()}
    known = [event for event in asked if event.channel in channels]
    await conn.execute(HOLD_KNOWN, {"ids": sorted({event.contact_id for event in known})})
    pairs |= {event.key: (channels[event.channel].id, event.contact_id) for event in known}
    states = await look(conn, sorted(set(pairs.values())), now)
    for key, pair in pairs.items():
        if pair in states:
            met.subjects[key] = f"{pair[0]}/{pair[1]}"
            met.states[f"{pair[0]}/{pair[1]}"] = states[pair]


async def _channels(
    conn: Conn, events: Sequence[MessageReceived | MessageAsked]
) -> dict[str, ChannelRow]:
    meta_ids = sorted({event.channel for event in events})
    rows = await fetch(conn, ChannelRow, CHANNELS, {"meta_ids": meta_ids})
    return {row.meta_id: row for row in rows}


async def _reconcile(
    conn: Conn, vault: Vault, senders: Sequence[Sender], now: datetime
) -> dict[str, tuple[ChannelId, ContactId]]:
    """Join what each sender is known by to one contact, new or known, and lock it."""
    owners = await _owners(conn, senders)
    by_key: dict[str, tuple[ChannelId, ContactId]] = {}
    new: New = {}
    rows: dict[ContactId, dict[str, object]] = {}
    for sender in senders:
        business = sender.channel.business_id
        names = [(business, identity.type, identity.lookup) for identity in sender.identities]
        owner = next((owners[name] for name in names if name in owners), None)
        contact = owner or ContactId(derived("contact", business, names[0][2].hex()))
        for name, identity in zip(names, sender.identities, strict=True):
            if name not in owners:
                owners[name] = contact
                new[name] = (contact, identity)
        by_key[sender.key] = (sender.channel.id, contact)
        name = sender.person.name or (rows[contact]["name"] if contact in rows else None)
        rows[contact] = {"id": contact, "business_id": business, "name": name, "created_at": now}
    await conn.execute(HOLD, {"rows": json_rows(list(rows.values()))})
    if new:
        await _add(conn, vault, await _still_new(conn, senders, new), now)
    return by_key


New: TypeAlias = dict[tuple[BusinessId, str, bytes], tuple[ContactId, Identity]]


async def _still_new(conn: Conn, senders: Sequence[Sender], new: New) -> New:
    """Without what another worker added while we waited for the lock. Raises OperationalError."""
    owners = await _owners(conn, senders)
    if any(owners.get(name, contact) != contact for name, (contact, _) in new.items()):
        raise OperationalError("another worker met one of them as someone else; try again")
    return {name: added for name, added in new.items() if name not in owners}


async def _owners(
    conn: Conn, senders: Sequence[Sender]
) -> dict[tuple[BusinessId, str, bytes], ContactId]:
    names = [(s.channel.business_id, i.type, i.lookup) for s in senders for i in s.identities]
    rows = await fetch(
        conn,
        IdentityRow,
        IDENTITIES,
        {
            "business_ids": [business for business, _, _ in names],
            "types": [type_ for _, type_, _ in names],
            "lookups": [lookup for _, _, lookup in names],
        },
    )
    return {(row.business_id, row.type, row.lookup): row.contact_id for row in rows}


async def _add(
    conn: Conn,
    vault: Vault,
    new: New,
    now: datetime,
) -> None:
    await conn.execute(
        ADD_IDENTITIES,
        {
            "business_ids": [business for business, _, _ in new],
            "contact_ids": [contact for contact, _ in new.values()],
            "types": [type_ for _, type_, _ in new],
            "scopes": [SCOPES[type_] for _, type_, _ in new],
            "lookups": [lookup for _, _, lookup in new],
            "sealed": [
                vault.ring.seal(identity.value.encode(), identity_context(identity.type, contact))
                for contact, identity in new.values()
            ],
            "now": now,
        },
    )


async def _meet_messages(
    conn: Conn, events: Sequence[Carried | StatusReported], now: datetime, met: Met
) -> None:
    rows = [_asked_for(number, event) for number, event in enumerate(events)]
    for row in await fetch(conn, MessageRow, MESSAGES, {"rows": json_rows(rows)}):
        event = events[row.number]
        template = (row.template, row.language) if row.template and row.language else None
        message = SentMessage(id=row.message_id, kinds=row.kinds, template=template)
        met.subjects[event.key] = event.key
        met.states[event.key] = State(
            now=now,
            business=Business(id=row.business_id, hours=Hours(time_zone="UTC")),
            channel=Channel(id=row.channel_id),
            contact=Contact(id=row.contact_id),
            conversation=Conversation(id=row.conversation_id),
            message=message,
        )


def _asked_for(number: int, event: Carried | StatusReported) -> dict[str, object]:
    if isinstance(event, StatusReported):
        return {
            "number": number,
            "message_id": event.message_id,
            "channel": event.channel,
            "meta_id": event.message,
        }
    return {"number": number, "message_id": event.message_id}


async def _meet_conversations(
    conn: Conn, events: Sequence[ConversationMarked], now: datetime, met: Met
) -> None:
    ids = sorted({event.conversation_id for event in events})
    rows = {
        row.conversation_id: row
        for row in await fetch(conn, ConversationRow, CONVERSATIONS, {"ids": ids})
    }
    await conn.execute(HOLD_KNOWN, {"ids": sorted({row.contact_id for row in rows.values()})})
    for event in events:
        row = rows.get(event.conversation_id)
        if row is None or row.business_id != event.business_id:
            continue
        met.subjects[event.key] = str(row.conversation_id)
        met.states[str(row.conversation_id)] = State(
            now=now,
            business=Business(id=row.business_id, hours=Hours(time_zone="UTC")),
            channel=Channel(id=row.channel_id),
            contact=Contact(id=row.contact_id),
            conversation=Conversation(id=row.conversation_id, status=row.status),
        )


def identities(vault: Vault, person: Person) -> tuple[Identity, ...]:
    """What a person is known by, the steadiest first: Meta's own id, then the phone.

    A username is shown but joins nobody: it can be given up and taken by someone else.
    """
    values = (("wa_user_id", person.user_id), ("phone", person.phone))
    return tuple(
        Identity(type_, value, vault.index.of(value, type_)) for type_, value in values if value
    )


def identity_context(type_: str, contact: ContactId) -> bytes:
    """What a sealed identity is bound to."""
    return f"identity:{type_}:{contact}".encode()
