"""Events whose value is told as it is, with sensible members when little is given.

Source: WhatsApp Cloud API reference, 4.8, 4.9 "Other fields".
"""

from collections.abc import Callable
from typing import TypeAlias

from metasim import review
from metasim.events.wish import choice, number_of, object_of, waba_of
from metasim.ids import media_like, wamid
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.account import FIELDS, tell

Make: TypeAlias = Callable[[Sim, Json], Json]

ALERT_STATES = ("ACTIVATED", "DEACTIVATED")
FLOW_EVENTS = (
    "FLOW_STATUS_CHANGE", "ENDPOINT_ERROR_RATE", "CLIENT_ERROR_RATE", "ENDPOINT_LATENCY",
    "ENDPOINT_AVAILABILITY", "FLOW_VERSION_EXPIRY_WARNING", "FLOW_VERSION_FREEZE_WARNING",
)  # fmt: skip
FLOW_STATES = ("DRAFT", "PUBLISHED", "DEPRECATED", "BLOCKED", "THROTTLED")


def plain(field: str, make: Make) -> Callable[[Sim, Json], Json]:
    """An event that only tells: what `make` says, with `value` laid over it."""

    def event(sim: Sim, wish: Json) -> Json:
        waba = waba_of(sim, wish)
        value = {**make(sim, wish), **(as_object(wish.get("value")) or {})}
        return {"apps": tell(sim, waba.id, field, value), "value": value}

    return event


def raw(sim: Sim, wish: Json) -> Json:
    """Any field with any `value`, to whoever subscribed it."""
    field, value = wish.get("field"), as_object(wish.get("value"))
    if field not in FIELDS:
        raise Unfit(f"field is one of {', '.join(FIELDS)}.")
    if value is None:
        raise Unfit(f"metasim does not build {field} by itself: give the whole value.")
    return {"apps": tell(sim, waba_of(sim, wish).id, str(field), value)}


def flow(sim: Sim, wish: Json) -> Json:
    """`flow`, `event`; FLOW_STATUS_CHANGE with `status` really moves it. Source: 4.9, `flows`."""
    known = sim.desk.flows.get(str(wish.get("flow")))
    if known is None:
        raise Unfit("Give the id of a Flow as `flow`.")
    event = choice(wish, "event", FLOW_EVENTS, FLOW_EVENTS[0])
    value: Json = {"event": event, "flow_id": known.id, "message": str(wish.get("message", event))}
    if event == "FLOW_STATUS_CHANGE":
        status = choice(wish, "status", FLOW_STATES)
        value |= {"old_status": known.status, "new_status": status}
        known.status = status
    else:
        value |= _measured(event, wish)
    return {"apps": tell(sim, known.waba_id, "flows", value), "value": value}


def quality_of_template(sim: Sim, wish: Json) -> Json:
    """`template`, `score`: the same as the step `quality`."""
    template = sim.world.templates.get(str(wish.get("template")))
    if template is None:
        raise Unfit("Give the id of a template as `template`.")
    score = choice(wish, "score", ("GREEN", "YELLOW", "RED", "UNKNOWN"))
    review.set_quality(sim, template, score)
    return {"status": template.status}


def _measured(event: str, wish: Json) -> Json:
    """Source: 4.9: which numbers each alert carries."""
    state = choice(wish, "alert_state", ALERT_STATES, "ACTIVATED")
    if event == "ENDPOINT_LATENCY":
        numbers: Json = {"p50_latency": 900, "p90_latency": 1500, "requests_count": 40}
    elif event == "ENDPOINT_AVAILABILITY":
        numbers = {"availability": 75}
    elif "WARNING" in event:
        return {"warning": str(wish.get("warning", "The version is about to expire."))}
    else:
        error = {"error_type": "TIMEOUT", "error_rate": 9.5, "error_count": 40}
        numbers = {"error_rate": 14.28, "errors": [error]}
    return {**numbers, "threshold": 10, "alert_state": state, **object_of(wish, "numbers", {})}


def solution(_sim: Sim, wish: Json) -> Json:
    return {
        "event": str(wish.get("event", "SOLUTION_CREATED")),
        "solution_id": str(wish.get("solution_id", "650000000000001")),
        "solution_status": str(wish.get("solution_status", "INITIATED")),
    }


def payment(sim: Sim, wish: Json) -> Json:
    return {
        "configuration_name": str(wish.get("configuration_name", "pg-prod")),
        "provider_name": "razorpay",
        "provider_mid": "acc_X1",
        "status": str(wish.get("status", "Needs Testing")),
        "created_timestamp": int(sim.clock.now()) - 86_400,
        "updated_timestamp": int(sim.clock.now()),
    }


def automatic(sim: Sim, wish: Json) -> Json:
    """An event that Meta recognised in a chat. Source: 4.9, `automatic_events`."""
    number = number_of(sim, wish)
    person = sim.world.person(str(wish.get("person", ""))) or next(
        iter(sim.world.people.values()), None
    )
    event: Json = {
        "id": wamid("15550000000" if person is None else person.phone, b"\x12"),
        "event_name": choice(wish, "event", ("LeadSubmitted", "Purchase"), "LeadSubmitted"),
        "timestamp": int(sim.clock.now()),
        "ctwa_clid": str(wish.get("ctwa_clid", media_like(number.id))),
    }
    if event["event_name"] == "Purchase":
        event["custom_data"] = {"currency": "USD", "value": wish.get("amount", 20)}
    return {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": number.digits,
            "phone_number_id": number.id,
        },
        "automatic_events": [event],
    }
