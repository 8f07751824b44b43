"""What is wrong with an installation, and what to do about it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import psycopg

from serai.app.examining import numbers, surroundings, waiting
from serai.app.examining.finding import Finding
from serai.app.examining.streams import streams
from serai.app.files import ensure_kept
from serai.app.first_owner import set_up_link
from serai.app.wiring import vault_of
from serai.features.accounts.api.provider.talk import Provider, ProviderAway
from serai.features.accounts.store import mails
from serai.features.channels.decide.chain import missing as webhooks_missing
from serai.features.channels.model.reading import Target
from serai.features.channels.store.numbers import ChannelRow, list_channels
from serai.features.channels.store.targets import targets
from serai.kit import migrate
from serai.kit.blobs import StoreAway
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.errors import Upstream
from serai.kit.scan import ScannerAway
from serai.kit.secrets import Vault
from serai.kit.settings import Settings
from serai.meta.client import Graph
from serai.meta.management import repair
from serai.meta.management.reading import read
from serai.meta.whatsapp.kind import WHATSAPP

AT_ONCE = 8
"""Numbers that Meta is asked about at the same time."""
MOST_SKEW_SECONDS = 30.0
"""Between this machine's clock and Meta's; windows close by theirs."""


async def examine(settings: Settings, *, mends: bool = False) -> Sequence[Finding]:
    """Everything looked at, well or not, in the order in which things depend on each other.

    `mends`: whatever can be put right from here is, before it is looked at.
    """
    vault = vault_of(settings)
    try:
        unapplied = migrate.pending(settings.database_url)
    except psycopg.OperationalError as error:
        return [surroundings.database(error)]
    if unapplied:
        return [Finding(False, "database", f"{len(unapplied)} migrations wait; run serai migrate.")]
    findings = [
        Finding(True, "database", "reached, and up to date."),
        surroundings.disk(Path(settings.media_folder)),
    ]
    graph = Graph(settings.graph_url, settings.graph_version, settings.send_timeout_seconds)
    async with graph, await connect(settings.database_url, ENGINE) as conn:
        findings += await _people(conn, settings)
        findings += await streams(conn, settings, Clock().now(), mends=mends)
        findings += await _mail(conn, settings)
        findings += await single_sign_on(settings)
        findings += await waiting.queues(conn, Clock().now())
        findings += await waiting.allow_list(conn, settings, Clock().now())
        findings.append(await surroundings.meta(settings) or await _clock(graph, settings))
        findings += await surroundings.public(settings)
        findings.append(await files(settings))
        findings += await _channels(conn, graph, vault, settings, mends=mends)
    return findings


async def _people(conn: Conn, settings: Settings) -> list[Finding]:
    """Whether anybody can sign in; a new link if nobody can."""
    link = await set_up_link(conn, settings)
    if link is None:
        return []
    return [Finding(False, "people", f"nobody has an account; open this once, today: {link}")]


async def _mail(conn: Conn, settings: Settings) -> list[Finding]:
    """Whether letters leave, where there is a mail host."""
    if settings.smtp_host is None:
        return []
    waiting = await mails.waiting(conn)
    if waiting.is_stuck(Clock().now()):
        text = f"{waiting.waiting_count} letters wait; check SERAI_SMTP_* and that a worker runs."
        return [Finding(False, "mail", text)]
    return [Finding(True, "mail", "letters leave.")]


async def single_sign_on(settings: Settings) -> list[Finding]:
    """Whether the company's own provider answers, where there is one."""
    if settings.oidc_issuer is None:
        return []
    try:
        async with Provider(settings) as provider:
            await provider.discovery(Clock().now())
    except ProviderAway as error:
        text = f"{settings.oidc_issuer}: {error}; check SERAI_OIDC_ISSUER and the network."
        return [Finding(False, "sign-in", text)]
    return [Finding(True, "sign-in", f"{settings.oidc_issuer} answers.")]


async def _clock(graph: Graph, settings: Settings) -> Finding:
    theirs = await graph.time()
    if theirs is None:
        return Finding(False, "Meta", f"{settings.graph_url} does not answer; check the network.")
    skew = abs((theirs - Clock().now()).total_seconds())
    if skew > MOST_SKEW_SECONDS and settings.clock == "system":
        return Finding(False, "clock", f"is {skew:.0f} s off Meta's; set this machine's clock.")
    return Finding(True, "clock", "agrees with Meta's.")


async def files(settings: Settings) -> Finding:
    """Whether files can be kept and looked at."""
    try:
        await ensure_kept(settings)
    except StoreAway as error:
        return Finding(False, "files", f"cannot be kept ({error}); check SERAI_MEDIA_*.")
    except ScannerAway as error:
        return Finding(False, "files", f"{error} Check SERAI_MEDIA_SCAN_COMMAND.")
    return Finding(True, "files", f"can be kept in the {settings.media_store}.")


async def _channels(
    conn: Conn, graph: Graph, vault: Vault, settings: Settings, *, mends: bool
) -> list[Finding]:
    """Each number by name; what can be mended is, if that is wished. Several are asked at once."""
    known = await list_channels(conn)
    ids = [channel.id for channel in known]
    found = {target.channel_id: target for target in await targets(conn, vault, ids)}
    kept = await waiting.kept(conn, ids)
    places = asyncio.Semaphore(AT_ONCE)

    async def look(channel: ChannelRow) -> list[Finding]:
        if channel.kind != WHATSAPP.key:
            return numbers.kept_only(channel.name, kept[channel.id])
        target = found.get(channel.id)
        if target is None:
            text = "its token does not open; put its key back in SERAI_KEYS."
            return [Finding(False, channel.name, text)]
        async with places:
            mended = await _mend(graph, channel, target, settings.callback_url) if mends else []
            reading = await read(graph, target.asked, Clock().now())
        troubles = numbers.troubles(
            target, reading, kept[channel.id], settings.callback_url, Clock().now()
        )
        if not troubles:
            return [*mended, Finding(True, channel.name, "connected and active.")]
        return [*mended, *(Finding(False, channel.name, text) for text in troubles)]

    looks = await asyncio.gather(*map(look, known))
    return [finding for findings in looks for finding in findings]


async def _mend(
    graph: Graph, channel: ChannelRow, target: Target, callback: str | None
) -> list[Finding]:
    """What can be mended from here: the chain by which webhooks come."""
    reading = await read(graph, target.asked, Clock().now())
    if not webhooks_missing(target, reading) or target.app is None or not target.verify_token:
        return []
    wanted = repair.Wanted(target.app, target.verify_token, callback)
    try:
        is_done = await repair.repair(graph, target.token, target.account_id, wanted)
    except Upstream as error:
        return [Finding(False, channel.name, f"could not be mended: {error}")]
    if not is_done:
        return [Finding(False, channel.name, "set SERAI_PUBLIC_URL, so that webhooks find us.")]
    return [Finding(True, channel.name, "its webhooks were mended.")]
