"""Whom events are about; keeps other workers from deciding about the same people meanwhile."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.events import (
    AccountEvent,
    Carried,
    ContactEvent,
    ConversationEvent,
    Event,
    IdentityChanged,
    MessageAsked,
    PersonEvent,
    StatusReported,
)
from serai.core.hours import Hours
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId, MessageId, Person
from serai.core.state import (
    NOBODY,
    Business,
    Channel,
    Contact,
    Conversation,
    SentMessage,
    State,
)
from serai.engine.wiring import Met
from serai.features.contacts.store.held import hold, meet_contacts
from serai.features.contacts.store.identities import Identity, identities, identity
from serai.features.contacts.store.people import Sender, reconcile
from serai.features.contacts.store.states import look
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault
from serai.meta.capabilities import KINDS

CHANNELS = """
    SELECT meta_id, id, business_id, kind FROM channels
     WHERE kind = ANY (%(kinds)s) AND meta_id = ANY (%(meta_ids)s)
"""
MESSAGES = """
    SELECT rows.number, messages.id AS message_id, messages.business_id, messages.conversation_id,
           messages.contact_id, messages.channel_id, messages.content ->> 'name' AS template,
           messages.content ->> 'language' AS language,
           ARRAY(SELECT kind FROM message_events
                  WHERE message_events.message_id = messages.id) AS kinds,
           (SELECT count(*) FROM send_attempts
             WHERE send_id = messages.id AND outcome = 'deferred') AS deferral_count,
           (SELECT closes_at FROM messaging_windows
             WHERE messaging_windows.channel_id = messages.channel_id
               AND messaging_windows.contact_id = messages.contact_id
               AND kind = 'entry') AS entry_closes_at,
           own.kind AS channel_kind
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (number integer, message_id uuid, channel text, meta_id text)
     CROSS JOIN LATERAL (
           SELECT * FROM messages AS one
            WHERE one.id = coalesce(rows.message_id, (
                      SELECT named.id FROM messages AS named
                        JOIN channels ON channels.id = named.channel_id
                       WHERE channels.meta_id = rows.channel AND named.meta_id = rows.meta_id
                       LIMIT 1))
            LIMIT 1) AS messages
      JOIN channels AS own ON own.id = messages.channel_id
"""
"""By our id, which Meta repeats to us; by Meta's for what other programs of the company sent. Each is
looked up by itself: joined, all messages would be read for a batch of a hundred."""
HOLD_OF_CONVERSATIONS = """
    SELECT id FROM contacts
     WHERE id IN (SELECT contact_id FROM conversations WHERE conversations.id = ANY (%(ids)s))
     ORDER BY id
       FOR UPDATE
"""
CONVERSATIONS = """
    SELECT id AS conversation_id, channel_id, contact_id, business_id, status, handled_by, team,
           team_id, assignee_id,
           status = 'resolved' AND EXISTS (
               SELECT FROM conversations AS other
                WHERE other.contact_id = conversations.contact_id
                  AND other.inbox_id = conversations.inbox_id
                  AND (other.status <> 'resolved'
                       OR other.id = ANY (%(ids)s)
                      AND (other.opened_at, other.id) > (conversations.opened_at, conversations.id))
           ) AS gives_way
      FROM conversations
     WHERE id = ANY (%(ids)s)
"""
ACCOUNT_CHANNELS = """
    SELECT id, business_id, account_id, state, display_phone_number
      FROM channels
     WHERE account_id = ANY (%(accounts)s)
     ORDER BY id
