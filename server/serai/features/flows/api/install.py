"""Bring a form to Meta: its key, its screens, published. No database is held while Meta answers."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import NamedTuple
from uuid import UUID

from serai.features.flows.decide import booking
from serai.features.flows.store import rows as store
from serai.features.flows.store.rows import FlowChannel, FlowRow
from serai.kit.db import Conn, Pool, seeing
from serai.kit.errors import Conflict, NotFound
from serai.kit.secrets import Vault
from serai.meta import flows as sealing
from serai.meta.client import Graph
from serai.meta.management import flows

FORMS = {booking.KEY: ("Book a table", ("APPOINTMENT_BOOKING",))}
"""Name and Meta's categories of each form that we have."""


class Office(NamedTuple):
    """What installing takes."""

    pool: Pool
    graph: Graph
    vault: Vault
    businesses: Sequence[UUID]
    """That may be seen."""


def screens_of(key: str) -> bytes:
    """Flow JSON as Meta takes it."""
    return (files("serai.features.flows.decide") / f"{key}.json").read_bytes()


async def install(
    office: Office, channel_id: UUID, key: str, public_url: str, now: datetime
) -> FlowRow:
    """Make the form at Meta, or leave it if its screens are there already.

    `public_url` is where Meta reaches this installation, such as https://serai.example. Raises
    NotFound, Conflict when Meta finds the screens wrong, and members of serai.meta.errors.
    """
    if key not in FORMS:
        raise NotFound("flow_not_found", f"There is no form {key!r}.", "key")
    screens = screens_of(key)
    digest = hashlib.sha256(screens).hexdigest()
    async with seeing(office.pool, office.businesses) as conn:
        channel = await _found(office, conn, channel_id)
        known = [row for row in await store.flows(conn, channel_id) if row.key == key]
    if known and known[0].digest == digest and channel.private_key is not None:
        return known[0]
    private_pem = channel.private_key or sealing.new_private_key()
    meta_id = await _publish(office.graph, channel, key, screens, private_pem, public_url)
    row = FlowRow(channel.id, key, meta_id, digest, now)
    async with seeing(office.pool, office.businesses) as conn:
        await store.add_key(conn, office.vault, channel, private_pem, now)
        await store.keep(conn, channel, row)
    return row


async def _found(office: Office, conn: Conn, channel_id: UUID) -> FlowChannel:
    channel = await store.channel(conn, office.vault, channel_id)
    if channel is None:
        raise NotFound("channel_not_found", "There is no such channel.", "channel_id")
    return channel


async def _publish(
    graph: Graph, channel: FlowChannel, key: str, screens: bytes, private_pem: str, public_url: str
) -> str:
    public_pem = sealing.public_key_of(private_pem)
    await flows.set_key(graph, channel.token, channel.meta_id, public_pem)
    name, categories = FORMS[key]
    endpoint = f"{public_url.rstrip('/')}/flows/{channel.id}"
    meta_id = await flows.create(
        graph, channel.token, channel.account_id, name, categories, endpoint
    )
    wrong = await flows.fill(graph, channel.token, meta_id, screens)
    if wrong:
        raise Conflict("flow_refused", f"Meta finds the screens wrong: {wrong[0].message}")
    await flows.publish(graph, channel.token, meta_id)
    return meta_id
