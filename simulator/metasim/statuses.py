"""What becomes of an accepted send: sent, delivered, read, or failed.

Source: WhatsApp Cloud API reference, 4.6 "Statuses".
"""

from metasim import scripts
from metasim.graph.errors import failure
from metasim.ledger import RANK, Send
from metasim.sim import Sim, names_of
from metasim.webhooks.build import status_update
from metasim.webhooks.dispatch import dispatch
from metasim.world import Delays


def plan(sim: Sim, send: Send, fails_with: int | None) -> None:
    """Put the statuses of this send on the clock, each at its delay from now."""
    person = sim.world.people.get(send.person)
    delays = Delays() if person is None else person.delay_ms
    now = sim.clock.now()
    if fails_with is not None:
        sim.clock.schedule(now + delays.sent / 1000, "status", send.id, "failed", str(fails_with))
        return
    sim.clock.schedule(now + delays.sent / 1000, "status", send.id, "sent", "")
    if person is None or send.number in person.blocked:
        return  # Source: none that Meta publishes; a blocked business only ever sees `sent`
    sim.clock.schedule(now + delays.delivered / 1000, "status", send.id, "delivered", "")
    if person.reads == "auto":
        later = max(delays.read, delays.delivered)
        sim.clock.schedule(now + later / 1000, "status", send.id, "read", "")


def reach(sim: Sim, send_id: str, status: str, code: str = "") -> None:
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
    _tell(sim, send, status, message.error)
    if status in ("delivered", "read") and before < RANK["delivered"]:
        if sim.stream.heard:
            sim.stream.tell_message(chat, message)
        scripts.hear(sim, send, message)


def _tell(sim: Sim, send: Send, status: str, code: int | None) -> None:
    person = sim.world.people.get(send.person)
    sim.ledger.counts["statuses"] += 1
    problem = None if code is None else failure(code)
    updates = status_update(sim, send, person, status, problem)
    dispatch(sim, updates, names_of(person, send.person))
    if sim.stream.heard:
        sim.stream.tell(
            "status",
            {"number": send.number, "person": send.person, "id": send.id, "status": status},
        )
