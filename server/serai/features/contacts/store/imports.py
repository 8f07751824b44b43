"""Rows of a table of people, compared with who is there, and written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import BusinessId, ContactId
from serai.features.contacts.decide.sheet import Row, Verdict
from serai.features.contacts.store import names
from serai.features.contacts.store.identities import SCOPES, Identity, identity, identity_context
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

OWNERS = """
    SELECT contact_identities.type, contact_identities.lookup, contact_identities.contact_id
      FROM unnest(%(types)s::text[], %(lookups)b::bytea[]) AS rows (type, lookup)
      JOIN contact_identities
        ON contact_identities.business_id = %(business_id)s
       AND contact_identities.type = rows.type AND contact_identities.lookup = rows.lookup
"""
KNOWN = """
    SELECT id, name, company, language, time_zone, birthday::text AS birthday, notes, attributes,
           ARRAY(SELECT lower(tags.name) FROM contact_tags JOIN tags ON tags.id = tag_id
                  WHERE contact_id = contacts.id) AS tags
      FROM contacts WHERE id = ANY (%(ids)s)
"""
UPSERT = """
    INSERT INTO contacts (id, business_id, name, name_is_ours, company, language, time_zone, birthday,
                          notes, attributes, source, import_id, created_at)
    SELECT id, %(business_id)s, fields ->> 'name', fields ? 'name', fields ->> 'company',
           fields ->> 'language', fields ->> 'time_zone', (fields ->> 'birthday')::date,
           coalesce(fields ->> 'notes', ''), attributes, 'import', %(import_id)s, %(now)s
      FROM jsonb_to_recordset(%(rows)s) AS rows (id uuid, fields jsonb, attributes jsonb)
     ORDER BY id
        ON CONFLICT (id) DO UPDATE
       SET name = coalesce(excluded.name, contacts.name),
           name_is_ours = contacts.name_is_ours OR excluded.name_is_ours,
           company = coalesce(excluded.company, contacts.company),
           language = coalesce(excluded.language, contacts.language),
           time_zone = coalesce(excluded.time_zone, contacts.time_zone),
           birthday = coalesce(excluded.birthday, contacts.birthday),
           notes = CASE WHEN excluded.notes = '' THEN contacts.notes ELSE excluded.notes END,
           attributes = contacts.attributes || excluded.attributes,
           archived_at = NULL
"""
IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, exact,
                                    first_seen_at, added_by)
    SELECT %(business_id)s, contact_id, type, scope, lookup, sealed, exact, %(now)s, %(by)s
      FROM unnest(%(contact_ids)s::uuid[], %(types)s::text[], %(scopes)s::text[], %(lookups)b::bytea[],
                  %(sealed)b::bytea[], %(exacts)b::bytea[])
        AS rows (contact_id, type, scope, lookup, sealed, exact)
        ON CONFLICT DO NOTHING
"""
TAGS = """
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT %(business_id)s, contact_id, tags.id, %(now)s
      FROM unnest(%(contact_ids)s::uuid[], %(names)s::text[]) AS rows (contact_id, name)
      JOIN tags ON tags.business_id = %(business_id)s AND lower(tags.name) = lower(rows.name)
        ON CONFLICT DO NOTHING
"""
CONSENTS = """
    INSERT INTO consent_records (business_id, contact_id, purpose, granted, at, evidence, method, actor,
                                 note)
    SELECT %(business_id)s, contact_id, 'marketing', granted, %(now)s, 'import:' || %(import_id)s::text,
           'imported', %(by)s, %(proof)s
      FROM unnest(%(contact_ids)s::uuid[], %(granted)s::boolean[]) AS rows (contact_id, granted)
     WHERE NOT EXISTS (SELECT FROM consent_records AS said
                        WHERE said.business_id = %(business_id)s
                          AND said.contact_id = rows.contact_id AND said.purpose = 'marketing')
        ON CONFLICT DO NOTHING
"""
"""A list says nothing against what a person said themselves."""

UNDO = """
    UPDATE contacts
       SET archived_at = %(now)s
     WHERE import_id = %(import_id)s AND merged_into IS NULL
       AND NOT EXISTS (SELECT FROM conversations WHERE contact_id = contacts.id)
"""


class OwnerRow(Struct, frozen=True):
    type: str
    lookup: bytes
    contact_id: ContactId


class KnownRow(Struct, frozen=True, kw_only=True):
    id: ContactId
    name: str | None
    company: str | None
    language: str | None
    time_zone: str | None
    birthday: str | None
    notes: str
    attributes: dict[str, Any]
    tags: tuple[str, ...]


