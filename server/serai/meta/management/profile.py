"""The business profile that people see in WhatsApp, its picture, and the shop's two switches.

Source: WhatsApp Cloud API, "Business profiles", "Commerce settings"; Graph API, "Resumable upload".
"""

from collections.abc import Mapping

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import only, read_as
from serai.meta.management.nodes import Commerce, Profile
from serai.meta.request import Call

FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


class Session(Struct, frozen=True):
    id: str


class Uploaded(Struct, frozen=True):
    h: str
    """The handle."""


async def read(graph: Graph, token: str, number: str) -> Profile:
    call = Call(path=f"{number}/whatsapp_business_profile", query={"fields": FIELDS})
    return only(Profile, await graph.call(call, token))


async def write(graph: Graph, token: str, number: str, changes: Mapping[str, object]) -> None:
    """Change the fields given; the picture by `profile_picture_handle`."""
    body = {"messaging_product": "whatsapp", **changes}
    call = Call(method="POST", path=f"{number}/whatsapp_business_profile", body=body)
    await graph.call(call, token)


async def upload(graph: Graph, token: str, app_id: str, content: bytes, mime_type: str) -> str:
    """Put a picture into Meta's hands; returns the handle that `write` takes."""
    query = {"file_length": str(len(content)), "file_type": mime_type}
    begin = Call(method="POST", path=f"{app_id}/uploads", query=query)
    session = read_as(Session, await graph.call(begin, token)).id
    headers = {"Authorization": f"OAuth {token}", "file_offset": "0"}
    carry = Call(method="POST", path=session, content=content, headers=headers)
    return read_as(Uploaded, await graph.call(carry, token)).h


async def commerce(graph: Graph, token: str, number: str) -> Commerce:
    return only(
        Commerce, await graph.call(Call(path=f"{number}/whatsapp_commerce_settings"), token)
    )


async def set_commerce(graph: Graph, token: str, number: str, wanted: Commerce) -> None:
    query = {
        "is_cart_enabled": str(wanted.is_cart_enabled).lower(),
        "is_catalog_visible": str(wanted.is_catalog_visible).lower(),
    }
    path = f"{number}/whatsapp_commerce_settings"
    await graph.call(Call(method="POST", path=path, query=query), token)
