"""What people do: write, tap a button, read."""

from metasim import statuses
from metasim.ids import INBOUND, wamid
from metasim.ledger import Chat, Message
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim, names_of
from metasim.webhooks.build import message_update
from metasim.webhooks.dispatch import dispatch
from metasim.webhooks.wire import Update
from metasim.world import Number, Person

LONGEST_TEXT = 65_536
"""Characters that a person can write."""


def write(sim: Sim, person: Person, number: Number, given: Json) -> Message:
    """The person writes to the number: opens the window, and a webhook goes out. Raises Unfit.

    Source: WhatsApp Cloud API reference, 4.5 "Inbound messages" and 6.4 "Windows".
    """
    if number.id in person.blocked:
        raise Unfit("This person has blocked that number; unblock it first.")
    kind, content, text = _content(given)
    message_id = _own_id(sim, given) or wamid(person.phone, INBOUND)
    chat = sim.ledger.chat(number.id, person.phone)
    now = sim.clock.now()
    message = Message(message_id, "in", kind, text, _own_time(given, now), "sent")
    chat.wrote_at = max(chat.wrote_at or 0.0, message.at)
    sim.ledger.write(chat, message)
    sim.limits.throughput(number.id, number.messages_per_second)  # inbound counts too: 6.1
    if sim.stream.heard:
        sim.stream.tell_message(chat, message)
    content = _with_context(number, content, given)
    dispatch(
        sim, message_update(sim, chat, person, content, message), names_of(person, person.phone)
    )
    return message


def read(sim: Sim, person: Person, number: Number) -> int:
    """The person opens the chat: all that got through is read now. Returns how many."""
    chat = sim.ledger.chat(number.id, person.phone)
    unread = [
        message
        for message in chat.messages
        if message.direction == "out" and message.status in ("accepted", "sent", "delivered")
    ]
    if person.reads == "never" or number.id in person.blocked:
        return 0
    for message in unread:
        statuses.reach(sim, message.id, "sent")
        statuses.reach(sim, message.id, "read")
    return len(unread)


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


def _content(given: Json) -> tuple[str, Json, str]:
    kind = given.get("type", "text")
    content = as_object(given.get(kind)) if kind in ("text", "button") else None
    if content is None:
        raise Unfit('Write {"type":"text","text":{"body":"…"}} or tap {"type":"button",…}.')
    text = content.get("body" if kind == "text" else "text")
    if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_TEXT:
        raise Unfit(f"The text needs 1 to {LONGEST_TEXT} characters.")
    if kind == "text":
        return kind, {"type": "text", "text": {"body": text}}, text
    payload = content.get("payload", text)
    if not isinstance(payload, str):
        raise Unfit("The payload of a button is text.")
    return kind, {"type": "button", "button": {"payload": payload, "text": text}}, text


def _with_context(number: Number, content: Json, given: Json) -> Json:
    """A reply names the message it answers. Source: 4.5, "`context` variants"."""
    context = as_object(given.get("context"))
    quoted = None if context is None else context.get("id")
    if not isinstance(quoted, str):
        return content
    return {"context": {"from": number.digits, "id": quoted}, **content}


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
