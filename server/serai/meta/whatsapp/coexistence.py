"""The phone app beside the API: what is typed on the phone, its history and its address book.

Source: WhatsApp Cloud API, coexistence: `smb_message_echoes`, `history`, `smb_app_state_sync`.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from serai.core.events import (
    AnyEvent,
    ContactSynced,
    EchoReceived,
    MessageEdited,
    MessageRevoked,
    PastReceived,
    Reacted,
)
from serai.core.ids import MetaId, Person
from serai.meta.item import UNREADABLE, Item, Source, brief, moment
from serai.meta.whatsapp.accounts import report
from serai.meta.whatsapp.contents import Incoming, content_of, context_of, edited_of, incoming
from serai.meta.whatsapp.people import ContactCard, Metadata, lane_of, person_of


class Echoes(Struct, frozen=True):
    metadata: Metadata
    contacts: tuple[ContactCard, ...] = ()
    message_echoes: tuple[msgspec.Raw, ...] = ()


class Addressed(Struct, frozen=True):
    to: str | None = None
    to_user_id: str | None = None


class Told(Struct, frozen=True):
    status: str | None = None


class Past(Struct, frozen=True):
    to: str | None = None
    history_context: Told = Told()


class Thread(Struct, frozen=True):
    id: str
    """The other side: a phone number, or a business-scoped id."""
    messages: tuple[msgspec.Raw, ...] = ()


class Chunk(Struct, frozen=True):
    metadata: msgspec.Raw = msgspec.Raw()
    threads: tuple[Thread, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()


class History(Struct, frozen=True):
    metadata: Metadata
    contacts: tuple[ContactCard, ...] = ()
    history: tuple[Chunk, ...] = ()
    messages: tuple[msgspec.Raw, ...] = ()
    """Media of the last 14 days follow their placeholders here."""


class Known(Struct, frozen=True):
    phone_number: str | None = None
    user_id: str | None = None
    full_name: str | None = None
    first_name: str | None = None


class Sync(Struct, frozen=True):
    type: str
    action: str = "add"
    contact: Known = Known()
    metadata: dict[str, str | int] = {}


class Syncs(Struct, frozen=True):
    metadata: Metadata
    state_sync: tuple[msgspec.Raw, ...] = ()


ADDRESSED = msgspec.json.Decoder(Addressed)
PAST = msgspec.json.Decoder(Past)
SYNC = msgspec.json.Decoder(Sync)


def read_echoes(raw: msgspec.Raw, _: Source) -> Iterator[Item]:
    value = msgspec.json.decode(raw, type=Echoes)
    channel = MetaId(value.metadata.phone_number_id)
    for each in value.message_echoes:
        try:
            message, to = incoming(each), ADDRESSED.decode(each)
            person = person_of(to.to, to.to_user_id, value.contacts)
            event = _echo(message, channel, person)
        except UNREADABLE as error:
            yield Item(problem=f"echo: {brief(error)}")
            continue
        yield Item(lane_key=lane_of(channel, person), event=event)


def _echo(message: Incoming, channel: MetaId, person: Person) -> AnyEvent:
    key, at = f"{channel}:{message.id}", moment(message.timestamp)
    match message.type:
        case "edit":
            target, content = edited_of(message)
            return MessageEdited(
                key=key, at=at, channel=channel, person=person, target=target, content=content
            )
        case "revoke":
            target = message.member_id("original_message_id")
            return MessageRevoked(key=key, at=at, channel=channel, person=person, target=target)
        case "reaction":
            return Reacted(
                key=key,
                at=at,
                channel=channel,
                person=person,
                target=message.member_id("message_id"),
                emoji=message.reaction_emoji(),
                by_us=True,
            )
        case _:
            return EchoReceived(
                key=key,
                at=at,
                channel=channel,
                person=person,
                message=MetaId(message.id),
                content=content_of(message),
                context=context_of(message),
            )


def read_history(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
    """Chunks may come in any order; how far they are, or that there are none, is told as well."""
    value = msgspec.json.decode(raw, type=History)
    channel, ours = MetaId(value.metadata.phone_number_id), value.metadata.display_phone_number
    for chunk in value.history:
        for thread in chunk.threads:
            other = _other_side(thread.id, value.contacts)
            yield from (_past(each, channel, other, ours) for each in thread.messages)
        news = [*chunk.errors, *([chunk.metadata] if chunk.metadata else [])]
        yield from (report("history", each, source, ours) for each in news)
    for each in value.messages:
        yield _past(each, channel, None, ours, value.contacts)


def _other_side(id_: str, cards: tuple[ContactCard, ...]) -> Person:
    is_phone = id_.lstrip("+").isdecimal()
    phone, user_id = (id_.lstrip("+"), None) if is_phone else (None, id_)
    return person_of(phone, user_id, cards)


def _past(
    raw: msgspec.Raw,
    channel: MetaId,
    other: Person | None,
    ours: str,
    cards: tuple[ContactCard, ...] = (),
) -> Item:
    try:
        message, past = incoming(raw), PAST.decode(raw)
        by_us = past.to is not None or message.from_ == ours
        person = other or person_of(
            past.to if by_us else message.from_, None if by_us else message.from_user_id, cards
        )
        event = PastReceived(
            key=f"{channel}:{message.id}",
            at=moment(message.timestamp),
            channel=channel,
            person=person,
            message=MetaId(message.id),
            content=content_of(message),
            context=context_of(message),
            by_us=by_us,
            status=(past.history_context.status or "").lower() or None,
        )
    except UNREADABLE as error:
        return Item(problem=f"history: {brief(error)}")
    return Item(lane_key=lane_of(channel, person), event=event)


def read_sync(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
    value = msgspec.json.decode(raw, type=Syncs)
    channel = MetaId(value.metadata.phone_number_id)
    for each in value.state_sync:
        try:
            sync = SYNC.decode(each)
            if sync.type != "contact" or sync.action != "add":
                yield report("smb_app_state_sync", each, source)
                continue
            event = _synced(sync, channel)
        except UNREADABLE as error:
            yield Item(problem=f"sync: {brief(error)}")
            continue
        yield Item(lane_key=lane_of(channel, event.person), event=event)


def _synced(sync: Sync, channel: MetaId) -> ContactSynced:
    known = sync.contact
    phone = (known.phone_number or "").lstrip("+") or None
    at = moment(sync.metadata.get("timestamp", 0))
    if not (phone or known.user_id):
        raise ValueError("nobody is named")
    return ContactSynced(
        key=f"{channel}:sync:{phone or known.user_id}:{at.timestamp():.0f}:{known.full_name}",
        at=at,
        channel=channel,
        person=Person(phone=phone, user_id=known.user_id, name=known.full_name or known.first_name),
    )
