"""From a person's message or a status to updates for every subscribed app, past the faults.

Source: WhatsApp Cloud API reference, 4.4 "Envelope", 4.6 "Statuses", 8.14 "BSUID and usernames".
"""

import msgspec

from metasim.ids import media_like
from metasim.ledger import Chat, Message, Send
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.wire import Update, encoded
from metasim.world import App, Number, Person

PHONE_REMEMBERED = 30 * 86_400.0
"""Seconds that a phone number stays visible after it was used. Source: 8.14."""
NO_CONVERSATION_FROM = 24
"""Webhook version without `conversation`. Source: 1.1 "Known version gates", v24."""


def shows_phone(chat: Chat, person: Person, now: float) -> bool:
    """May the business see the phone number?

    Source: 8.14 "Phone shown when": no username; or phone used within 30 days; or known contact.
    """
    if person.username is None or person.shows_phone:
        return True
    used = chat.phone_used_at
    return used is not None and now - used < PHONE_REMEMBERED


def contact_of(person: Person, with_phone: bool) -> bytes:
    """One entry of `contacts`. Source: 4.4."""
    profile: Json = {"name": person.name} if person.name else {}
    if person.username is not None:
        profile["username"] = person.username
    contact: Json = {"profile": profile} if profile else {}
    if with_phone:
        contact["wa_id"] = person.phone
    contact["user_id"] = person.user_id
    return encoded(contact)


def message_update(
    sim: Sim, chat: Chat, person: Person, content: Json, message: Message
) -> list[tuple[App, Update]]:
    """An inbound message for each app that wants messages. Source: 4.5."""
    with_phone = shows_phone(chat, person, sim.clock.now())
    body: Json = {"from": person.phone} if with_phone else {}
    body |= {
        "from_user_id": person.user_id,
        "id": message.id,
        "timestamp": str(int(message.at)),
        **content,
    }
    contact = contact_of(person, with_phone)
    update = _update(sim, chat, body, contact)
    return [(app, update) for app in sim.listeners(chat.number)]


def status_update(
    sim: Sim, send: Send, person: Person | None, status: str, failure: Json | None
) -> list[tuple[App, Update]]:
    """One status for each app that wants messages. Source: 4.6."""
    chat = sim.ledger.chat(send.number, send.person)
    with_phone = person is None or shows_phone(chat, person, sim.clock.now())
    body = _status(sim, send, person, status, with_phone)
    if failure is not None:
        body["errors"] = [failure]
    contact = b""
    if person is not None and failure is None:
        contact = contact_of(person, with_phone)
    priced = failure is None and _carries_price(send, status)
    if priced:
        send.priced.append(status)
        body["pricing"] = _pricing(send)
    update = _update(sim, chat, body, contact)
    return [
        (app, _with_conversation(update, body, send) if priced and is_old(app) else update)
        for app in sim.listeners(send.number)
    ]


def is_old(app: App) -> bool:
    """Is its webhook version older than v24?"""
    version = app.webhook_version.lstrip("v").split(".")[0]
    return version.isdigit() and int(version) < NO_CONVERSATION_FROM


def _status(sim: Sim, send: Send, person: Person | None, status: str, with_phone: bool) -> Json:
    body: Json = {"id": send.id, "status": status, "timestamp": str(int(sim.clock.now()))}
    if with_phone:
        body["recipient_id"] = send.person
    # A failed send to a phone omits the user id. Source: 4.6, `recipient_user_id`.
    if person is not None and not (status == "failed" and send.by_phone):
        body["recipient_user_id"] = person.user_id
    if send.callback is not None:
        body["biz_opaque_callback_data"] = send.callback
    return body


def _carries_price(send: Send, status: str) -> bool:
    """On `sent` and on exactly one of `delivered` and `read`. Source: 4.6, `pricing`."""
    if status == "sent":
        return "sent" not in send.priced
    return not {"delivered", "read"} & set(send.priced)


def _pricing(send: Send) -> Json:
    return {
        "billable": send.price == "regular",
        "pricing_model": "PMP",
        "type": send.price,
        "category": send.category,
    }


def _with_conversation(update: Update, body: Json, send: Send) -> Update:
    """The same for webhook versions up to v23.

    Source: 4.6: the id is unique for each message, the expiry appears on `sent` only.
    """
    conversation: Json = {"id": media_like(send.id), "origin": {"type": send.category}}
    if update.status == "sent":
        conversation["expiration_timestamp"] = str(int(send.at) + 86_400)
    return msgspec.structs.replace(update, body=encoded({**body, "conversation": conversation}))


def _update(sim: Sim, chat: Chat, body: Json, contact: bytes) -> Update:
    """The message or status on its way; only a status has a `status`."""
    number = sim.world.numbers[chat.number]
    return Update(
        waba=number.waba_id,
        number=number.id,
        person=chat.person,
        kind="statuses" if "status" in body else "messages",
        metadata=_metadata(number),
        contact=contact,
        body=encoded(body),
        message_id=body["id"],
        status=body.get("status"),
    )


def _metadata(number: Number) -> bytes:
    """`display_phone_number` is digits only here. Source: 4.4."""
    return encoded({"display_phone_number": number.digits, "phone_number_id": number.id})
