"""Does to the house what the plan says, and mends it again."""

import heapq
import itertools
import logging
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import httpx2
import psycopg
from serai.app.demo import world
from tests.faults.house import House
from tests.faults.plan import NATS, Fault
from tests.faults.proxy import Proxy, Way
from tests.given import signature

log = logging.getLogger("faults")
Mend: TypeAlias = Callable[[], object]
SPOILT = ("cut", "slow", "dead")
SLOW = Way(delay=0.1, rate=200_000.0)
FURTHEST_JUMP = 600
ORDERS: dict[str, dict[str, Any]] = {
    "told twice": {"kind": "duplicate", "times": 5},
    "told out of order": {"kind": "reorder", "times": 2, "size": 3},
    "status before answer": {"kind": "status_first", "times": 5},
    "throttled": {"kind": "throttle", "times": 3},
    "hung up": {"kind": "hang_up", "times": 1},
}
"""What the pretend Meta is told to do, to whomever it comes to next."""


class Hands:
    """`disk`: the file system of the database, if it is a small one that may be filled up."""

    def __init__(self, house: House, disk: Path | None) -> None:
        self.house, self._disk = house, disk
        self.done: Counter[str] = Counter()
        self.crashed: list[str] = []
        """Processes that ended although nobody touched them."""
        self._later: list[tuple[float, int, str, Mend]] = []
        self._order = itertools.count()
        self._nonsense = itertools.count()

    def do(self, fault: Fault) -> None:
        """Wait for its time and begin it; what it needs to be mended happens in time."""
        self._wait(time.monotonic() + fault.after)
        what = self._what(fault)
        while any(key == what for _, _, key, _ in self._later):
            self._mend_next()
        mend = self._begin(fault, what)
        self.done[fault.kind] += 1
        if mend is not None:
            until = time.monotonic() + fault.lasts
            heapq.heappush(self._later, (until, next(self._order), what, mend))
        self._look_after()

    def mend_all(self) -> None:
        while self._later:
            self._mend_next()
        self._look_after()

    def _what(self, fault: Fault) -> str:
        """The part that it is done to; one thing at a time for each."""
        names = {
            "web": self.house.webs,
            "worker": self.house.workers,
            "line": sorted(self.house.lines),
        }
        last = fault.kind.rsplit(" ", 1)[-1]
        if fault.kind.endswith("meta line"):
            return "meta line"
        if last in names:
            return f"{last} {names[last][fault.target % len(names[last])]}"
        if last in {"postgres", "backend", "full"}:
            return "postgres"
        if fault.kind in NATS:
            return "nats"
        return "door" if last == "door" else "metasim"

    def _begin(self, fault: Fault, what: str) -> Mend | None:
        log.info("%s: %s", what, fault)
        how = fault.kind.split(" ")[0]
        if what == "postgres":
            return self._trouble_database(how, fault.target)
        if what == "nats":
            return self._trouble_nodes(how, fault.kind.rsplit(" ", 1)[-1], fault.target)
        if how in SPOILT:
            return _spoil(self._line(what), how)
        name = what.rsplit(" ", 1)[-1]
        if how == "stop":
            self.house.signal(name, signal.SIGSTOP)
            return lambda: self.house.signal(name, signal.SIGCONT)
        if how in {"kill", "end"}:
            return self._again(name, how)
        return self._tell(fault)

    def _trouble_database(self, how: str, target: int) -> Mend | None:
        if how == "kill":
            return self.house.kill_database()
        if how == "stop":
            return self._freeze_database()
        return self._fill() if how == "disk" else self._end_a_backend(target)

    def _trouble_nodes(self, how: str, role: str, number: int) -> Mend:
        """They come back by and by: what is stopped goes on, what was killed begins anew on its files."""
        nodes = self.house.nodes
        assert nodes is not None
        which = nodes.which(role, number)
        if how == "kill":
            nodes.kill(which)
            return lambda: nodes.again(which)
        for node in which:
            node.signal(signal.SIGSTOP)
        return lambda: [node.signal(signal.SIGCONT) for node in which]

    def _tell(self, fault: Fault) -> None:
        match fault.kind:
            case "clock jumps":
                seconds = 1 + fault.target % FURTHEST_JUMP
                self._ask_meta("/clock", {"advance_seconds": seconds})
            case "restart storm":
                for name in (*self.house.webs, *self.house.workers) * 2:
                    self._again(name)
            case "nonsense":
                self._post_nonsense(fault.target)
            case kind:
                self._ask_meta("/faults", ORDERS[kind])

    def _ask_meta(self, path: str, body: dict[str, Any]) -> None:
        with suppress(httpx2.HTTPError):  # it hears it all the same, only its answer is late
            self.house.tell("POST", path, body)

    def _line(self, what: str) -> Proxy:
        if what == "door":
            return self.house.front
        return self.house.to_meta if what == "meta line" else self.house.lines[what.split(" ")[1]]

    def _again(self, name: str, how: str = "kill") -> None:
        """Ended without warning, or asked to end; then started as whoever looks after it does."""
        if how == "kill":
            self.house.kill(name)
        else:
            self.house.stop(name)
        self.house.again(name)

    def _freeze_database(self) -> Mend:
        pids = self.house.servers()
        _signal(pids, signal.SIGSTOP)
        return lambda: _signal(pids, signal.SIGCONT)

    def _end_a_backend(self, target: int) -> None:
        try:
            self.house.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name ~ '^(web|worker)'"
                f" ORDER BY md5(pid::text || '{target}') LIMIT 1"
            )
        except psycopg.OperationalError:
            return  # it is away already

    def _fill(self) -> Mend | None:
        """Not a byte is left for the database; when there is room again somebody starts it anew."""
        assert self._disk is not None
        ballast = self._disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            piece = bytes(1 << 16)
            try:
                while True:
                    file.write(piece)
            except OSError:
                pass

        def free() -> None:
            ballast.unlink()
            if self.house.cluster.pid is None:
                self.house.raise_database()

        return free

    def _post_nonsense(self, target: int) -> None:
        body = (b'{"object": [' * (target % 50 + 1)) + b"%d" % next(self._nonsense)
        header = {"X-Hub-Signature-256": signature(body, world.APP_SECRET)}
        url = f"http://127.0.0.1:{self.house.front.port}/webhooks/meta"
        try:
            httpx2.post(url, content=body, headers=header, timeout=5)
        except httpx2.HTTPError:
            return  # not taken, and we do not come again

    def _wait(self, until: float) -> None:
        while self._later and self._later[0][0] <= until:
            self._mend_next()
        time.sleep(max(0.0, until - time.monotonic()))

    def _mend_next(self) -> None:
        at, _, _, mend = heapq.heappop(self._later)
        time.sleep(max(0.0, at - time.monotonic()))
        mend()

    def _look_after(self) -> None:
        for name in self.house.ended():
            self.crashed.append(name)
            self.house.stop(name)
            self.house.again(name)
        if self.house.nodes:
            self.crashed += self.house.nodes.ended()
        if self.house.cluster.pid is None and not self._later:
            self.house.raise_database()


def _spoil(line: Proxy, how: str) -> Mend:
    if how == "cut":
        line.cut()
        return lambda: None
    line.way = SLOW if how == "slow" else Way(swallows=True)
    return line.heal


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
