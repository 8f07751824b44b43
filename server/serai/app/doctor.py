"""What is wrong with an installation, and what to do about it."""

from collections.abc import Sequence
from typing import NamedTuple

import psycopg

from serai.app.wiring import vault_of
from serai.features.channels.store.numbers import ChannelRow, list_channels
from serai.features.contacts.store.addresses import token_context
from serai.kit import migrate
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.secrets import CannotOpen, Vault
from serai.kit.settings import Settings
from serai.meta.client import Graph
from serai.meta.errors import Unavailable

MOST_SKEW_SECONDS = 30.0
"""Between this machine's clock and Meta's; windows close by theirs."""
TOKEN_OF = """
    SELECT token FROM channels WHERE id = %(id)s
"""


class Finding(NamedTuple):
    is_well: bool
    subject: str
    text: str


async def examine(settings: Settings) -> Sequence[Finding]:
    """Everything looked at, well or not, in the order in which things depend on each other."""
    vault = vault_of(settings)
    try:
        waiting = migrate.pending(settings.database_url)
    except psycopg.OperationalError:
        return [Finding(False, "database", "cannot be reached; check SERAI_DATABASE_URL.")]
    if waiting:
        return [Finding(False, "database", f"{len(waiting)} migrations wait; run serai migrate.")]
    findings = [Finding(True, "database", "reached, and up to date.")]
    graph = Graph(settings.graph_url, settings.graph_version, settings.send_timeout_seconds)
    async with graph, await connect(settings.database_url, ENGINE) as conn:
        findings.append(await _clock(graph, settings))
        findings += [
            await _channel(conn, graph, vault, channel) for channel in await list_channels(conn)
        ]
    return findings


async def _clock(graph: Graph, settings: Settings) -> Finding:
    theirs = await graph.time()
    if theirs is None:
        return Finding(False, "Meta", f"{settings.graph_url} does not answer; check the network.")
    skew = abs((theirs - Clock().now()).total_seconds())
    if skew > MOST_SKEW_SECONDS and settings.clock == "system":
        return Finding(False, "clock", f"is {skew:.0f} s off Meta's; set this machine's clock.")
    return Finding(True, "clock", "agrees with Meta's.")


async def _channel(conn: Conn, graph: Graph, vault: Vault, channel: ChannelRow) -> Finding:
    cursor = await conn.execute(TOKEN_OF, {"id": channel.id})
    row = await cursor.fetchone()
    assert row is not None  # noqa: S101 — listed a moment ago
    try:
        token = vault.ring.open(row["token"], token_context(channel.id)).decode()
    except CannotOpen:
        return Finding(
            False, channel.name, "its token does not open; put its key back in SERAI_KEYS."
        )
    try:
        status, answer = await graph.read(f"{channel.meta_id}?fields=status,quality_rating", token)
    except Unavailable:
        return Finding(False, channel.name, "Meta does not answer; check the network.")
    if status != 200:
        code = answer.get("error", {}).get("code")
        return Finding(False, channel.name, f"Meta refuses ({code}); connect it with a new token.")
    if answer.get("status", "CONNECTED") != "CONNECTED":
        return Finding(False, channel.name, f"is {answer['status']} at Meta; see Meta's settings.")
    if channel.state != "active":
        return Finding(False, channel.name, f"is {channel.state}: {channel.paused_reason}")
    return Finding(True, channel.name, "connected and active.")
