"""The header of a template: text, a file, a place or a product.

Source: WhatsApp Cloud API reference, 2.8 "Parameters by place".
"""

from typing import cast

from metasim.graph.errors import GraphError
from metasim.graph.template.given import Given
from metasim.graph.template.texts import texts
from metasim.graph.types.cards import Location
from metasim.graph.types.content import Content, MediaKind
from metasim.graph.types.media import Document, Source
from metasim.graph.types.shape import Filled, Shape, read
from metasim.shapes import Json, as_list, as_object

MISMATCH = 132012


class Product(Shape, kw_only=True):
    catalog_id: Filled | None = None
    product_retailer_id: Filled


def header(component: Json, given: Given) -> Content:
    """The header as the phone shows it. Raises GraphError."""
    kind = str(component.get("format", "TEXT")).upper()
    part = given.take("header")
    if kind == "TEXT":
        text = texts(str(component.get("text", "")), part, given.style, "header")
        return Content(text, {"header": {"type": "text", "text": text}} if text else {})
    value = _value(kind, part)
    where = f"{given.places['header']}['parameters'][0]['{kind.lower()}']"
    if kind == "LOCATION":
        place = read(Location, value, where, MISMATCH)
        shown = {"latitude": place.latitude, "longitude": place.longitude}
        return Content("[location]", {"location": {**shown, "name": place.name}})
    if kind == "PRODUCT":
        product = read(Product, value, where, MISMATCH)
        return Content("[product]", {"products": [_products(product)]})
    return _file(cast("MediaKind", kind.lower()), value, where)


def _products(product: Product) -> Json:
    return {"title": "", "items": [product.product_retailer_id]}


def _value(kind: str, part: Json | None) -> object:
    """The value of the one parameter, which must be of the header's kind."""
    rows = as_list((part or {}).get("parameters")) or []
    first = as_object(rows[0]) if rows else None
    got = "UNKNOWN" if first is None else str(first.get("type")).upper()
    if first is None or got != kind:
        raise GraphError(MISMATCH, f"header: Format mismatch, expected {kind}, received {got}")
    if len(rows) > 1:
        raise GraphError(
            132000,
            f"header: number of localizable_params ({len(rows)}) does not match the expected "
            "number of params (1)",
        )
    return first.get(kind.lower())


def _file(kind: MediaKind, value: object, where: str) -> Content:
    source = read(Document if kind == "document" else Source, value, where, MISMATCH)
    shown: Json = {"type": kind, "media": None}
    if isinstance(source, Document) and source.filename:
        shown["filename"] = source.filename
    attachment = source.attachment(kind, where, shown)
    return Content(f"[{kind}]", {"header": shown}, attachments=[attachment])
