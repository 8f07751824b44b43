"""Send a message: find the person, ask windows and limits, accept, and plan what becomes of it.

Source: WhatsApp Cloud API reference, 2.1, 2.10, 2.11 (what fails at once and what later).
"""

import msgspec

from metasim import standing, statuses, windows
from metasim.graph import attach, fate, pacing
from metasim.graph import draft as drafts
from metasim.graph.draft import Draft
from metasim.graph.errors import GraphError
from metasim.graph.template import fill, find
from metasim.graph.types import read as types
from metasim.graph.types.content import Attachment, Content
from metasim.ids import OUTBOUND, wamid
from metasim.ledger import Message, Send
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import Number, Person

MARKETING_ENVELOPE = frozenset({"product_policy", "message_activity_sharing", "optimization_spec"})
"""Source: 2.10."""
SYNCED_AFTER = 600.0
"""Seconds until the Marketing Messages API knows a new template. Source: 2.10."""
AUTHENTICATION_TTL = 600.0
"""Seconds. Source: 7.6."""


class Accepted(msgspec.Struct):
    """A send that goes out, and why it will fail later, if it will."""

    send: Send
    fails_with: int | None
    answer: Json
    details: str = ""
    """What went wrong, when there is more to say than the code."""
    links: list[Attachment] = []
    """To be fetched before it goes out."""
    held: bool = False
    """Waits for the quality of its template to be known."""


def accept(sim: Sim, number: Number, body: Json, marketing: bool = False) -> Accepted:
    """Check and keep a send. Nothing is kept when a GraphError is raised.

    `marketing`: it came by `/marketing_messages`.
    """
    draft = drafts.read(body, MARKETING_ENVELOPE if marketing else frozenset())
    if marketing:
        _ensure_marketing_shape(draft, body)
    content = _content(sim, number, draft)
    _ensure_product(sim, number, content, marketing)
    fate.ensure_may_send(sim, number)
    fate.ensure_flows_run(sim, content)
    standing.ensure_may_send(sim, number, content.template)
    person = _person(sim, number, draft)
    trouble = attach.find_uploads(sim, number.id, content)
    judged = fate.judged(sim, number, person, draft, content)
    code = fate.fails_with(sim, judged) or (131053 if trouble else None)
    if code in sim.world.settings.synchronous:
        raise GraphError(code or 0)
    code = _ask_limits(sim, number, judged.chat.person) or code
    held = code is None and pacing.holds(sim, content.template)
    send = _keep(sim, judged, body, marketing, code)
    if content.template is not None and not judged.open_window and code is None:
        fate.count_reached(sim, number, send.person)
    answer = _answer(draft, person, send, held)
    return Accepted(send, code, answer, trouble or "", attach.links(content), held)


def go_out(sim: Sim, accepted: Accepted) -> None:
    """Start the statuses of an accepted send, once the files behind its links are there."""
    accepted.send.waits = True
    if accepted.held:
        pacing.hold(sim, accepted.send)
    elif accepted.links and accepted.fails_with is None:
        sim.post.start(_after_links(sim, accepted))
    else:
        statuses.plan(sim, accepted.send, accepted.fails_with, accepted.details)


async def _after_links(sim: Sim, accepted: Accepted) -> None:
    trouble = await attach.fetch(sim, accepted.send.number, accepted.links)
    code = 131053 if trouble else None
    statuses.plan(sim, accepted.send, code, trouble or "")


def _content(sim: Sim, number: Number, draft: Draft) -> Content:
    if draft.type != "template":
        return types.content(draft)
    given = as_object(draft.content)
    if given is None:
        raise drafts.invalid("Param template must be an object.")
    template = find.find(sim, number.waba_id, given)
    if template.category == "AUTHENTICATION" and draft.to is None:
        raise GraphError(131062)  # Source: 2.8 "Authentication": they need the phone number
    return fill.filled(template, given)


def _ensure_marketing_shape(draft: Draft, body: Json) -> None:
    """Source: 2.10: templates only; two policies."""
    if draft.type != "template":
        raise GraphError(131055, "Only messages of type template can be sent here.")
    if body.get("product_policy", "STRICT") not in ("CLOUD_API_FALLBACK", "STRICT"):
        raise drafts.invalid("Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.")
    if not isinstance(body.get("message_activity_sharing", True), bool):
        raise drafts.invalid("Param message_activity_sharing must be a boolean.")


