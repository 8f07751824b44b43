"""Events handled a second: Serai's path beside a row-at-a-time program on an ORM."""

import asyncio
import random
import time
from datetime import UTC, datetime

from serai.app.wiring import wired
from serai.app.worker import HANDLERS
from serai.engine import items
from serai.engine.intake import postgres, splitting
from serai.engine.items import Share
from serai.engine.wiring import Wiring
from serai.kit.db import ENGINE, connect

from bench.peers.row_at_a_time import run as run_peer
from bench.world import VAULT, body, database

EVENTS = 10_000
PEER_EVENTS = 500
LANES = 64
NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
LIMIT = 1000
APP = "SELECT id FROM meta_apps LIMIT 1"
LEFT = """SELECT (SELECT count(*) FROM webhook_deliveries WHERE state = 'kept')
               + (SELECT count(*) FROM inbound_items WHERE state = 'pending') AS n"""


def once() -> list[dict[str, object]]:
    """One round: one process each, fsync on, one message in twenty from someone new."""
    with database() as url:
        ours = asyncio.run(_ours(url))
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


async def _ours(url: str) -> float:
    wiring = wired(VAULT)
    chance = random.Random(1)
    async with await connect(url, ENGINE) as conn:
        [app] = await (await conn.execute(APP)).fetchall()
        await postgres.keep(conn, VAULT, app["id"], [body(n) for n in range(EVENTS)], NOW)
        began = time.perf_counter()
        await asyncio.gather(_split(url), *(_handle(url, wiring, chance) for _ in range(HANDLERS)))
        seconds = time.perf_counter() - began
        kept = await (
            await conn.execute("SELECT count(*) AS n FROM messages WHERE direction = 'in'")
        ).fetchone()
    assert kept == {"n": EVENTS}
    return round(EVENTS / seconds, 1)


async def _split(url: str) -> None:
    async with await connect(url, ENGINE) as conn:
        while await splitting.split(conn, VAULT, LANES, LIMIT):
            pass


async def _handle(url: str, wiring: Wiring, chance: random.Random) -> None:
    """As a worker does, until all is handled."""
    async with await connect(url, ENGINE) as conn:
        while True:
            share = Share(lanes=LANES, start=chance.randrange(LANES), most=LANES // 2, limit=LIMIT)
            if await items.work(conn, wiring, share, NOW):
                continue
            [left] = await (await conn.execute(LEFT)).fetchall()
            if left["n"] == 0:
                return
            await asyncio.sleep(0.005)
