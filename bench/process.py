"""Events handled a second: Serai's path beside a row-at-a-time program on an ORM."""

import asyncio
import random
import time
from datetime import UTC, datetime

import uvloop
from serai.app.wiring import wired
from serai.app.worker import HANDLERS
from serai.engine import items
from serai.engine.intake import postgres, splitting
from serai.engine.items import Share
from serai.engine.wiring import Wiring
from serai.kit import garbage
from serai.kit.db import ENGINE, Conn, connect

from bench.peers.row_at_a_time import run as run_peer
from bench.world import VAULT, body, database

EVENTS = 10_000
PEER_EVENTS = 500
LANES = 64
NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
LIMIT = 1000
APP = "SELECT id FROM meta_apps LIMIT 1"
COUNT = "SELECT count(*) AS n FROM messages WHERE direction = 'in' AND cause <> 'crowd'"
REST_SECONDS = 0.02
"""Until who found nothing looks again; a worker is told instead."""


def once() -> list[dict[str, object]]:
    """One round: one process each, fsync on, one message in twenty from someone new."""
    with database() as url:
        ours = handled(url)["events/s"]
    with database() as url:
        theirs = run_peer(url, PEER_EVENTS)
    return [
        {
            "program": "Serai: split, sift, meet, decide, commit, log",
            "events/s": ours,
            "ratio": 1.0,
        },
        {
            "program": "row at a time: SQLAlchemy ORM, a commit per event",
            "events/s": theirs,
            "ratio": round(ours / theirs, 2),
        },
    ]


def handled(url: str, events: int = EVENTS, lanes: int = LANES, first: int = 0) -> dict[str, float]:
    """Keep so many webhooks, then handle them with one process: how fast, and its processor for each.

    `first`: which of all webhooks that there are, for a database that has had some.
    """
    runs = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with runs as runner:
        garbage.settle()
        return runner.run(_handled(url, range(first, first + events), lanes))


async def _handled(url: str, which: range, lanes: int) -> dict[str, float]:
    wiring = wired(VAULT)
    chance = random.Random(1)
    async with await connect(url, ENGINE) as conn:
        before = await _count(conn)
        [app] = await (await conn.execute(APP)).fetchall()
        bodies, events = [body(n) for n in which], len(which)
        for start in range(0, events, LIMIT):
            await postgres.keep(conn, VAULT, app["id"], bodies[start : start + LIMIT], NOW)
        began, used = time.perf_counter(), time.process_time()
        split = asyncio.create_task(_split(url, lanes))
        handlers = (_handle(url, wiring, chance, lanes, split) for _ in range(HANDLERS))
        await asyncio.gather(split, *handlers)
        seconds, used = time.perf_counter() - began, time.process_time() - used
        assert await _count(conn) - before == events, "every event became a message"
    return {"events/s": round(events / seconds, 1), "ms CPU/event": round(used * 1000 / events, 3)}


async def _count(conn: Conn) -> int:
    [row] = await (await conn.execute(COUNT)).fetchall()
    return row["n"]


async def _split(url: str, lanes: int) -> None:
    async with await connect(url, ENGINE) as conn:
        while await splitting.split(conn, VAULT, lanes, LIMIT):
            pass


async def _handle(
    url: str, wiring: Wiring, chance: random.Random, lanes: int, split: asyncio.Task[None]
) -> None:
    """As a worker does, until all is handled or in another's hands."""
    async with await connect(url, ENGINE) as conn:
        while True:
            is_last = split.done()
            share = Share(
                lanes=lanes, start=chance.randrange(lanes), most=max(1, lanes // 2), limit=LIMIT
            )
            if await items.work(conn, wiring, share, NOW):
                continue
            if is_last:
                return
            await asyncio.sleep(REST_SECONDS)
