"""Which contacts, in which order: the one filter that the list, bulk changes and exports share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, LiteralString, TypeAlias
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import ContactId
from serai.features.contacts.decide import values
from serai.features.contacts.store.identities import identity
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

Sort: TypeAlias = Literal["newest", "oldest", "name", "name_desc", "seen", "seen_asc"]
SHORT = 3
"""Letters from which on a trigram index finds words."""
MOST_COUNTED = 200_000

MATCHES: LiteralString = """
           contacts.merged_into IS NULL
       AND (%(archived)s::boolean OR contacts.archived_at IS NULL)
       AND (NOT %(archived)s::boolean OR contacts.archived_at IS NOT NULL)
       AND (%(infix)s::text IS NULL OR contacts.sort_name LIKE %(infix)s)
       AND (%(pattern)s::text IS NULL OR contacts.id = ANY (ARRAY(
               SELECT contacts_named(%(pattern)s)
                UNION SELECT contact_id FROM contact_identities
                       WHERE business_id = ANY (%(business_ids)s::uuid[])
                         AND lookup = ANY (%(lookups)b::bytea[]))))
       AND (%(tag_ids)s::uuid[] IS NULL OR contacts.id IN (
               SELECT contact_id FROM contact_tags WHERE tag_id = ANY (%(tag_ids)s)))
       AND (%(language)s::text IS NULL OR contacts.language = %(language)s)
       AND (%(source)s::text IS NULL OR contacts.source = %(source)s)
       AND (%(import_id)s::uuid IS NULL OR contacts.import_id = %(import_id)s)
       AND (%(channel_id)s::uuid IS NULL OR contacts.id IN (
               SELECT contact_id FROM conversations WHERE channel_id = %(channel_id)s))
       AND (%(has)s::text IS NULL OR EXISTS (
               SELECT FROM contact_identities AS known
                WHERE known.contact_id = contacts.id AND known.type = %(has)s))
       AND (%(lacks)s::text IS NULL OR NOT EXISTS (
               SELECT FROM contact_identities AS known
                WHERE known.contact_id = contacts.id AND known.type = %(lacks)s))
       AND (%(consent)s::text IS NULL OR contacts.marketing = %(consent)s)
       AND (%(seen_after)s::timestamptz IS NULL OR contacts.last_seen_at >= %(seen_after)s)
       AND (%(seen_before)s::timestamptz IS NULL
            OR coalesce(contacts.last_seen_at, '-infinity') < %(seen_before)s)
       AND (%(attributes)s::jsonb IS NULL OR (
               SELECT bool_and(contacts.attributes ->> key = value)
                 FROM jsonb_each_text(%(attributes)s)))
       AND (%(kilometres)s::double precision IS NULL OR EXISTS (
               SELECT FROM contact_places
                WHERE contact_places.contact_id = contacts.id
                  AND kilometres_between(latitude, longitude, %(latitude)s::double precision,
                                         %(longitude)s::double precision) <= %(kilometres)s))
       AND (%(ids)s::uuid[] IS NULL OR contacts.id = ANY (%(ids)s))
       AND (%(created_before)s::timestamptz IS NULL OR contacts.created_at <= %(created_before)s)
"""
_by_created: LiteralString = (
    """
    SELECT page.id
      FROM unnest(%(business_ids)s::uuid[]) AS businesses (id)
     CROSS JOIN LATERAL (
           SELECT contacts.id, created_at FROM contacts
            WHERE contacts.business_id = businesses.id
              AND (%(after_at)s::timestamptz IS NULL
                   OR (created_at, contacts.id) -beyond- (%(after_at)s, %(after_id)s::uuid))
              AND """  # noqa: S608 — both are constants
    + MATCHES
    + """
            ORDER BY created_at -way-, contacts.id -way-
            LIMIT %(limit)s) AS page
     ORDER BY page.created_at -way-, page.id -way-
     LIMIT %(limit)s
"""
)
_by_name: LiteralString = (
    """
    SELECT page.id
      FROM unnest(%(business_ids)s::uuid[]) AS businesses (id)
     CROSS JOIN LATERAL (
           SELECT contacts.id, sort_name FROM contacts
            WHERE contacts.business_id = businesses.id
              AND (%(after_name)s::text IS NULL
                   OR (sort_name, contacts.id) -beyond- (%(after_name)s, %(after_id)s::uuid))
              AND """  # noqa: S608 — both are constants
    + MATCHES
    + """
            ORDER BY sort_name -way-, contacts.id -way-
            LIMIT %(limit)s) AS page
     ORDER BY page.sort_name -way-, page.id -way-
     LIMIT %(limit)s
"""
)
_by_seen: LiteralString = (
    """
    SELECT page.id
      FROM unnest(%(business_ids)s::uuid[]) AS businesses (id)
     CROSS JOIN LATERAL (
           SELECT contacts.id, coalesce(last_seen_at, '-infinity') AS seen_at FROM contacts
            WHERE contacts.business_id = businesses.id
              AND (%(after_id)s::uuid IS NULL
                   OR (coalesce(last_seen_at, '-infinity'), contacts.id)
                    -beyond- (coalesce(%(after_at)s::timestamptz, '-infinity'), %(after_id)s))
              AND """  # noqa: S608 — both are constants
    + MATCHES
    + """
            ORDER BY coalesce(last_seen_at, '-infinity') -way-, contacts.id -way-
            LIMIT %(limit)s) AS page
     ORDER BY page.seen_at -way-, page.id -way-
     LIMIT %(limit)s
