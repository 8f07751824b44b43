"""What is said often."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from serai.core.hours import Hours, HoursException, Interval
from serai.kit.db import Conn, fetch, json_rows

LIST = """
    SELECT id, business_id, shortcut, language, title, body, file_ids, use_count, used_at, updated_at
      FROM quick_replies
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s OR business_id IS NULL)
     ORDER BY shortcut, language, business_id NULLS LAST
     LIMIT 1000
"""
SAVE = """
    INSERT INTO quick_replies (id, organization_id, business_id, shortcut, language, title, body,
                               file_ids, updated_at)
    VALUES (%(id)s, %(organization_id)s, %(business_id)s, %(shortcut)s, %(language)s, %(title)s,
            %(body)s, %(file_ids)s::uuid[], %(now)s)
        ON CONFLICT (id)
        DO UPDATE SET business_id = excluded.business_id, shortcut = excluded.shortcut,
                      language = excluded.language, title = excluded.title, body = excluded.body,
                      file_ids = excluded.file_ids, updated_at = excluded.updated_at
"""
TAKEN = """
    SELECT EXISTS (
        SELECT FROM quick_replies
         WHERE organization_id = %(organization_id)s AND shortcut = %(shortcut)s
           AND business_id IS NOT DISTINCT FROM %(business_id)s::uuid AND language = %(language)s
           AND id <> %(id)s) AS is_taken
"""
INSTALL = """
    INSERT INTO quick_replies (id, organization_id, business_id, shortcut, language, title, body,
                               updated_at)
    SELECT rows.id, businesses.organization_id, businesses.id, rows.shortcut, rows.language,
           rows.title, rows.body, %(now)s
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, shortcut text, language text, title text, body text)
      JOIN businesses ON businesses.id = %(business_id)s
        ON CONFLICT DO NOTHING
"""
FITTING_FILES = """
    SELECT count(*) AS n FROM files
     WHERE id = ANY (%(file_ids)s) AND business_id = %(business_id)s AND state = 'ready'
"""
REMOVE = """
    DELETE FROM quick_replies WHERE id = %(id)s
"""
NOTE_USE = """
    UPDATE quick_replies SET use_count = use_count + 1, used_at = %(now)s WHERE id = %(id)s
"""
SCENE = """
    SELECT contacts.name AS contact_name, businesses.id AS business_id,
           businesses.name AS business_name, businesses.time_zone,
           business_profiles.address, business_profiles.website,
           coalesce(contacts.language, businesses.language) AS language,
           ARRAY(SELECT jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)
                   FROM business_hours WHERE business_id = businesses.id
                  ORDER BY weekday, opens) AS weekly,
           ARRAY(SELECT jsonb_build_object('on', "on", 'name', name, 'opens', opens, 'closes', closes)
                   FROM hours_exceptions WHERE business_id = businesses.id
                  ORDER BY position) AS exceptions
      FROM businesses
      LEFT JOIN conversations
        ON conversations.id = %(conversation_id)s::uuid AND conversations.business_id = businesses.id
      LEFT JOIN contacts ON contacts.id = conversations.contact_id
      LEFT JOIN business_profiles ON business_profiles.business_id = businesses.id
     WHERE businesses.id = coalesce(
               (SELECT business_id FROM conversations WHERE id = %(conversation_id)s::uuid),
               %(business_id)s::uuid)
"""


class ReplyRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID | None
    shortcut: str
    language: str
    title: str
    body: str
    file_ids: tuple[UUID, ...]
    use_count: int
    used_at: datetime | None
    updated_at: datetime


class NewReply(Struct, frozen=True, kw_only=True):
    id: UUID
    organization_id: UUID
    business_id: UUID | None
    shortcut: str
    language: str
    title: str
    body: str
    file_ids: tuple[UUID, ...] = ()


class ExceptionRow(Struct, frozen=True):
    on: date
    name: str
    opens: str | None
    closes: str | None


class Scene(Struct, frozen=True, kw_only=True):
    """Who is written to, and on whose behalf."""

    contact_name: str | None
    business_id: UUID
    business_name: str
    address: str | None
    website: str | None
    time_zone: str
    language: str
    weekly: tuple[Interval, ...]
    exceptions: tuple[ExceptionRow, ...]

    @property
    def hours(self) -> Hours:
        special = tuple(
            HoursException(on=each.on, name=each.name, opens=each.opens, closes=each.closes)
            for each in self.exceptions
        )
        return Hours(time_zone=self.time_zone, weekly=self.weekly, exceptions=special)


class Starter(Struct, frozen=True, kw_only=True):
    """A reply that a business begins with."""

    id: UUID
    shortcut: str
    language: str
    title: str
    body: str


async def replies(
    conn: Conn, *, id_: UUID | None = None, business: UUID | None = None
) -> list[ReplyRow]:
    """Those that the connection may see; of one business, with those of the whole company."""
    return await fetch(conn, ReplyRow, LIST, {"id": id_, "business_id": business})


async def is_taken(conn: Conn, new: NewReply) -> bool:
    """Whether another reply answers to the same shortcut in the same place and language."""
    cursor = await conn.execute(TAKEN, _values(new))
    row = await cursor.fetchone()
    return bool(row and row["is_taken"])


async def has_its_files(conn: Conn, new: NewReply) -> bool:
    """Whether all that it sends is there, and of its own business."""
    values = {"file_ids": list(new.file_ids), "business_id": new.business_id}
    row = await (await conn.execute(FITTING_FILES, values)).fetchone()
    return row is not None and row["n"] == len(set(new.file_ids))


async def save(conn: Conn, new: NewReply, now: datetime) -> None:
    await conn.execute(SAVE, _values(new) | {"now": now})


async def install(conn: Conn, business: UUID, starters: Sequence[Starter], now: datetime) -> None:
    """Those that are not there yet; what people changed or wrote stays."""
    values = {"rows": json_rows(starters), "business_id": business, "now": now}
    await conn.execute(INSTALL, values)


async def remove(conn: Conn, id_: UUID) -> None:
    await conn.execute(REMOVE, {"id": id_})


async def note_use(conn: Conn, id_: UUID, now: datetime) -> bool:
    """Whether there is such a reply."""
    return (await conn.execute(NOTE_USE, {"id": id_, "now": now})).rowcount > 0


async def scene(
    conn: Conn, *, conversation: UUID | None = None, business: UUID | None = None
) -> Scene | None:
    """Of a conversation, or of a business and nobody in particular."""
    rows = await fetch(
        conn, Scene, SCENE, {"conversation_id": conversation, "business_id": business}
    )
    return rows[0] if rows else None


def _values(new: NewReply) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(new, name) for name in new.__struct_fields__}
    return values | {"file_ids": list(new.file_ids)}
