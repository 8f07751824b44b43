"""Answers to what a business sent: buttons, list rows, Flows, orders, call permissions.

Source: WhatsApp Cloud API reference, 4.5 "Inbound messages".
"""

import json

from metasim.inbound.plain import words
from metasim.inbound.said import Said, Speaker
from metasim.register import Unfit
from metasim.shapes import Json, as_list, as_object

PERMISSION_FOR = 7 * 86_400
"""Seconds that a temporary call permission lasts. Source: 8.13."""


def button(_speaker: Speaker, given: Json, _request: Json) -> Said:
    """A quick reply of a template; its payload is the label when none was sent."""
    text = words(given, "text")
    payload = given.get("payload", text)
    if not isinstance(payload, str):
        raise Unfit("The payload of a button is text.")
    body = {"type": "button", "button": {"payload": payload, "text": text}}
    return Said("button", body, text)


def interactive(speaker: Speaker, given: Json, _request: Json) -> Said:
    """`type` says which answer it is; the member of that name holds it."""
    kind = given.get("type")
    content = as_object(given.get(str(kind)))
    if content is None:
        raise Unfit("interactive needs a type and the member of that name.")
    if kind == "nfm_reply":
        content = _flow(content)
    elif kind == "call_permission_reply":
        content = _permission(speaker, content)
    elif kind in ("button_reply", "list_reply"):
        content = {"id": words(content, "id"), "title": words(content, "title"), **content}
    else:
        raise Unfit(
            "interactive is one of button_reply, list_reply, nfm_reply, call_permission_reply."
        )
    body = {"type": "interactive", "interactive": {"type": kind, kind: content}}
    text = str(content.get("title") or content.get("body") or content.get("response"))
    return Said("interactive", body, text, _shown(content))


def order(_speaker: Speaker, given: Json, _request: Json) -> Said:
    """A filled cart. `item_price` is the price of one."""
    items = as_list(given.get("product_items"))
    if not items or not all(_is_item(as_object(item) or {}) for item in items):
        raise Unfit(
            "product_items needs objects of product_retailer_id, quantity, item_price, currency."
        )
    content: Json = {"catalog_id": "210033004400550", "text": "", **given}
    lines = [f"{item['quantity']} × {item['product_retailer_id']}" for item in items]
    text = "\n".join([*lines, str(content["text"])]).strip()
    view: Json = {"products": [{"title": "", "items": lines}], "body": content["text"]}
    return Said("order", {"type": "order", "order": content}, text, view)


def _flow(given: Json) -> Json:
    """`response_json` is text with JSON in it; an object is written as such. Source: 4.5."""
    response = given.get("response_json", {})
    if not isinstance(response, str):
        response = json.dumps(response, separators=(",", ":"), ensure_ascii=False)
    return {"name": "flow", "body": "Sent", **given, "response_json": response}


def _permission(speaker: Speaker, given: Json) -> Json:
    response = given.get("response")
    if response not in ("accept", "reject"):
        raise Unfit("response is accept or reject.")
    answer: Json = {"response": response, "is_permanent": given.get("is_permanent") is True}
    if response == "accept" and not answer["is_permanent"]:
        answer["expiration_timestamp"] = int(speaker.sim.clock.now()) + PERMISSION_FOR
    return {**answer, "response_source": given.get("response_source", "user_action")}


def _is_item(item: Json) -> bool:
    price, quantity = item.get("item_price"), item.get("quantity")
    return (
        isinstance(item.get("product_retailer_id"), str)
        and isinstance(quantity, int)
        and isinstance(price, int | float)
        and isinstance(item.get("currency"), str)
    )


def _shown(content: Json) -> Json:
    """A Flow's answers, as lines."""
    if "response_json" not in content:
        return {}
    try:
        answers = as_object(json.loads(content["response_json"])) or {}
    except ValueError:
        answers = {}
    return {"answers": {key: str(value) for key, value in answers.items() if key != "flow_token"}}
