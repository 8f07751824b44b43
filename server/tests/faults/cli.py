"""Faults at random under load: `python -m tests.faults.cli --faults 1000 --seed 7`.

In episodes, each a house of its own; in each, rounds of faults with a reckoning after every round and
a replay at the end. An episode's faults come from the seed and its number, so that `--seed` and
`--only` repeat one that failed.
"""

import argparse
import itertools
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import psycopg
from serai.kit import migrate
from serai.kit.embedded import Cluster
from tests.faults import results
from tests.faults.accounts import Reckoning, come_to_rest, reckon, repeats
from tests.faults.hands import Hands
from tests.faults.house import DURABLE, House, filled
from tests.faults.nodes import Nodes
from tests.faults.plan import Fault, draw, kinds
from tests.nats_server import SERVER
from tests.stories.conftest import SCHOOL

log = logging.getLogger("faults")
MARK = "SERAI_FAULTS_APART"
APART = [
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
]
EPISODE, ROUND = 250, 50
"""Faults in a house, and between two reckonings."""
PEOPLE = 24
GAP_SECONDS = 0.1
"""Between two messages of the pretend customers."""
DISK = "320m"
DATABASE = "faults"


class Crowd:
    """Pretend customers, who write as long as they are let."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._going = threading.Event()
        self._people = [f"1212555{2000 + n}" for n in range(PEOPLE)]
        for person in self._people:
            house.tell("POST", "/people", {"phone": person, "name": f"Guest {person[-2:]}"})
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._ended = threading.Event()
        self._thread.start()

    def go(self) -> None:
        self._going.set()

    def rest(self) -> None:
        self._going.clear()

    def end(self) -> None:
        self._ended.set()
        self._going.set()
        self._thread.join()

    def _write(self) -> None:
        with httpx2.Client(timeout=3) as http:
            for person in itertools.cycle(self._people):
                self._going.wait()
                if self._ended.wait(GAP_SECONDS):
                    return
                body = {"number": SCHOOL, "type": "text", "text": {"body": "menu"}}
                with suppress(httpx2.HTTPError):  # the pretend Meta is down: nobody can write then
                    http.post(f"{self._house.metasim}/people/{person}/messages", json=body)


def main() -> int:
    _ensure_apart()
    signal.signal(signal.SIGTERM, _end)
    wish = _wish()
    _listen(wish.log)
    began = time.monotonic()
    injected: Counter[str] = Counter()
    totals: list[Reckoning] = []
    problems: list[str] = []
    first = wish.only or 0
    for number in range(first, first + max(1, -(-wish.faults // EPISODE))):
        count = min(EPISODE, wish.faults - (number - first) * EPISODE)
        with _house(wish, has_nats=_has_nats(wish, number)) as (house, disk):
            fitting = kinds(nats=house.nodes is not None, disk=disk is not None, about=wish.about)
            plan = draw(f"{wish.seed}:{number}", count, fitting)
            hands = Hands(house, disk)
            try:
                totals.append(_episode(house, hands, plan))
                found = totals[-1].problems
            except AssertionError as error:
                found = [str(error)]
            injected += hands.done
            found += [f"{name} ended by itself" for name in hands.crashed]
            problems += [f"episode {number}: {each}" for each in found]
            if found:
                _keep(house, plan, wish.logs)
        print(f"episode {number}: {count} faults, {time.monotonic() - began:.0f} s", flush=True)
        if wish.results and not problems:
            results.write(wish.results, _told(wish, injected), injected, totals)
    results.tell(injected, totals, problems)
    if problems:
        print(f"\nAgain: --seed {wish.seed} --only N --faults {min(wish.faults, EPISODE)}")
    return 1 if problems else 0


def _listen(level: str) -> None:
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # else it tells of each question


def _end(_: int, __: object) -> None:
    """In order, so that nothing is left behind."""
    sys.exit(1)


def _ensure_apart() -> None:
    """Begin again in a world of processes and mounts of our own, which ends with us, where that may be."""
    if MARK in os.environ:
        return
    if subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0:
        command = [*APART, sys.executable, "-m", "tests.faults.cli", *sys.argv[1:]]
        os.execvpe(command[0], command, {**os.environ, MARK: "1"})  # noqa: S606
    log.warning("No world of our own on this machine (unshare): the disk is not filled up.")


def _episode(house: House, hands: Hands, plan: list[Fault]) -> Reckoning:
    crowd = Crowd(house)
    found = reckon(house)
    try:
        for start in range(0, len(plan), ROUND):
            crowd.go()
            for fault in plan[start : start + ROUND]:
                hands.do(fault)
            hands.mend_all()
            crowd.rest()
            come_to_rest(house)
            found = reckon(house)
            if found.problems:
                return found
    finally:
        crowd.end()
    for name in (*house.webs, *house.workers):
        house.stop(name)
    found.problems += repeats(house)
    return found


def _has_nats(wish: argparse.Namespace, episode: int) -> bool:
    """Unless it was said: in every second house, if there are servers of it."""
    return wish.nats if wish.nats is not None else episode % 2 == 1 and SERVER.exists()


def _told(wish: argparse.Namespace, injected: Counter[str]) -> str:
    """What was asked for, in words that ask for it again."""
    nats = {None: "", True: " --nats", False: " --no-nats"}[wish.nats]
    about = f" --about {wish.about!r}" if wish.about else ""
    return (
        f"`./run test --faults {injected.total()} --seed {wish.seed}{nats}{about}"
        f" --webs {wish.webs} --workers {wish.workers}`: {wish.webs} servers and {wish.workers}"
        f" workers on one PostgreSQL, {'' if wish.nats else 'in every second house '}"
        f"three nodes of NATS in front of it, {PEOPLE} people who write all the time; after every"
        f" {ROUND} faults a reckoning, after every {EPISODE} a replay of the log that must give equal rows."
    )


@contextmanager
def _house(wish: argparse.Namespace, *, has_nats: bool) -> Generator[tuple[House, Path | None]]:
    folder = Path(tempfile.mkdtemp(prefix="serai-faults-"))
    disk = folder / "disk"
    disk.mkdir()
    is_small = wish.disk and _mount(disk)
    cluster = Cluster(disk / "data", {**DURABLE, "max_wal_size": "64MB", "min_wal_size": "32MB"})
    house = None
    try:
        cluster.start()
        with psycopg.connect(cluster.url(), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {DATABASE}".encode())
        migrate.apply(cluster.url(DATABASE))
        nodes = Nodes(folder) if has_nats else None
        house = House(cluster, DATABASE, folder, filled(cluster.url(DATABASE)), nodes=nodes)
        house.open(wish.webs, wish.workers)
        yield house, disk if is_small else None
    finally:
        if house is not None:
            house.end()
        cluster.stop()
        if is_small:
            subprocess.run(["umount", "-l", str(disk)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _mount(disk: Path) -> bool:
    """A disk that is small enough to be filled; False where that is not ours to make."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _keep(house: House, plan: list[Fault], logs: Path | None) -> None:
    if logs is None:
        return
    logs.mkdir(parents=True, exist_ok=True)
    (logs / "plan.txt").write_text("\n".join(map(str, plan)), "utf-8")
    for log in (*house.folder.glob("*.log"), house.cluster.data.parent / "postgres.log"):
        if log.exists():
            shutil.copy(log, logs / log.name)


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run test --faults", description=__doc__)
    parser.add_argument("--faults", type=int, default=1000, help="how many")
    parser.add_argument("--seed", default=str(int(time.time())), help="draws the same faults again")
    parser.add_argument("--only", type=int, help="begin with this episode")
    parser.add_argument(
        "--about", default="", help="only faults with this in their names, say `nats`"
    )
    nats_help = "with NATS in front; unless said in every second house"
    parser.add_argument(
        "--nats", action=argparse.BooleanOptionalAction, default=None, help=nats_help
    )
    parser.add_argument("--webs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--disk", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--logs", type=Path, help="where to leave the logs of what failed")
    parser.add_argument("--results", type=Path, help="where to write them: a path without its end")
    parser.add_argument("--log", default="warning", help="`info` tells of each fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
