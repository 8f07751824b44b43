"""What people write, and what they do to what was written.

Source: WhatsApp Cloud API, `messages` webhook; its `standby` twin has the same things in a box.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from serai.core.events import (
    AnyEvent,
    IdentityChanged,
    MessageEdited,
    MessageReceived,
    MessageRevoked,
    Reacted,
)
from serai.core.ids import MetaId, Person
from serai.meta.item import UNREADABLE, Item, Source, brief, moment
from serai.meta.whatsapp.accounts import report
from serai.meta.whatsapp.contents import (
    Incoming,
    content_of,
    context_of,
    edited_of,
    incoming,
    referral_of,
)
from serai.meta.whatsapp.people import ContactCard, Metadata, lane_of, person_of
from serai.meta.whatsapp.statuses import read_status


class Value(Struct, frozen=True):
    metadata: Metadata | None = None
    contacts: tuple[ContactCard, ...] = ()
    messages: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()
    user_actions: tuple[msgspec.Raw, ...] = ()


class Boxed(Struct, frozen=True):
    metadata: Metadata | None = None
    standby: Value = Value()


class Renamed(Struct, frozen=True):
    """Source: WhatsApp Cloud API, `system` messages; the legacy names are read as well."""

    type: str = "unknown"
    body: str = ""
    wa_id: str | None = None
    new_wa_id: str | None = None
    user_id: str | None = None
    previous_user_id: str | None = None
    customer: str | None = None


VALUE = msgspec.json.Decoder(Value)
BOXED = msgspec.json.Decoder(Boxed)
RENAMED = msgspec.json.Decoder(Renamed)


def read(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
    value = VALUE.decode(raw)
    yield from _read_value(value, value.metadata, source, standby=False)


def read_standby(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
    """Another program owns the conversation: what is said is kept, and nothing of ours answers."""
    boxed = BOXED.decode(raw)
    yield from _read_value(boxed.standby, boxed.metadata, source, standby=True)


def _read_value(
    value: Value, metadata: Metadata | None, source: Source, *, standby: bool
) -> Iterator[Item]:
    if metadata is None:
        yield Item(problem="change: no receiving number")
        return
    channel = MetaId(metadata.phone_number_id)
    yield from (_read_message(each, channel, value.contacts, standby) for each in value.messages)
    yield from (read_status(each, channel) for each in value.statuses)
    for field, raws in (("errors", value.errors), ("user_actions", value.user_actions)):
        yield from (report(field, each, source, metadata.display_phone_number) for each in raws)


def _read_message(
    raw: msgspec.Raw, channel: MetaId, cards: tuple[ContactCard, ...], standby: bool
) -> Item:
    try:
        message = incoming(raw)
        person = _person(message, cards)
        event = _event(message, channel, person, standby)
    except UNREADABLE as error:
        return Item(problem=f"message: {brief(error)}")
    return Item(lane_key=lane_of(channel, person), event=event)


def _person(message: Incoming, cards: tuple[ContactCard, ...]) -> Person:
    """The sender. News of a changed id may name nobody but in itself, by the id that was."""
    phone, user_id = message.from_, message.from_user_id
    if message.type == "system":
        system = RENAMED.decode(message.payload or b"{}")
        phone, user_id = phone or system.customer, system.previous_user_id or user_id
    return person_of(phone, user_id, cards)


def _event(message: Incoming, channel: MetaId, person: Person, standby: bool) -> AnyEvent:
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
            target, emoji = message.member_id("message_id"), message.reaction_emoji()
            return Reacted(
                key=key, at=at, channel=channel, person=person, target=target, emoji=emoji
            )
        case "system":
            return _renamed(message, channel, person)
        case _:
            return MessageReceived(
                key=key,
                at=at,
                channel=channel,
                person=person,
                message=MetaId(message.id),
                content=content_of(message),
                context=context_of(message),
                referral=referral_of(message),
                standby=standby or message.group_id is not None,
            )


def _renamed(message: Incoming, channel: MetaId, person: Person) -> IdentityChanged:
    system = RENAMED.decode(message.payload or b"{}")
    return IdentityChanged(
        key=f"{channel}:{message.id}",
        at=moment(message.timestamp),
        channel=channel,
        person=person,
        message=MetaId(message.id),
        kind=system.type,
        now_known_by=Person(
            phone=system.wa_id or system.new_wa_id or person.phone,
            user_id=system.user_id or person.user_id,
        ),
        body=system.body,
    )
