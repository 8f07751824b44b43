"""Let Meta do something to an account or a number: change it and tell the apps."""

from collections.abc import Callable
from typing import TypeAlias

from metasim.control.call import Wrong, given
from metasim.events import accounts, numbers, others
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim

Event: TypeAlias = Callable[[Sim, Json], Json]

EVENTS: dict[str, Event] = {
    "account_update": accounts.update,
    "account_review_update": accounts.review,
    "account_alerts": accounts.alert,
    "business_capability_update": numbers.capability,
    "phone_number_quality_update": numbers.quality,
    "phone_number_name_update": numbers.name,
    "security": numbers.security,
    "business_username_updates": numbers.username,
    "message_template_quality_update": others.quality_of_template,
    "flows": others.flow,
    "partner_solutions": others.plain("partner_solutions", others.solution),
    "payment_configuration_update": others.plain("payment_configuration_update", others.payment),
    "automatic_events": others.plain("automatic_events", others.automatic),
}
"""Source: WhatsApp Cloud API reference, 4.8 and 4.9. Others need the whole `value`."""


def happen(sim: Sim, request: Request) -> Json:
    """`POST /events {"field": …}`; what else it takes stands with the function of the field."""
    wish = given(request)
    field = wish.get("field")
    if not isinstance(field, str):
        raise Wrong("An event needs `field`.")
    return EVENTS.get(field, others.raw)(sim, wish)
