"""The tags of a business, and who has them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

LIST = """
    SELECT tags.id, tags.business_id, tags.name, tags.colour, tags.created_at,
           (SELECT count(*) FROM contact_tags WHERE tag_id = tags.id) AS contact_count,
           (SELECT count(*) FROM conversation_tags WHERE tag_id = tags.id) AS conversation_count
      FROM tags
     WHERE (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
       AND (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(name)s::text IS NULL OR lower(name) = lower(%(name)s))
     ORDER BY lower(tags.name), tags.id
"""
ADD = """
    INSERT INTO tags (id, business_id, name, colour, created_at)
    SELECT id, %(business_id)s, name, %(colour)s, %(now)s
      FROM unnest(%(ids)s::uuid[], %(names)s::text[]) AS rows (id, name)
        ON CONFLICT DO NOTHING
"""
CHANGE = """
    UPDATE tags SET name = coalesce(%(name)s, name), colour = coalesce(%(colour)s, colour)
     WHERE id = %(id)s
"""
MERGE = """
    INSERT INTO tag_merges (business_id, gone_id, kept_id, into_id, merged_at, kept_since)
    SELECT business_id, gone.id, kept.id, kept.id, %(now)s, %(now)s
      FROM tags AS gone JOIN tags AS kept USING (business_id)
     WHERE gone.id = %(gone_id)s AND kept.id = %(kept_id)s
"""
"""A trigger moves what has it, and takes the gone one away."""

REMOVE = """
    DELETE FROM tags WHERE id = %(id)s
"""
TAG = """
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT contacts.business_id, contacts.id, tags.id, %(now)s
      FROM contacts JOIN tags ON tags.business_id = contacts.business_id
     WHERE contacts.id = ANY (%(contact_ids)s) AND tags.id = ANY (%(tag_ids)s)
        ON CONFLICT DO NOTHING
"""
UNTAG = """
    DELETE FROM contact_tags
     WHERE contact_id = ANY (%(contact_ids)s) AND tag_id = ANY (%(tag_ids)s)
"""


class TagRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    name: str
    colour: str
    created_at: datetime
    contact_count: int
    conversation_count: int


async def listed(
    conn: Conn,
    business_id: UUID | None = None,
    id_: UUID | None = None,
    name: str | None = None,
) -> list[TagRow]:
    """By name."""
    values = {"business_id": business_id, "id": id_, "name": name}
    return await fetch(conn, TagRow, LIST, values)


async def add(
    conn: Conn, business: UUID, new: Sequence[tuple[UUID, str]], colour: str, now: datetime
) -> None:
    """Id and name of each; a name that is there already is left as it is."""
    values = {"business_id": business, "colour": colour, "now": now}
    ids, names = [id_ for id_, _ in new], [name for _, name in new]
    await conn.execute(ADD, values | {"ids": ids, "names": names})


async def change(conn: Conn, id_: UUID, name: str | None, colour: str | None) -> None:
    """Raises UniqueViolation if another has the name."""
    await conn.execute(CHANGE, {"id": id_, "name": name, "colour": colour})


async def merge(conn: Conn, gone_id: UUID, kept_id: UUID, now: datetime) -> None:
    """Whatever has the one has the other; the one is no more. Of one business both."""
    await conn.execute(MERGE, {"gone_id": gone_id, "kept_id": kept_id, "now": now})


async def remove(conn: Conn, id_: UUID) -> None:
    """From the list, and from everybody who has it."""
    await conn.execute(REMOVE, {"id": id_})


async def tag(conn: Conn, contacts: Sequence[UUID], tags: Sequence[UUID], now: datetime) -> None:
    """Give each of the contacts each of the tags; those of other businesses are left out."""
    values = {"contact_ids": list(contacts), "tag_ids": list(tags), "now": now}
    await conn.execute(TAG, values)


async def untag(conn: Conn, contacts: Sequence[UUID], tags: Sequence[UUID]) -> None:
    await conn.execute(UNTAG, {"contact_ids": list(contacts), "tag_ids": list(tags)})
