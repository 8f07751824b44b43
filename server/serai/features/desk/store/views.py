"""Lists that people keep."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.kit.db import Conn, fetch

LIST = """
    SELECT id, owner_id, is_shared, name, search, position
      FROM views
     WHERE organization_id = %(organization_id)s
       AND (owner_id = %(owner_id)s OR is_shared)
       AND (%(id)s::uuid IS NULL OR id = %(id)s)
     ORDER BY is_shared, position, name, id
     LIMIT 200
"""
ADD = """
    INSERT INTO views (id, organization_id, owner_id, is_shared, name, search, position, created_at)
    SELECT %(id)s, %(organization_id)s, %(owner_id)s, %(is_shared)s, %(name)s, %(search)s,
           coalesce(max(position), 0) + 1, %(now)s
      FROM views
     WHERE organization_id = %(organization_id)s AND owner_id = %(owner_id)s
"""
CHANGE = """
    UPDATE views SET name = %(name)s, search = %(search)s, is_shared = %(is_shared)s WHERE id = %(id)s
"""
ORDER = """
    UPDATE views SET position = rows.position
      FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS rows (id, position)
     WHERE views.id = rows.id AND (views.owner_id = %(owner_id)s OR %(orders_shared)s)
"""
REMOVE = """
    DELETE FROM views WHERE id = %(id)s
"""


class ViewRow(Struct, frozen=True, kw_only=True):
    id: UUID
    owner_id: UUID
    is_shared: bool
    name: str
    search: dict[str, Any]
    position: int


class NewView(Struct, frozen=True, kw_only=True):
    id: UUID
    organization_id: UUID
    owner_id: UUID
    is_shared: bool
    name: str
    search: dict[str, Any]


async def views(
    conn: Conn, organization: UUID, owner: UUID, id_: UUID | None = None
) -> list[ViewRow]:
    """One's own, then those that all share, each in their order."""
    values = {"organization_id": organization, "owner_id": owner, "id": id_}
    return await fetch(conn, ViewRow, LIST, values)


async def add(conn: Conn, new: NewView, now: datetime) -> None:
    await conn.execute(ADD, _values(new) | {"now": now})


async def change(conn: Conn, new: NewView) -> None:
    await conn.execute(CHANGE, _values(new))


async def order(conn: Conn, ids: list[UUID], owner: UUID, *, orders_shared: bool) -> None:
    values = {"ids": ids, "owner_id": owner, "orders_shared": orders_shared}
    await conn.execute(ORDER, values)


async def remove(conn: Conn, id_: UUID) -> None:
    await conn.execute(REMOVE, {"id": id_})


def _values(new: NewView) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(new, name) for name in new.__struct_fields__}
    return values | {"search": Jsonb(new.search)}