"""


KnownAs: TypeAlias = Callable[[Person, str], tuple[Identity, ...]]


class ChannelRow(Struct, frozen=True):
    meta_id: str
    id: ChannelId
    business_id: BusinessId
    kind: str


class AccountChannelRow(Struct, frozen=True):
    id: ChannelId
    business_id: BusinessId
    account_id: str
    state: str
    display_phone_number: str


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
    deferral_count: int
    entry_closes_at: datetime | None
    channel_kind: str


class ConversationRow(Struct, frozen=True):
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    business_id: BusinessId
    status: str
    handled_by: str
    team: str | None
    team_id: UUID | None
    assignee_id: UUID | None
    gives_way: bool


async def meet(conn: Conn, vault: Vault, events: Sequence[Event], now: datetime) -> Met:
    """Whom the events are about; events about nobody of ours are left out of the answer."""
    met = Met({}, {})
    people = [event for event in events if isinstance(event, PersonEvent)]
    asked = [event for event in events if isinstance(event, MessageAsked)]
    if people or asked:
        await _meet_people(conn, vault, people, asked, now, met)
    ours = [event for event in events if isinstance(event, Carried | StatusReported)]
    if ours:
        await _meet_messages(conn, ours, now, met)
    marked = [event for event in events if isinstance(event, ConversationEvent)]
    if marked:
        await _meet_conversations(conn, marked, now, met)
    told = [event for event in events if isinstance(event, ContactEvent)]
    if told:
        await meet_contacts(conn, told, now, met)
    accounts = [event for event in events if isinstance(event, AccountEvent)]
    if accounts:
        await _meet_accounts(conn, accounts, now, met)
    return met


async def _meet_people(
    conn: Conn,
    vault: Vault,
    people: Sequence[PersonEvent],
    asked: Sequence[MessageAsked],
    now: datetime,
    met: Met,
) -> None:
    channels = await _channels(conn, [*people, *asked])
    known_as = cache(partial(identities, vault))  # most of them said more than one thing
    senders = [
        _sender(vault, event, channels[event.channel], known_as)
        for event in people
        if event.channel in channels
    ]
    pairs = await reconcile(conn, vault, senders, now) if senders else {}
    known = [event for event in asked if event.channel in channels]
    stands = await hold(conn, {event.contact_id for event in known})
    pairs |= {
        event.key: (channels[event.channel].id, stands.get(event.contact_id, event.contact_id))
        for event in known
    }
    states = await look(conn, sorted(set(pairs.values())), now)
    for key, pair in pairs.items():
        if pair in states:
            met.subjects[key] = f"{pair[0]}/{pair[1]}"
            met.states[f"{pair[0]}/{pair[1]}"] = states[pair]


def _sender(vault: Vault, event: PersonEvent, channel: ChannelRow, known_as: KnownAs) -> Sender:
    """Someone with a new number is first of all who they were."""
    known_by = known_as(event.person, channel.kind)
    retired = None
    if isinstance(event, IdentityChanged):
        later = known_as(event.now_known_by, channel.kind)
        known_by = (*known_by, *(each for each in later if each not in known_by))
        phones = [each for each in known_by if each.type == "phone"]
        retired = phones[0] if len(phones) > 1 and phones[0].lookup != phones[1].lookup else None
    return Sender(
        key=event.key,
        channel_id=channel.id,
        business_id=channel.business_id,
        name=event.person.name,
        identities=known_by,
        username=_username(vault, event),
        retired=retired,
    )


def _username(vault: Vault, event: PersonEvent) -> Identity | None:
    name = event.person.username
    return identity(vault, "username", name.lower()) if name else None


async def _channels(
    conn: Conn, events: Sequence[PersonEvent | MessageAsked]
) -> dict[str, ChannelRow]:
    meta_ids = sorted({event.channel for event in events})
    rows = await fetch(conn, ChannelRow, CHANNELS, {"meta_ids": meta_ids, "kinds": list(KINDS)})
    return {row.meta_id: row for row in rows}


async def _meet_messages(
    conn: Conn, events: Sequence[Carried | StatusReported], now: datetime, met: Met
) -> None:
    rows = [_asked_for(number, event) for number, event in enumerate(events)]
    for row in await fetch(conn, MessageRow, MESSAGES, {"rows": json_rows(rows)}):
        event = events[row.number]
        template = (row.template, row.language) if row.template and row.language else None
        message = SentMessage(
            id=row.message_id,
            kinds=row.kinds,
            template=template,
            deferral_count=row.deferral_count,
            entry_closes_at=row.entry_closes_at,
        )
        met.subjects[event.key] = event.key
        met.states[event.key] = State(
            now=now,
            business=Business(id=row.business_id, hours=Hours(time_zone="UTC")),
            channel=Channel(id=row.channel_id, kind=row.channel_kind),
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
    conn: Conn, events: Sequence[ConversationEvent], now: datetime, met: Met
) -> None:
    ids = sorted({event.conversation_id for event in events})
    await conn.execute(HOLD_OF_CONVERSATIONS, {"ids": ids})
    rows = {
        row.conversation_id: row
        for row in await fetch(conn, ConversationRow, CONVERSATIONS, {"ids": ids})
    }
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
            conversation=Conversation(
                id=row.conversation_id,
                status=row.status,
                handled_by=row.handled_by,
                team=row.team,
                team_id=row.team_id,
                assignee_id=row.assignee_id,
                gives_way=row.gives_way,
            ),
        )


async def _meet_accounts(
    conn: Conn, events: Sequence[AccountEvent], now: datetime, met: Met
) -> None:
    accounts = sorted({event.account for event in events})
    rows = await fetch(conn, AccountChannelRow, ACCOUNT_CHANNELS, {"accounts": accounts})
    for event in events:
        channels = tuple(_account_channel(row) for row in rows if _concerns(event, row))
        if not channels or channels[0].business_id is None:
            continue
        met.subjects[event.key] = event.key
        met.states[event.key] = State(
            now=now,
            business=Business(id=channels[0].business_id, hours=Hours(time_zone="UTC")),
            channel=channels[0],
            contact=NOBODY,
            channels=channels,
        )


def _account_channel(row: AccountChannelRow) -> Channel:
    return Channel(id=row.id, state=row.state, business_id=row.business_id)


def _concerns(event: AccountEvent, row: AccountChannelRow) -> bool:
    """Whether the channel is of that account and, if the event is about one number, has it."""
    number = event.display_phone_number
    if row.account_id != event.account:
        return False
    return number is None or _digits(number) == _digits(row.display_phone_number)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
