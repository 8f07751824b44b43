"""A business: its name, its texts, its inbox."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.hours import Hours, HoursException, Interval
from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

ADD_BUSINESS = """
    INSERT INTO businesses (id, organization_id, key, name, sector, time_zone, language, always_human,
                            team, welcome, away, acknowledgement, pack_key, pack_version)
    VALUES (%(id)s, %(organization_id)s, %(key)s, %(name)s, %(sector)s, %(time_zone)s, %(language)s,
            %(always_human)s, %(team)s, %(welcome)s, %(away)s, %(acknowledgement)s, %(pack_key)s,
            %(pack_version)s)
        ON CONFLICT (organization_id, key)
        DO UPDATE SET welcome = excluded.welcome, away = excluded.away,
                      acknowledgement = excluded.acknowledgement, pack_version = excluded.pack_version
    RETURNING id
"""
SEE = """
    SELECT set_config('serai.businesses', concat_ws(
        ',', nullif(current_setting('serai.businesses', true), ''), %(id)s::text), true)
"""
ADD_INBOX = """
    INSERT INTO inboxes (business_id, name) VALUES (%(business_id)s, 'Inbox')
        ON CONFLICT (business_id, name) DO UPDATE SET name = excluded.name
    RETURNING id
"""
LIST = """
    SELECT id, key, name, sector, time_zone, language, always_human, team, welcome, away,
           acknowledgement, pack_key, pack_version,
           ARRAY(SELECT jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)
                   FROM business_hours WHERE business_id = businesses.id
                  ORDER BY weekday, opens) AS weekly,
           ARRAY(SELECT jsonb_build_object('on', "on", 'name', name, 'opens', opens, 'closes', closes)
                   FROM hours_exceptions WHERE business_id = businesses.id
                  ORDER BY position) AS exceptions
      FROM businesses
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(after_name)s::text IS NULL OR (name, id) > (%(after_name)s, %(after_id)s::uuid))
     ORDER BY name, id
     LIMIT %(limit)s
"""
CHANGE = """
    UPDATE businesses
       SET (name, sector, time_zone, language, always_human, team, welcome, away, acknowledgement,
            pack_key, pack_version)
         = (SELECT name, sector, time_zone, language, always_human, team, welcome, away, acknowledgement,
                   pack_key, pack_version
              FROM jsonb_populate_record(businesses, %(changes)s))
     WHERE id = %(id)s
"""


class NewBusiness(Struct, frozen=True, kw_only=True):
    id: BusinessId
    organization_id: UUID
    key: str
    name: str
    sector: str
    time_zone: str
    language: str = "en"
    always_human: bool = False
    team: str | None = None
    welcome: str | None = None
    away: str | None = None
    acknowledgement: str | None = None
    pack_key: str | None = None
    pack_version: int | None = None


class BusinessRow(Struct, frozen=True, kw_only=True):
    id: BusinessId
    key: str
    name: str
    sector: str
    time_zone: str
    language: str
    always_human: bool
    team: str | None
    welcome: str | None
    away: str | None
    acknowledgement: str | None
    pack_key: str | None
    pack_version: int | None
    weekly: tuple[Interval, ...]
    exceptions: tuple[HoursException, ...]

    @property
    def hours(self) -> Hours:
        return Hours(time_zone=self.time_zone, weekly=self.weekly, exceptions=self.exceptions)


class Id(Struct, frozen=True):
    id: UUID


async def add(conn: Conn, business: NewBusiness) -> BusinessId:
    """Make it, or bring the texts of the one with the same key up to date; with its inbox."""
    values = {name: getattr(business, name) for name in business.__struct_fields__}
    [row] = await fetch(conn, Id, ADD_BUSINESS, values)
    await conn.execute(ADD_INBOX, {"business_id": row.id})
    return BusinessId(row.id)


async def see(conn: Conn, id_: BusinessId) -> None:
    """Let the transaction see a business that it is about to make."""
    await conn.execute(SEE, {"id": id_})


async def inbox(conn: Conn, business: BusinessId) -> UUID:
    [row] = await fetch(conn, Id, ADD_INBOX, {"business_id": business})
    return row.id


async def find(
    conn: Conn, *, id_: UUID | None = None, after: tuple[str, UUID] | None = None, limit: int = 100
) -> list[BusinessRow]:
    """Those that the connection may see, by name."""
    name, after_id = after or (None, None)
    return await fetch(
        conn,
        BusinessRow,
        LIST,
        {"id": id_, "after_name": name, "after_id": after_id, "limit": limit},
    )


async def change(conn: Conn, id_: UUID, changes: Mapping[str, object]) -> None:
    """Set what is named, by column; the rest stays."""
    await conn.execute(CHANGE, {"id": id_, "changes": Jsonb(dict(changes))})
