"""From what a customer writes to the answer at Meta: all parts at once, at set rates."""

import json
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg
from serai.app.demo import world
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import tell
from serai.engine.limits import NO_LIMIT

from bench import load
from bench.world import database, environment, free_port

RATES = (50, 100, 500, 1000)
"""Customers' messages a second; each is answered, and each answer has three statuses."""
SECONDS = 8
WARM = 100
"""Customers before the clock runs: the worker is there then, and its statements are known."""
PATIENCE_SECONDS = 90.0
"""For the answers to what came."""
NUMBER = world.NUMBERS[0]
TEXT = "menu"
"""A word that a rule of the pack answers."""
RATE = 1000
"""Of the number at the pretend Meta. Source: WhatsApp Cloud API, throughput, the upgraded rate."""
DELAYS = {"sent": 5, "delivered": 50, "read": 200}


def once() -> list[dict[str, object]]:
    """One round: door, worker, PostgreSQL, metasim and client on this machine."""
    rows: list[dict[str, object]] = []
    with running(WARM + sum(RATES) * SECONDS) as (graph_port, _):
        offset = _metas_time(graph_port) - time.time()
        used = WARM
        people = [phone(n) for n in range(used)]
        load.drive(graph_port, writings(people), used, None)
        answers(graph_port, people)
        for rate in RATES:
            count = rate * SECONDS
            people = [phone(n) for n in range(used, used + count)]
            used += count
            took = load.drive(graph_port, writings(people), count, rate)
            rows.append(_row(rate, took, answers(graph_port, people), people, offset))
    return rows


@contextmanager
def running(people: int, settings: Mapping[str, str] | None = None) -> Generator[tuple[int, str]]:
    """A metasim with so many customers, whose messages a server and a worker answer: its port, and
    what the database is connected with; `settings` are PostgreSQL's."""
    with tempfile.TemporaryDirectory(prefix="serai-bench-") as name, database(settings) as url:
        folder, port, graph_port = Path(name), free_port(), free_port()
        env = environment(url, port, graph_port)
        metasim = [str(Path(sys.executable).parent / "metasim"), "serve", "--port", str(graph_port)]
        children = [Child("metasim", metasim, env, folder / "metasim.log")]
        try:
            wait_for(children[0], f"http://127.0.0.1:{graph_port}/_sim/health")
            children.append(_ours("serve", env, folder))
            wait_for(children[1], f"http://127.0.0.1:{port}/health/ready")
            _prepare(url, f"http://127.0.0.1:{graph_port}", port, people)
            children.append(_ours("work", env, folder))
            yield graph_port, url
        finally:
            for child in reversed(children):
                child.stop()


def _ours(command: str, env: dict[str, str], folder: Path) -> Child:
    return Child(command, python("serai.app.cli", command), env, folder / f"{command}.log")


def _prepare(url: str, metasim: str, port: int, people: int) -> None:
    known = world.world(f"http://127.0.0.1:{port}/webhooks/meta")
    for number in known["numbers"]:
        number["messages_per_second"] = RATE
    known["people"] = [
        {"phone": phone(n), "name": "Someone", "delay_ms": DELAYS} for n in range(people)
    ]
    tell(metasim, "world", known, method="PUT")
    tell(metasim, f"apps/{world.APP}/subscribe", {})
    with psycopg.connect(url, options="-c search_path=serai") as conn:
        conn.execute(
            "UPDATE channels SET messages_per_second = %s, messaging_limit = %s", (RATE, NO_LIMIT)
        )


def phone(n: int) -> str:
    """Of the nth customer."""
    return f"12125{n:06d}"


def writings(people: Iterable[str]) -> Iterator[bytes]:
    """Whole requests to metasim, one for each person, made before the clock runs."""
    wish = {"number": NUMBER.id, "type": "text", "text": {"body": TEXT}}
    data = json.dumps(wish).encode()
    head = (
        b"POST /_sim/people/%b/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    )
    return iter(
        [
            head % each.encode() + b"content-length: %d\r\n\r\n%b" % (len(data), data)
            for each in people
        ]
    )


def answers(graph_port: int, people: list[str]) -> dict[str, float]:
    """When each of these people had their answer taken by Meta; waits for all, as long as they come."""
    wanted, found = set(people), dict[str, float]()
    ends = time.monotonic() + PATIENCE_SECONDS
    while len(found) < len(wanted) and time.monotonic() < ends:
        time.sleep(1)
        sends = _asked(graph_port, "sends")["sends"]
        found = {
            each["person"]: datetime.fromisoformat(each["at"]).timestamp()
            for each in reversed(sends)
            if each["person"] in wanted
        }
    return found


def _metas_time(graph_port: int) -> float:
    return datetime.fromisoformat(_asked(graph_port, "clock")["now"]).timestamp()


def _asked(graph_port: int, path: str) -> dict[str, Any]:
    with urlopen(f"http://127.0.0.1:{graph_port}/_sim/{path}") as answer:
        return json.load(answer)


def _row(
    rate: int, took: load.Took, answers: dict[str, float], people: list[str], offset: float
) -> dict[str, object]:
    due = {each: took.began + offset + n / rate for n, each in enumerate(people)}
    delays = sorted(at - due[each] for each, at in answers.items())
    assert delays, "nobody was answered"
    last_due, last = max(due.values()), max(answers.values())
    return {
        "written/s": rate,
        "answered": f"{len(answers)} of {len(people)}",
        "p50 ms": load.within(delays, 0.5),
        "p99 ms": load.within(delays, 0.99),
        "answered/s": round(len(answers) / (last - min(due.values())), 1),
        "last answer after the last message, s": round(last - last_due, 1),
    }
