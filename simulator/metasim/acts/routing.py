"""One number shared by several apps: threads change hands, and other apps listen in.

Source: WhatsApp Cloud API reference, 4.9 "Conversation routing".
"""

from metasim.acts import news
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.build import sender, shows_phone
from metasim.world import Number, Person

ROLES = ("customer_service", "marketing", "utility", "ctwa", "ai_agent", "escalation")


def hand_over(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """`{"type": "control_passed" | "control_taken", "from", "to", "metadata"}`. Raises Unfit."""
    kind = request.get("type", "control_passed")
    old, new = request.get("from", "ai_agent"), request.get("to", "escalation")
    if kind not in ("control_passed", "control_taken") or old not in ROLES or new not in ROLES:
        raise Unfit(f"type is control_passed or control_taken; roles are {', '.join(ROLES)}.")
    sim.desk.number(number.id).owned_threads[person.user_id] = str(new)
    about: Json = {"previous_owner_role": old, "new_owner_role": new}
    if request.get("metadata") is not None:
        about["metadata"] = str(request["metadata"])
    where = {"phone_number_id": number.id, "display_phone_number": number.digits}
    value: Json = {
        "messaging_product": "whatsapp",
        "sender": {"phone_number": person.wa_id},
        "recipient": where,
        "type": kind,
        "timestamp": str(int(sim.clock.now())),
        str(kind): about,
    }
    news.tell_value(sim, number, "messaging_handovers", value, person.phone)
    return {"owner": new}


def overhear(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """What an app in standby hears: `{"messages": […]}`, `message_echoes` or `statuses`.

    Messages are given as a webhook has them; ids of the person and the time are filled in.
    """
    kinds = [kind for kind in ("messages", "message_echoes", "statuses") if kind in request]
    row = as_object(request.get(kinds[0])) if len(kinds) == 1 else None
    if row is None:
        raise Unfit("Give exactly one of messages, message_echoes and statuses, as an object.")
    chat, now = sim.ledger.chat(number.id, person.phone), sim.clock.now()
    with_phone = shows_phone(chat, person, now)
    common: Json = {"timestamp": str(int(now))}
    standby: Json = {}
    if kinds[0] == "messages":
        common |= sender(person, with_phone)
        profile: Json = {"profile": {"name": person.name}}
        standby["contacts"] = [{**profile, **news.person_ids(chat, person, now)}]
    standby[kinds[0]] = [{**common, **row}]
    news.tell_number(sim, number, "standby", {"standby": standby}, person.phone)
    return {"success": True}
