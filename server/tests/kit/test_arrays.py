"""What goes to PostgreSQL in a list arrives as it was."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from serai.kit.db import Conn

AWKWARD = [
    "",
    "NULL",
    'a "quoted" word',
    "back\\slash",
    "{curly}",
    "a,b",
    "line\nbreak",
    "سلام",
    "😀",
]
LISTS: list[tuple[str, list[object]]] = [
    ("text[]", [*AWKWARD, None]),
    ("uuid[]", [UUID(int=1), None, UUID(int=2**128 - 1)]),
    ("timestamptz[]", [datetime(2026, 3, 29, 1, 30, 5, 123456, tzinfo=UTC), None]),
    ("integer[]", [0, -7, None, 2**31 - 1]),
    ("boolean[]", [True, False, None]),
    ("text[]", []),
    ("text[]", [None, None]),
    ("integer[]", [[1, 2], [3, 4]]),
]


@pytest.mark.parametrize(
    ("kind", "items"), LISTS, ids=[f"{kind} {i}" for i, (kind, _) in enumerate(LISTS)]
)
async def test_a_list_arrives_as_it_was_sent(conn: Conn, kind: str, items: list[object]) -> None:
    cursor = await conn.execute(f"SELECT %s::{kind} AS items", (items,))  # pyright: ignore
    assert await cursor.fetchone() == {"items": items}


async def test_a_moment_keeps_its_offset(conn: Conn) -> None:
    moment = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    cursor = await conn.execute("SELECT %s::timestamptz[] AS items", ([moment],))
    assert await cursor.fetchone() == {"items": [moment]}
