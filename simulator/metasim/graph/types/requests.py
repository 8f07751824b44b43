"""Messages that ask for something: a place, an address, a Flow, a call, contact details.

Source: WhatsApp Cloud API reference, 2.5, column `action`.
"""

from typing import Annotated, Any, Literal

import msgspec

from metasim.graph.types.actions import Action, Label
from metasim.graph.types.shape import Filled, Shape
from metasim.shapes import Json


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
