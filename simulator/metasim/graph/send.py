"""Send a message: find the person, ask windows and limits, accept, and plan what becomes of it.

Source: WhatsApp Cloud API reference, 2.1, 2.11 (what fails at once and what later), 6.
"""

import msgspec

from metasim import statuses
from metasim.graph import draft as drafts
from metasim.graph import fill
from metasim.graph.draft import Draft
from metasim.graph.errors import GraphError
from metasim.ids import OUTBOUND, wamid
from metasim.ledger import Chat, Message, Send
from metasim.limits import TIERS, reached_lately
from metasim.pricing import price_type
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.windows import is_open
from metasim.world import Number, Person, Template


class Accepted(msgspec.Struct):
    """A send that goes out, and why it will fail later, if it will."""

    send: Send
    fails_with: int | None
    answer: Json


def accept(sim: Sim, number: Number, body: Json) -> Accepted:
    """Check and keep a send. Nothing is kept when a GraphError is raised."""
    draft = drafts.read(body)
    text, template = _content(sim, number, draft)
    _ensure_registered(number)
    person, digits = _person(sim, number, draft)
    chat = sim.ledger.chat(number.id, digits)
    open_window = is_open(chat, sim.clock.now())
    fails_with = _fate(sim, number, person, template, open_window)
    if fails_with in sim.world.settings.synchronous:
        raise GraphError(fails_with or 0)
    fails_with = _ask_limits(sim, number, digits) or fails_with
    category = "service" if template is None else template.category.lower()
    send = Send(
        id=wamid(digits, OUTBOUND),
        number=number.id,
        to=draft.to or draft.recipient or "",
        person=digits,
        body=body,
        callback=draft.callback,
        at=sim.clock.now(),
        by_phone=draft.to is not None,
        category=category,
        price=price_type(category, open_window, sim.clock.now(), sim.world.wabas[number.waba_id]),
    )
    _keep(sim, chat, send, text, template)
    if template is not None and not open_window and fails_with is None:
        _count_reached(sim, number, digits)
    return Accepted(send, fails_with, _answer(draft, person, send))


def go_out(sim: Sim, accepted: Accepted) -> None:
    """Start the statuses of an accepted send."""
    statuses.plan(sim, accepted.send, accepted.fails_with)


def _content(sim: Sim, number: Number, draft: Draft) -> tuple[str, Template | None]:
    if draft.type == "text":
        return drafts.check_text(draft.content), None
    template = fill.find(sim, number.waba_id, draft.content)
    by_user_id = draft.to is None
    if template.category == "AUTHENTICATION" and by_user_id:
        raise GraphError(131062)  # Source: 2.8 "Authentication": they need the phone number
    return fill.filled(template, draft.content), template


def _ensure_registered(number: Number) -> None:
    """Only CONNECTED numbers send. Source: 8.2 `status`; 5.6, 133010; 5.1, 131031."""
    if number.status == "BANNED":
        raise GraphError(131031)
    if number.status != "CONNECTED":
        raise GraphError(133010)


def _person(sim: Sim, number: Number, draft: Draft) -> tuple[Person | None, str]:
    """Who it is for, and their phone digits. Raises 131021 and, for unknown user ids, 131009."""
    if draft.to is None:
        person = sim.world.person(draft.recipient or "")
        if person is None:
            raise GraphError(131009, "Parameter value is not valid: unknown recipient.")
        return person, person.phone
    if draft.digits == number.digits:
        raise GraphError(131021)
    person = sim.world.people.get(draft.digits)
    if person is None and sim.world.settings.strangers_on_whatsapp:
        person = sim.world.keep_person({"phone": draft.digits})
    return person, draft.digits


def _fate(
    sim: Sim, number: Number, person: Person | None, template: Template | None, open_window: bool
) -> int | None:
    """The code of the failed status that will follow; None when it gets through. Source: 2.11."""
    if person is None or not person.on_whatsapp:
        return 131026
    if template is None:
        return None if open_window else 131047
    if template.category == "MARKETING" and person.stopped_marketing:
        return 131050
    if not open_window and _over_portfolio_limit(sim, number, person.phone):
        return 131048
    return None


def _ask_limits(sim: Sim, number: Number, digits: str) -> int | None:
    """Raises 130429 and 131056; the latter is returned instead when it shall come later."""
    if not sim.limits.throughput(number.id, number.messages_per_second):
        raise GraphError(130429, "Message failed to send because there were too many messages.")
    if sim.limits.pair(number.id, digits):
        return None
    if 131056 in sim.world.settings.synchronous:
        raise GraphError(131056)
    return 131056


def _over_portfolio_limit(sim: Sim, number: Number, digits: str) -> bool:
    """Source: 6.2: unique people outside a window in 24 hours, per portfolio."""
    portfolio = sim.world.portfolios.get(sim.world.wabas[number.waba_id].portfolio_id or "")
    limit = TIERS[portfolio.messaging_limit] if portfolio is not None else None
    if portfolio is None or limit is None:
        return False
    reached = sim.ledger.reached.setdefault(portfolio.id, {})
    lately = reached_lately(reached, sim.clock.now())
    return digits not in reached and lately >= limit


def _count_reached(sim: Sim, number: Number, digits: str) -> None:
    portfolio_id = sim.world.wabas[number.waba_id].portfolio_id
    if portfolio_id is None:
        return
    reached = sim.ledger.reached.setdefault(portfolio_id, {})
    reached.pop(digits, None)  # so that the order of the dictionary stays the order of time
    reached[digits] = sim.clock.now()


def _keep(sim: Sim, chat: Chat, send: Send, text: str, template: Template | None) -> None:
    message = Message(
        id=send.id,
        direction="out",
        type="text" if template is None else "template",
        text=text,
        at=send.at,
        status="accepted",
        buttons=[] if template is None else fill.buttons(template, send.body["template"]),
    )
    sim.ledger.sends[send.id] = send
    sim.ledger.write(chat, message)
    sim.ledger.counts["sends"] += 1
    if send.by_phone:
        chat.phone_used_at = send.at


def _answer(draft: Draft, person: Person | None, send: Send) -> Json:
    """Source: 2.1: `wa_id` only by phone, `user_id` when addressed by user id or both."""
    contact: Json = {"input": send.to}
    if send.by_phone:
        contact["wa_id"] = send.person
    if draft.recipient is not None and person is not None:
        contact["user_id"] = person.user_id
    message: Json = {"id": send.id}
    if draft.type == "template":
        message["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
