"""Reading, creating and deleting templates at Meta, against a server that answers as Meta does."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from serai.meta.client import Graph
from serai.meta.errors import Rejected
from serai.meta.management import templates
from serai.meta.management.templates import New
from tests.meta.answering import Meta, talking_to

ACCOUNT = "880012340000011"
EXPIRED = {"error": {"code": 131059, "message": "Cursor expired", "type": "OAuthException"}}


@pytest.fixture
def meta() -> Meta:
    return Meta()


@pytest.fixture
async def graph(meta: Meta) -> AsyncIterator[Graph]:
    async with talking_to(meta) as graph:
        yield graph


def page(*names: str, after: str | None = None) -> dict[str, Any]:
    rows = [
        {"id": name, "name": name, "language": "en_US", "status": "APPROVED", "category": "UTILITY"}
        for name in names
    ]
    paging: dict[str, Any] = {"cursors": {"after": after or "end"}}
    return {"data": rows, "paging": paging | ({"next": "https://x"} if after else {})}


def counting() -> tuple[list[int], Callable[[], Any]]:
    """How often a read paused to look at Meta's quota."""
    breaths: list[int] = []

    async def breathe() -> None:
        breaths.append(1)

    return breaths, breathe


async def read(graph: Graph) -> list[str]:
    _, breathe = counting()
    return [each.name for each in await templates.read_all(graph, "token", ACCOUNT, breathe)]


async def test_every_page_is_read_even_one_that_is_empty(graph: Graph, meta: Meta):
    meta.answers = [(200, page("a", "b", after="1")), (200, page(after="2")), (200, page("c"))]
    assert await read(graph) == ["a", "b", "c"]
    assert [query.get("after") for _, query, _ in meta.asked] == [None, "1", "2"]


async def test_meta_s_quota_is_looked_at_before_every_page(graph: Graph, meta: Meta):
    meta.answers = [(200, page("a", after="1")), (200, page("b"))]
    breaths, breathe = counting()
    await templates.read_all(graph, "token", ACCOUNT, breathe)
    assert len(breaths) == 2


async def test_an_expired_cursor_begins_the_list_anew(graph: Graph, meta: Meta):
    meta.answers = [
        (200, page("a", after="1")),
        (400, EXPIRED),
        (200, page("a", after="1")),
        (200, page("b")),
    ]
    assert await read(graph) == ["a", "b"]
    assert [query.get("after") for _, query, _ in meta.asked] == [None, "1", None, "1"]


async def test_a_list_that_never_holds_still_is_given_up(graph: Graph, meta: Meta):
    meta.answers = [(400, EXPIRED)] * 10
    with pytest.raises(Rejected):
        await read(graph)
    assert len(meta.asked) == 4


async def test_another_refusal_is_not_tried_again(graph: Graph, meta: Meta):
    meta.answers = [(400, {"error": {"code": 100, "message": "no"}})]
    with pytest.raises(Rejected):
        await read(graph)


async def test_a_template_is_handed_in_and_one_language_deleted(graph: Graph, meta: Meta):
    body = {"type": "BODY", "text": "All is well."}
    meta.answers = [
        (200, {"id": "99", "status": "PENDING", "category": "MARKETING"}),
        (200, {"success": True}),
    ]
    new = New(name="n", language="en_US", category="UTILITY", components=[body])
    created = await templates.create(graph, "token", ACCOUNT, new)
    await templates.delete(graph, "token", ACCOUNT, "n", "99")
    assert (created.id, created.category) == ("99", "MARKETING")
    (posted, _, sent), (deleted, query, _) = meta.asked
    assert (posted, deleted) == ("POST", "DELETE")
    assert sent == {
        "name": "n",
        "language": "en_US",
        "category": "UTILITY",
        "parameter_format": "POSITIONAL",
        "components": [body],
    }
    assert query == {"name": "n", "hsm_id": "99"}
