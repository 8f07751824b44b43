"""Messages sent a second from the queue to Meta and back with three statuses each; how soon a person's
reply goes while a campaign does, and what another number notices of it."""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import httpx2
import psycopg
from serai.app.demo import world
from serai.app.demo.seed import tell

from bench.campaign import CONFIRMED, SHIPPED, Batch, Meter, Stack, phone, queue, stack, until
from bench.world import NUMBER

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "20000"))
CAMPAIGN = int(os.environ.get("BENCH_CAMPAIGN", "100000"))
"""Queued when people reply; there are always some left when the last reply has gone."""
OTHERS = 50
"""Messages of another number, queued beside the campaign."""
REPLIES, WRITERS = int(os.environ.get("BENCH_REPLIES", "120")), 12
PEER_SENDS = 500
PATIENCE_SECONDS = 300
WITHOUT_LIMIT = 1_000_000
"""Messages a second of one number, for programs that keep to no limit."""
SCHOOL = world.NUMBERS[0].id

SPAN = """
    SELECT extract(epoch FROM max(recorded_at) FILTER (WHERE kind = 'accepted')
                            - min(recorded_at) FILTER (WHERE kind = 'accepted')) AS sending,
           extract(epoch FROM max(recorded_at) FILTER (WHERE kind = 'read')
                            - min(recorded_at) FILTER (WHERE kind = 'accepted')) AS all
      FROM message_events
"""
TAKEN = """
    SELECT extract(epoch FROM message_events.at) FROM message_events
     WHERE message_id = %s AND kind = 'accepted'
"""


def once() -> list[dict[str, object]]:
    """One round: everything on this machine, metasim beside it."""
    rows = [_campaign()]
    with stack(MESSAGES, WITHOUT_LIMIT) as bench:
        rows += [_row(name, **_peer(bench, module, count)) for name, module, count in PEERS]
    rows += _during_a_campaign()
    limit = float(str(rows[1]["sent/s"]))
    for row in rows[:3]:
        row["of the limit"] = round(float(str(row["sent/s"])) / limit, 2)
    return rows


PEERS = (
    ("limit: the same calls by aiohttp, nothing stored", "bench.peers.post_only", MESSAGES),
    ("a row at a time: SQLAlchemy, a commit before and after each call",
     "bench.peers.send_at_a_time", PEER_SENDS),
)  # fmt: skip


def _campaign() -> dict[str, object]:
    """All of a campaign, sent and told of."""
    with stack(MESSAGES) as bench:
        asyncio.run(queue(bench.url, Batch(NUMBER.id, MESSAGES, SHIPPED)))
        bench.work()
        with _asking(bench) as conn:
            until(conn, "SELECT count(*) > 0 FROM send_attempts WHERE outcome = 'accepted'", 60)
            meter, before = Meter(bench), _count(conn, "accepted")
            done = f"SELECT count(*) >= {MESSAGES} FROM message_events WHERE kind = 'read'"
            until(conn, done, PATIENCE_SECONDS)
            taken = meter.taken()
            spans = conn.execute(SPAN).fetchone()
            assert spans, "something was sent"
            assert _count(conn, "accepted") == MESSAGES, "all was sent, once"
            left = conn.execute("SELECT count(*) FROM sends WHERE state <> 'done'").fetchone()
            assert left == (0,), "nothing is queued, and every send ended well"
    each = {f"{name} ms": round(ms / (MESSAGES - before), 3) for name, ms in taken.items()}
    return _row(
        f"Serai: a campaign of {MESSAGES:,}, three statuses each",
        **{"sent/s": _rate(spans[0]), "told of/s": _rate(spans[1])},
        **each,
    )


def _during_a_campaign() -> list[dict[str, object]]:
    """A person's replies, and another number's messages, while a long campaign is under way."""
    with stack(WRITERS + CAMPAIGN + OTHERS) as bench:
        talks = _talks(bench)
        asyncio.run(queue(bench.url, Batch(NUMBER.id, CAMPAIGN, SHIPPED, first=WRITERS)))
        bench.work()
        with _asking(bench) as conn:
            until(conn, "SELECT count(*) > 1000 FROM send_attempts WHERE outcome IS NOT NULL", 60)
            waits = [_reply(bench, conn, talks[n % WRITERS], n) for n in range(REPLIES)]
            beside = _beside(bench, conn)
            left = conn.execute("SELECT count(*) FROM sends WHERE state = 'waiting'").fetchone()
            assert left, "there is a queue"
            assert left[0] > 1000, "the campaign is still under way: queue more"
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return [
        _row(
            f"a person's reply during a campaign of {CAMPAIGN:,}: {REPLIES} replies",
            **{"p50 ms": round(cuts[49] * 1000), "p99 ms": round(cuts[98] * 1000)},
        ),
        _row(
            f"{OTHERS} messages of another number beside it, until the last",
            **{"p50 ms": round(beside[0] * 1000), "p99 ms": round(beside[1] * 1000)},
        ),
    ]


