"""WhatsApp Cloud API: its JSON to our events, our messages to its requests.

Source: WhatsApp Cloud API, "Webhooks: messages" and "Send messages"; 2026 shapes (business-scoped
ids: `wa_id`, `from` and `recipient_id` may be absent).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.core.events import AnyEvent, MessageReceived, Status, StatusReported
from serai.core.ids import MessageId, MetaId, Person, Who
from serai.core.message import Content, TemplateRef, Text, Unsupported
from serai.meta.request import Request


class Metadata(Struct, frozen=True):
    phone_number_id: str


class Profile(Struct, frozen=True):
    name: str | None = None
    username: str | None = None


class Contact(Struct, frozen=True):
    profile: Profile = Profile()
    wa_id: str | None = None
    user_id: str | None = None


class Value(Struct, frozen=True):
    metadata: Metadata | None = None
    contacts: tuple[Contact, ...] = ()
    messages: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()


class Change(Struct, frozen=True):
    field: str
    value: msgspec.Raw = msgspec.Raw(b"{}")


class Entry(Struct, frozen=True):
    id: str = ""
    changes: tuple[msgspec.Raw, ...] = ()


class Body(Struct, frozen=True):
    body: str = ""


class Message(Struct, frozen=True, rename={"from_": "from"}):
    id: str
    timestamp: str
    """Seconds since 1970, as a string."""
    type: str = "unknown"
    from_: str | None = None
    from_user_id: str | None = None
    text: Body | None = None


class ErrorData(Struct, frozen=True):
    details: str = ""


class Failure(Struct, frozen=True):
    code: int
    title: str = ""
    error_data: ErrorData = ErrorData()


class StatusItem(Struct, frozen=True):
    id: str
    status: str
    timestamp: str
    biz_opaque_callback_data: str | None = None
    errors: tuple[Failure, ...] = ()
    pricing: dict[str, Any] | None = None


class Item(Struct, frozen=True):
    """One thing in a delivery: an event, or why it cannot be read, or neither (nothing for us)."""

    lane_key: str = ""
    event: AnyEvent | None = None
    problem: str | None = None


ENTRY = msgspec.json.Decoder(Entry)
CHANGE = msgspec.json.Decoder(Change)
VALUE = msgspec.json.Decoder(Value)
MESSAGE = msgspec.json.Decoder(Message)
STATUS = msgspec.json.Decoder(StatusItem)


UNREADABLE = (msgspec.DecodeError, ValueError, OverflowError, OSError)
"""What a field of the wrong kind or out of range raises; anything else is a bug of ours."""

MESSAGE_FIELDS = frozenset({"messages"})


def read_entry(raw: bytes) -> Iterator[Item]:
    """Every item of one entry, messages before statuses of the same change; each on its own."""
    try:
        entry = ENTRY.decode(raw)
    except UNREADABLE as error:
        yield Item(problem=f"entry: {brief(error)}")
        return
    for raw_change in entry.changes:
        yield from _read_change(raw_change)


def _read_change(raw: msgspec.Raw) -> Iterator[Item]:
    try:
        change = CHANGE.decode(raw)
        if change.field not in MESSAGE_FIELDS:
            yield Item(problem=f"field {change.field[:60]} is not handled yet")
            return
        value = VALUE.decode(change.value)
    except UNREADABLE as error:
        yield Item(problem=f"change: {brief(error)}")
        return
    if value.metadata is None:
        yield Item(problem="change: no receiving number")
        return
    channel = MetaId(value.metadata.phone_number_id)
    yield from (_read_message(each, channel, value.contacts) for each in value.messages)
    yield from (_read_status(each, channel) for each in value.statuses)
    yield from (Item(problem="an error report without a message") for _ in value.errors)


def _read_message(raw: msgspec.Raw, channel: MetaId, contacts: tuple[Contact, ...]) -> Item:
    try:
        message = MESSAGE.decode(raw)
        person = _person(message, contacts)
        event = MessageReceived(
            key=f"{channel}:{message.id}",
            at=_moment(message.timestamp),
            channel=channel,
            person=person,
            message=MetaId(message.id),
            content=_content(message),
        )
    except UNREADABLE as error:
        return Item(problem=f"message: {brief(error)}")
    return Item(lane_key=f"{channel}:{person.lane_key}", event=event)


def _read_status(raw: msgspec.Raw, channel: MetaId) -> Item:
    try:
        status = STATUS.decode(raw)
        failure = status.errors[0] if status.errors else None
        event = StatusReported(
            key=f"{channel}:{status.id}:{status.status}",
            at=_moment(status.timestamp),
            channel=channel,
            message=MetaId(status.id),
            message_id=_our_id(status.biz_opaque_callback_data),
            status=Status(status.status),
            code=failure.code if failure else None,
            reason=(failure.error_data.details or failure.title) if failure else None,
            pricing=status.pricing,
        )
    except UNREADABLE as error:
        return Item(problem=f"status: {brief(error)}")
    return Item(lane_key=f"{channel}:{status.id}", event=event)


def _person(message: Message, contacts: tuple[Contact, ...]) -> Person:
    """The sender, with what their contact card adds; the card is found by either id."""
    named = next((c for c in contacts if _is_card_of(c, message)), Contact())
    phone = message.from_ or named.wa_id
    user_id = message.from_user_id or named.user_id
    if not (phone or user_id):
        raise ValueError("no sender")
    return Person(
        phone=phone, user_id=user_id, username=named.profile.username, name=named.profile.name
    )


def _is_card_of(card: Contact, message: Message) -> bool:
    same_phone = card.wa_id is not None and card.wa_id == message.from_
    same_user = card.user_id is not None and card.user_id == message.from_user_id
    return same_phone or same_user


def _content(message: Message) -> Content:
    if message.type == "text" and message.text is not None:
        return Text(message.text.body)
    return Unsupported(message.type)


def _moment(timestamp: str) -> datetime:
    return datetime.fromtimestamp(int(timestamp), UTC)


def _our_id(callback_data: str | None) -> MessageId | None:
    """Our message id, if that is what we wrote; other programs write other things."""
    try:
        return MessageId(UUID(callback_data)) if callback_data else None
    except ValueError:
        return None


def brief(error: Exception) -> str:
    """Why it cannot be read, without what it said."""
    return f"{type(error).__name__}: {str(error).split(' - at ')[-1][:120]}"


def request_for(message_id: MessageId, content: Content, who: Who) -> Request:
    """The call that sends `content`. Our id travels along and comes back in every status.

    Source: WhatsApp Cloud API, "Send messages": `biz_opaque_callback_data`, at most 512 characters;
    `to` with a plus sign, or `recipient` for a business-scoped id.
    """
    person = who.person
    address = {"to": f"+{person.phone}"} if person.phone else {"recipient": person.user_id}
    body: Mapping[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        **_payload(content),
        "biz_opaque_callback_data": str(message_id),
    }
    return Request(path=f"{who.channel}/messages", body=msgspec.json.encode(body))


def _payload(content: Content) -> dict[str, object]:
    match content:
        case Text(body=body):
            return {"type": "text", "text": {"body": body}}
        case TemplateRef():
            return {"type": "template", "template": _template(content)}
        case Unsupported():
            raise ValueError("nothing that we could send")


def _template(content: TemplateRef) -> dict[str, object]:
    template: dict[str, object] = {"name": content.name, "language": {"code": content.language}}
    if content.parameters:
        values = [{"type": "text", "text": value} for value in content.parameters]
        template["components"] = [{"type": "body", "parameters": values}]
    return template
