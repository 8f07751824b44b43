"""From a person's message or a status to updates for every subscribed app, past the faults.

Source: WhatsApp Cloud API reference, 4.4 "Envelope", 4.6 "Statuses", 8.14 "BSUID and usernames".
"""

import msgspec

from metasim.ids import conversation_id
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


def contact_of(person: Person, with_phone: bool, identity: bool = False) -> bytes:
    """One entry of `contacts`; `identity`: with the identity key. Source: 4.4."""
    profile: Json = {"name": person.name} if person.name else {}
    if person.username is not None:
        profile["username"] = person.username
    contact: Json = {"profile": profile} if profile else {}
    if with_phone:
        contact["wa_id"] = person.wa_id
    contact["user_id"] = person.user_id
    if person.parent_user_id is not None:
        contact["parent_user_id"] = person.parent_user_id
    if identity:
        contact["identity_key_hash"] = person.identity_key_hash
    return encoded(contact)


def message_update(
    sim: Sim, chat: Chat, person: Person, content: Json, message: Message
) -> list[tuple[App, Update]]:
    """An inbound message for each app that wants messages. Source: 4.5."""
    with_phone = shows_phone(chat, person, sim.clock.now())
    body: Json = {**sender(person, with_phone), "id": message.id}
    body |= {"timestamp": str(int(message.at)), **content}
    contact = b""
    if message.type != "system" or "identity" in content:
        contact = contact_of(person, with_phone, sim.world.numbers[chat.number].identity_check)
    update = update_of(sim, chat, body, contact)
    return [(app, update) for app in sim.listeners(chat.number)]


def sender(person: Person, with_phone: bool) -> Json:
    """Who a message is from. Source: 4.5 "Common members"."""
    who: Json = {"from": person.wa_id} if with_phone else {}
    who["from_user_id"] = person.user_id
    if person.parent_user_id is not None:
        who["from_parent_user_id"] = person.parent_user_id
    return who


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
    told = failure is None or sim.world.settings.contacts_on_failed  # Source: 4.4, `contacts`
    if person is not None and told:
        identity = sim.world.numbers[send.number].identity_check
        contact = contact_of(person, with_phone, identity)
    priced = failure is None and _carries_price(send, status)
    if priced:
        send.priced.append(status)
        body["pricing"] = _pricing(send)
    update = update_of(sim, chat, body, contact)
    if not priced:
        return [(app, update) for app in sim.listeners(send.number)]
    return [
        (app, _with_conversation(update, body, send, chat) if _told(app, send) else update)
        for app in sim.listeners(send.number)
    ]


def _told(app: App, send: Send) -> bool:
    """From v24 on only inside a free entry point window. Source: 4.6, `conversation`."""
    return send.price == "free_entry_point" or is_old(app)


def is_old(app: App) -> bool:
    """Is its webhook version older than v24?"""
    version = app.webhook_version.lstrip("v").split(".")[0]
    return version.isdigit() and int(version) < NO_CONVERSATION_FROM


def _status(sim: Sim, send: Send, person: Person | None, status: str, with_phone: bool) -> Json:
    body: Json = {"id": send.id, "status": status, "timestamp": str(int(sim.clock.now()))}
    if with_phone:
        body["recipient_id"] = send.person if person is None else person.wa_id
    # A failed send to a phone omits the user id. Source: 4.6, `recipient_user_id`.
    if person is not None and not (status == "failed" and send.by_phone):
        body["recipient_user_id"] = person.user_id
        if person.parent_user_id is not None:
            body["recipient_parent_user_id"] = person.parent_user_id
    if person is not None and sim.world.numbers[send.number].identity_check:
        body["recipient_identity_key_hash"] = person.identity_key_hash
    if send.callback is not None:
        body["biz_opaque_callback_data"] = send.callback
    return body


def _carries_price(send: Send, status: str) -> bool:
    """On `sent` and on exactly one of `delivered` and `read`. Source: 4.6, `pricing`."""
    if status == "sent":
        return "sent" not in send.priced
    return status != "played" and not {"delivered", "read"} & set(send.priced)


def _pricing(send: Send) -> Json:
    return {
        "billable": send.price == "regular",
        "pricing_model": "PMP",
        "type": send.price,
        "category": send.category,
    }


def _with_conversation(update: Update, body: Json, send: Send, chat: Chat) -> Update:
    """The same for webhook versions up to v23, and inside a free entry point window.

    Source: 4.6: outside that window the id is unique for each message; the expiry appears on
    `sent` only.
    """
    free = send.price == "free_entry_point"
    seed = f"{chat.number} {chat.person} {chat.free_until}" if free else send.id
    ends = chat.free_until if free and chat.free_until is not None else send.at + 86_400
    conversation: Json = {"id": conversation_id(seed), "origin": {"type": send.category}}
    if update.status == "sent":
        conversation["expiration_timestamp"] = str(int(ends))
    return msgspec.structs.replace(update, body=encoded({**body, "conversation": conversation}))


def update_of(sim: Sim, chat: Chat, body: Json, contact: bytes) -> Update:
    """The message or status on its way; only a status has a `status`."""
    number = sim.world.numbers[chat.number]
    return Update(
        waba=number.waba_id,
        number=number.id,
        person=chat.person,
        kind="statuses" if "status" in body else "messages",
        metadata=metadata_of(number),
        contact=contact,
        body=encoded(body),
        message_id=body["id"],
        status=body.get("status"),
    )


def metadata_of(number: Number) -> bytes:
    """`display_phone_number` is digits only here. Source: 4.4."""
    return encoded({"display_phone_number": number.digits, "phone_number_id": number.id})
