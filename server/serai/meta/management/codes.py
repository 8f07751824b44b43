"""QR codes and short links that open a chat with a text already written.

Source: WhatsApp Cloud API, "QR codes": at most 2,000 a number; they never expire.
"""

from typing import Literal

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import read_as, rows_of
from serai.meta.request import Call

PICTURED = "code,prefilled_message,deep_link_url,qr_image_url.format(SVG)"


class Code(Struct, frozen=True, kw_only=True):
    code: str
    prefilled_message: str = ""
    deep_link_url: str = ""
    qr_image_url: str | None = None
    """Short-lived; absent when no picture was asked for."""


async def codes_of(graph: Graph, token: str, number: str) -> list[Code]:
    call = Call(path=f"{number}/message_qrdls", query={"fields": PICTURED})
    return await rows_of(graph, token, call, Code)


async def create(
    graph: Graph, token: str, number: str, text: str, picture: Literal["SVG", "PNG"]
) -> Code:
    body = {"prefilled_message": text, "generate_qr_image": picture}
    call = Call(method="POST", path=f"{number}/message_qrdls", body=body)
    return read_as(Code, await graph.call(call, token))


async def change(graph: Graph, token: str, number: str, code: str, text: str) -> Code:
    """Another text behind the same code, which may be printed already."""
    body = {"code": code, "prefilled_message": text}
    call = Call(method="POST", path=f"{number}/message_qrdls", body=body)
    return read_as(Code, await graph.call(call, token))


async def remove(graph: Graph, token: str, number: str, code: str) -> None:
    await graph.call(Call(method="DELETE", path=f"{number}/message_qrdls/{code}"), token)
