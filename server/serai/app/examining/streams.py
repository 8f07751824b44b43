"""What doctor sees of JetStream: as much as a client is told."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec import Struct

from serai.app.examining.finding import Finding
from serai.app.intake import jet_of, streams_of
from serai.app.watching.streams import moved
from serai.engine.intake.places import Reached, places
from serai.kit.db import Conn
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from serai.kit.jetstream.standing import Standing
from serai.kit.settings import Settings

REACH_SECONDS = 5.0
LATE = timedelta(minutes=5)
REPAIR = "run serai doctor --repair."
UNSEEN = "That each write is synced (sync_interval: always) cannot be seen from here."


class Look(Struct, frozen=True):
    """At the streams of an installation; `now` by real time, as their servers go by."""

    settings: Settings
    now: datetime
    mends: bool


async def streams(
    conn: Conn, settings: Settings, now: datetime, *, mends: bool = False
) -> list[Finding]:
    """Whether deliveries can wait in JetStream; nothing where they do not go there."""
    look = Look(settings, now, mends)
    return [Finding(is_well, "JetStream", text) async for is_well, text in _look(conn, look)]


async def _look(conn: Conn, look: Look) -> AsyncGenerator[tuple[bool, str]]:
    settings = look.settings
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
            yield await _stream(jet, stream, reached.get(stream), look)


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


async def _stream(jet: Jet, stream: str, reached: Reached | None, look: Look) -> tuple[bool, str]:
    try:
        if look.mends and await jet.look(stream):
            with suppress(NoStream):
                await jet.mend(stream)
        standing = await jet.look(stream)
        if standing is None:
            return True, f"{stream} is made when the first webhook comes."
        age = await _age(jet, stream, moved(standing, reached) + 1, look.now)
    except Away as error:
        return False, f"{stream}: {error}."
    is_lane = stream in streams_of(look.settings)
    trouble = next(_troubles(standing, jet, reached, age, is_lane=is_lane), None)
    if trouble:
        return False, f"{stream} {trouble}"
    copies = f"{standing.copies} {'copy' if standing.copies == 1 else 'copies'}"
    return True, f"{stream}: {copies}, {standing.byte_count // 1024} KB; nothing is stuck in it."


async def _age(jet: Jet, stream: str, place: int, now: datetime) -> timedelta:
    """Of what waits at a place; none if nothing does."""
    stored_at = await jet.stored_at(stream, place)
    return now - stored_at if stored_at else timedelta()


def _troubles(
    standing: Standing, jet: Jet, reached: Reached | None, age: timedelta, *, is_lane: bool
) -> Iterator[str]:
    yield from (f"{problem}; {REPAIR}" for problem in standing.problems)
    if standing.copies < jet.copies:
        yield f"has {standing.copies} copy on a cluster, it needs {jet.copies}; {REPAIR}"
    waiting = standing.last - moved(standing, reached)
    if waiting > 0 and not is_lane:
        yield f"is no lane any more and {waiting} messages wait; set SERAI_NATS_LANES back."
    elif waiting > 0 and not (reached and reached.is_held):
        yield f"has {waiting} messages that no worker moves; start serai work."
    elif waiting > 0 and age > LATE:
        yield (
            f"has {waiting} messages, the oldest {round(age.total_seconds() / 60)} minutes old, though a"
            " worker holds it; see the worker's log and restart serai work."
        )
