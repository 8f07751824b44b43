"""What is decided about contacts, as rows."""

from collections.abc import Sequence

from serai.core.effects import (
    LiftSuppression,
    MarkWelcomed,
    NotePlace,
    RecordConsent,
    SuppressContact,
)
from serai.features.contacts.store.identities import identities
from serai.kit.db import Conn, json_rows
from serai.kit.secrets import Vault

WELCOMED = """
    UPDATE contacts
       SET welcomed_at = rows.at
      FROM jsonb_to_recordset(%(rows)s) AS rows (contact_id uuid, at timestamptz)
     WHERE contacts.id = rows.contact_id AND contacts.id = ANY (%(ids)s)
       AND contacts.welcomed_at IS NULL
"""
"""The ids once more, so that nobody else is read, whatever PostgreSQL last counted."""
CONSENT = """
    INSERT INTO consent_records (business_id, contact_id, purpose, granted, at, evidence,
                                 channel_kind, method, actor, wording, note)
    SELECT business_id, contact_id, purpose, granted, at, evidence, channel_kind, method, actor,
           wording, note
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, contact_id uuid, purpose text, granted boolean, at timestamptz,
                 evidence text, channel_kind text, method text, actor text, wording text, note text)
        ON CONFLICT DO NOTHING
"""
SUPPRESS = """
    INSERT INTO suppressions (business_id, contact_id, scope, reason, since, until, lookup)
    SELECT DISTINCT ON (contact_id, scope, lookup)
           business_id, contact_id, scope, reason, since, until, lookup
      FROM (SELECT business_id, contact_id, scope, reason, since, until, decode(lookup, 'hex') AS lookup
              FROM jsonb_to_recordset(%(rows)s)
                AS rows (business_id uuid, contact_id uuid, scope text, reason text,
                         since timestamptz, until timestamptz, lookup text)) AS told
        ON CONFLICT (business_id, contact_id, scope, lookup)
        DO UPDATE SET reason = excluded.reason, since = excluded.since, until = excluded.until
"""
LIFT = """
    DELETE FROM suppressions
     USING jsonb_to_recordset(%(rows)s) AS rows (contact_id uuid, scope text)
     WHERE suppressions.contact_id = rows.contact_id AND suppressions.scope = rows.scope
"""
NOTE_PLACES = """
    INSERT INTO contact_places (business_id, contact_id, latitude, longitude, at)
    SELECT DISTINCT ON (contact_id) business_id, contact_id, latitude, longitude, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, contact_id uuid, latitude double precision,
                 longitude double precision, at timestamptz)
     ORDER BY contact_id, at DESC
        ON CONFLICT (contact_id)
        DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude, at = excluded.at
         WHERE excluded.at >= contact_places.at
"""
FORGET_WELCOMES = """
    UPDATE contacts SET welcomed_at = NULL WHERE welcomed_at IS NOT NULL
"""


async def forget_welcomes(conn: Conn) -> None:
    """Before a replay, which finds out anew who was welcomed when."""
    await conn.execute(FORGET_WELCOMES)


async def mark_welcomed(conn: Conn, effects: Sequence[MarkWelcomed]) -> None:
    ids = [effect.contact_id for effect in effects]
    await conn.execute(WELCOMED, {"rows": json_rows(effects), "ids": ids})


async def record_consent(conn: Conn, effects: Sequence[RecordConsent]) -> None:
    await conn.execute(CONSENT, {"rows": json_rows(effects)})


async def suppress(conn: Conn, vault: Vault, effects: Sequence[SuppressContact]) -> None:
    rows = [
        {
            "business_id": effect.business_id,
            "contact_id": effect.contact_id,
            "scope": effect.scope,
            "reason": effect.reason,
            "since": effect.since,
            "until": effect.until,
            "lookup": _lookup(vault, effect).hex(),
        }
        for effect in effects
    ]
    await conn.execute(SUPPRESS, {"rows": json_rows(rows)})


def _lookup(vault: Vault, effect: SuppressContact) -> bytes:
    """Of the address, whichever way a number is spelled; empty: of all addresses."""
    whose = effect.recipient
    known_by = identities(vault, whose, effect.channel_kind) if whose else ()
    return known_by[0].lookup if known_by else b""


async def lift_suppressions(conn: Conn, effects: Sequence[LiftSuppression]) -> None:
    await conn.execute(LIFT, {"rows": json_rows(effects)})


async def note_places(conn: Conn, effects: Sequence[NotePlace]) -> None:
    await conn.execute(NOTE_PLACES, {"rows": json_rows(effects)})
