"""Health status: what keeps a number, account or template from sending.

Source: WhatsApp Cloud API reference, 8.8 "Health status". Which codes Meta lists beside 141002 is
not documented; the others used here are those of the refused send.
"""

from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Template, Waba

WORST = ("AVAILABLE", "LIMITED", "BLOCKED")
TEMPLATE_NOT_APPROVED = 141_002


def of_waba(sim: Sim, waba: Waba) -> Json:
    """Account, business and apps."""
    return _overall(_around(sim, waba))


def of_number(sim: Sim, number: Number) -> Json:
    """The number first, then what is around it."""
    return _overall([_number(sim, number), *_around(sim, sim.world.wabas[number.waba_id])])


def of_template(sim: Sim, template: Template) -> Json:
    """The template first, then what is around it."""
    return _overall([_template(template), *_around(sim, sim.world.wabas[template.waba_id])])


def of_flow(sim: Sim, flow_id: str) -> Json:
    """The Flow first, then what is around it. Source: 8.12, `health_status`."""
    flow = sim.desk.flows[flow_id]
    blocked = {"BLOCKED": "BLOCKED", "THROTTLED": "LIMITED"}.get(flow.status, "AVAILABLE")
    entity: Json = {"entity_type": "FLOW", "id": flow.id, "can_send_message": blocked}
    return _overall([entity, *_around(sim, sim.world.wabas[flow.waba_id])])


def _overall(entities: list[Json]) -> Json:
    """Overall is the worst of all."""
    states = [entity["can_send_message"] for entity in entities]
    return {"can_send_message": max(states, key=WORST.index), "entities": entities}


def _around(sim: Sim, waba: Waba) -> list[Json]:
    portfolio_id = waba.portfolio_id or waba.id
    apps: list[Json] = [
        {"entity_type": "APP", "id": app_id, "can_send_message": "AVAILABLE"}
        for app_id in waba.subscribed_apps
    ]
    return [_waba(sim, waba), _entity("BUSINESS", portfolio_id, "AVAILABLE"), *apps]


def _entity(kind: str, key: str, state: str) -> Json:
    return {"entity_type": kind, "id": key, "can_send_message": state}


def _waba(sim: Sim, waba: Waba) -> Json:
    desk = sim.desk.waba(waba.id)
    if desk.ban_state == "DISABLE":
        entity = _entity("WABA", waba.id, "BLOCKED")
        return {**entity, "errors": [_error(131031, "The account is disabled.", "Appeal.")]}
    if any(end is None or end > sim.clock.now() for end in desk.restrictions.values()):
        entity = _entity("WABA", waba.id, "LIMITED")
        return {**entity, "additional_info": ["The account is restricted."]}
    return _entity("WABA", waba.id, "AVAILABLE")


def _number(sim: Sim, number: Number) -> Json:
    desk = sim.desk.number(number.id)
    if number.status != "CONNECTED":
        entity = _entity("PHONE_NUMBER", number.id, "BLOCKED")
        advice = "Register the number."
        return {**entity, "errors": [_error(133010, f"The number is {number.status}.", advice)]}
    if desk.name_status != "APPROVED":
        entity = _entity("PHONE_NUMBER", number.id, "LIMITED")
        return {**entity, "additional_info": ["Display name not approved yet."]}
    return _entity("PHONE_NUMBER", number.id, "AVAILABLE")


def _template(template: Template) -> Json:
    if template.status == "APPROVED":
        return _entity("MESSAGE_TEMPLATE", template.id, "AVAILABLE")
    text, advice = f"The template is {template.status}.", "Use an approved template."
    error = _error(TEMPLATE_NOT_APPROVED, text, advice)
    return {**_entity("MESSAGE_TEMPLATE", template.id, "BLOCKED"), "errors": [error]}


def _error(code: int, text: str, advice: str) -> Json:
    return {"error_code": code, "error_description": text, "possible_solution": advice}
