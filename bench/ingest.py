"""Durable webhooks a second, beside peers and the limit of the same server."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg
from serai.app.demo.processes import Child, python

from bench import stream
from bench.world import body, database, environment, free_port, signature

SECONDS = 4
CONNECTIONS = (256, 64)
"""Many, as the machines of a sender like Meta keep them; and few, over which they wait for each other."""
BODIES = 100_000
"""More than any server here takes in that time: each webhook is a new one."""

SCRIPT = """
local bodies, n = {}, 0
for line in io.lines(os.getenv("BENCH_BODIES")) do
  local signature, body = line:match("^(%S+) (.*)$")
  bodies[#bodies + 1] = wrk.format("POST", "/webhooks/meta",
    {["Content-Type"] = "application/json", ["X-Hub-Signature-256"] = signature}, body)
end
request = function() n = n + 1; return bodies[(n - 1) % #bodies + 1] end
"""


def once() -> list[dict[str, object]]:
    """One round over all servers; rates in requests a second, delays in milliseconds."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing; install it (on Debian: apt install wrk).")
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    lines = (f"{signature(data)} {data.decode()}" for data in map(body, range(BODIES)))
    (folder / "bodies").write_text("\n".join(lines))
    (folder / "script.lua").write_text(SCRIPT)
    rows = [row for connections in CONNECTIONS for row in _compared(connections, folder)]
    shutil.rmtree(folder)
    return rows


def _compared(connections: int, folder: Path) -> list[dict[str, object]]:
    """Each server over so many connections, beside a database that is new for all of them."""
    with database() as url:
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(
                "CREATE TABLE public.peer_deliveries (id bigserial PRIMARY KEY, body jsonb)"
            )
        place = Place(url, folder, connections)
        rows = [_measure(name, command, place) for name, command in SERVERS.items()]
        rows[1:1] = _through_a_stream(place)
        with psycopg.connect(url) as conn:
            kept = conn.execute("SELECT count(*) FROM serai.webhook_deliveries").fetchone()
    assert kept is not None
    assert kept[0] > 0, "what was acknowledged is on disk"
    best = float(str(rows[0]["requests/s"]))
    for row in rows:
        row["Serai is"] = f"{best / float(str(row['requests/s'])):.2f} times"
        row["ratio"] = round(best / float(str(row["requests/s"])), 3)
    return rows


class Place(NamedTuple):
    """Where the servers are measured."""

    url: str
    """Of the database."""
    folder: Path
    connections: int
    """Of the one who asks, each with one request at a time."""


def _uvicorn(app: str) -> list[str]:
    options = ["--log-level", "error", "--no-access-log", "--loop", "uvloop", "--http", "httptools"]
    return python("uvicorn", app, *options, "--port")


SERVERS = {
    "Serai, durable": python("serai.app.cli", "serve"),
    "limit: check, decode, store nothing": [*python("bench.peers.nothing_stored"), "--port"],
    "pywa, nothing stored": _uvicorn("bench.peers.with_pywa:app"),
    "FastAPI + SQLAlchemy, insert per request": _uvicorn("bench.peers.insert_per_request:app"),
}


def _through_a_stream(place: Place) -> list[dict[str, object]]:
    """The same door with a stream of NATS in front of PostgreSQL; nothing without its server."""
    if not stream.is_there():
        return []
    with stream.served(place.folder) as env:
        return [_measure("Serai, durable in NATS", SERVERS["Serai, durable"], place, env)]


def _measure(
    name: str, command: list[str], place: Place, more: Mapping[str, str] | None = None
) -> dict[str, object]:
    port = free_port()
    env = environment(place.url, port) | dict(more or {})
    socket_folder = place.url.split("host=")[1].split(maxsplit=1)[0]
    env["BENCH_URL"] = f"postgresql+asyncpg://serai@/postgres?host={quote(socket_folder)}"
    if command[-1] == "--port":
        command = [*command, str(port)]
    child = Child(name, command, env, place.folder / "server.log")
    try:
        wait_for_any(child, port)
        if more:
            stream.wait_until_taken(child, port)
        answer = subprocess.run(
            ["wrk", "-t1", f"-c{place.connections}", f"-d{SECONDS}s", "--latency",
             "-s", str(place.folder / "script.lua"), f"http://127.0.0.1:{port}/webhooks/meta"],
            env={**env, "BENCH_BODIES": str(place.folder / "bodies")},
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    finally:
        child.stop()
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", answer)
    assert refused is None, f"{name}: {refused and refused[0]}"
    return {
        "server": name,
        "connections": str(place.connections),
        "requests/s": float(_found(r"Requests/sec:\s+([\d.]+)", answer)),
        "p50 ms": _ms(_found(r"(?m)^\s+50%\s+(\S+)", answer)),
        "p99 ms": _ms(_found(r"(?m)^\s+99%\s+(\S+)", answer)),
    }


def wait_for_any(child: Child, port: int) -> None:
    """Until it takes connections, whatever it answers."""
    for _ in range(2000):  # a machine that is busy takes long to begin
        if child.has_ended:
            raise SystemExit(f"{child.name} ended: {child.log.read_text()[-800:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


def _ms(text: str) -> float:
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    number, unit = re.match(r"([\d.]+)(\w+)", text).groups()  # pyright: ignore
    return round(float(number) * units[unit], 2)
