"""A real NATS server with JetStream that syncs every write, alone or as a cluster of three."""
# pyright: reportUnknownMemberType=false
# The client leaves its keyword arguments untyped.

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import nats
from serai.app.demo.processes import Child

BESIDE = Path(sys.executable).parent
"""Where this environment has its programs; not every shell looks there."""
SERVER = BESIDE / "nats-server"
CONFIG = """
listen: 127.0.0.1:{port}
server_name: {name}
max_payload: 8MB
jetstream {{ store_dir: "{folder}", sync_interval: always }}
"""
CLUSTER = """
cluster {{ name: house, listen: 127.0.0.1:{port}, routes: [{routes}] }}
"""


def free_ports(count: int) -> list[int]:
    """Of this machine, now; a server that comes back wants its old one."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Nats:
    """One server, on a port that it keeps over its deaths."""

    def __init__(self, folder: Path, name: str, port: int, more: str = "") -> None:
        self.name = name
        self.url = f"nats://127.0.0.1:{port}"
        self._folder = folder
        self._config = folder / f"{name}.conf"
        text = CONFIG.format(port=port, name=name, folder=folder / name)
        self._config.write_text(text + more)
        self._child: Child | None = None

    def start(self) -> "Nats":
        command = [str(SERVER), "-c", str(self._config)]
        self._child = Child(self.name, command, os.environ, self._folder / f"{self.name}.log")
        self._wait()
        return self

    def kill(self) -> None:
        """As a power cut would."""
        if self._child is not None and not self._child.has_ended:
            os.kill(self._child.pid, signal.SIGKILL)
            self._child.stop()

    @property
    def has_ended(self) -> bool:
        return self._child is None or self._child.has_ended

    def signal(self, number: signal.Signals) -> None:
        assert self._child is not None
        with suppress(ProcessLookupError):
            os.kill(self._child.pid, number)

    @asynccontextmanager
    async def asked(self) -> AsyncGenerator[Any]:
        """What whoever runs it may ask and change; the client leaves its types open."""
        client = await nats.connect(self.url, connect_timeout=1, allow_reconnect=False)
        try:
            yield client.jetstream()
        finally:
            await client.close()

    def _wait(self) -> None:
        assert self._child is not None
        port = int(self.url.rsplit(":", 1)[1])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            assert not self._child.has_ended, self._child.log.read_text()
            time.sleep(0.02)
        raise AssertionError(self._child.log.read_text())


def cluster_of_three(folder: Path) -> Sequence[Nats]:
    """Three that know each other; not started."""
    ports, routes = free_ports(3), free_ports(3)
    known = ", ".join(f'"nats://127.0.0.1:{port}"' for port in routes)
    return [
        Nats(folder, f"node{n}", ports[n], CLUSTER.format(port=routes[n], routes=known))
        for n in range(3)
    ]


def a_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="serai-nats-"))


@contextmanager
def alone() -> Generator[Nats]:
    """One server by itself; it and what it kept are gone in the end."""
    folder = a_folder()
    server = Nats(folder, "alone", free_ports(1)[0]).start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
