"""What people share, tap, fill in and order, as our content.

Source: WhatsApp Cloud API, messages webhook: location, contacts, interactive, order.
"""

from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from serai.core.content import (
    CallPermissionReply,
    Card,
    Choice,
    Contacts,
    FlowReply,
    Labelled,
    Location,
    Order,
    OrderItem,
    Phone,
    PostalAddress,
)
from serai.core.message import Content


class RawLocation(Struct, frozen=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


class RawName(Struct, frozen=True):
    formatted_name: str = ""
    first_name: str | None = None
    last_name: str | None = None


class RawEmail(Struct, frozen=True):
    email: str = ""
    type: str | None = None


class RawUrl(Struct, frozen=True):
    url: str = ""
    type: str | None = None


class RawOrg(Struct, frozen=True):
    company: str | None = None
    department: str | None = None
    title: str | None = None


class RawCard(Struct, frozen=True):
    name: RawName = RawName()
    phones: tuple[Phone, ...] = ()
    emails: tuple[RawEmail, ...] = ()
    urls: tuple[RawUrl, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    org: RawOrg = RawOrg()
    birthday: str | None = None
    origin: str | None = None


class RawReply(Struct, frozen=True):
    id: str
    title: str = ""
    description: str | None = None


class RawForm(Struct, frozen=True):
    name: str = "flow"
    body: str = ""
    response_json: str = "{}"


class RawPermission(Struct, frozen=True):
    response: str
    is_permanent: bool = False
    expiration_timestamp: int | str | None = None


class RawInteractive(Struct, frozen=True):
    type: str
    button_reply: RawReply | None = None
    list_reply: RawReply | None = None
    nfm_reply: RawForm | None = None
    call_permission_reply: RawPermission | None = None


class RawItem(Struct, frozen=True):
    product_retailer_id: str
    quantity: int
    item_price: Decimal
    """Of one piece; Meta documents an integer and sends decimals."""
    currency: str


class RawOrder(Struct, frozen=True):
    catalog_id: str
    product_items: tuple[RawItem, ...]
    text: str | None = None


def location(payload: bytes) -> Content:
    raw = msgspec.json.decode(payload, type=RawLocation)
    return Location(
        latitude=raw.latitude,
        longitude=raw.longitude,
        name=raw.name,
        address=raw.address,
        url=raw.url,
    )


def contacts(payload: bytes) -> Content:
    raws = msgspec.json.decode(payload, type=tuple[RawCard, ...])
    own = any(raw.origin == "contact_request" for raw in raws)
    return Contacts(cards=tuple(_card(raw) for raw in raws), shared_own=own)


def order(payload: bytes) -> Content:
    raw = msgspec.json.decode(payload, type=RawOrder)
    items = tuple(
        OrderItem(
            product_id=item.product_retailer_id,
            quantity=item.quantity,
            price=item.item_price,
            currency=item.currency,
        )
        for item in raw.product_items
    )
    total = sum((item.price * item.quantity for item in items), Decimal())
    one = len({item.currency for item in items}) == 1
    return Order(
        catalog_id=raw.catalog_id, items=items, text=raw.text, total=total if one else None
    )


def interactive(payload: bytes) -> Content:
    """Raises what is UNREADABLE when nothing says what was tapped."""
    raw = msgspec.json.decode(payload, type=RawInteractive)
    if raw.button_reply is not None:
        return choice("button", raw.button_reply.id, raw.button_reply.title)
    if raw.list_reply is not None:
        row = raw.list_reply
        return Choice(kind="list", id=row.id, title=row.title, description=row.description)
    if raw.nfm_reply is not None:
        return _form(raw.nfm_reply)
    if raw.call_permission_reply is not None:
        return _permission(raw.call_permission_reply)
    raise ValueError(f"interactive {raw.type[:40]} is not known")


def choice(kind: str, id_: str, title: str) -> Choice:
    return Choice(kind=kind, id=id_, title=title)


def _form(raw: RawForm) -> FlowReply:
    """Source: `response_json` is JSON in a string; `flow_token` may be missing."""
    values = msgspec.json.decode(raw.response_json, type=dict[str, Any])
    token = values.pop("flow_token", None)
    return FlowReply(
        name=raw.name,
        body=raw.body,
        flow_token=str(token) if token is not None else None,
        values=values,
    )


def _permission(raw: RawPermission) -> CallPermissionReply:
    expires_at = raw.expiration_timestamp
    return CallPermissionReply(
        granted=raw.response == "accept",
        permanent=raw.is_permanent,
        expires_at=int(expires_at) if expires_at is not None else None,
    )


def _card(raw: RawCard) -> Card:
    first = raw.phones[0].phone if raw.phones else ""
    return Card(
        name=raw.name.formatted_name or raw.name.first_name or first,
        first_name=raw.name.first_name,
        last_name=raw.name.last_name,
        phones=raw.phones,
        emails=tuple(Labelled(value=each.email, type=each.type) for each in raw.emails),
        urls=tuple(Labelled(value=each.url, type=each.type) for each in raw.urls),
        addresses=raw.addresses,
        company=raw.org.company,
        department=raw.org.department,
        title=raw.org.title,
        birthday=raw.birthday,
    )