def _talks(bench: Stack) -> list[str]:
    """Conversations with people who have just written."""
    for n in range(WRITERS):
        body = {"number": NUMBER.id, "type": "text", "text": {"body": "where is my parcel"}}
        tell(bench.metasim, f"people/{phone(n)}/messages", body)
    bench.work()
    with _asking(bench) as conn:
        until(conn, f"SELECT count(*) >= {WRITERS} FROM conversations", 60)
        until(conn, "SELECT count(*) = 0 FROM sends WHERE state IN ('waiting', 'under_way')", 60)
        talks = conn.execute("SELECT id FROM conversations").fetchall()
    bench.children.pop("worker").stop()
    return [str(row[0]) for row in talks]


def _reply(bench: Stack, conn: "psycopg.Connection[Any]", talk: str, n: int) -> float:
    """Seconds from asking the API until Meta has it."""
    headers = {"Authorization": f"Bearer {bench.key}", "Idempotency-Key": f"reply {n}"}
    body = {"content": {"type": "text", "body": f"It is on its way, {n}."}}
    began = datetime.now(UTC).timestamp()
    url = f"{bench.api}/conversations/{talk}/messages"
    answer = httpx2.post(url, json=body, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        row = conn.execute(TAKEN, (answer.json()["id"],)).fetchone()
        if row:
            time.sleep(0.2)
            return float(row[0]) - began
        time.sleep(0.02)
    raise AssertionError("the reply did not go")


def _beside(bench: Stack, conn: "psycopg.Connection[Any]") -> tuple[float, float]:
    """Seconds until half of another number's messages are sent, and until all are."""
    batch = Batch(SCHOOL, OTHERS, CONFIRMED, first=WRITERS + CAMPAIGN, name="Somebody else")
    asyncio.run(queue(bench.url, batch))
    of_it = (
        "SELECT extract(epoch FROM message_events.at - messages.created_at) FROM message_events"
        " JOIN messages ON messages.id = message_id JOIN channels ON channels.id = channel_id"
        f" WHERE message_events.kind = 'accepted' AND channels.meta_id = '{SCHOOL}' ORDER BY 1"
    )
    until(conn, f"SELECT count(*) >= {OTHERS} FROM ({of_it}) AS rows", 60)
    waits = [float(row[0]) for row in conn.execute(of_it.encode()).fetchall()]
    return waits[len(waits) // 2], waits[-1]


def _peer(bench: Stack, module: str, count: int) -> dict[str, object]:
    """Another program's sends a second; it stores what it stores, and hears no statuses."""
    meter = Meter(bench)
    command = [sys.executable, "-m", module, bench.metasim, NUMBER.id, str(count), bench.url]
    said = subprocess.run(command, env=bench.env, capture_output=True, text=True, check=True)
    rate, own = map(float, said.stdout.split())
    taken = meter.taken()
    return {
        "sent/s": round(rate, 1),
        "worker ms": round(own, 3),
        "metasim ms": round(taken["metasim"] / count, 3),
    }


def _row(what: str, **found: object) -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(
        ("sent/s", "told of/s", "of the limit", "worker ms", "server ms", "PostgreSQL ms",
         "metasim ms", "p50 ms", "p99 ms"), "–",
    )  # fmt: skip
    return {"what": what, **empty, **found}


def _rate(seconds: Any) -> float:
    return round(MESSAGES / float(seconds), 1)


def _asking(bench: Stack) -> "psycopg.Connection[Any]":
    return psycopg.connect(bench.url, autocommit=True, options="-c search_path=serai")


def _count(conn: "psycopg.Connection[Any]", kind: str) -> int:
    row = conn.execute("SELECT count(*) FROM message_events WHERE kind = %s", (kind,)).fetchone()
    return row[0] if row else 0