class Read(Struct, frozen=True):
    """A row with what it is found by."""

    row: Row
    known_by: tuple[Identity, ...]


class Judged(Struct, frozen=True):
    verdict: Verdict
    words: str
    contact_id: ContactId | None
    """Who it is, if it is somebody who is there."""


def found_by(vault: Vault, row: Row) -> Read:
    return Read(row, tuple(identity(vault, type_, value) for type_, value in row.identities))


async def judge(conn: Conn, business: UUID, rows: Sequence[Read]) -> list[Judged]:
    """What writing each would do. A row whose numbers are of two people is invalid."""
    everything = [each for row in rows for each in row.known_by]
    values = {
        "business_id": business,
        "types": [each.type for each in everything],
        "lookups": [each.lookup for each in everything],
    }
    owners = {
        (row.type, row.lookup): row.contact_id
        for row in await fetch(conn, OwnerRow, OWNERS, values, prepare=False)
    }
    ids = {"ids": list(set(owners.values()))}
    known = {row.id: row for row in await fetch(conn, KnownRow, KNOWN, ids, prepare=False)}
    return [_judged(each, owners, known) for each in rows]


def _judged(
    read: Read, owners: dict[tuple[str, bytes], ContactId], known: dict[ContactId, KnownRow]
) -> Judged:
    theirs = {
        owners[name] for each in read.known_by if (name := (each.type, each.lookup)) in owners
    }
    if len(theirs) > 1:
        return Judged("invalid", "Its numbers and addresses are of two different contacts.", None)
    if not theirs:
        return Judged("new", "", None)
    [id_] = theirs
    is_all = all((each.type, each.lookup) in owners for each in read.known_by)
    verdict: Verdict = "same" if is_all and _says_nothing_new(read.row, known[id_]) else "changed"
    return Judged(verdict, "", id_)


def _says_nothing_new(row: Row, known: KnownRow) -> bool:
    fields = all(getattr(known, name) == value for name, value in row.fields.items())
    own = all(known.attributes.get(key) == value for key, value in row.attributes.items())
    return fields and own and {each.lower() for each in row.tags} <= set(known.tags)


class Import(Struct, frozen=True, kw_only=True):
    """What all rows of one import share."""

    id: UUID
    business_id: BusinessId
    by: str
    proof: str | None
    now: datetime


async def write(
    conn: Conn, vault: Vault, job: Import, rows: Sequence[tuple[Read, ContactId | None]]
) -> list[ContactId]:
    """Rows with who each is, None for somebody new: a few statements for all; returns who they are."""
    named = await names.name(
        conn, [(job.business_id, read.known_by[0].lookup) for read, id_ in rows if id_ is None]
    )
    whose = [(read, id_ or named[(job.business_id, read.known_by[0].lookup)]) for read, id_ in rows]
    shared = {"business_id": job.business_id, "import_id": job.id, "now": job.now, "by": job.by}
    records = [
        {"id": str(id_), "fields": read.row.fields, "attributes": read.row.attributes}
        for read, id_ in whose
    ]
    await conn.execute(UPSERT, {**shared, "rows": Jsonb(records)}, prepare=False)
    await conn.execute(IDENTITIES, shared | _identities(vault, whose), prepare=False)
    tagged = [(id_, name) for read, id_ in whose for name in read.row.tags]
    ids, tag_names = [id_ for id_, _ in tagged], [name for _, name in tagged]
    await conn.execute(TAGS, {**shared, "contact_ids": ids, "names": tag_names}, prepare=False)
    said = [(id_, read.row.consent) for read, id_ in whose if read.row.consent is not None]
    if said:
        granted = {"contact_ids": [id_ for id_, _ in said], "granted": [yes for _, yes in said]}
        await conn.execute(CONSENTS, {**shared, **granted, "proof": job.proof}, prepare=False)
    return [id_ for _, id_ in whose]


def _identities(vault: Vault, whose: Sequence[tuple[Read, ContactId]]) -> dict[str, Any]:
    every = [(each, id_) for read, id_ in whose for each in read.known_by]
    return {
        "contact_ids": [id_ for _, id_ in every],
        "types": [each.type for each, _ in every],
        "scopes": [SCOPES[each.type] for each, _ in every],
        "lookups": [each.lookup for each, _ in every],
        "sealed": [
            vault.ring.seal(each.value.encode(), identity_context(each.type, id_))
            for each, id_ in every
        ],
        "exacts": [each.exact for each, _ in every],
    }


async def undo(conn: Conn, import_id: UUID, now: datetime) -> int:
    """Archive whom an import made and who has said nothing since; returns how many."""
    done = await conn.execute(UNDO, {"import_id": import_id, "now": now})
    return done.rowcount
