"""A business's own attributes of people, as rows."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from serai.features.contacts.decide.attributes import Attribute, Type
from serai.kit.db import Conn, fetch

LIST = """
    SELECT business_id, key, name, type, choices
      FROM contact_attributes
     WHERE business_id = ANY (%(business_ids)s)
     ORDER BY position, lower(name), key
"""
USES = """
    SELECT each.key, count(*) AS count
      FROM contacts CROSS JOIN LATERAL jsonb_object_keys(attributes) AS each (key)
     WHERE business_id = %(business_id)s AND merged_into IS NULL
     GROUP BY each.key
"""
PUT = """
    INSERT INTO contact_attributes (business_id, key, name, type, choices, position)
    VALUES (%(business_id)s, %(key)s, %(name)s, %(type)s, %(choices)s,
            (SELECT count(*) FROM contact_attributes WHERE business_id = %(business_id)s))
        ON CONFLICT (business_id, key)
        DO UPDATE SET name = excluded.name, choices = excluded.choices
"""
REMOVE = """
    DELETE FROM contact_attributes WHERE business_id = %(business_id)s AND key = %(key)s
"""
FORGET = """
    UPDATE contacts SET attributes = attributes - %(key)s::text
     WHERE business_id = %(business_id)s AND attributes ? %(key)s
"""


class AttributeRow(Struct, frozen=True, kw_only=True):
    business_id: UUID
    key: str
    name: str
    type: Type
    choices: tuple[str, ...]


class Use(Struct, frozen=True):
    key: str
    count: int


async def uses(conn: Conn, business: UUID) -> dict[str, int]:
    """How many people have a value, by key."""
    rows = await fetch(conn, Use, USES, {"business_id": business})
    return {row.key: row.count for row in rows}


async def listed(conn: Conn, businesses: Sequence[UUID]) -> list[AttributeRow]:
    return await fetch(conn, AttributeRow, LIST, {"business_ids": list(businesses)})


async def of(conn: Conn, business: UUID) -> list[Attribute]:
    """As what checks values wants them."""
    rows = await listed(conn, [business])
    return [
        Attribute(key=row.key, name=row.name, type=row.type, choices=row.choices) for row in rows
    ]


async def put(conn: Conn, business: UUID, attribute: Attribute) -> None:
    """Add it, or change its name and choices; its type stays, for there are values of it."""
    values = {"key": attribute.key, "name": attribute.name, "type": attribute.type}
    await conn.execute(PUT, values | {"business_id": business, "choices": list(attribute.choices)})


async def remove(conn: Conn, business: UUID, key: str) -> None:
    """With everybody's value of it."""
    await conn.execute(FORGET, {"business_id": business, "key": key})
    await conn.execute(REMOVE, {"business_id": business, "key": key})