def _ensure_product(sim: Sim, number: Number, content: Content, marketing: bool) -> None:
    """Which of the two endpoints takes this template. Source: 2.10."""
    category = "" if content.template is None else content.template.category
    if marketing and category != "MARKETING":
        raise GraphError(134100, "The template is not a marketing template.")
    if marketing and content.template is not None:
        known = sim.desk.templates.get(content.template.id)
        if known is not None and sim.clock.now() - known.created_at < SYNCED_AFTER:
            raise GraphError(134101)
    desk = sim.desk.wabas.get(number.waba_id)
    off = desk is not None and not desk.marketing_on_cloud_api
    if not marketing and category == "MARKETING" and off:
        raise GraphError(131063)


def _person(sim: Sim, number: Number, draft: Draft) -> Person | None:
    """Whom it is for. Raises 131021, 131030, 137000 and, for unknown user ids, 131009."""
    if draft.to is None:
        person = sim.world.person(draft.recipient or "")
        if person is None:
            raise GraphError(131009, "Parameter value is not valid: unknown recipient.")
    elif draft.digits == number.digits:
        raise GraphError(131021)
    else:
        person = sim.world.by_digits(draft.digits)
        if person is None and sim.world.settings.strangers_on_whatsapp:
            person = sim.world.keep_person({"phone": draft.digits})
    allowed = number.allowed_recipients
    if allowed is not None and (person is None or person.phone not in allowed):
        raise GraphError(131030)
    if draft.key_hash is not None and person is not None:
        _ensure_same_key(person, draft.key_hash)
    return person


def _ensure_same_key(person: Person, key_hash: str) -> None:
    """Source: 2.1, `recipient_identity_key_hash`."""
    if key_hash != person.identity_key_hash:
        raise GraphError(137000)


def _ask_limits(sim: Sim, number: Number, digits: str) -> int | None:
    """Raises 130429 and 131056; the latter is returned instead when it shall come later."""
    if not sim.limits.throughput(number.id, number.messages_per_second):
        raise GraphError(130429, "Message failed to send because there were too many messages.")
    if sim.limits.pair(number.id, digits):
        return None
    if 131056 in sim.world.settings.synchronous:
        raise GraphError(131056)
    return 131056


def _keep(sim: Sim, judged: fate.Judged, body: Json, marketing: bool, code: int | None) -> Send:
    now, chat, content, draft = sim.clock.now(), judged.chat, judged.content, judged.draft
    category = "service" if content.template is None else content.template.category.lower()
    if code is None:
        windows.answer(chat, now)
    price, category = fate.price(sim, judged, "marketing_lite" if marketing else category)
    send = Send(
        id=wamid(chat.person, OUTBOUND),
        number=judged.number.id,
        to=draft.to or draft.recipient or "",
        person=chat.person,
        body=body,
        callback=draft.callback,
        at=now,
        by_phone=draft.to is not None,
        category=category,
        price=price,
        kind=draft.type,
        voice=content.voice,
    )
    if category == "authentication":
        send.ttl = AUTHENTICATION_TTL
    sim.ledger.sends[send.id] = send
    sim.ledger.write(chat, _message(send, draft, content))
    sim.ledger.counts["sends"] += 1
    if send.by_phone:
        chat.phone_used_at = send.at
    return send


def _message(send: Send, draft: Draft, content: Content) -> Message:
    return Message(
        id=send.id,
        direction="out",
        type=draft.type,
        text=content.text,
        at=send.at,
        status="accepted",
        buttons=content.buttons,
        view=content.view if content.target is None else {"target": content.target},
        context=draft.context_id,
    )


def _answer(draft: Draft, person: Person | None, send: Send, held: bool) -> Json:
    """Source: 2.1: `wa_id` only by phone, `user_id` when addressed by user id or both."""
    contact: Json = {"input": send.to}
    if send.by_phone:
        contact["wa_id"] = send.person if person is None else person.wa_id
    if draft.recipient is not None and person is not None:
        contact["user_id"] = person.user_id
    message: Json = {"id": send.id}
    if draft.type == "template":
        message["message_status"] = "held_for_quality_assessment" if held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
