"""Messages sent a second, from the queue to Meta and back with three statuses each."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg
from serai.app.demo import world
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import tell
from serai.engine.limits import NO_LIMIT
from serai.kit.db import ENGINE, connect

from bench.world import NUMBER, VAULT, database, environment, free_port

MESSAGES = 5000
RATE = 1000
"""Of the number at the pretend Meta. Source: WhatsApp Cloud API, throughput, the upgraded rate."""
PATIENCE_SECONDS = 120

PEOPLE = """
    INSERT INTO contacts (id, business_id, name, created_at)
    SELECT gen_random_uuid(), business_id, 'Someone', now()
      FROM channels, generate_series(1, %(count)s) WHERE meta_id = %(number)s
    RETURNING id, business_id
"""
QUEUE = """
    WITH talks AS (
        INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                                   last_activity_at)
        SELECT gen_random_uuid(), channels.business_id, inbox_id, channels.id, contacts.id, now(), now()
          FROM contacts JOIN channels ON channels.meta_id = %(number)s
         WHERE contacts.name = 'Someone'
        RETURNING *),
    texts AS (
        INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                              author_kind, cause, content, created_at)
        SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'out', 'campaign', 'bench',
               %(content)s, now() FROM talks
        RETURNING *),
    facts AS (
        INSERT INTO message_events (business_id, message_id, kind, at, recorded_at)
        SELECT business_id, id, 'queued', now(), now() FROM texts),
    allowed AS (
        INSERT INTO policy_decisions (business_id, message_id, stage, verdict, at)
        SELECT business_id, id, 'commit', 'allow', now() FROM texts)
    INSERT INTO sends (id, business_id, channel_id, conversation_id, contact_id, effect, priority, created_at)
    SELECT id, business_id, channel_id, conversation_id, contact_id,
           jsonb_build_object('type', 'SendMessage', 'business_id', business_id, 'message_id', id,
               'conversation_id', conversation_id, 'channel_id', channel_id, 'contact_id', contact_id,
               'content', content, 'purpose', 'utility', 'author', 'campaign', 'cause', 'bench', 'at', now()),
           2, now() FROM texts
"""
IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, first_seen_at)
    SELECT *, now() FROM unnest(%(businesses)s::uuid[], %(ids)s::uuid[], %(types)s::text[],
                                %(scopes)s::text[], %(lookups)b::bytea[], %(sealed)b::bytea[])
"""


def once() -> list[dict[str, object]]:
    """One round: everything on this machine, metasim beside it."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    with database() as url:
        port, graph_port = free_port(), free_port()
        env = environment(url, port, graph_port) | {"SERAI_DISPATCH_LIMIT": "100"}
        metasim = str(Path(sys.executable).parent / "metasim")
        children = [
            Child(
                "metasim",
                [metasim, "serve", "--port", str(graph_port)],
                env,
                folder / "metasim.log",
            )
        ]
        try:
            wait_for(children[0], f"http://127.0.0.1:{graph_port}/_sim/health")
            children.append(
                Child("server", python("serai.app.cli", "serve"), env, folder / "server.log")
            )
            wait_for(children[1], f"http://127.0.0.1:{port}/health/ready")
            _prepare(url, f"http://127.0.0.1:{graph_port}", port)
            asyncio.run(_queue(url))
            children.append(
                Child("worker", python("serai.app.cli", "work"), env, folder / "worker.log")
            )
            return [_watch(url, {child.name: child for child in children})]
        finally:
            for child in reversed(children):
                child.stop()


def _prepare(url: str, metasim: str, port: int) -> None:
    known: dict[str, Any] = world.world(f"http://127.0.0.1:{port}/webhooks/meta")
    for number in known["numbers"]:
        number["messages_per_second"] = RATE
    known["people"] = [
        {
            "phone": f"12125{n:06d}",
            "name": "Someone",
            "delay_ms": {"sent": 5, "delivered": 50, "read": 200},
        }
        for n in range(MESSAGES)
    ]
    tell(metasim, "world", known, method="PUT")
    tell(metasim, f"apps/{world.APP}/subscribe", {})
    with psycopg.connect(url, options="-c search_path=serai") as conn:
        conn.execute(
            "UPDATE channels SET messages_per_second = %s, messaging_limit = %s",
            (RATE, NO_LIMIT),
        )


async def _queue(url: str) -> None:
    content = {
        "type": "template",
        "name": "shop_order_shipped",
        "language": "en_US",
        "parameters": ["DH-1", "Friday"],
        "body": "Your order DH-1 is on its way and should arrive on Friday. Reply here if anything is wrong.",
        "category": "UTILITY",
    }
    async with await connect(url, ENGINE) as conn, conn.transaction():
        values = {"count": MESSAGES, "number": NUMBER.id}
        rows = await (await conn.execute(PEOPLE, values)).fetchall()
        phones = [f"12125{n:06d}" for n in range(MESSAGES)]
        await conn.execute(
            IDENTITIES,
            {
                "businesses": [row["business_id"] for row in rows],
                "ids": [row["id"] for row in rows],
                "types": ["phone"] * MESSAGES,
                "scopes": ["world"] * MESSAGES,
                "lookups": [VAULT.index.of(phone, "phone") for phone in phones],
                "sealed": [
                    VAULT.ring.seal(phone.encode(), f"identity:phone:{row['id']}".encode())
                    for phone, row in zip(phones, rows, strict=True)
                ],
            },
        )
        await conn.execute(QUEUE, {"number": NUMBER.id, "content": json.dumps(content)})


def _watch(url: str, children: dict[str, Child]) -> dict[str, object]:
    processes = {name: psutil.Process(child.pid) for name, child in children.items()}
    before = {name: _cpu(process) for name, process in processes.items()}
    with psycopg.connect(url, autocommit=True, options="-c search_path=serai") as conn:
        began, sent_at, told_at, deadline = None, None, None, time.monotonic() + PATIENCE_SECONDS
        while told_at is None and time.monotonic() < deadline:
            counts = dict(
                conn.execute("SELECT kind, count(*) FROM message_events GROUP BY kind").fetchall()
            )
            now = time.monotonic()
            began = began or (now if counts.get("accepted") else None)
            sent_at = sent_at or (now if counts.get("accepted", 0) >= MESSAGES else None)
            told_at = now if counts.get("read", 0) >= MESSAGES else None
            time.sleep(0.05)
        failed = conn.execute("SELECT count(*) FROM sends WHERE state <> 'done'").fetchone()
    assert began, "nothing was sent"
    assert sent_at, "not all was sent"
    assert told_at, "not all statuses came"
    assert failed == (0,), "every send ended well"
    spent = {
        name: (_cpu(process) - before[name]) * 1000 / MESSAGES
        for name, process in processes.items()
    }
    return {
        "what": f"{MESSAGES} messages, 3 statuses each",
        "sent/s": round(MESSAGES / (sent_at - began), 1),
        "sent and told of/s": round(MESSAGES / (told_at - began), 1),
        "worker ms CPU/message": round(spent["worker"], 3),
        "server ms CPU/message": round(spent["server"], 3),
        "metasim ms CPU/message": round(spent["metasim"], 3),
    }


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
