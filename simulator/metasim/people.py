"""What people do in a chat: write, react, edit, delete, read."""

import msgspec

from metasim import statuses
from metasim.ids import INBOUND, wamid
from metasim.inbound import read as inbound
from metasim.inbound.said import Said, Speaker
from metasim.ledger import Chat, Message
from metasim.register import Unfit
from metasim.shapes import Json
from metasim.sim import Sim, names_of
from metasim.webhooks.build import message_update
from metasim.webhooks.dispatch import dispatch
from metasim.webhooks.wire import Update
from metasim.world import Number, Person


def write(sim: Sim, person: Person, number: Number, given: Json) -> Message:
    """The person writes to the number: opens the window, and a webhook goes out. Raises Unfit.

    Source: WhatsApp Cloud API reference, 4.5 "Inbound messages" and 6.4 "Windows".
    """
    if number.id in person.blocked:
        raise Unfit("This person has blocked that number; unblock it first.")
    message_id, now = _own_id(sim, given), sim.clock.now()
    at = _own_time(given, now)
    before = (person.phone, person.wa_id, person.user_id)
    said = inbound.said(Speaker(sim, person, number), given)
    person = sim.world.people[person.phone]
    chat = sim.ledger.chat(number.id, person.phone)
    message = _message(message_id or wamid(person.phone, INBOUND), said, at)
    _take_effect(sim, chat, message, said)
    sim.limits.throughput(number.id, number.messages_per_second)  # inbound counts too: 6.1
    if _is_kept_out(sim, number, person):
        return message
    if said.type == "system":
        phone, wa_id, user_id = before  # the news come from who they were
        person = msgspec.structs.replace(person, phone=phone, wa_id=wa_id, user_id=user_id)
    updates = message_update(sim, chat, person, said.body, message)
    dispatch(sim, updates, names_of(person, person.phone))
    return message


def read(sim: Sim, person: Person, number: Number) -> int:
    """The person opens the chat: all that got through is read now. Returns how many."""
    chat = sim.ledger.chat(number.id, person.phone)
    unread = [
        message
        for message in chat.messages
        if message.direction == "out"
        and message.type != "reaction"
        and message.status in ("accepted", "sent", "delivered")
        and message.id in sim.ledger.sends
        and not sim.ledger.sends[message.id].waits
    ]
    if person.reads == "never" or number.id in person.blocked:
        return 0
    for message in unread:
        statuses.reach(sim, message.id, "sent")
        statuses.reach(sim, message.id, "read")
    return len(unread)


def play(sim: Sim, message_id: str) -> None:
    """The person listens to a voice note. Source: 4.6, `played`."""
    send = sim.ledger.sends.get(message_id)
    if send is None or not send.voice:
        raise Unfit("This is no voice note of a business.")
    if sim.ledger.messages[message_id][1].status not in statuses.ARRIVING:
        raise Unfit("This voice note has not arrived.")
    statuses.reach(sim, message_id, "read")
    statuses.reach(sim, message_id, "played")


def say(sim: Sim, phone: str, number_id: str, text: str) -> None:
    """A script line whose time has come."""
    person, number = sim.world.people.get(phone), sim.world.numbers.get(number_id)
    if person is not None and number is not None and number_id not in person.blocked:
        write(sim, person, number, {"type": "text", "text": {"body": text}})


def got_through(sim: Sim, updates: list[Update]) -> None:
    """A webhook was answered 200: the messages in it have two ticks on the phone."""
    for update in updates:
        found = sim.ledger.messages.get(update.message_id)
        if update.kind == "messages" and found is not None and found[1].status == "sent":
            mark(sim, found[0], found[1], "delivered")


def mark(sim: Sim, chat: Chat, message: Message, status: str) -> None:
    """Set the ticks of a person's own message."""
    message.status = status
    if sim.stream.heard:
        sim.stream.tell(
            "status",
            {"number": chat.number, "person": chat.person, "id": message.id, "status": status},
        )


def _message(message_id: str, said: Said, at: float) -> Message:
    quoted = said.body.get("context", {}).get("id")
    return Message(
        id=message_id,
        direction="in",
        type=said.type,
        text=said.text,
        at=at,
        status="sent",
        view=said.view,
        context=quoted,
    )


def _take_effect(sim: Sim, chat: Chat, message: Message, said: Said) -> None:
    """What the message does to the chat: windows, and earlier messages that it changes."""
    if said.opens_window:
        chat.wrote_at = max(chat.wrote_at or 0.0, message.at)
    if "referral" in said.body:
        chat.referred_at = message.at
    sim.ledger.write(chat, message)
    target = str(said.view.get("target", ""))
    if said.type == "reaction":
        statuses.react(sim, target, "in", said.text)
    elif said.type in ("edit", "revoke"):
        _change(sim, chat, target, said)
    elif sim.stream.heard:
        sim.stream.tell_message(chat, message)


def _change(sim: Sim, chat: Chat, target: str, said: Said) -> None:
    earlier = sim.ledger.messages[target][1]
    if said.type == "edit":
        earlier.text, earlier.changed = said.text, "edited"
    else:
        earlier.text, earlier.view, earlier.changed = "", {}, "deleted"
    sim.stream.tell_change(chat, earlier)


def _is_kept_out(sim: Sim, number: Number, person: Person) -> bool:
    """Is the person on the business's block list? Then it hears nothing. Source: 8.6."""
    desk = sim.desk.numbers.get(number.id)
    return desk is not None and person.user_id in desk.blocked


def _own_id(sim: Sim, given: Json) -> str | None:
    own = given.get("id")
    if own is None:
        return None
    if not isinstance(own, str) or not own or own in sim.ledger.messages:
        raise Unfit("id must be text that no other message has.")
    return own


def _own_time(given: Json, now: float) -> float:
    own = given.get("timestamp")
    if own is None:
        return now
    try:
        at = float(own)
    except (TypeError, ValueError):
        raise Unfit("timestamp is unix seconds.") from None
    if not 0 < at < 1e11:
        raise Unfit("timestamp is unix seconds.")
    return at
