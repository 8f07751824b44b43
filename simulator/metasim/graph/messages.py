"""`POST /{phone-number-id}/messages`: faults first, then a send or a mark-as-read.

Source: WhatsApp Cloud API reference, 2 "Sending messages", 2.7 "Mark as read + typing".
"""

import asyncio

from metasim import people, statuses
from metasim.faults import Fault
from metasim.graph.access import MESSAGING, expired, need, number_for
from metasim.graph.draft import TO_SIGNS, strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.request import Answer, Request, json_answer
from metasim.graph.send import accept, go_out
from metasim.ledger import Chat, Message
from metasim.shapes import Json, as_object, digits_of
from metasim.sim import Sim, names_of
from metasim.world import Number, Token

TYPING_SECONDS = 25
"""Source: 2.7: dismissed on reply or after 25 s."""
READABLE_FOR = 30 * 86_400.0
"""Seconds. Source: 2.7: the message must be at most 30 days old."""


async def post(sim: Sim, token: Token, node: str, request: Request) -> Answer:
    """Send, or mark as read. Raises GraphError."""
    number = number_for(sim, token, "POST", node)
    need(token, MESSAGING)
    body = request.parameters()
    if "status" in body:
        return json_answer(_mark_read(sim, number, body))
    return await _send(sim, number, body, marketing=False)


async def post_marketing(sim: Sim, token: Token, node: str, request: Request) -> Answer:
    """Send a marketing template. Source: 2.10. Raises GraphError."""
    number = number_for(sim, token, "POST", node)
    need(token, MESSAGING)
    return await _send(sim, number, request.parameters(), marketing=True)


async def _send(sim: Sim, number: Number, body: Json, marketing: bool) -> Answer:
    if sim.faults.orders:
        return await _send_past_faults(sim, number, body, marketing)
    accepted = accept(sim, number, body, marketing)
    go_out(sim, accepted)
    return json_answer(accepted.answer)


async def _send_past_faults(sim: Sim, number: Number, body: Json, marketing: bool) -> Answer:
    names = _names(sim, body)

    def asked(kind: str) -> Fault | None:
        return sim.faults.take(kind, number.id, names)

    if slow := asked("slow"):
        # Real seconds: the caller waits for real, also when the simulated time stands still.
        await asyncio.sleep(1.0 if slow.seconds is None else slow.seconds)
    if asked("expired_token"):
        raise expired()
    if throttle := asked("throttle"):
        raise GraphError(throttle.code or 130429, http=throttle.http)
    if error := asked("error"):
        raise GraphError(error.code or 131000, http=error.http)
    accepted = accept(sim, number, body, marketing)
    first = asked("status_first")
    hang_up = asked("hang_up")
    if first is not None and accepted.fails_with is None:
        status = first.status or "delivered"
        statuses.reach(sim, accepted.send.id, status, "131000" if status == "failed" else "")
        await sim.post.settle()
    go_out(sim, accepted)
    answer = json_answer(accepted.answer)
    answer.hang_up = hang_up is not None
    return answer


def _names(sim: Sim, body: Json) -> tuple[str, ...]:
    """Whom the call is for, before it is checked; a fault may be meant for them."""
    to, recipient = body.get("to"), body.get("recipient")
    if isinstance(to, str) and set(to) <= TO_SIGNS:
        return names_of(sim.world.by_digits(digits_of(to)), digits_of(to))
    if isinstance(recipient, str):
        return names_of(sim.world.person(recipient), recipient)
    return ()


def _mark_read(sim: Sim, number: Number, body: Json) -> Json:
    """That and all earlier messages of the person get blue ticks."""
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    strict(body, {"messaging_product", "status", "message_id", "typing_indicator"}, "root")
    if body["status"] != "read":
        raise invalid("Param status must be one of {READ}.")
    chat, last = _inbound(sim, number, body.get("message_id"))
    if "typing_indicator" in body:
        _show_typing(sim, number, chat.person, body)
    for message in chat.messages:
        if message.direction == "in" and message.status != "read":
            people.mark(sim, chat, message, "read")
        if message is last:
            break
    return {"success": True}


def _inbound(sim: Sim, number: Number, message_id: object) -> tuple[Chat, Message]:
    """A person's message to this number, at most 30 days old. Raises 131008 or 131009."""
    if message_id is None:
        raise GraphError(131008, "The parameter message_id is required.")
    found = sim.ledger.messages.get(message_id) if isinstance(message_id, str) else None
    if found is None or found[0].number != number.id or found[1].direction != "in":
        raise GraphError(131009, "Parameter value is not valid: unknown message_id.")
    if sim.clock.now() - found[1].at > READABLE_FOR:
        raise GraphError(131009, "Parameter value is not valid: the message is too old.")
    return found


def _show_typing(sim: Sim, number: Number, person: str, body: Json) -> None:
    typing = as_object(body["typing_indicator"])
    if typing is None or typing.get("type") != "text":
        raise invalid("Param typing_indicator['type'] must be one of {TEXT}.")
    strict(typing, {"type"}, "typing_indicator")
    sim.stream.tell("typing", {"number": number.id, "person": person, "seconds": TYPING_SECONDS})
