"""Passkeys: public halves of keys that stay in people's devices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

ADD = """
    INSERT INTO passkeys (id, user_id, credential, public_key, sign_count, name, transports, created_at)
    VALUES (gen_random_uuid(), %(user_id)s, %(credential)s, %(public_key)s, %(sign_count)s, %(name)s,
            %(transports)s, %(now)s)
        ON CONFLICT (credential) DO NOTHING
"""
LIST = """
    SELECT id, user_id, credential, public_key, sign_count, name, transports, created_at, used_at
      FROM passkeys
     WHERE user_id = %(user_id)s
     ORDER BY created_at, id
"""
FIND = """
    SELECT passkeys.id, user_id, credential, public_key, sign_count, passkeys.name, transports,
           passkeys.created_at, used_at
      FROM passkeys JOIN users ON users.id = passkeys.user_id
     WHERE credential = %(credential)s AND disabled_at IS NULL
"""
USE = """
    UPDATE passkeys SET sign_count = %(sign_count)s, used_at = %(now)s
     WHERE id = %(id)s AND sign_count = %(sign_count_before)s
"""
RENAME = """
    UPDATE passkeys SET name = %(name)s WHERE id = %(id)s AND user_id = %(user_id)s
"""
REMOVE = """
    DELETE FROM passkeys WHERE user_id = %(user_id)s AND (%(id)s::uuid IS NULL OR id = %(id)s)
"""


class PasskeyRow(Struct, frozen=True):
    id: UUID
    user_id: UUID
    credential: bytes
    public_key: bytes
    sign_count: int
    """Goes up with every use, or stays 0 with keys that are copied between devices."""
    name: str
    transports: tuple[str, ...]
    created_at: datetime
    used_at: datetime | None


class NewPasskey(Struct, frozen=True, kw_only=True):
    user_id: UUID
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str
    transports: Sequence[str]


async def add(conn: Conn, new: NewPasskey, now: datetime) -> bool:
    """False if somebody has it already."""
    values = {name: getattr(new, name) for name in new.__struct_fields__}
    values |= {"transports": list(new.transports), "now": now}
    return bool((await conn.execute(ADD, values)).rowcount)


async def of_user(conn: Conn, user_id: UUID) -> list[PasskeyRow]:
    """The oldest first."""
    return await fetch(conn, PasskeyRow, LIST, {"user_id": user_id})


async def find(conn: Conn, credential: bytes) -> PasskeyRow | None:
    """By the id that the device gives; None also when its owner is disabled."""
    rows = await fetch(conn, PasskeyRow, FIND, {"credential": credential})
    return rows[0] if rows else None


async def use(conn: Conn, passkey: PasskeyRow, sign_count: int, now: datetime) -> bool:
    """Keep the new count; False if the key was used at the same moment, from a copy perhaps."""
    values = {"id": passkey.id, "sign_count": sign_count, "now": now}
    cursor = await conn.execute(USE, values | {"sign_count_before": passkey.sign_count})
    return bool(cursor.rowcount)


async def rename(conn: Conn, user_id: UUID, id_: UUID, name: str) -> bool:
    return bool(
        (await conn.execute(RENAME, {"user_id": user_id, "id": id_, "name": name})).rowcount
    )


async def remove(conn: Conn, user_id: UUID, id_: UUID | None) -> bool:
    """One, or all."""
    return bool((await conn.execute(REMOVE, {"user_id": user_id, "id": id_})).rowcount)
