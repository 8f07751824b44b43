"""The actions of interactive messages, their limits, and what a tap on them sends back.

Source: WhatsApp Cloud API reference, 2.5, column `action`.
"""

from typing import Annotated, Any, Literal

import msgspec

from metasim.graph.types.shape import Filled, Shape, Url
from metasim.shapes import Json

MOST_ROWS = 10
MOST_PRODUCTS = 30
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
ReplyId = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Title24 = Annotated[str, msgspec.Meta(max_length=24)]


class Action(Shape, kw_only=True):
    """What all actions have; an action shows nothing and takes no tap unless it says so."""

    def view(self) -> Json:
        """Members of the phone's view."""
        return {}

    def buttons(self) -> list[Json]:
        """What can be tapped."""
        return []


class Reply(Shape, kw_only=True):
    id: ReplyId
    title: Label

    def __post_init__(self) -> None:
        if self.id != self.id.strip():
            raise ValueError("needs an id without spaces at its ends")


class ReplyButton(Shape, kw_only=True):
    type: Literal["reply"]
    reply: Reply


class ReplyButtons(Action, kw_only=True):
    """One to three replies with different titles and ids."""

    buttons_: Annotated[list[ReplyButton], msgspec.Meta(min_length=1, max_length=3)] = (
        msgspec.field(name="buttons")
    )

    def __post_init__(self) -> None:
        unique([button.reply.id for button in self.buttons_], "button ids")
        unique([button.reply.title for button in self.buttons_], "button titles")

    def buttons(self) -> list[Json]:
        replies = [button.reply for button in self.buttons_]
        return [{"kind": "reply", "text": each.title, "id": each.id} for each in replies]


