"""Rows of browsers that are told, of what their people chose, and of our key."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from serai.features.push.model import Choices, Subscription
from serai.kit import web_push
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

KEEP_KEY = """
    INSERT INTO push_keys (private_sealed, created_at) VALUES (%(sealed)b, %(now)s)
        ON CONFLICT (sole) DO NOTHING
"""
KEY = """
    SELECT private_sealed AS sealed FROM push_keys
"""
SUBSCRIBE = """
    INSERT INTO push_devices (organization_id, user_id, endpoint_digest, sealed, name, language,
                              created_at)
    SELECT organization_id, id, %(digest)b, %(sealed)b, %(name)s, %(language)s, %(now)s
      FROM users WHERE id = %(user_id)s
        ON CONFLICT (endpoint_digest)
        DO UPDATE SET user_id = excluded.user_id, organization_id = excluded.organization_id,
                      sealed = excluded.sealed, name = excluded.name,
                      language = excluded.language
    RETURNING id, name, created_at, reached_at, encode(endpoint_digest, 'hex') AS digest
"""
DEVICES = """
    SELECT id, name, created_at, reached_at, encode(endpoint_digest, 'hex') AS digest
      FROM push_devices
     WHERE user_id = %(user_id)s
     ORDER BY created_at DESC, id
"""
REMOVE = """
    DELETE FROM push_devices WHERE id = %(id)s AND user_id = %(user_id)s RETURNING id
"""
CHOICES = """
    SELECT kinds, private, quiet_days, quiet_from, quiet_to, time_zone, urgent_passes
      FROM push_choices WHERE user_id = %(user_id)s
"""
CHOOSE = """
    INSERT INTO push_choices (user_id, kinds, private, quiet_days, quiet_from, quiet_to, time_zone,
                              urgent_passes)
    SELECT id, %(kinds)s, %(private)s, %(quiet_days)s::smallint[], %(quiet_from)s, %(quiet_to)s,
           %(time_zone)s, %(urgent_passes)s
      FROM users WHERE id = %(user_id)s
        ON CONFLICT (user_id)
        DO UPDATE SET kinds = excluded.kinds, private = excluded.private,
                      quiet_days = excluded.quiet_days, quiet_from = excluded.quiet_from,
                      quiet_to = excluded.quiet_to, time_zone = excluded.time_zone,
                      urgent_passes = excluded.urgent_passes
"""
KEY_CONTEXT = b"push key"


class Device(Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime
    reached_at: datetime | None
    digest: str
    """SHA-256 of its address, hex: by it a browser knows itself in the list."""


class _Sealed(Struct, frozen=True):
    sealed: bytes


class _Id(Struct, frozen=True):
    id: UUID


async def our_key(conn: Conn, vault: Vault, now: datetime) -> ec.EllipticCurvePrivateKey:
    """The key by which push services know this installation; made when it is first asked for."""
    found = await fetch(conn, _Sealed, KEY, {})
    if not found:
        new = web_push.private_bytes(ec.generate_private_key(web_push.CURVE))
        sealed = vault.ring.seal(new, KEY_CONTEXT)
        await conn.execute(KEEP_KEY, {"sealed": sealed, "now": now})
        found = await fetch(conn, _Sealed, KEY, {})
    return web_push.private_key(vault.ring.open(found[0].sealed, KEY_CONTEXT))


def digest_of(endpoint: str) -> bytes:
    return hashlib.sha256(endpoint.encode()).digest()


def context_of(digest: bytes) -> bytes:
    return b"push:" + digest.hex().encode()


class NewDevice(Struct, frozen=True):
    user_id: UUID
    name: str
    subscription: Subscription
    language: str | None = None
    """As the browser asked."""


async def subscribe(conn: Conn, vault: Vault, device: NewDevice, now: datetime) -> Device:
    """Tell this browser from now on; whoever it told before is told there no more."""
    digest = digest_of(device.subscription.endpoint)
    plain = msgspec.json.encode(device.subscription)
    values = {
        "user_id": device.user_id,
        "digest": digest,
        "sealed": vault.ring.seal(plain, context_of(digest)),
        "name": device.name,
        "language": device.language,
        "now": now,
    }
    [row] = await fetch(conn, Device, SUBSCRIBE, values)
    return row


async def devices(conn: Conn, user_id: UUID) -> Sequence[Device]:
    """The newest first."""
    return await fetch(conn, Device, DEVICES, {"user_id": user_id})


async def remove(conn: Conn, user_id: UUID, device_id: UUID) -> bool:
    """False if they have no such device."""
    return bool(await fetch(conn, _Id, REMOVE, {"id": device_id, "user_id": user_id}))


async def choices(conn: Conn, user_id: UUID) -> Choices:
    found = await fetch(conn, Choices, CHOICES, {"user_id": user_id})
    return found[0] if found else Choices()


async def choose(conn: Conn, user_id: UUID, chosen: Choices) -> None:
    values = {**msgspec.structs.asdict(chosen), "user_id": user_id}
    lists = {"kinds": list(chosen.kinds), "quiet_days": list(chosen.quiet_days)}
    await conn.execute(CHOOSE, values | lists)
