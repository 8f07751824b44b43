"""What the processes hold while customers write for an hour."""

import os

import psutil

from bench import load
from bench.whole import phone, running, writings

MINUTES = 60
EVERY_MINUTES = 10
RATE = int(os.environ.get("BENCH_RATE", "20"))
"""Messages a second; each is answered."""
PEOPLE = 2_000
NAMES = {"serve": "server MB", "work": "worker MB"}


def once() -> list[dict[str, object]]:
    """One round: ordinary load for an hour, and the resident memory of our two processes."""
    rows: list[dict[str, object]] = []
    count = EVERY_MINUTES * 60 * RATE
    with running(PEOPLE) as (graph_port, _):
        for minute in range(0, MINUTES + 1, EVERY_MINUTES):
            if minute:
                people = [phone(n % PEOPLE) for n in range(count)]
                load.drive(graph_port, writings(people), count, RATE)
            rows.append({"after min": minute, "messages": minute * 60 * RATE, **_held()})
    return rows


def _held() -> dict[str, float]:
    """Resident memory of each, in MB."""
    found = {
        NAMES[process.cmdline()[-1]]: round(process.memory_info().rss / 1024**2, 1)
        for process in psutil.Process(os.getpid()).children()
        if process.cmdline()[-1] in NAMES
    }
    assert set(found) == set(NAMES.values()), "both processes are there"
    return found
