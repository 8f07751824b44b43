"""What becomes of an accepted send: sent, delivered, read, played, or failed.

Source: WhatsApp Cloud API reference, 4.6 "Statuses".
"""

from metasim import scripts
from metasim.graph.errors import failure
from metasim.ledger import RANK, Send
from metasim.sim import Sim, names_of
from metasim.webhooks.build import status_update
from metasim.webhooks.dispatch import dispatch
from metasim.world import Delays, Person

ARRIVING = ("delivered", "read", "played")


def plan(sim: Sim, send: Send, fails_with: int | None, details: str = "") -> None:
    """Put the statuses of this send on the clock, each at its delay from now."""
    person = sim.world.people.get(send.person)
    delays = Delays() if person is None else person.delay_ms
    now = sim.clock.now()
    send.waits = False

    def later(milliseconds: int, status: str, *more: str) -> None:
        sim.clock.schedule(now + milliseconds / 1000, "status", send.id, status, *more)

    if fails_with is not None:
        later(delays.sent, "failed", str(fails_with), details)
        return
    later(delays.sent, "sent")
    if person is None or send.number in person.blocked:
        return  # Source: none that Meta publishes; a blocked business only ever sees `sent`
    if send.kind == "reaction":
        return  # only ever `sent`: 2.4
    _arrive(sim, send, person, delays)


def _arrive(sim: Sim, send: Send, person: Person, delays: Delays) -> None:
    """With the chat open `delivered` is skipped. Source: 4.6."""
    now = sim.clock.now()
    if not person.chat_open:
        sim.clock.schedule(now + delays.delivered / 1000, "status", send.id, "delivered")
    if person.reads != "auto":
        return
    read_after = max(delays.read, delays.delivered)
    sim.clock.schedule(now + read_after / 1000, "status", send.id, "read")
    if send.voice and person.plays == "auto":
        played_after = max(delays.played, read_after)
        sim.clock.schedule(now + played_after / 1000, "status", send.id, "played")


def resume(sim: Sim) -> None:
    """After a restart: what was being fetched then is lost, what is held back goes on waiting."""
    held = {each for pace in sim.ledger.paces.values() for each in pace.held}
    for send in sim.ledger.sends.values():
        if send.waits and send.id not in held:
            plan(sim, send, 131053, "Downloading media from weblink was interrupted.")


def phone_on(sim: Sim, person: Person) -> int:
    """A phone was switched on: what waited arrives, unless its time to live is over.

    Beyond that it is dropped without a webhook. Source: 2.1, 7.6. Returns how many arrive.
    """
    waiting = [
        send
        for send in sim.ledger.sends.values()
        if send.person == person.phone and _waits_for_phone(sim, send)
    ]
    for send in waiting:
        _arrive(sim, send, person, person.delay_ms)
    return len(waiting)


def _waits_for_phone(sim: Sim, send: Send) -> bool:
    person = sim.world.people[send.person]
    status = sim.ledger.messages[send.id][1].status
    if send.kind == "reaction" or send.waits or send.number in person.blocked:
        return False
    if status == "delivered":
        return True  # it may still be read
    return status in ("accepted", "sent") and sim.clock.now() - send.at < send.ttl


def come_due(sim: Sim, send_id: str, status: str, code: str = "", details: str = "") -> None:
    """A planned status: nothing arrives on a phone that is off."""
    send = sim.ledger.sends.get(send_id)
    person = None if send is None else sim.world.people.get(send.person)
    if status in ARRIVING and person is not None and not person.online:
        return
    reach(sim, send_id, status, code, details)


def reach(sim: Sim, send_id: str, status: str, code: str = "", details: str = "") -> None:
    """The send has reached this status: tell apps and phone page; never goes back.

    A message that was read already is not delivered any more: with the chat open `delivered` is
    skipped. Source: 4.6.
    """
    send = sim.ledger.sends.get(send_id)
    if send is None:
        return
    chat, message = sim.ledger.messages[send_id]
    before = RANK[message.status]
    if RANK[status] <= before:
        return
    message.status = status
    message.error = int(code) if code else None
    _tell(sim, send, status, None if message.error is None else failure(message.error, details))
    if send.kind == "reaction" and status == "sent":
        react(sim, str(message.view.get("target")), "out", message.text)
    elif status in ("delivered", "read") and before < RANK["delivered"]:
        if sim.stream.heard:
            sim.stream.tell_message(chat, message)
        scripts.hear(sim, send, message)


def react(sim: Sim, message_id: str, direction: str, emoji: str) -> None:
    """Put an emoji under a message; an empty one takes it away."""
    found = sim.ledger.messages.get(message_id)
    if found is None:
        return
    chat, message = found
    message.reactions.pop(direction, None)
    if emoji:
        message.reactions[direction] = emoji
    sim.stream.tell_change(chat, message)


def _tell(sim: Sim, send: Send, status: str, problem: dict[str, object] | None) -> None:
    person = sim.world.people.get(send.person)
    sim.ledger.counts["statuses"] += 1
    updates = status_update(sim, send, person, status, problem)
    dispatch(sim, updates, names_of(person, send.person))
    if sim.stream.heard:
        sim.stream.tell(
            "status",
            {"number": send.number, "person": send.person, "id": send.id, "status": status},
        )
