"""How long a webhook waits for its 200 at the door, at parts of what the door can take."""

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from serai.app.demo.processes import Child, python, wait_for

from bench import load
from bench.world import body, database, environment, free_port, signature

MOST = 40_000
"""Webhooks by which the most that the door takes is found."""
SECONDS = 4
SHARES = (0.25, 0.5, 0.75, 0.9)
PROMISED = 1000
"""A second. Source: promise MSG-04."""


def once() -> list[dict[str, object]]:
    """One round: PostgreSQL, door and client on this machine, every webhook a new one."""
    with tempfile.TemporaryDirectory(prefix="serai-bench-") as folder, database() as url:
        port = free_port()
        child = Child(
            "door",
            python("serai.app.cli", "serve"),
            environment(url, port),
            Path(folder) / "door.log",
        )
        try:
            wait_for(child, f"http://127.0.0.1:{port}/health/ready")
            numbers = count()
            load.drive(port, _webhooks(numbers, 2000), 2000, None)  # warm
            most = load.drive(port, _webhooks(numbers, MOST), MOST, None)
            rates = {f"{share:.0%} of that": most.rate * share for share in SHARES}
            rates["what is promised"] = PROMISED
            rows = [_row("as much as it takes", most.rate, most)]
            for name, rate in rates.items():
                asked = int(rate * SECONDS)
                took = load.drive(port, _webhooks(numbers, asked), asked, rate)
                rows.append(_row(name, rate, took))
        finally:
            child.stop()
    return rows


def _webhooks(numbers: Iterator[int], how_many: int) -> Iterator[bytes]:
    """Whole requests, made before the clock runs."""
    return iter([_webhook(next(numbers)) for _ in range(how_many)])


def _webhook(n: int) -> bytes:
    data = body(n)
    return (
        b"POST /webhooks/meta HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        b"x-hub-signature-256: %b\r\ncontent-length: %d\r\n\r\n%b"
        % (signature(data).encode(), len(data), data)
    )


def _row(name: str, rate: float, took: load.Took) -> dict[str, object]:
    assert took.refused == 0, f"{name}: {took.refused} were refused"
    return {
        "load": name,
        "asked/s": round(rate),
        "answered/s": round(took.rate),
        "p50 ms": took.ms(0.5),
        "p99 ms": took.ms(0.99),
        "slowest ms": took.ms(1),
    }
