"""The background process: split what came in, handle it, carry what goes out, mind what is due.

A few loops beside each other, woken by the database and, should a wake-up be lost, by a poll.
Any number of workers may run; the database shares the work out.
"""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from prometheus_client import Gauge, Histogram

from serai.app.files import shelf_of, tidy_desk
from serai.app.intake import ferrying
from serai.app.meta_clock import follow
from serai.app.tidying import plan, tidy
from serai.app.watching.health import Health
from serai.app.watching.marks import MARK_SECONDS, Marks
from serai.app.watching.page import Metrics, side_door
from serai.app.watching.reckoning import reckon
from serai.app.wiring import vault_of, wired
from serai.engine import due, items, signals, waiting
from serai.engine.dispatch import Carrier, dispatch, settle_stale
from serai.engine.handle import handle
from serai.engine.intake import held
from serai.engine.intake.ferry import Ferry
from serai.engine.intake.splitting import split
from serai.engine.items import Share
from serai.engine.wiring import Wiring
from serai.features.accounts import jobs as accounts
from serai.features.channels import jobs as channels
from serai.features.channels.jobs import Office
from serai.features.contacts import jobs as contact_jobs
from serai.features.contacts.jobs import Mover
from serai.features.follow_ups import store as follow_ups
from serai.features.media.jobs import Hands, fetch_files, upload_files
from serai.features.push import jobs as push
from serai.features.push.jobs import Postman
from serai.features.teamwork import jobs as teamwork
from serai.features.templates.jobs import Reader, sync_due
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, PASSING, Pool, hear, pool
from serai.kit.log import logger
from serai.kit.meters import failed
from serai.kit.outbound import Outbound
from serai.kit.settings import Settings
from serai.meta.client import Graph

HANDLERS = 2
"""Of events, in one process: one decides while the other waits for the database."""
CARRIERS = 4
"""Of messages, in one process: some talk to Meta while others write down what Meta said."""
ARE_FOR = {"arrived": ("split", "handle")}
"""Loops that a notification wakes by what it says; any other wakes all. Four webhooks come for an
answer that is read, and most loops have nothing to do with them."""
POLL_SECONDS = 1.0
"""How long a lost wake-up goes unnoticed."""
TICK_SECONDS = 0.02
"""Pause of a busy sender, so that a bucket of tokens fills a little."""
OURS = Clock()
"""Push services go by real time, whatever Meta's clock says."""
SWEEP_SECONDS = 60.0
"""Between two looks for a chore that is due."""
STALE_AFTER = timedelta(seconds=60)
"""Beyond the time that one call may take, by when a claimed send must have ended."""

TURN = Histogram("serai_loop_seconds", "Turns of the worker's loops.", ["loop"])
TURNED = Gauge("serai_loop_turned_at", "When a loop last ended a turn; Unix time.", ["loop"])
Work: TypeAlias = tuple[str, Callable[[], Awaitable[int]]]
"""A loop's name, and one turn of it: how much it did."""

log = logger("serai.worker")


