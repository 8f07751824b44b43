"""People who answer by themselves, and the guard against two robots talking for ever."""

from metasim.ledger import Message, Send
from metasim.sim import Sim

MOST_ANSWERS = 10
WITHIN = 60.0
"""Seconds of the clock: more answers than this in one chat are withheld, and counted."""


def hear(sim: Sim, send: Send, message: Message) -> None:
    """The person got this message; the first line of their script that fits is answered."""
    person = sim.world.people.get(send.person)
    if person is None or not person.script:
        return
    heard = message.text.casefold()
    line = next((line for line in person.script if line.when.casefold() in heard), None)
    if line is None:
        return
    chat = sim.ledger.chat(send.number, send.person)
    now = sim.clock.now()
    chat.answered_at = [at for at in chat.answered_at if at > now - WITHIN]
    if len(chat.answered_at) >= MOST_ANSWERS:
        sim.ledger.counts["script_answers_withheld"] += 1
        return
    chat.answered_at.append(now)
    sim.clock.schedule(now + line.after_ms / 1000, "say", person.phone, send.number, line.say)