class Row(Shape, kw_only=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    description: Annotated[str, msgspec.Meta(max_length=72)] | None = None


class Section(Shape, kw_only=True):
    title: Title24 | None = None
    rows: Annotated[list[Row], msgspec.Meta(min_length=1)]


class ListAction(Action, kw_only=True):
    """One to ten sections with at most ten rows in all."""

    button: Label
    sections: Annotated[list[Section], msgspec.Meta(min_length=1, max_length=10)]

    def __post_init__(self) -> None:
        rows = [row for section in self.sections for row in section.rows]
        if len(rows) > MOST_ROWS:
            raise ValueError(f"must have at most {MOST_ROWS} rows in all sections together")
        unique([row.id for row in rows], "row ids")
        titled(self.sections)

    def view(self) -> Json:
        return {"list": {"button": self.button, "sections": msgspec.to_builtins(self.sections)}}

    def buttons(self) -> list[Json]:
        rows = [row for section in self.sections for row in section.rows]
        return [
            {"kind": "row", "text": row.title, "id": row.id, "description": row.description}
            for row in rows
        ]


class Link(Shape, kw_only=True):
    display_text: Label
    url: Url


class LinkAction(Action, kw_only=True):
    name: Literal["cta_url"]
    parameters: Link

    def buttons(self) -> list[Json]:
        return [{"kind": "url", "text": self.parameters.display_text, "url": self.parameters.url}]


class AskLocation(Action, kw_only=True):
    name: Literal["send_location"]

    def buttons(self) -> list[Json]:
        return [{"kind": "location", "text": "Send location"}]


class AddressValues(Shape, kw_only=True):
    """Source: 2.5, `address_message`: the fields of India."""

    name: str | None = None
    phone_number: str | None = None
    in_pin_code: Annotated[str, msgspec.Meta(max_length=6)] | None = None
    house_number: str | None = None
    floor_number: str | None = None
    tower_number: str | None = None
    building_name: str | None = None
    address: str | None = None
    landmark_area: str | None = None
    city: str | None = None
    state: str | None = None


class SavedAddress(Shape, kw_only=True):
    id: Filled
    value: AddressValues


class AddressParameters(Shape, kw_only=True):
    country: Literal["IN"]
    values: AddressValues | None = None
    saved_addresses: list[SavedAddress] | None = None
    validation_errors: dict[str, str] | None = None


class AskAddress(Action, kw_only=True):
    name: Literal["address_message"]
    parameters: AddressParameters

    def buttons(self) -> list[Json]:
        return [{"kind": "address", "text": "Provide address"}]


class FlowPayload(Shape, kw_only=True):
    screen: Filled
    data: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.data == {}:
            raise ValueError("must have a data object that is not empty")


class FlowParameters(Shape, kw_only=True):
    flow_message_version: Literal["3"]
    flow_id: str | None = None
    flow_name: str | None = None
    flow_cta: Annotated[str, msgspec.Meta(min_length=1, max_length=30)]
    flow_token: str | None = None
    mode: Literal["draft", "published"] | None = None
    flow_action: Literal["navigate", "data_exchange"] | None = None
    flow_action_payload: FlowPayload | None = None
    flow_metadata: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if (self.flow_id is None) == (self.flow_name is None):
            raise ValueError("needs exactly one of flow_id and flow_name")
        if self.flow_action == "data_exchange" and self.flow_action_payload is not None:
            raise ValueError("takes flow_action_payload only with flow_action navigate")


class FlowAction(Action, kw_only=True):
    name: Literal["flow"]
    parameters: FlowParameters

    def buttons(self) -> list[Json]:
        asked = self.parameters
        return [
            {
                "kind": "flow",
                "text": asked.flow_cta,
                "flow": asked.flow_id or asked.flow_name,
                "flow_token": asked.flow_token or "unused",
                "flow_action": asked.flow_action or "navigate",
                "payload": msgspec.to_builtins(asked.flow_action_payload),
            }
        ]


class ProductAction(Action, kw_only=True):
    catalog_id: Filled
    product_retailer_id: Filled

    def view(self) -> Json:
        return {"products": [{"title": "", "items": [self.product_retailer_id]}]}

    def buttons(self) -> list[Json]:
        return [product_button(self.catalog_id, self.product_retailer_id, "View")]


class ProductItem(Shape, kw_only=True):
    product_retailer_id: Filled


class ProductSection(Shape, kw_only=True):
    title: Title24 | None = None
    product_items: Annotated[list[ProductItem], msgspec.Meta(min_length=1)]


class ProductListAction(Action, kw_only=True):
    catalog_id: Filled
    sections: Annotated[list[ProductSection], msgspec.Meta(min_length=1, max_length=10)]

    def __post_init__(self) -> None:
        items = [item for section in self.sections for item in section.product_items]
        if len(items) > MOST_PRODUCTS:
            raise ValueError(f"must have at most {MOST_PRODUCTS} products in all sections together")
        titled(self.sections)

    def view(self) -> Json:
        return {
            "products": [
                {
                    "title": section.title or "",
                    "items": [item.product_retailer_id for item in section.product_items],
                }
                for section in self.sections
            ]
        }

    def buttons(self) -> list[Json]:
        return [
            product_button(self.catalog_id, item.product_retailer_id, item.product_retailer_id)
            for section in self.sections
            for item in section.product_items
        ]


class CatalogParameters(Shape, kw_only=True):
    thumbnail_product_retailer_id: Filled | None = None


class CatalogAction(Action, kw_only=True):
    name: Literal["catalog_message"]
    parameters: CatalogParameters | None = None

    def buttons(self) -> list[Json]:
        return [{"kind": "catalog", "text": "View catalog"}]


class AskCallPermission(Action, kw_only=True):
    name: Literal["call_permission_request"]

    def buttons(self) -> list[Json]:
        return [{"kind": "call_permission", "text": "Choose preference"}]


class VoiceCallParameters(Shape, kw_only=True):
    display_text: Label | None = None
    ttl_minutes: Annotated[int, msgspec.Meta(ge=1, le=43_200)] | None = None
    payload: Annotated[str, msgspec.Meta(max_length=512)] | None = None


class VoiceCallAction(Action, kw_only=True):
    name: Literal["voice_call"]
    parameters: VoiceCallParameters | None = None

    def buttons(self) -> list[Json]:
        text = None if self.parameters is None else self.parameters.display_text
        return [{"kind": "call", "text": text or "Call now"}]


class AskContact(Action, kw_only=True):
    name: Literal["request_contact_info"]

    def buttons(self) -> list[Json]:
        return [{"kind": "contact", "text": "Share contact info"}]


def product_button(catalog: str, retailer_id: str, text: str) -> Json:
    """A product that can be asked about. Source: 4.5, `referred_product`."""
    product = {"catalog_id": catalog, "product_retailer_id": retailer_id}
    return {"kind": "product", "text": text, "product": product}


def unique(values: list[str], what: str) -> None:
    """Raises ValueError when one comes twice."""
    if len(set(values)) != len(values):
        raise ValueError(f"must have different {what}")


def titled(sections: list[Section] | list[ProductSection]) -> None:
    """Source: 2.5: a section's title is required when there are several."""
    if len(sections) > 1 and not all(section.title for section in sections):
        raise ValueError("must have a title for each section when there are several")
