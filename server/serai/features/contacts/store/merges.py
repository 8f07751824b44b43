"""Two contacts become one, and two again; what is the contacts' own. The inbox moves its own rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.effects import JoinContacts, PartContacts
from serai.core.ids import BusinessId, ContactId
from serai.features.contacts.store.identities import identity_context
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

NOTE = """
    INSERT INTO contact_merges (id, business_id, kept_id, gone_id, by, at, identity_ids, tag_ids,
                                before)
    SELECT rows.merge_id, rows.business_id, rows.kept_id, rows.gone_id, rows.by, rows.at,
           ARRAY(SELECT id FROM contact_identities WHERE contact_id = rows.gone_id),
           ARRAY(SELECT tag_id FROM contact_tags WHERE contact_id = rows.gone_id
                 EXCEPT SELECT tag_id FROM contact_tags WHERE contact_id = rows.kept_id),
           jsonb_build_object('name', kept.name, 'company', kept.company,
                              'language', kept.language, 'time_zone', kept.time_zone,
                              'birthday', kept.birthday, 'notes', kept.notes,
                              'attributes', kept.attributes)
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (merge_id uuid, business_id uuid, kept_id uuid, gone_id uuid, by text, at timestamptz)
      JOIN contacts AS kept ON kept.id = rows.kept_id
        ON CONFLICT DO NOTHING
"""
SEALED = """
    SELECT contact_identities.id, type, sealed, contact_id FROM contact_identities
     WHERE contact_identities.id = ANY (%(ids)s)
        OR contact_identities.contact_id = ANY (%(contact_ids)s)
"""
MOVE_IDENTITIES = """
    UPDATE contact_identities
       SET contact_id = rows.contact_id, sealed = rows.sealed,
           seen_at = coalesce(seen_at, (SELECT last_seen_at FROM contacts
                                         WHERE contacts.id = contact_identities.contact_id))
      FROM unnest(%(ids)s::uuid[], %(contact_ids)s::uuid[], %(sealed)b::bytea[])
        AS rows (id, contact_id, sealed)
     WHERE contact_identities.id = rows.id
"""
MOVE_TAGS = """
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT contact_tags.business_id, rows.kept_id, tag_id, tagged_at
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN contact_tags ON contact_tags.contact_id = rows.gone_id
        ON CONFLICT DO NOTHING
"""
CONSENT = """
    WITH latest AS (
        SELECT DISTINCT ON (rows.kept_id, consent.contact_id, consent.purpose, consent.channel_kind)
               rows.business_id, rows.kept_id, rows.merge_id, rows.by, rows.at, consent.contact_id,
               consent.purpose, consent.channel_kind, consent.granted
          FROM jsonb_to_recordset(%(rows)s)
            AS rows (merge_id uuid, business_id uuid, kept_id uuid, gone_id uuid, by text,
                     at timestamptz)
          JOIN consent_records AS consent
            ON consent.business_id = rows.business_id
           AND consent.contact_id IN (rows.kept_id, rows.gone_id)
         ORDER BY rows.kept_id, consent.contact_id, consent.purpose, consent.channel_kind,
                  consent.id DESC
    )
    INSERT INTO consent_records (business_id, contact_id, purpose, granted, at, evidence,
                                 channel_kind, method, actor)
    SELECT business_id, kept_id, purpose, bool_and(granted), at, 'merge:' || merge_id, channel_kind,
           'merged', by
      FROM latest
     GROUP BY business_id, kept_id, merge_id, by, at, purpose, channel_kind
    HAVING bool_or(granted) FILTER (WHERE contact_id = kept_id) IS DISTINCT FROM bool_and(granted)
        ON CONFLICT DO NOTHING
"""
"""The strictest of both holds: who said no once has said no."""

SUPPRESS = """
    INSERT INTO suppressions (business_id, contact_id, scope, reason, since, until, lookup)
    SELECT suppressions.business_id, rows.kept_id, scope, reason, since, until, lookup
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN suppressions ON suppressions.contact_id = rows.gone_id
        ON CONFLICT (business_id, contact_id, scope, lookup)
        DO UPDATE SET until = CASE WHEN suppressions.until IS NULL OR excluded.until IS NULL THEN NULL
                                   ELSE greatest(suppressions.until, excluded.until) END
"""
FILL = """
    UPDATE contacts AS kept
       SET name = CASE WHEN gone.name_is_ours AND NOT kept.name_is_ours THEN gone.name
                       ELSE coalesce(kept.name, gone.name) END,
           name_is_ours = kept.name_is_ours OR gone.name_is_ours,
           company = coalesce(kept.company, gone.company),
           language = coalesce(kept.language, gone.language),
           time_zone = coalesce(kept.time_zone, gone.time_zone),
           birthday = coalesce(kept.birthday, gone.birthday),
           notes = concat_ws(E'\\n', nullif(kept.notes, ''), nullif(gone.notes, '')),
           attributes = gone.attributes || kept.attributes,
           welcomed_at = least(kept.welcomed_at, gone.welcomed_at),
           last_seen_at = greatest(kept.last_seen_at, gone.last_seen_at)
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN contacts AS gone ON gone.id = rows.gone_id
     WHERE kept.id = rows.kept_id AND gone.merged_into IS NULL
