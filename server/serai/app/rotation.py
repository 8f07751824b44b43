"""Seal every sealed value with the current key. Slices by slices, while the system runs."""

from collections.abc import Sequence
from typing import Any, LiteralString, NamedTuple

from serai.kit.db import Conn
from serai.kit.secrets import CannotOpen, KeyRing

SLICE = 500
"""Rows of one transaction."""


class Sealed(NamedTuple):
    """A column of sealed values, and how each row's context is made."""

    read: LiteralString
    write: LiteralString
    """Leaves alone what somebody changed since it was read."""

    @property
    def name(self) -> str:
        """`table.column`."""
        _, table, _, column, *_ = self.write.split()
        return f"{table}.{column}"


COLUMNS: Sequence[Sealed] = (
    Sealed(
        "SELECT id::text AS id, token AS sealed, 'token:' || id AS context FROM channels"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE channels SET token = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE channels.id::text = rows.id"
        " AND channels.token = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, secret AS sealed, 'secret:' || id AS context FROM app_secrets"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE app_secrets SET secret = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE app_secrets.id::text = rows.id"
        " AND app_secrets.secret = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, verify_token AS sealed, 'verify:' || id AS context FROM meta_apps"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE meta_apps SET verify_token = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE meta_apps.id::text = rows.id"
        " AND meta_apps.verify_token = rows.was",
    ),
    Sealed(
        "SELECT encode(lookup, 'hex') || type || business_id AS id, sealed,"
        " 'identity:' || type || ':' || contact_id AS context FROM contact_identities"
        " WHERE encode(lookup, 'hex') || type || business_id > %(after)s"
        " ORDER BY encode(lookup, 'hex') || type || business_id LIMIT %(limit)s",
        "UPDATE contact_identities SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE encode(lookup, 'hex') || type || business_id = rows.id"
        " AND contact_identities.sealed = rows.was",
    ),
    Sealed(
        "SELECT job_id || '/' || lpad(number::text, 6, '0') AS id, sealed,"
        " 'contact-job:' || job_id || ':' || number AS context FROM contact_job_parts"
        " WHERE job_id || '/' || lpad(number::text, 6, '0') > %(after)s"
        " ORDER BY job_id || '/' || lpad(number::text, 6, '0') LIMIT %(limit)s",
        "UPDATE contact_job_parts SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE job_id || '/' || lpad(number::text, 6, '0') = rows.id"
        " AND contact_job_parts.sealed = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, sealed, 'push:' || encode(endpoint_digest, 'hex') AS context"
        " FROM push_devices WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE push_devices SET sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE push_devices.id::text = rows.id"
        " AND push_devices.sealed = rows.was",
    ),
    Sealed(
        "SELECT sole::text AS id, private_sealed AS sealed, 'push key' AS context FROM push_keys"
        " WHERE sole::text > %(after)s ORDER BY sole::text LIMIT %(limit)s",
        "UPDATE push_keys SET private_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE push_keys.sole::text = rows.id"
        " AND push_keys.private_sealed = rows.was",
    ),
    Sealed(
        "SELECT lpad(seq::text, 20, '0') AS id, body AS sealed, 'event:' || key AS context FROM events"
        " WHERE seq > (0 || %(after)s)::bigint ORDER BY seq LIMIT %(limit)s",
        "UPDATE events SET body = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE events.seq = rows.id::bigint"
        " AND events.body = rows.was",
    ),
    Sealed(
        "SELECT lpad(id::text, 20, '0') AS id, body AS sealed, 'delivery:'::bytea || digest"
        " AS context FROM webhook_deliveries WHERE id > (0 || %(after)s)::bigint ORDER BY id LIMIT %(limit)s",
        "UPDATE webhook_deliveries SET body = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE webhook_deliveries.id = rows.id::bigint"
        " AND webhook_deliveries.body = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, email_sealed AS sealed, 'email:' || id AS context FROM users"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE users SET email_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE users.id::text = rows.id"
        " AND users.email_sealed = rows.was",
    ),
    Sealed(
        "SELECT user_id::text AS id, secret AS sealed,"
        " 'authenticator:' || user_id AS context FROM authenticators"
        " WHERE user_id::text > %(after)s ORDER BY user_id::text LIMIT %(limit)s",
        "UPDATE authenticators SET secret = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE authenticators.user_id::text = rows.id"
        " AND authenticators.secret = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, email_sealed AS sealed,"
        " 'invitation:' || encode(email_lookup, 'hex') AS context FROM invitations"
        " WHERE id::text > %(after)s ORDER BY id::text LIMIT %(limit)s",
        "UPDATE invitations SET email_sealed = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE invitations.id::text = rows.id"
        " AND invitations.email_sealed = rows.was",
    ),
    Sealed(
        "SELECT id::text AS id, letter AS sealed, 'mail:' || id AS context FROM mails"
        " WHERE id::text > %(after)s AND letter <> '' ORDER BY id::text LIMIT %(limit)s",
        "UPDATE mails SET letter = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE mails.id::text = rows.id"
        " AND mails.letter = rows.was",
    ),
    Sealed(
        "SELECT channel_id::text AS id, private_key AS sealed, 'flow-key:' || channel_id AS context"
        " FROM flow_keys WHERE channel_id::text > %(after)s ORDER BY channel_id::text LIMIT %(limit)s",
        "UPDATE flow_keys SET private_key = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE channel_id::text = rows.id"
        " AND flow_keys.private_key = rows.was",
    ),
    Sealed(
        "SELECT encode(digest, 'hex') AS id, body AS sealed, 'token:'::bytea || digest AS context"
        " FROM one_time_tokens WHERE body IS NOT NULL AND encode(digest, 'hex') > %(after)s"
        " ORDER BY encode(digest, 'hex') LIMIT %(limit)s",
        "UPDATE one_time_tokens SET body = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE digest = decode(rows.id, 'hex')"
        " AND one_time_tokens.body = rows.was",
    ),
    Sealed(
        "SELECT delivery_id || '/' || position AS id, event AS sealed,"
        " 'item:' || delivery_id || ':' || position AS context FROM inbound_items"
        " WHERE event IS NOT NULL AND (delivery_id, position) > ("
        "     (0 || split_part(%(after)s, '/', 1))::bigint,"
        "     coalesce(nullif(split_part(%(after)s, '/', 2), ''), '-1')::integer)"
        " ORDER BY delivery_id, position LIMIT %(limit)s",
        "UPDATE inbound_items SET event = rows.sealed"
        " FROM unnest(%(ids)s::text[], %(sealed)b::bytea[], %(was)b::bytea[]) AS rows (id, sealed, was)"
        " WHERE delivery_id = split_part(rows.id, '/', 1)::bigint"
        " AND position = split_part(rows.id, '/', 2)::integer"
        " AND inbound_items.event = rows.was",
    ),
)


