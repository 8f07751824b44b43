"""Tap what a business sent: buttons, list rows, Flows, and requests.

Source: WhatsApp Cloud API reference, 4.5 "Inbound messages".
"""

from collections.abc import Callable

from metasim import people
from metasim.acts import calls, news
from metasim.inbound.plain import own_card
from metasim.inbound.said import Speaker
from metasim.ledger import Message
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import Number, Person

SEEN = ("delivered", "read", "played")


def tap(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """`{"message", "button": position, id, payload or label}`; what it sets off. Raises Unfit.

    Answers the id of the message that the person sends by it; None for links and the like.
    """
    message = _message(sim, person, number, request.get("message"))
    button = _button(message, request.get("button", 0))
    speaker = Speaker(sim, person, number)
    kind = button["kind"]
    if kind == "call":
        return calls.call(sim, person, number, request)
    if kind == "url":
        return _click(sim, speaker, message)
    if kind not in ANSWERS:
        return {"id": None}  # a phone number, a code to copy, a catalogue: the phone's own affair
    answer = {"context": {"id": message.id}, **ANSWERS[kind](speaker, button, request)}
    return {"id": people.write(sim, person, number, answer).id}


def _message(sim: Sim, person: Person, number: Number, message_id: object) -> Message:
    found = sim.ledger.messages.get(message_id) if isinstance(message_id, str) else None
    if found is None or (found[0].number, found[0].person) != (number.id, person.phone):
        raise Unfit("message is no message in this chat.")
    message = found[1]
    if message.direction != "out" or message.status not in SEEN:
        raise Unfit("This message of the business has not arrived.")
    return message


def _button(message: Message, wanted: object) -> Json:
    if isinstance(wanted, int) and 0 <= wanted < len(message.buttons):
        return message.buttons[wanted]
    for name in ("id", "payload", "text"):
        for button in message.buttons:
            if button.get(name) == wanted:
                return button
    labels = [str(button["text"]) for button in message.buttons]
    raise Unfit(f"There is no such button; there are: {', '.join(labels) or 'none'}.")


def _quick_reply(_speaker: Speaker, button: Json, _request: Json) -> Json:
    return {"type": "button", "button": {"payload": button["payload"], "text": button["text"]}}


def _reply(_speaker: Speaker, button: Json, _request: Json) -> Json:
    reply = {"id": button["id"], "title": button["text"]}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def _row(_speaker: Speaker, button: Json, _request: Json) -> Json:
    row: Json = {"id": button["id"], "title": button["text"]}
    if button.get("description"):
        row["description"] = button["description"]
    return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": row}}


def _flow(_speaker: Speaker, button: Json, request: Json) -> Json:
    """`data` are the answers of the person. Source: 4.5, `nfm_reply`."""
    answers = {"flow_token": button["flow_token"], **(as_object(request.get("data")) or {})}
    reply = {"name": "flow", "body": "Sent", "response_json": answers}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}


def _address(speaker: Speaker, _button: Json, request: Json) -> Json:
    values: Json = {"name": speaker.person.name, "in_pin_code": "560001", "city": "Bengaluru"}
    values |= as_object(request.get("data")) or {}
    body = "\n".join(str(value) for value in values.values())
    reply = {"name": "address_message", "body": body, "response_json": {"values": values}}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}


def _location(_speaker: Speaker, _button: Json, request: Json) -> Json:
    return {"type": "location", "location": as_object(request.get("data")) or {}}


def _contact(speaker: Speaker, _button: Json, _request: Json) -> Json:
    """Source: 2.5, `request_contact_info`."""
    return {"type": "contacts", "contacts": [own_card(speaker, "contact_request")]}


def _permission(_speaker: Speaker, _button: Json, request: Json) -> Json:
    answer: Json = {"response": "accept", **(as_object(request.get("data")) or {})}
    kind = "call_permission_reply"
    return {"type": "interactive", "interactive": {"type": kind, kind: answer}}


def _enquiry(_speaker: Speaker, button: Json, request: Json) -> Json:
    """ "Message business" from a product. Source: 4.5 "`context` variants"."""
    data = as_object(request.get("data")) or {}
    text = str(data.get("text") or "Is this still available?")
    context: Json = {"referred_product": button.get("product")}
    return {"type": "text", "text": {"body": text}, "context": context}


ANSWERS: dict[str, Callable[[Speaker, Json, Json], Json]] = {
    "quick_reply": _quick_reply,
    "reply": _reply,
    "row": _row,
    "flow": _flow,
    "address": _address,
    "location": _location,
    "contact": _contact,
    "call_permission": _permission,
    "product": _enquiry,
}


def _click(sim: Sim, speaker: Speaker, message: Message) -> Json:
    """A link of a message sent by the Marketing Messages API is reported. Source: 4.9."""
    send = sim.ledger.sends.get(message.id)
    if send is not None and send.category == "marketing_lite":
        click = {"click_component": "cta", "click_id": f"click-{message.id[-12:-2]}"}
        action: Json = {
            "action_type": "marketing_messages_link_click",
            "timestamp": str(int(sim.clock.now())),
            "marketing_messages_link_click_data": click,
        }
        news.tell_number(sim, speaker.number, "messages", {"user_actions": [action]})
    return {"id": None}
