"""Read the body of a send: its shape, strictly, before anybody is looked up.

Source: WhatsApp Cloud API reference, 2.1 "Common envelope", 2.2 "Text", 2.8 "Template messages".
"""

import msgspec

from metasim.graph.errors import GraphError, invalid, missing
from metasim.shapes import Json, as_object, as_text, digits_of

ENVELOPE = {
    "messaging_product", "recipient_type", "to", "recipient", "type", "context",
    "biz_opaque_callback_data", "recipient_identity_key_hash", "category", "ttl_seconds",
    "direct_send_config",
}  # fmt: skip
KINDS = {
    "text", "template", "image", "video", "audio", "document", "sticker", "location", "contacts",
    "reaction", "interactive", "pin",
}  # fmt: skip
"""Source: 2.2 to 2.8."""
LONGEST_CALLBACK = 512
LONGEST_TEXT = 4096
TO_SIGNS = set("+0123456789 -().")


class Draft(msgspec.Struct):
    """A send whose shape is right."""

    type: str
    to: str | None
    """As written by the caller."""
    digits: str
    """Of `to`; empty when addressed by user id only."""
    recipient: str | None
    callback: str | None
    content: object
    """The member named after the type."""
    context_id: str | None
    key_hash: str | None
    """Send only if this is still the person's identity key. Source: 2.1."""


def read(body: Json, more: frozenset[str] = frozenset()) -> Draft:
    """The draft of a send; raises GraphError in the order that Meta checks.

    `more` are further members that the endpoint takes.
    """
    if body.get("messaging_product") != "whatsapp":
        raise _product_wrong(body)
    kind = _kind(body)
    unknown = [name for name in body.keys() - ENVELOPE - more - {kind} if body[name] is not None]
    if unknown:
        raise invalid(f"Unexpected key {min(unknown)!r} on param 'root'.")
    _ensure_no_direct_send(body)
    if body.get("recipient_type", "individual") != "individual":
        raise invalid("Param recipient_type must be one of {INDIVIDUAL}.")
    to, digits, recipient = _addressee(body)
    content = body.get(kind)
    if content is None:
        raise GraphError(131008, f"The parameter {kind} is required.")
    key_hash = as_text(body.get("recipient_identity_key_hash"))
    return Draft(kind, to, digits, recipient, _callback(body), content, _context(body), key_hash)


def check_text(given: object) -> str:
    """The body of a text, 1 to 4096 characters. Source: 2.2."""
    content = as_object(given)
    if content is None:
        raise invalid("Param text must be an object.")
    strict(content, {"body", "preview_url"}, "text")
    if not isinstance(content.get("preview_url", False), bool):
        raise invalid("Param text['preview_url'] must be a boolean.")
    body = content.get("body")
    if body is None or body == "":
        raise GraphError(131008, "The parameter text['body'] is required.")
    if not isinstance(body, str):
        raise invalid("Param text['body'] must be a string.")
    if len(body) > LONGEST_TEXT:
        raise invalid(f"Param text['body'] must be at most {LONGEST_TEXT} characters long.")
    return body


def strict(given: Json, known: set[str], where: str) -> None:
    """Code 100 naming the first field that does not belong here."""
    if given.keys() <= known:
        return
    unknown = min(given.keys() - known)
    raise invalid(f"Unexpected key {unknown!r} on param {where!r}.")


def _product_wrong(body: Json) -> GraphError:
    if "messaging_product" not in body:
        return missing("messaging_product")
    return invalid("Param messaging_product must be one of {WHATSAPP}.")


def _kind(body: Json) -> str:
    """`text` when left out (observed). Source: 2.1, `type`."""
    kind = body.get("type", "text")
    if not isinstance(kind, str):
        raise invalid("Param type must be a string.")
    if kind.lower() not in KINDS:
        choices = ", ".join(sorted(name.upper() for name in KINDS))
        raise GraphError(131051, f"Param type {kind!r} must be one of {{{choices}}}.")
    return kind.lower()


def _ensure_no_direct_send(body: Json) -> None:
    """`service` is the same as no category at all. Source: 2.9: code 100 when not enabled."""
    wants = body.get("category", "service") != "service"
    if wants or "ttl_seconds" in body or "direct_send_config" in body:
        raise invalid("Direct Send is not enabled for this WhatsApp Business Account.")


def _addressee(body: Json) -> tuple[str | None, str, str | None]:
    """`to` wins when both are given. Source: 2.1, `recipient`."""
    to, recipient = body.get("to"), body.get("recipient")
    if to is None and recipient is None:
        raise missing("to")
    if to is not None:
        written = as_text(to)
        digits = "" if written is None else digits_of(written)
        if written is None or not set(written) <= TO_SIGNS or not 7 <= len(digits) <= 15:
            raise GraphError(131009, "Parameter value is not valid: to must be a phone number.")
        to = written
        return to, digits, as_text(recipient)
    if not isinstance(recipient, str) or "." not in recipient or len(recipient) > 140:
        raise GraphError(131009, "Parameter value is not valid: recipient must be a user id.")
    return None, "", recipient


def _callback(body: Json) -> str | None:
    callback = body.get("biz_opaque_callback_data")
    if callback is not None and (not isinstance(callback, str) or len(callback) > LONGEST_CALLBACK):
        raise invalid(
            f"Param biz_opaque_callback_data must be a string of at most {LONGEST_CALLBACK} "
            "characters."
        )
    return callback


def _context(body: Json) -> str | None:
    if "context" not in body:
        return None
    context = as_object(body["context"])
    if context is None:
        raise invalid("Param context must be an object.")
    strict(context, {"message_id"}, "context")
    quoted = context.get("message_id")
    if not isinstance(quoted, str) or not quoted:
        raise GraphError(131008, "The parameter context['message_id'] is required.")
    return quoted
