"""Flows at Meta: made, filled with their screens, published; and the key that seals their talk.

Source: WhatsApp Cloud API, Flows API; business encryption.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from serai.meta import transfer
from serai.meta.client import Graph
from serai.meta.management.answers import read_as
from serai.meta.request import Call


class Created(Struct, frozen=True):
    id: str


class Complaint(Struct, frozen=True):
    """What Meta finds wrong in the screens."""

    error: str = ""
    message: str = ""
    line_start: int | None = None


class Filled(Struct, frozen=True):
    success: bool = True
    validation_errors: Sequence[Complaint] = ()


class KeyState(Struct, frozen=True):
    business_public_key: str = ""
    business_public_key_signature_status: str = ""
    """VALID or MISMATCH."""


class Keys(Struct, frozen=True):
    data: Sequence[KeyState] = ()


async def create(
    graph: Graph, token: str, account: str, name: str, categories: Sequence[str], endpoint: str
) -> str:
    """An empty draft; returns Meta's id. `endpoint` is where the phone's questions go."""
    body = {"name": name, "categories": list(categories), "endpoint_uri": endpoint}
    call = Call(method="POST", path=f"{account}/flows", body=body)
    return read_as(Created, await graph.call(call, token)).id


async def fill(graph: Graph, token: str, flow: str, screens: bytes) -> Sequence[Complaint]:
    """Give a draft its screens (Flow JSON); returns what Meta finds wrong."""
    form = await transfer.form(
        {"name": "flow.json", "asset_type": "FLOW_JSON"},
        screens,
        ("application/json", "flow.json"),
    )
    headers = {"Content-Type": form.content_type}
    call = Call(method="POST", path=f"{flow}/assets", content=form.content, headers=headers)
    return read_as(Filled, await graph.call(call, token)).validation_errors


async def publish(graph: Graph, token: str, flow: str) -> None:
    await graph.call(Call(method="POST", path=f"{flow}/publish"), token)


async def set_key(graph: Graph, token: str, number: str, public_pem: str) -> None:
    """Give Meta the key that phones seal their questions with."""
    call = Call(
        method="POST",
        path=f"{number}/whatsapp_business_encryption",
        content=urlencode({"business_public_key": public_pem}).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    await graph.call(call, token)


async def key(graph: Graph, token: str, number: str) -> KeyState:
    """Which key Meta has, and whether its signature is good."""
    call = Call(path=f"{number}/whatsapp_business_encryption")
    found = read_as(Keys, await graph.call(call, token)).data
    return found[0] if found else KeyState()