class Resealed(NamedTuple):
    value_count: int
    unopened: dict[str, int]
    """How many values no key of the ring opens, by `table.column`; they stay as they are."""


async def reseal(conn: Conn, ring: KeyRing) -> Resealed:
    """Seal anew what an older key sealed."""
    done = {column.name: await _column(conn, ring, column) for column in COLUMNS}
    unopened = {name: left for name, (_, left) in done.items() if left}
    return Resealed(sum(count for count, _ in done.values()), unopened)


async def _column(conn: Conn, ring: KeyRing, column: Sealed) -> tuple[int, int]:
    """How many values were sealed anew, and how many do not open."""
    count, left, after = 0, 0, ""
    while True:
        async with conn.transaction():
            await conn.execute("SELECT set_config('serai.resealing', 'on', true)")
            cursor = await conn.execute(column.read, {"after": after, "limit": SLICE})
            rows = await cursor.fetchall()
            old = [row for row in rows if not ring.is_current(row["sealed"])]
            anew = [(row, sealed) for row in old if (sealed := _anew(ring, row)) is not None]
            if anew:
                values = {
                    "ids": [row["id"] for row, _ in anew],
                    "sealed": [sealed for _, sealed in anew],
                    "was": [row["sealed"] for row, _ in anew],
                }
                await conn.execute(column.write, values)
        if not rows:
            return count, left
        count, left, after = count + len(anew), left + len(old) - len(anew), rows[-1]["id"]


def _anew(ring: KeyRing, row: dict[str, Any]) -> bytes | None:
    """None: its key is not on the ring."""
    context = row["context"]
    bound = context.encode() if isinstance(context, str) else context
    try:
        return ring.seal(ring.open(row["sealed"], bound), bound)
    except CannotOpen:
        return None
