"""Templates at Meta: reading all of an account's, submitting one, deleting one.

Source: WhatsApp Cloud API, "Message templates".
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.errors import Rejected
from serai.meta.management.answers import MOST_PAGES, PAGE, ListPage, read_as
from serai.meta.request import Call

FIELDS = (
    "id,name,language,status,category,previous_category,correct_category,components,"
    "parameter_format,quality_score,rejected_reason"
)
CURSOR_EXPIRED = 131059
"""The list has to be read from its beginning again. Source: as above, since v24."""
MOST_RESTARTS = 3


class Score(Struct, frozen=True):
    score: str | None = None


class Listed(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    language: str
    status: str
    category: str
    components: list[dict[str, Any]] = []
    parameter_format: str = "POSITIONAL"
    quality_score: Score | None = None
    rejected_reason: str | None = None
    previous_category: str | None = None
    correct_category: str | None = None


class New(Struct, frozen=True, kw_only=True):
    """A template to be reviewed."""

    name: str
    language: str
    category: str
    components: Sequence[dict[str, Any]]
    parameter_format: str = "POSITIONAL"


class Created(Struct, frozen=True, kw_only=True):
    id: str
    status: str = "PENDING"
    category: str
    """The one that Meta gives it, which may not be the one asked for."""


Breathe: TypeAlias = Callable[[], Awaitable[None]]
"""Waits as long as Meta's quota wants it before the next call."""


async def read_all(graph: Graph, token: str, account: str, breathe: Breathe) -> list[Listed]:
    """Every template of an account, over all pages; begins anew when Meta's cursor has expired.

    Raises a member of serai.meta.errors.
    """
    for _ in range(MOST_RESTARTS):
        try:
            return await _pages(graph, token, account, breathe)
        except Rejected as error:
            if error.code != CURSOR_EXPIRED:
                raise
    return await _pages(graph, token, account, breathe)


async def _pages(graph: Graph, token: str, account: str, breathe: Breathe) -> list[Listed]:
    """Source: Graph API, "Paginated results": `next` is absent on the last page."""
    rows: dict[str, Listed] = {}
    query = {"fields": FIELDS, "limit": str(PAGE)}
    for _ in range(MOST_PAGES):
        await breathe()
        call = Call(path=f"{account}/message_templates", query=query)
        page = read_as(ListPage, await graph.call(call, token))
        rows |= {row.id: row for row in (read_as(Listed, each) for each in page.data)}
        if page.paging.next is None or not page.paging.cursors.after:
            break
        query = query | {"after": page.paging.cursors.after}
    return list(rows.values())


async def create(graph: Graph, token: str, account: str, template: New) -> Created:
    """Hand a template in for review."""
    body = {
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "parameter_format": template.parameter_format,
        "components": list(template.components),
    }
    call = Call(path=f"{account}/message_templates", method="POST", body=body)
    return read_as(Created, await graph.call(call, token))


async def delete(graph: Graph, token: str, account: str, name: str, template: str) -> None:
    """Delete one language of a template; `template` is Meta's id of it."""
    query = {"name": name, "hsm_id": template}
    call = Call(path=f"{account}/message_templates", method="DELETE", query=query)
    await graph.call(call, token)
