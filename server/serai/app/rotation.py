"""Seal every sealed value with the current key. Slices by slices, while the system runs."""

from collections.abc import Sequence
from typing import Any, LiteralString, NamedTuple

from serai.kit.db import Conn
from serai.kit.secrets import KeyRing

SLICE = 500
"""Rows of one transaction."""


class Sealed(NamedTuple):
    """A column of sealed values, and how each row's context is made."""

    read: LiteralString
    write: LiteralString


COLUMNS: Sequence[Sealed] = (
    Sealed(
        "SELECT id::text AS id, token AS sealed, 'token:' || id AS context FROM channels"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE channels SET token = rows.sealed FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE channels.id::text = rows.id",
    ),
    Sealed(
        "SELECT id::text AS id, secret AS sealed, 'secret:' || id AS context FROM app_secrets"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE app_secrets SET secret = rows.sealed FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE app_secrets.id::text = rows.id",
    ),
    Sealed(
        "SELECT id::text AS id, verify_token AS sealed, 'verify:' || id AS context FROM meta_apps"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE meta_apps SET verify_token = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE meta_apps.id::text = rows.id",
    ),
    Sealed(
        "SELECT encode(lookup, 'hex') || type || business_id AS id, sealed,"
        " 'identity:' || type || ':' || contact_id AS context FROM contact_identities"
        " WHERE encode(lookup, 'hex') || type || business_id > %(after)s"
        " ORDER BY encode(lookup, 'hex') || type || business_id LIMIT %(limit)s",
        "UPDATE contact_identities SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE encode(lookup, 'hex') || type || business_id = rows.id",
    ),
    Sealed(
        "SELECT job_id || '/' || lpad(number::text, 6, '0') AS id, sealed,"
        " 'contact-job:' || job_id || ':' || number AS context FROM contact_job_parts"
        " WHERE job_id || '/' || lpad(number::text, 6, '0') > %(after)s"
        " ORDER BY job_id || '/' || lpad(number::text, 6, '0') LIMIT %(limit)s",
        "UPDATE contact_job_parts SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE job_id || '/' || lpad(number::text, 6, '0') = rows.id",
    ),
    Sealed(
        "SELECT id::text AS id, sealed, 'push:' || encode(endpoint_digest, 'hex') AS context"
        " FROM push_devices WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE push_devices SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE push_devices.id::text = rows.id",
    ),
    Sealed(
        "SELECT sole::text AS id, private_sealed AS sealed, 'push key' AS context FROM push_keys"
        " WHERE sole::text > %(after)s ORDER BY sole::text LIMIT %(limit)s",
        "UPDATE push_keys SET private_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE push_keys.sole::text = rows.id",
    ),
    Sealed(
        "SELECT lpad(seq::text, 20, '0') AS id, body AS sealed, 'event:' || key AS context FROM events"
        " WHERE seq > (0 || %(after)s)::bigint ORDER BY seq LIMIT %(limit)s",
        "UPDATE events SET body = rows.sealed FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE events.seq = rows.id::bigint",
    ),
    Sealed(
        "SELECT lpad(id::text, 20, '0') AS id, body AS sealed, digest AS context FROM webhook_deliveries"
        " WHERE id > (0 || %(after)s)::bigint ORDER BY id LIMIT %(limit)s",
        "UPDATE webhook_deliveries SET body = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[]) AS rows (id, sealed)"
        " WHERE webhook_deliveries.id = rows.id::bigint",
    ),
    Sealed(
        "SELECT id::text AS id, email_sealed AS sealed, 'email:' || id AS context FROM users"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE users SET email_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE users.id::text = rows.id",
    ),
    Sealed(
        "SELECT user_id::text AS id, secret AS sealed,"
        " 'authenticator:' || user_id AS context FROM authenticators"
        " WHERE user_id::text > %(after)s ORDER BY user_id::text LIMIT %(limit)s",
        "UPDATE authenticators SET secret = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE authenticators.user_id::text = rows.id",
    ),
    Sealed(
        "SELECT id::text AS id, email_sealed AS sealed,"
        " 'invitation:' || encode(email_lookup, 'hex') AS context FROM invitations"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE invitations SET email_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE invitations.id::text = rows.id",
    ),
    Sealed(
        "SELECT id::text AS id, letter AS sealed, 'mail:' || id AS context FROM mails"
        " WHERE id::text > %(after)s AND letter <> '' ORDER BY id::text LIMIT %(limit)s",
        "UPDATE mails SET letter = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[])"
        " AS rows (id, sealed) WHERE mails.id::text = rows.id",
    ),
)


async def reseal(conn: Conn, ring: KeyRing) -> int:
    """Seal anew what an older key sealed; returns how many values. Raises CannotOpen."""
    return sum([await _column(conn, ring, column) for column in COLUMNS])


async def _column(conn: Conn, ring: KeyRing, column: Sealed) -> int:
    count, after = 0, ""
    while True:
        async with conn.transaction():
            await conn.execute("SELECT set_config('serai.resealing', 'on', true)")
            cursor = await conn.execute(column.read, {"after": after, "limit": SLICE})
            rows = await cursor.fetchall()
            old = [row for row in rows if not ring.is_current(row["sealed"])]
            if old:
                values = {
                    "ids": [row["id"] for row in old],
                    "sealed": [_anew(ring, row) for row in old],
                }
                await conn.execute(column.write, values)
        if not rows:
            return count
        count, after = count + len(old), rows[-1]["id"]


def _anew(ring: KeyRing, row: dict[str, Any]) -> bytes:
    context = row["context"]
    bound = context.encode() if isinstance(context, str) else b"delivery:" + context
    return ring.seal(ring.open(row["sealed"], bound), bound)