"""
CLOSE = """
    UPDATE contacts
       SET merged_into = rows.kept_id, archived_at = coalesce(contacts.archived_at, rows.at)
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid, at timestamptz)
     WHERE contacts.id = rows.gone_id OR contacts.merged_into = rows.gone_id
"""
"""Those that were part of the gone one are part of the kept one now."""

UNDONE = """
    UPDATE contact_merges
       SET undone_at = rows.at
      FROM jsonb_to_recordset(%(rows)s) AS rows (merge_id uuid, at timestamptz)
     WHERE contact_merges.id = rows.merge_id
    RETURNING contact_merges.id, kept_id, gone_id, identity_ids
"""
RESTORE = """
    UPDATE contacts
       SET name = merge.before ->> 'name', company = merge.before ->> 'company',
           language = merge.before ->> 'language', time_zone = merge.before ->> 'time_zone',
           birthday = (merge.before ->> 'birthday')::date, notes = merge.before ->> 'notes',
           attributes = merge.before -> 'attributes'
      FROM contact_merges AS merge
     WHERE merge.id = ANY (%(ids)s) AND contacts.id = merge.kept_id
"""
REOPEN = """
    UPDATE contacts SET merged_into = NULL, archived_at = NULL WHERE id = ANY (%(ids)s)
"""
TAKE_TAGS = """
    DELETE FROM contact_tags
     USING contact_merges AS merge
     WHERE merge.id = ANY (%(ids)s) AND contact_tags.contact_id = merge.kept_id
       AND contact_tags.tag_id = ANY (merge.tag_ids)
"""
STANDING = """
    SELECT merge.id, merge.business_id, merge.kept_id, merge.gone_id, merge.by, merge.at,
           gone.name AS gone_name,
           NOT EXISTS (SELECT FROM contact_merges AS later
                        WHERE later.undone_at IS NULL AND later.at > merge.at
                          AND later.kept_id = merge.kept_id) AS is_last
      FROM contact_merges AS merge
      JOIN contacts AS gone ON gone.id = merge.gone_id
     WHERE merge.undone_at IS NULL AND gone.merged_into = merge.kept_id
       AND (merge.kept_id = %(kept_id)s OR merge.id = %(id)s)
     ORDER BY merge.at DESC
"""


class Sealed(Struct, frozen=True):
    id: UUID
    type: str
    sealed: bytes
    contact_id: ContactId


class Parted(Struct, frozen=True):
    id: UUID
    kept_id: ContactId
    gone_id: ContactId
    identity_ids: tuple[UUID, ...]


class MergeRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    kept_id: ContactId
    gone_id: ContactId
    by: str
    at: datetime
    gone_name: str | None
    is_last: bool
    """Only the last one can be undone; it may be that an earlier one is the last then."""


async def join(conn: Conn, vault: Vault, effects: Sequence[JoinContacts]) -> None:
    """Everything that one has goes to the other; of consents the strictest holds."""
    rows = {"rows": json_rows(effects)}
    into = {effect.gone_id: effect.kept_id for effect in effects}
    await conn.execute(NOTE, rows)
    await _move(conn, vault, [], {**into, **{kept: kept for kept in into.values()}})
    for statement in (MOVE_TAGS, CONSENT, SUPPRESS, FILL, CLOSE):
        await conn.execute(statement, rows)


async def part(conn: Conn, vault: Vault, effects: Sequence[PartContacts]) -> None:
    """Two again, each with what was theirs; what was said since stays with the kept one's."""
    undone = await fetch(conn, Parted, UNDONE, {"rows": json_rows(effects)})
    back = {id_: merge.gone_id for merge in undone for id_ in merge.identity_ids}
    await conn.execute(REOPEN, {"ids": [merge.gone_id for merge in undone]})
    await _move(conn, vault, list(back), back)
    ids = {"ids": [merge.id for merge in undone]}
    await conn.execute(RESTORE, ids)
    await conn.execute(TAKE_TAGS, ids)


async def standing(
    conn: Conn, kept_id: UUID | None = None, id_: UUID | None = None
) -> list[MergeRow]:
    """Merges that hold, the latest first: of a contact, or one by its id."""
    return await fetch(conn, MergeRow, STANDING, {"kept_id": kept_id, "id": id_})


async def _move(
    conn: Conn,
    vault: Vault,
    ids: Sequence[UUID],
    to: dict[ContactId, ContactId] | dict[UUID, ContactId],
) -> None:
    """Identities to other contacts, by their own ids or by whose they are; each is sealed anew."""
    values = {"ids": list(ids), "contact_ids": [] if ids else list(to)}
    rows = await fetch(conn, Sealed, SEALED, values)
    moved = [(row, to[row.id if ids else row.contact_id]) for row in rows]  # pyright: ignore[reportArgumentType]
    await conn.execute(
        MOVE_IDENTITIES,
        {
            "ids": [row.id for row, _ in moved],
            "contact_ids": [contact for _, contact in moved],
            "sealed": [_sealed(vault, row, contact) for row, contact in moved],
        },
    )


def _sealed(vault: Vault, row: Sealed, contact: ContactId) -> bytes:
    plain = vault.ring.open(row.sealed, identity_context(row.type, row.contact_id))
    return vault.ring.seal(plain, identity_context(row.type, contact))
