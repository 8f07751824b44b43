"""A stack with a campaign in its queue: what sending is measured with."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import psycopg
from serai.app.demo import world
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed, tell
from serai.engine.limits import NO_LIMIT
from serai.kit.db import ENGINE, connect

from bench.world import VAULT, database, environment, free_port

RATE = 1000
"""Of each number at the pretend Meta. Source: WhatsApp Cloud API, throughput, the upgraded rate."""
DELAYS = {"sent": 5, "delivered": 50, "read": 200}
"""Milliseconds after Meta took a message."""
PART = 10_000
"""People in one call to the pretend Meta."""

PEOPLE = """
    INSERT INTO contacts (id, business_id, name, created_at)
    SELECT gen_random_uuid(), business_id, %(name)s, now()
      FROM channels, generate_series(1, %(count)s) WHERE meta_id = %(number)s
    RETURNING id, business_id
"""
IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, first_seen_at)
    SELECT business_id, id, 'phone', 'world', lookup, sealed, now()
      FROM unnest(%(businesses)s::uuid[], %(ids)s::uuid[], %(lookups)b::bytea[], %(sealed)b::bytea[])
        AS rows (business_id, id, lookup, sealed)
"""
QUEUE = """
    WITH talks AS (
        INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                                   last_activity_at)
        SELECT gen_random_uuid(), channels.business_id, inbox_id, channels.id, contacts.id, now(), now()
          FROM contacts JOIN channels ON channels.meta_id = %(number)s
         WHERE contacts.name = %(name)s
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
FILLED = (
    "contacts", "contact_identities", "conversations", "messages", "message_events",
    "policy_decisions", "sends",
)  # fmt: skip
SHIPPED: Mapping[str, object] = {
    "type": "template",
    "name": "shop_order_shipped",
    "language": "en_US",
    "parameters": ["DH-1", "Friday"],
    "body": "Your order DH-1 is on its way and should arrive on Friday. Reply here if anything is wrong.",
    "category": "UTILITY",
}
CONFIRMED: Mapping[str, object] = {
    "type": "template",
    "name": "education_order_confirmation",
    "language": "en_US",
    "parameters": ["EDU001", "12:00 PM", "School Cafeteria"],
    "body": "Your order EDU001 is confirmed.",
    "category": "UTILITY",
}


class Batch(NamedTuple):
    """Messages of one number to as many people, whose phones follow each other."""

    number: str
    size: int
    content: Mapping[str, object]
    first: int = 0
    name: str = "A recipient"

    @property
    def phones(self) -> list[str]:
        return [phone(n) for n in range(self.first, self.first + self.size)]


class Stack(NamedTuple):
    """Everything on this machine; the worker is started when all is queued."""

    url: str
    metasim: str
    api: str
    key: str
    children: dict[str, Child]
    env: dict[str, str]
    folder: Path

    def work(self) -> None:
        log = self.folder / "worker.log"
        command = python("serai.app.cli", "work")
        self.children["worker"] = Child("worker", command, self.env, log)


def phone(n: int) -> str:
    return f"1212{n:07d}"


@contextmanager
def stack(people: int, rate: int = RATE) -> Generator[Stack]:
    """metasim, a server and PostgreSQL, with so many people who have telephones.

    `rate`: messages a second that the pretend Meta takes of one number.
    """
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    children: dict[str, Child] = {}
    with database() as url:
        port, graph_port = free_port(), free_port()
        env = environment(url, port, graph_port)
        metasim = f"http://127.0.0.1:{graph_port}"
        command = [str(Path(sys.executable).parent / "metasim"), "serve", "--port", str(graph_port)]
        try:
            children["metasim"] = Child("metasim", command, env, folder / "metasim.log")
            wait_for(children["metasim"], f"{metasim}/_sim/health")
            serve = python("serai.app.cli", "serve")
            children["server"] = Child("server", serve, env, folder / "server.log")
            wait_for(children["server"], f"http://127.0.0.1:{port}/health/ready")
            _tell(metasim, port, people, rate)
            with psycopg.connect(url, options="-c search_path=serai") as conn:
                conn.execute(
                    "UPDATE channels SET messages_per_second = %s, messaging_limit = %s",
                    (RATE, NO_LIMIT),
                )
            key = asyncio.run(seed(url, VAULT))
            api = f"http://127.0.0.1:{port}/api/v1"
            yield Stack(url, metasim, api, key, children, env, folder)
        finally:
            for child in reversed(children.values()):
                child.stop()


def _tell(metasim: str, port: int, people: int, rate: int) -> None:
    known: dict[str, Any] = world.world(f"http://127.0.0.1:{port}/webhooks/meta")
    for number in known["numbers"]:
        number["messages_per_second"] = rate
    tell(metasim, "world", known, method="PUT")
    for begin in range(0, people, PART):
        part = range(begin, min(people, begin + PART))
        some = [{"phone": phone(n), "name": "Someone", "delay_ms": DELAYS} for n in part]
        tell(metasim, "world", {"people": some}, method="PUT")
    tell(metasim, f"apps/{world.APP}/subscribe", {})


async def queue(url: str, batch: Batch) -> None:
    """Put a campaign's messages into the queue, in one transaction."""
    async with await connect(url, ENGINE) as conn, conn.transaction():
        values = {"count": batch.size, "number": batch.number, "name": batch.name}
        rows = await (await conn.execute(PEOPLE, values)).fetchall()
        pairs = list(zip(rows, batch.phones, strict=True))
        await conn.execute(
            IDENTITIES,
            {
                "businesses": [row["business_id"] for row in rows],
                "ids": [row["id"] for row in rows],
                "lookups": [VAULT.index.of(phone, "phone") for _, phone in pairs],
                "sealed": [
                    VAULT.ring.seal(phone.encode(), f"identity:phone:{row['id']}".encode())
                    for row, phone in pairs
                ],
            },
        )
        await conn.execute(QUEUE, {**values, "content": json.dumps(batch.content)})
        await conn.execute("SELECT pg_notify('serai_work', '')")
    with psycopg.connect(url, autocommit=True) as conn:
        for table in FILLED:  # as PostgreSQL does by itself within a minute
            conn.execute(f"ANALYZE serai.{table}".encode())


class Meter:
    """Milliseconds of the processor that each part has taken since it was last asked."""

    def __init__(self, stack: Stack) -> None:
        self._parts = {name: [psutil.Process(child.pid)] for name, child in stack.children.items()}
        with psycopg.connect(stack.url) as conn:
            pid = conn.info.backend_pid
            self._database = psutil.Process(pid).parent()
        self._before = self._now()

    def taken(self) -> dict[str, float]:
        now = self._now()
        return {name: (now[name] - self._before[name]) * 1000 for name in now}

    def _now(self) -> dict[str, float]:
        parts = {name: sum(map(_seconds, each)) for name, each in self._parts.items()}
        if self._database is not None:
            ended = self._database.cpu_times()
            parts["PostgreSQL"] = ended.children_user + ended.children_system
            parts["PostgreSQL"] += sum(map(_seconds, self._database.children()))
        return parts


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # it has ended: its parent has what it took
        return 0.0
    return times.user + times.system


def until(conn: "psycopg.Connection[Any]", sql: str, seconds: float) -> None:
    """Wait until a statement gives true, asked four times a second so as not to be in the way."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        row = conn.execute(sql.encode()).fetchone()
        if row and row[0]:
            return
        time.sleep(0.25)
    raise AssertionError(f"not within {seconds} s: {sql}")
