"""What people and programs write into a contact's record."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType
from psycopg.types.json import Jsonb

from serai.core.ids import BusinessId, ContactId
from serai.features.contacts.store import names
from serai.features.contacts.store.identities import SCOPES, identity, identity_context
from serai.kit.db import Conn
from serai.kit.secrets import Vault

ADD = """
    INSERT INTO contacts (id, business_id, name, name_is_ours, company, language, time_zone,
                          birthday, notes, attributes, source, created_at)
    VALUES (%(id)s, %(business_id)s, %(name)s, %(name)s::text IS NOT NULL, %(company)s, %(language)s,
            %(time_zone)s, %(birthday)s, %(notes)s, %(attributes)s, %(source)s, %(now)s)
"""
ADD_IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, exact,
                                    first_seen_at, added_by)
    SELECT %(business_id)s, %(contact_id)s, type, scope, lookup, sealed, exact, %(now)s, %(by)s
      FROM unnest(%(types)s::text[], %(scopes)s::text[], %(lookups)b::bytea[], %(sealed)b::bytea[],
                  %(exacts)b::bytea[]) AS rows (type, scope, lookup, sealed, exact)
"""
HOLD = """
    SELECT id FROM contacts WHERE id = %(id)s FOR UPDATE
"""
CHANGE = """
    UPDATE contacts
       SET name = CASE WHEN %(fields)s::jsonb ? 'name' THEN %(fields)s ->> 'name' ELSE name END,
           name_is_ours = name_is_ours OR %(fields)s ? 'name',
           company = CASE WHEN %(fields)s ? 'company' THEN %(fields)s ->> 'company' ELSE company END,
           language = CASE WHEN %(fields)s ? 'language' THEN %(fields)s ->> 'language' ELSE language END,
           time_zone = CASE WHEN %(fields)s ? 'time_zone' THEN %(fields)s ->> 'time_zone' ELSE time_zone END,
           birthday = CASE WHEN %(fields)s ? 'birthday' THEN (%(fields)s ->> 'birthday')::date
                           ELSE birthday END,
           notes = CASE WHEN %(fields)s ? 'notes' THEN coalesce(%(fields)s ->> 'notes', '') ELSE notes END,
           attributes = jsonb_strip_nulls(attributes || coalesce(%(fields)s -> 'attributes', '{}'))
     WHERE id = %(id)s
"""
ARCHIVE = """
    UPDATE contacts SET archived_at = %(at)s WHERE id = ANY (%(ids)s) AND merged_into IS NULL
"""


class NewContact(Struct, frozen=True, kw_only=True):
    """Someone known by at least one thing; the steadiest first."""

    business_id: BusinessId
    identities: Sequence[tuple[str, str]]
    """Type and value as `decide.values` reads it."""
    name: str | None = None
    company: str | None = None
    language: str | None = None
    time_zone: str | None = None
    birthday: date | None = None
    notes: str = ""
    attributes: dict[str, Any] = {}
    source: str = "api"


class Changes(Struct, frozen=True, kw_only=True):
    """Fields of a record as they shall be; those that are not set stay."""

    name: str | UnsetType | None = UNSET
    company: str | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    time_zone: str | UnsetType | None = UNSET
    birthday: date | UnsetType | None = UNSET
    notes: str | UnsetType = UNSET
    attributes: dict[str, Any] | UnsetType = UNSET
    """Added to those that are there; one that is None is taken away."""


async def add(
    conn: Conn, vault: Vault, contact: NewContact, now: datetime, by: str | None = None
) -> ContactId:
    """A contact whom nobody in the business is known by yet."""
    known_by = [identity(vault, type_, value) for type_, value in contact.identities]
    wanted = (contact.business_id, known_by[0].lookup)
    id_ = (await names.name(conn, [wanted]))[wanted]
    fields = {name: getattr(contact, name) for name in contact.__struct_fields__}
    values = fields | {"id": id_, "now": now, "attributes": Jsonb(contact.attributes)}
    await conn.execute(ADD, {k: v for k, v in values.items() if k != "identities"})
    await add_identities(conn, vault, (contact.business_id, id_), contact.identities, now, by)
    return id_


async def add_identities(
    conn: Conn,
    vault: Vault,
    whose: tuple[UUID, UUID],
    identities: Sequence[tuple[str, str]],
    now: datetime,
    by: str | None,
) -> None:
    """Business and contact are known by these as well. Raises UniqueViolation if another is."""
    business, contact = whose
    made = [identity(vault, type_, value) for type_, value in identities]
    await conn.execute(
        ADD_IDENTITIES,
        {
            "business_id": business,
            "contact_id": contact,
            "types": [each.type for each in made],
            "scopes": [SCOPES[each.type] for each in made],
            "lookups": [each.lookup for each in made],
            "sealed": [
                vault.ring.seal(
                    each.value.encode(), identity_context(each.type, ContactId(contact))
                )
                for each in made
            ],
            "exacts": [each.exact for each in made],
            "now": now,
            "by": by,
        },
    )


async def hold(conn: Conn, contact: UUID) -> None:
    """Nobody else changes the contact until the transaction ends."""
    await conn.execute(HOLD, {"id": contact})


async def change(conn: Conn, contact: UUID, changes: Changes) -> None:
    """Write the fields that are set; a name that we gave is not overwritten by a profile."""
    fields = Jsonb(msgspec.to_builtins(changes))
    await conn.execute(CHANGE, {"id": contact, "fields": fields})


async def archive(conn: Conn, contacts: Sequence[UUID], at: datetime | None) -> None:
    """Take them out of lists, or with None back into them; whoever writes again is back as well."""
    await conn.execute(ARCHIVE, {"ids": list(contacts), "at": at})
