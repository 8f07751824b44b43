"""People that a number does not want to hear from.

Source: WhatsApp Cloud API, "Block users": only people who wrote in the last 24 hours; at most
64,000 a number; a mixed result comes as an error that holds what went well.
"""

from msgspec import Struct

from serai.core.ids import Person
from serai.meta.client import Graph
from serai.meta.management.answers import rows_of
from serai.meta.request import Call


class Blocked(Struct, frozen=True):
    wa_id: str | None = None
    user_id: str | None = None


async def blocked(graph: Graph, token: str, number: str) -> list[Blocked]:
    return await rows_of(graph, token, Call(path=f"{number}/block_users"), Blocked)


async def block(graph: Graph, token: str, number: str, person: Person) -> None:
    await graph.call(Call(method="POST", path=f"{number}/block_users", body=_body(person)), token)


async def unblock(graph: Graph, token: str, number: str, person: Person) -> None:
    await graph.call(Call(method="DELETE", path=f"{number}/block_users", body=_body(person)), token)


def _body(person: Person) -> dict[str, object]:
    who = {"user": f"+{person.phone}"} if person.phone else {"user_id": person.user_id}
    return {"messaging_product": "whatsapp", "block_users": [who]}