class Worker:
    """One worker process. `stop()` lets what is under way end, then `run()` returns."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = Clock()
        self._wiring: Wiring = wired(vault_of(settings))
        self._pool: Pool = pool(settings.database_url, ENGINE, settings.pool_size)
        self.health = Health(self._pool)
        self._chores = plan(settings)
        self._marks = Marks(self._pool, "work", self._clock.now)
        self._has_let_in = False
        self._stopping = asyncio.Event()
        self._wakes: list[tuple[str, asyncio.Event]] = []
        self._random = random.Random()  # noqa: S311 — spreads load, guards nothing

    def stop(self) -> None:
        self.health.drain()
        self._stopping.set()
        self._wake()

    async def run(self) -> None:
        settings = self._settings
        graph = Graph(settings.graph_url, settings.graph_version, settings.send_timeout_seconds)
        outbound = Outbound(settings.send_timeout_seconds, private=settings.push_private_addresses)
        metrics = Metrics(settings, {"engine": self._pool}, self._clock, of_all=False)
        door = side_door(settings, metrics, self.health)
        ferry = ferrying(settings, self._pool, self._wiring.vault, self._random.getrandbits(64))
        async with self._pool, graph, outbound, door, ferry as ferries:
            follows = settings.clock == "meta"
            if follows:
                await self._clock_known(graph)
            carrier = Carrier(self._pool, graph, self._wiring, self._clock.now, self._random.random)
            hands = self._hands(graph)
            office = Office(self._pool, graph, self._wiring.vault)
            postman = self._postman(outbound)
            reader = Reader(self._pool, graph, self._wiring, self._clock.now)
            mover = Mover(self._pool, self._wiring.vault, self._clock.now)
            async with asyncio.TaskGroup() as tasks:
                listener = tasks.create_task(self._listen())
                followers = [tasks.create_task(follow(self._clock, graph))] if follows else []
                works: Sequence[Work] = (
                    ("split", self._split),
                    *(("handle", self._handle) for _ in range(HANDLERS)),
                    *(("carry", lambda: self._carry(carrier)) for _ in range(CARRIERS)),
                    ("signals", lambda: signals.carry(carrier, self._settings.dispatch_limit)),
                    ("mind", self._mind),
                    ("turns", self._give_turns),
                    ("fetch_files", lambda: fetch_files(hands)),
                    ("upload_files", lambda: upload_files(hands)),
                    ("ask_meta", lambda: self._ask(office)),
                    ("mails", self._send_mails),
                    ("sweep", self._sweep),
                    ("mark", self._mark),
                    ("templates", lambda: self._read_templates(reader)),
                    ("contacts", lambda: contact_jobs.work(mover)),
                    ("notify", lambda: self._notify(postman)),
                    *(("ferry", partial(self._ferry, ferry)) for ferry in ferries),
                )
                self._wakes = [(name, asyncio.Event()) for name, _ in works]
                pairs = zip(works, (wake for _, wake in self._wakes), strict=True)
                loops = [tasks.create_task(self._loop(*work, wake)) for work, wake in pairs]
                await asyncio.wait(loops)
                for task in (listener, *followers):
                    task.cancel()

    def _hands(self, graph: Graph) -> Hands:
        settings = self._settings
        tidy_desk(settings)
        return Hands(
            pool=self._pool,
            graph=graph,
            wiring=self._wiring,
            shelf=shelf_of(settings, self._pool),
            now=self._clock.now,
            chance=self._random.random,
            largest=settings.media_limit_bytes,
        )

    def _postman(self, outbound: Outbound) -> Postman:
        vault, contact = self._wiring.vault, self._settings.contact
        return Postman(self._pool, vault, outbound, contact, self._clock.now, OURS.now)

    async def _clock_known(self, graph: Graph) -> None:
        """Begin with Meta's time, not with a moment of ours."""
        theirs = await graph.time()
        if theirs is not None:
            self._clock.follow(theirs)

    async def _loop(
        self, name: str, work: Callable[[], Awaitable[int]], wake: asyncio.Event
    ) -> None:
        gap, took, turned = 0.1, TURN.labels(name), TURNED.labels(name)
        while not self._stopping.is_set():
            wake.clear()
            try:
                with took.time():
                    done = await work()
                turned.set_to_current_time()
                gap = 0.1
            except PASSING as error:
                log.warning("database_trouble", error=type(error).__name__)
                await _wait(self._stopping, gap * (0.5 + self._random.random()))
                gap = min(gap * 2, 5.0)
                continue
            except Exception as error:
                failed(f"worker.{name}", error)
                raise
            if not done:
                await _wait(wake, POLL_SECONDS)

    async def _ferry(self, ferry: Ferry) -> int:
        """What came through a stream; whoever holds one waits there, not here."""
        return await ferry.move(Clock().now())

    async def _split(self) -> int:
        lanes, limit = self._settings.worker_lanes, self._settings.claim_limit
        async with self._pool.connection() as conn:
            if not self._has_let_in:  # keys come and go with a process
                await held.let_in(conn, self._wiring.vault)
                self._has_let_in = True
            split_count = await split(conn, self._wiring.vault, lanes, limit)
        if split_count:
            self._wake("handle")
        return split_count

    async def _handle(self) -> int:
        settings = self._settings
        share = Share(
            lanes=settings.worker_lanes,
            start=self._random.randrange(settings.worker_lanes),
            most=max(1, settings.worker_lanes // 2),
            limit=settings.claim_limit,
        )
        async with self._pool.connection() as conn:
            kept = await split(
                conn, self._wiring.vault, settings.worker_lanes, settings.claim_limit
            )
            handled = await items.work(conn, self._wiring, share, self._clock.now())
        if handled:
            self._wake("handle")
        return kept + handled

    async def _carry(self, carrier: Carrier) -> int:
        carried = await dispatch(carrier, self._settings.dispatch_limit)
        if carried:
            await asyncio.sleep(TICK_SECONDS)
        return carried

    async def _mind(self) -> int:
        """Sends whose worker died, and rows that have come due."""
        now = self._clock.now()
        patience = timedelta(seconds=self._settings.send_timeout_seconds) + STALE_AFTER
        async with self._pool.connection() as conn:
            stale = await settle_stale(conn, self._wiring, now - patience, now)
            if await waiting.let_go(conn, now):
                self._wake()
            async with conn.transaction():
                events = [
                    *await due.claim(conn, now, 200),
                    *await follow_ups.claim(conn, now, 200),
                    *await teamwork.woken(conn, now, 200),
                ]
                await handle(conn, self._wiring, events, now)
        return stale + len(events)

    async def _give_turns(self) -> int:
        """What waits for people, to those who are free."""
        async with self._pool.connection() as conn:
            return await teamwork.give_turns(conn, self._wiring, self._clock.now())

    async def _ask(self, office: Office) -> int:
        """Numbers that are due to be asked about; a wake-up brings nothing here sooner."""
        asked = await channels.work(office, self._clock.now())
        await _wait(self._stopping, POLL_SECONDS)
        return asked

    async def _send_mails(self) -> int:
        """Letters go by this machine's time, as the links in them do."""
        now = Clock().now()
        tried = await accounts.send_due(self._pool, self._wiring.vault, self._settings, now)
        await _wait(self._stopping, POLL_SECONDS)
        return tried

    async def _sweep(self) -> int:
        """What is over, a chore at a time; by this machine's time, whatever Meta's clock says."""
        did = await tidy(self._pool, self._chores, OURS.now)
        did = await reckon(self._pool, self._clock.now) or did
        if not did:
            await _wait(self._stopping, SWEEP_SECONDS)
        return int(did)

    async def _mark(self) -> int:
        """Say that a worker works."""
        await self._marks.mark()
        await _wait(self._stopping, MARK_SECONDS)
        return 0

    async def _read_templates(self, reader: Reader) -> int:
        """Accounts whose templates are due to be read; a wake-up brings nothing here sooner."""
        read = await sync_due(reader)
        await _wait(self._stopping, POLL_SECONDS)
        return read

    async def _notify(self, postman: Postman) -> int:
        """News for people's browsers."""
        told = await push.work(postman)
        await _wait(self._stopping, POLL_SECONDS)
        return told

    async def _listen(self) -> None:
        """Wake the loops when the database says that there is work, or may have said so."""
        async for told in hear(self._settings.database_url, ENGINE, "serai_work"):
            names = ARE_FOR.get(told.payload, ()) if told else ()
            self._wake(*names)

    def _wake(self, *names: str) -> None:
        """The loops of these names; all of them if none is named."""
        for name, wake in self._wakes:
            if not names or name in names:
                wake.set()


async def _wait(wake: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(wake.wait(), seconds)
    except TimeoutError:
        return


async def work(settings: Settings) -> None:
    """Run a worker until SIGTERM or SIGINT."""
    worker = Worker(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, worker.stop)
    log.info("worker_started")
    await worker.run()
    log.info("worker_stopped")
