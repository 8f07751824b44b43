"""The product as it runs on several machines, with a line that can be broken between any two parts.

customers ── metasim ──front──▶ web × N ──line──▶ PostgreSQL ◀──line── worker × M ──line──▶ metasim
                                      └──▶ NATS × 3, if it stands in front ──▶┘
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from serai.app.demo import world
from serai.app.demo.processes import wait_for
from serai.app.demo.seed import seed
from serai.kit.embedded import Cluster, EmbeddedProblem
from serai.kit.secrets import BlindIndex, KeyRing, Vault
from tests.faults.nodes import Nodes
from tests.faults.proxy import Loop, Proxy
from tests.stories import nursery
from tests.stories.conftest import INDEX_KEY, KEYS, Stack, free_port, until

DURABLE = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""What is written survives the death of every process, which is all that we inflict; a commit is
written before it is told (`synchronous_commit` stays on)."""
SOCKET = ".s.PGSQL.5432"
BACK_SECONDS = 60.0


class House(Stack):
    """`webs` and `workers` name the processes; each has a line of its own to the database."""

    def __init__(
        self, cluster: Cluster, database: str, folder: Path, key: str, *, nodes: Nodes | None = None
    ) -> None:
        super().__init__(cluster.url(database), folder, key)
        self.nodes = nodes
        self.cluster, self.database = cluster, database
        self.loop = Loop()
        self.front = Proxy(self.loop, [], taps=True)
        self.to_meta = Proxy(self.loop, [("127.0.0.1", self.metasim_port)], taps=True)
        self.lines: dict[str, Proxy] = {}
        self.ports: dict[str, int] = {}
        self.api = f"http://127.0.0.1:{self.front.port}/api/v1"
        self.env |= {"SERAI_GRAPH_URL": f"http://127.0.0.1:{self.to_meta.port}"}
        self.env |= nodes.env if nodes else {}

    @property
    def webs(self) -> list[str]:
        return sorted(self.ports)

    @property
    def workers(self) -> list[str]:
        return sorted(self.lines.keys() - self.ports.keys())

    def open(self, webs: int, workers: int) -> None:
        if self.nodes:
            self.nodes.start()
        self.meta()
        for n in range(webs):
            self.web(f"web{n}")
        self.tell("PUT", "/world", world.world(f"http://127.0.0.1:{self.front.port}/webhooks/meta"))
        until((self.folder / "metasim.json").exists)  # it may die from now on
        for n in range(workers):
            self.work(f"worker{n}")
        for name in self.webs:
            self.until_ready(name)
        self.tell("POST", f"/apps/{world.APP}/subscribe", {})

    def meta(self) -> None:
        state = ["--state", str(self.folder / "metasim.json")]
        port = ["--port", str(self.metasim_port)]
        self._child("metasim", ["metasim", "serve", *port, *state])
        wait_for(self.children["metasim"], f"{self.metasim}/health")

    def web(self, name: str) -> None:
        """A web process behind the front; the same port each time that it starts."""
        port = self.ports.setdefault(name, free_port())
        self._begin(name, "serve", SERAI_PORT=str(port))
        self.front.targets = [("127.0.0.1", self.ports[each]) for each in self.webs]

    def work(self, name: str) -> None:
        self._begin(name, "work")

    def until_ready(self, name: str) -> None:
        wait_for(self.children[name], f"http://127.0.0.1:{self.ports[name]}/health/ready")

    def again(self, name: str) -> None:
        """As whoever looks after processes starts one that has ended."""
        if name == "metasim":
            self.meta()
        elif name in self.ports:
            self.web(name)
        else:
            self.work(name)

    def ended(self) -> list[str]:
        """Processes that are no more although nobody killed them."""
        return [name for name, child in self.children.items() if child.has_ended]

    def in_streams(self) -> int:
        """What the door was told is stored and no worker has made rows of yet. Raises NotKnown."""
        if self.nodes is None:
            return 0
        moved = {
            row["stream"]: row["sequence"]
            for row in self.rows("SELECT stream, sequence FROM intake_positions")
        }
        return sum(last - moved.get(name, 0) for name, last in self.nodes.last().items())

    def signal(self, name: str, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.children[name].pid, number)

    def end(self) -> None:
        for name in self.children:
            self.signal(name, signal.SIGCONT)
        super().end()
        if self.nodes:
            self.nodes.end()
        for proxy in (self.front, self.to_meta, *self.lines.values()):
            proxy.close()
        self.loop.end()

    def _begin(self, name: str, role: str, **more: str) -> None:
        if name not in self.lines:
            self.lines[name] = Proxy(self.loop, [str(self.cluster.socket / SOCKET)])
        line = f"host=127.0.0.1 port={self.lines[name].port} user=serai dbname={self.database}"
        env = {**self.env, "SERAI_DATABASE_URL": f"{line} application_name={name}", **more}
        log = self.folder / f"{name}.log"
        self.children[name] = nursery.Nursed(name, ["serai", role], env, log)

    def servers(self) -> list[int]:
        """The processes of PostgreSQL, the one that starts the others first."""
        head = self.cluster.pid
        return [] if head is None else [head, *_children(head)]

    def kill_database(self) -> None:
        """All of it at once, as when its machine's power goes; up again on the same files."""
        for pid in self.servers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.raise_database()

    def raise_database(self) -> None:
        deadline = time.monotonic() + BACK_SECONDS
        while True:
            try:
                self.cluster.stop()
                self.cluster.start()
            except EmbeddedProblem:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)  # what the dead one shared is taken away by and by
            else:
                return

    def one(self, sql: str) -> Any:
        """A single value, straight from the database."""
        [row] = self.rows(sql)
        return next(iter(row.values()))

    def patient(self, sql: str) -> Any:
        """The same, while the database may be away for a moment."""

        def ask() -> Any:
            with suppress(psycopg.OperationalError):
                return [self.one(sql)]
            return None

        return until(ask)[0]


def _children(pid: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError, IndexError):
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                yield int(entry.name)


def filled(url: str) -> str:
    """The demo's businesses and numbers in an empty database; returns an API key."""
    vault = Vault(KeyRing.parse(KEYS), BlindIndex.parse(INDEX_KEY))
    with ThreadPoolExecutor(1) as aside:  # other tests leave an event loop running in this thread
        return aside.submit(asyncio.run, seed(url, vault)).result()
