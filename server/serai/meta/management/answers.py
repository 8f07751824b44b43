"""Meta's JSON as our types, and lists of many pages as one."""

from typing import Any, TypeVar

import msgspec

from serai.meta.client import Graph
from serai.meta.errors import Unavailable
from serai.meta.request import Call

Shape = TypeVar("Shape")

PAGE = 100
"""Rows asked for at once."""
MOST_PAGES = 200
"""Where we stop, should Meta's pages ever go round in a circle."""


class Cursors(msgspec.Struct, frozen=True):
    after: str = ""


class Paging(msgspec.Struct, frozen=True):
    cursors: Cursors = Cursors()
    next: str | None = None


class ListPage(msgspec.Struct, frozen=True):
    data: tuple[Any, ...] = ()
    paging: Paging = Paging()


def read_as(shape: type[Shape], answer: Any) -> Shape:
    """The answer as `shape`; Meta's numbers and strings stand for each other. Raises Unavailable."""
    try:
        return msgspec.convert(answer, shape, strict=False)
    except msgspec.ValidationError as error:
        raise Unavailable("unreadable answer") from error


async def rows_of(graph: Graph, token: str, call: Call, shape: type[Shape]) -> list[Shape]:
    """Every row of a list, over all its pages.

    Source: Graph API, "Paginated results": `next` is absent on the last page; a page may be short,
    even empty, before that.
    """
    rows: list[Shape] = []
    query = {"limit": str(PAGE), **call.query}
    for _ in range(MOST_PAGES):
        page = read_as(
            ListPage, await graph.call(msgspec.structs.replace(call, query=query), token)
        )
        rows += [read_as(shape, row) for row in page.data]
        if page.paging.next is None or not page.paging.cursors.after:
            break
        query = query | {"after": page.paging.cursors.after}
    return rows


def only(shape: type[Shape], answer: Any) -> Shape:
    """The row of a list that holds one: profiles and settings come so. Raises Unavailable."""
    page = read_as(ListPage, answer)
    return read_as(shape, page.data[0] if page.data else {})