"""
)


def _ordered(statement: LiteralString, way: LiteralString) -> LiteralString:
    beyond = "<" if way == "DESC" else ">"
    return statement.replace("-beyond-", beyond).replace("-way-", way)


NEWEST = _ordered(_by_created, "DESC")
OLDEST = _ordered(_by_created, "ASC")
BY_NAME = _ordered(_by_name, "ASC")
BY_NAME_BACKWARDS = _ordered(_by_name, "DESC")
SEEN_LAST = _ordered(_by_seen, "DESC")
SEEN_LONGEST_AGO = _ordered(_by_seen, "ASC")
STATEMENTS: Mapping[Sort, LiteralString] = {
    "newest": NEWEST,
    "oldest": OLDEST,
    "name": BY_NAME,
    "name_desc": BY_NAME_BACKWARDS,
    "seen": SEEN_LAST,
    "seen_asc": SEEN_LONGEST_AGO,
}
BY_ID = (
    """
    SELECT contacts.id
      FROM contacts
     WHERE contacts.business_id = ANY (%(business_ids)s::uuid[])
       AND (%(after_id)s::uuid IS NULL OR contacts.id > %(after_id)s)
       AND """  # noqa: S608 — both are constants
    + MATCHES
    + """
     ORDER BY contacts.id
     LIMIT %(limit)s
"""
)
COUNT = (
    """
    SELECT count(*) AS count
      FROM (SELECT FROM contacts
             WHERE contacts.business_id = ANY (%(business_ids)s::uuid[])
               AND """  # noqa: S608 — both are constants
    + MATCHES
    + """
             LIMIT %(limit)s) AS found
"""
)


class Filter(Struct, frozen=True, kw_only=True):
    """Which contacts; what is None does not matter."""

    business_ids: tuple[UUID, ...]
    text: str | None = None
    """A part of the name, or a whole number, address or username."""
    tag_ids: tuple[UUID, ...] | None = None
    """With any of these."""
    language: str | None = None
    source: str | None = None
    import_id: UUID | None = None
    channel_id: UUID | None = None
    """Who was ever talked to through it."""
    has: str | None = None
    """A type of identity."""
    lacks: str | None = None
    consent: Literal["yes", "no", "unknown"] | None = None
    """To marketing, as last said."""
    seen_after: datetime | None = None
    seen_before: datetime | None = None
    attributes: dict[str, str] | None = None
    latitude: float | None = None
    longitude: float | None = None
    kilometres: float | None = None
    ids: tuple[UUID, ...] | None = None
    created_before: datetime | None = None
    archived: bool = False


class After(Struct, frozen=True, kw_only=True):
    """Where the page before ended."""

    id: UUID
    at: datetime | None = None
    name: str | None = None


class Id(Struct, frozen=True):
    id: ContactId


class Count(Struct, frozen=True):
    count: int


async def page(
    conn: Conn, vault: Vault, wanted: Filter, sort: Sort, after: After | None, limit: int
) -> list[ContactId]:
    """Ids in order. One who is added meanwhile moves nobody to another page."""
    where: Mapping[str, object] = {
        "after_id": after.id if after else None,
        "after_at": after.at if after else None,
        "after_name": after.name if after else None,
        "limit": limit,
    }
    params = _params(vault, wanted) | where
    return [row.id for row in await fetch(conn, Id, STATEMENTS[sort], params, prepare=False)]


async def ids_after(
    conn: Conn, vault: Vault, wanted: Filter, after: UUID | None, limit: int
) -> list[ContactId]:
    """The next ones by id, for going through all of them in steps."""
    params = _params(vault, wanted) | {"after_id": after, "limit": limit}
    return [row.id for row in await fetch(conn, Id, BY_ID, params, prepare=False)]


async def count(conn: Conn, vault: Vault, wanted: Filter) -> int:
    """How many, counted up to MOST_COUNTED."""
    params = _params(vault, wanted) | {"limit": MOST_COUNTED}
    [row] = await fetch(conn, Count, COUNT, params, prepare=False)
    return row.count


def _params(vault: Vault, wanted: Filter) -> dict[str, object]:
    names = (name for name in wanted.__struct_fields__ if name not in ("text", "attributes"))
    params: dict[str, object] = {name: _plain(getattr(wanted, name)) for name in names}
    text = (wanted.text or "").strip().lower()
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    lookups = _lookups(vault, text) if text else []
    found = len(text) >= SHORT or bool(lookups)
    return params | {
        "attributes": Jsonb(wanted.attributes) if wanted.attributes else None,
        "infix": f"%{escaped}%" if text and not found else None,
        "pattern": f"%{escaped}%" if found else None,
        "lookups": lookups,
    }


def _plain(value: object) -> object:
    return list[Any](value) if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownArgumentType]


def _lookups(vault: Vault, text: str) -> list[bytes]:
    """What the text could be a whole value of."""
    compact = "".join(each for each in text if each not in " ()-./")
    phone = values.phone(compact) if len(compact) >= 7 else None
    read = {
        "phone": phone,
        "email": values.email(text),
        "username": values.username(text),
        "external_id": values.opaque(text),
        "wa_user_id": values.opaque(text.upper()),
    }
    return [identity(vault, type_, value).lookup for type_, value in read.items() if value]
