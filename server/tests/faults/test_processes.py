"""Several servers and workers on one database, and what happens when one of them goes."""

import itertools
import signal
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from serai.app.demo import world
from serai.app.demo.processes import wait_for
from serai.kit.embedded import Cluster
from tests.faults.accounts import come_to_rest, reckon, repeats
from tests.faults.house import House, filled
from tests.given import change, delivery, signature, text_item
from tests.stories import nursery
from tests.stories.conftest import SCHOOL, until

IN = "SELECT count(*) FROM messages WHERE direction = 'in'"
TRIES = 3
SOON_SECONDS = 10.0


@pytest.fixture
def house(cluster: Cluster, db_url: str) -> Iterator[House]:
    """Nothing runs in it yet."""
    with tempfile.TemporaryDirectory(prefix="serai-house-") as folder:
        house = House(cluster, db_url.rsplit("=", 1)[1], Path(folder), filled(db_url))
        try:
            yield house
        finally:
            house.end()


def _write(house: House, count: int) -> None:
    for n in range(count):
        person = f"1212555{3000 + n % 12}"
        house.tell("POST", "/people", {"phone": person, "name": "Guest"})
        house.write(person, SCHOOL, "menu")


@pytest.mark.promise("OPS-06")
def test_three_servers_and_three_workers_share_the_work_and_outlive_each_other(house: House):
    house.open(webs=3, workers=3)
    _write(house, 24)
    until(lambda: house.one(IN) == 24)

    for name, how in (("worker0", signal.SIGKILL), ("worker1", signal.SIGSTOP)):
        _taken_over_soon(house, name, how)
    house.kill("web0")
    _write(house, 12)
    house.signal("worker1", signal.SIGCONT)  # what it had in hand it finds taken over
    house.again("worker0")
    come_to_rest(house)

    assert reckon(house).problems == []
    assert len(house.front.took) == len(house.webs)
    for name in house.workers:
        house.stop(name)
    assert repeats(house) == []


def _taken_over_soon(house: House, name: str, how: signal.Signals) -> None:
    """Within ten seconds in one of three tries: the machine may be busy with other things."""
    took: list[float] = []
    for _ in range(TRIES):
        before = house.one(IN)
        _write(house, 6)
        if how is signal.SIGKILL and name in house.children:
            house.kill(name)
        elif how is signal.SIGSTOP:
            house.signal(name, how)
        began = time.monotonic()
        until(lambda before=before: house.one(IN) == before + 6)
        took.append(time.monotonic() - began)
        if took[-1] < SOON_SECONDS:
            return
    raise AssertionError(f"what {name} had was taken over after {took} s")


def test_work_of_which_nobody_was_told_is_found_all_the_same(house: House):
    house.open(webs=1, workers=1)
    _post(house.front.port, 1, number="770099990000001")  # connected nowhere: it is set aside
    until(lambda: house.one("SELECT count(*) FROM inbound_items WHERE state = 'quarantined'"))

    house.execute("UPDATE inbound_items SET state = 'pending', reason = NULL")  # tells nobody

    until(lambda: house.one("SELECT count(*) FROM inbound_items WHERE state = 'quarantined'"))


def test_a_deploy_answers_every_request(house: House):
    """The socket is handed on: one server ends as it should while the next one begins."""
    house.meta()
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        port = listener.getsockname()[1]
        servers = [_serve(house, "first", listener)]
        wait_for(servers[0], f"http://127.0.0.1:{port}/health/ready")
        with _Callers(port) as callers:
            for name in ("second", "third"):
                callers.heard_of(20)
                servers.append(_serve(house, name, listener))
                wait_for(servers[-1], f"http://127.0.0.1:{port}/health/ready")
                servers[-2].stop()
            callers.heard_of(20)
        servers[-1].stop()

    assert set(callers.answers) == {200}
    assert house.one("SELECT count(*) FROM webhook_deliveries") == callers.posted


def test_a_server_that_is_told_to_end_says_so_first_and_goes_on_meanwhile(house: House):
    house.env["SERAI_DRAIN_SECONDS"] = "60"
    house.meta()
    house.web("web0")
    house.until_ready("web0")
    base = f"http://127.0.0.1:{house.ports['web0']}"
    with httpx2.Client(base_url=base, timeout=20) as http:
        house.signal("web0", signal.SIGTERM)
        until(lambda: http.get("/health/ready").status_code == 503)

        answer = http.get("/health/live")
        assert (answer.status_code, answer.headers["connection"]) == (200, "close")
        assert _post(house.ports["web0"], 1) == 200
    house.signal("web0", signal.SIGTERM)  # a second time: at once
    until(lambda: house.children["web0"].has_ended)


def _serve(house: House, name: str, listener: socket.socket) -> nursery.Nursed:
    env = {**house.env, "SERAI_DATABASE_URL": house.url}
    log = house.folder / f"{name}.log"
    server = nursery.Nursed(name, ["serai", "serve"], env, log, listener)
    house.children[name] = server
    return server


def _post(port: int, n: int, number: str = SCHOOL, http: httpx2.Client | None = None) -> int:
    body = delivery(change(number, messages=[text_item(f"no rule {n}")]))
    header = {"X-Hub-Signature-256": signature(body, world.APP_SECRET)}
    url = f"http://127.0.0.1:{port}/webhooks/meta"
    return (http or httpx2).post(url, content=body, headers=header).status_code


class _Callers:
    """Some keep their connection from one request to the next, some begin anew each time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.answers: Counter[int | str] = Counter()
        self._numbers = itertools.count()
        self.posted = 0
        self._ended = threading.Event()
        keeping = [threading.Thread(target=self._call, args=(keeps,)) for keeps in (False, True)]
        self._threads = [*keeping, threading.Thread(target=self._call, args=(False,))]

    def __enter__(self) -> "_Callers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def heard_of(self, more: int) -> None:
        """Wait for that many answers."""
        enough = self.answers.total() + more
        until(lambda: self.answers.total() >= enough)

    def _call(self, keeps: bool) -> None:
        http = httpx2.Client(timeout=20)
        while not self._ended.is_set():
            try:
                self.answers[_post(self._port, next(self._numbers), http=http)] += 1
                self.posted += 1
            except httpx2.HTTPError as error:
                self.answers[type(error).__name__] += 1
            if not keeps:
                http.close()
                http = httpx2.Client(timeout=20)
        http.close()
