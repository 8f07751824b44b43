"""What will become of a send: whether it gets through, or why it fails.

Source: WhatsApp Cloud API reference, 2.11 (what fails at once and what later), 6.
"""

import msgspec

from metasim.events import tiers
from metasim.graph.draft import Draft
from metasim.graph.errors import GraphError
from metasim.graph.types.content import Content
from metasim.ledger import Chat
from metasim.limits import TIERS, reached_lately
from metasim.pricing import price_type
from metasim.sim import Sim
from metasim.windows import is_free, is_open
from metasim.world import Number, Person

REACTABLE_FOR = 30 * 86_400.0
"""Seconds. Source: 2.4 "Reaction"."""


FLOWS_AN_HOUR = 10
"""Sends of a throttled Flow. Source: 5.2, 132069."""


class Judged(msgspec.Struct):
    """A send that is being judged."""

    number: Number
    person: Person | None
    chat: Chat
    draft: Draft
    content: Content
    open_window: bool

    @property
    def is_marketing(self) -> bool:
        template = self.content.template
        return template is not None and template.category == "MARKETING"


def judged(
    sim: Sim, number: Number, person: Person | None, draft: Draft, content: Content
) -> Judged:
    """The send together with the chat that it belongs to."""
    chat = sim.ledger.chat(number.id, draft.digits if person is None else person.phone)
    return Judged(number, person, chat, draft, content, is_open(chat, sim.clock.now()))


def ensure_may_send(sim: Sim, number: Number) -> None:
    """Only CONNECTED numbers send. Source: 8.2 `status`; 5.6, 133010; 5.1, 131031; 5.3, 131057."""
    if number.status == "BANNED":
        raise GraphError(131031)
    if number.status != "CONNECTED":
        raise GraphError(133010)
    desk = sim.desk.numbers.get(number.id)
    if desk is not None and desk.maintenance_until > sim.clock.now():
        raise GraphError(131057)


def ensure_flows_run(sim: Sim, content: Content) -> None:
    """A blocked Flow cannot be sent, a throttled one 10 times an hour. Source: 5.2, 5.4.

    Flows that this world does not hold are taken as they are.
    """
    for button in content.buttons:
        flow = sim.desk.flows.get(str(button.get("flow")))
        if flow is None:
            continue
        if flow.status == "BLOCKED":
            raise GraphError(132068)
        throttled = flow.status == "THROTTLED"
        if throttled and not sim.limits.take(
            ("flow", flow.id), FLOWS_AN_HOUR, FLOWS_AN_HOUR / 3600
        ):
            raise GraphError(132069)


def fails_with(sim: Sim, send: Judged) -> int | None:
    """The code of the failed status that will follow; None when it gets through. Source: 2.11."""
    person = send.person
    if person is None or not person.on_whatsapp:
        return 131026
    if _is_blocked(sim, send.number, person):
        return 130403
    if send.content.template is None:
        return _free_form(sim, send)
    if send.is_marketing and (code := _marketing(sim, send, person)):
        return code
    if not send.open_window and _over_portfolio_limit(sim, send.number, person.phone):
        return 131048
    return None


def count_reached(sim: Sim, number: Number, person: str) -> None:
    """This person was written to outside a window. Source: 6.2."""
    portfolio_id = sim.world.wabas[number.waba_id].portfolio_id
    if portfolio_id is None:
        return
    reached = sim.ledger.reached.setdefault(portfolio_id, {})
    reached.pop(person, None)  # so that the order of the dictionary stays the order of time
    reached[person] = sim.clock.now()
    tiers.consider(sim, portfolio_id)


def _free_form(sim: Sim, send: Judged) -> int | None:
    if not send.open_window:
        return 131047
    if send.content.target is not None and not _can_react(sim, send):
        return 131009
    return None


def _can_react(sim: Sim, send: Judged) -> bool:
    """Source: 2.4: not to what is unknown, deleted, older than 30 days, or itself a reaction."""
    found = sim.ledger.messages.get(send.content.target or "")
    if found is None or found[0] is not send.chat:
        return False
    message = found[1]
    is_fresh = sim.clock.now() - message.at <= REACTABLE_FOR
    return is_fresh and message.type != "reaction" and message.changed != "deleted"


def _marketing(sim: Sim, send: Judged, person: Person) -> int | None:
    """Source: 5.3 and 6.3; messages in an open window do not count against the person's cap."""
    if person.stopped_marketing or send.number.id in person.stopped_from:
        return 131050
    if send.open_window:
        return None
    if person.in_experiment:
        return 130472
    paused = sim.world.settings.us_marketing_pause and person.user_id.startswith("US.")
    return 131049 if person.marketing_capped or paused else None


def _is_blocked(sim: Sim, number: Number, person: Person) -> bool:
    """Has the business blocked the person? Source: 8.6."""
    desk = sim.desk.numbers.get(number.id)
    return desk is not None and person.user_id in desk.blocked


def _over_portfolio_limit(sim: Sim, number: Number, person: str) -> bool:
    """Source: 6.2: unique people outside a window in 24 hours, per portfolio."""
    portfolio = sim.world.portfolios.get(sim.world.wabas[number.waba_id].portfolio_id or "")
    limit = TIERS[portfolio.messaging_limit] if portfolio is not None else None
    if portfolio is None or limit is None:
        return False
    reached = sim.ledger.reached.setdefault(portfolio.id, {})
    lately = reached_lately(reached, sim.clock.now())
    return person not in reached and lately >= limit


def price(sim: Sim, send: Judged, category: str) -> tuple[str, str]:
    """The price type and category that its statuses carry. Source: 4.6, 6.4, 6.6."""
    if is_free(send.chat, sim.clock.now()):
        return "free_entry_point", "referral_conversion"
    waba = sim.world.wabas[send.number.waba_id]
    return price_type(category, send.open_window, sim.clock.now(), waba), category
