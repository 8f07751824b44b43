"""What doctor sees of JetStream: as much as a client is told."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import suppress

from serai.app.examining.finding import Finding
from serai.app.intake import jet_of, streams_of
from serai.engine.intake.places import Reached, places
from serai.kit.db import Conn
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from serai.kit.jetstream.standing import Standing
from serai.kit.settings import Settings

REACH_SECONDS = 5.0
REPAIR = "run serai doctor --repair."
UNSEEN = "That each write is synced (sync_interval: always) cannot be seen from here."


async def streams(conn: Conn, settings: Settings, *, mends: bool = False) -> list[Finding]:
    """Whether deliveries can wait in JetStream; nothing where they do not go there."""
    return [
        Finding(is_well, "JetStream", text) async for is_well, text in _look(conn, settings, mends)
    ]


async def _look(conn: Conn, settings: Settings, mends: bool) -> AsyncGenerator[tuple[bool, str]]:
    jet = jet_of(settings)
    if jet is None:
        return
    async with jet:
        if not await jet.reached(REACH_SECONDS):
            yield False, f"{jet.where} cannot be reached; webhooks get 503. Check SERAI_NATS_URL."
            return
        for told in _server(jet, settings):
            yield told
        if not jet.has_streams:
            return
        reached = await places(conn)
        for stream in sorted({*streams_of(settings), *_ours(reached, settings)}):
            yield await _stream(jet, stream, reached.get(stream), settings, mends=mends)


def _server(jet: Jet, settings: Settings) -> Iterator[tuple[bool, str]]:
    if not jet.has_streams:
        yield False, "the server runs without JetStream; give it a `jetstream` block."
    elif jet.largest < settings.webhook_body_limit_bytes:
        yield (
            False,
            f"its largest message is {jet.largest // 1024} KB; larger webhooks wait for PostgreSQL. "
            "Set max_payload: 8MB.",
        )
    else:
        yield True, f"{jet.where} answers. {UNSEEN}"


def _ours(reached: Mapping[str, Reached], settings: Settings) -> Iterator[str]:
    """Streams of this installation that were lanes once."""
    return (name for name in reached if name.rpartition("-")[0] == settings.nats_stream)


async def _stream(
    jet: Jet, stream: str, reached: Reached | None, settings: Settings, *, mends: bool
) -> tuple[bool, str]:
    try:
        if mends and await jet.look(stream):
            with suppress(NoStream):
                await jet.mend(stream)
        standing = await jet.look(stream)
    except Away as error:
        return False, f"{stream}: {error}."
    if standing is None:
        return True, f"{stream} is made when the first webhook comes."
    trouble = next(_troubles(standing, jet, reached, is_lane=stream in streams_of(settings)), None)
    if trouble:
        return False, f"{stream} {trouble}"
    copies = f"{standing.copies} {'copy' if standing.copies == 1 else 'copies'}"
    return True, f"{stream}: {copies}, {standing.byte_count // 1024} KB; nothing is stuck in it."


def _troubles(
    standing: Standing, jet: Jet, reached: Reached | None, *, is_lane: bool
) -> Iterator[str]:
    yield from (f"{problem}; {REPAIR}" for problem in standing.problems)
    if standing.copies < jet.copies:
        yield f"has {standing.copies} copy on a cluster, it needs {jet.copies}; {REPAIR}"
    is_same = reached is not None and reached.made_at == standing.made_at
    waiting = standing.last - (reached.sequence if reached and is_same else 0)
    if waiting > 0 and not is_lane:
        yield f"is no lane any more and {waiting} messages wait; set SERAI_NATS_LANES back."
    elif waiting > 0 and not (reached and reached.is_held):
        yield f"has {waiting} messages that no worker moves; start serai work."
