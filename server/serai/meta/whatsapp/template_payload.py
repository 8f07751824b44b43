"""The `template` object of a message. Source: WhatsApp Cloud API, "Template messages"."""

from collections.abc import Callable, Mapping, Sequence

from serai.core.content import Document, Image, Location, Text, Video
from serai.core.template import FilledFace, Gif, HeaderValue, Product, Tap, TemplateRef
from serai.meta.whatsapp.parts import Json, media, said


def template(content: TemplateRef) -> Json:
    """Name, language and values. Raises ValueError for a file that is not at Meta yet."""
    found: Json = {"name": content.name, "language": {"code": content.language}}
    face = FilledFace(
        header=content.header,
        header_name=content.header_name,
        parameters=content.parameters,
        parameter_names=content.parameter_names,
        taps=content.taps,
    )
    components = [*_face(face), *_offer(content.offer_expires_at_ms), *_carousel(content.cards)]
    if components:
        found["components"] = components
    return found


def _face(face: FilledFace) -> list[Json]:
    components: list[Json] = []
    if face.header is not None:
        value = _header(face.header) | said(parameter_name=face.header_name)
        components.append({"type": "header", "parameters": [value]})
    if face.parameters:
        values = _texts(face.parameters, face.parameter_names)
        components.append({"type": "body", "parameters": values})
    return components + [_button(tap) for tap in face.taps]


def _texts(values: Sequence[str], names: Sequence[str]) -> list[Json]:
    if not names:
        return [{"type": "text", "text": value} for value in values]
    pairs = zip(names, values, strict=True)
    return [{"type": "text", "parameter_name": name, "text": value} for name, value in pairs]


def _header(value: HeaderValue) -> Json:
    match value:
        case Text(body=body):
            return {"type": "text", "text": body}
        case Location():
            place = {
                "latitude": value.latitude,
                "longitude": value.longitude,
                "name": value.name,
                "address": value.address,
            }
            return {"type": "location", "location": place}
        case Product():
            ids = {"catalog_id": value.catalog_id, "product_retailer_id": value.product_id}
            return {"type": "product", "product": ids}
        case _:
            return _file(value)


def _file(value: Image | Video | Gif | Document) -> Json:
    kind = str(type(value).__struct_config__.tag)
    name = value.file.name if isinstance(value, Document) else None
    return {"type": kind, kind: media(value.file) | said(filename=name)}


def _button(tap: Tap) -> Json:
    """Meta takes the index as text or as a number; its own examples have text."""
    return {
        "type": "button",
        "sub_type": tap.kind,
        "index": str(tap.index),
        "parameters": TAPS[tap.kind](tap),
    }


def _action(tap: Tap) -> list[Json]:
    sections = [
        {
            "title": section.title,
            "product_items": [{"product_retailer_id": id_} for id_ in section.product_ids],
        }
        for section in tap.sections
    ]
    action = said(
        flow_token=tap.flow_token,
        flow_action_data=tap.flow_data,
        thumbnail_product_retailer_id=tap.thumbnail_product_id,
        sections=sections,
    )
    return [{"type": "action", "action": action}]


def _call(tap: Tap) -> list[Json]:
    minutes = said(ttl_minutes=tap.ttl_minutes)
    payload = said(payload=tap.payload)
    return [{"type": next(iter(each)), **each} for each in (minutes, payload) if each]


TAPS: Mapping[str, Callable[[Tap], list[Json]]] = {
    "quick_reply": lambda tap: [{"type": "payload", "payload": tap.payload}],
    "url": lambda tap: [{"type": "text", "text": tap.suffix}],
    "copy_code": lambda tap: [{"type": "coupon_code", "coupon_code": tap.coupon_code}],
    "flow": _action,
    "catalog": _action,
    "mpm": _action,
    "voice_call": _call,
}


def _offer(expires_at_ms: int | None) -> list[Json]:
    if expires_at_ms is None:
        return []
    offer = {"expiration_time_ms": expires_at_ms}
    value = {"type": "limited_time_offer", "limited_time_offer": offer}
    return [{"type": "limited_time_offer", "parameters": [value]}]


def _carousel(cards: Sequence[FilledFace]) -> list[Json]:
    if not cards:
        return []
    found = [{"card_index": number, "components": _face(card)} for number, card in enumerate(cards)]
    return [{"type": "carousel", "cards": found}]
