"""The background process: split what came in, handle it, carry what goes out, mind what is due.

A few loops beside each other, called by the database and, should a call be lost, by a beat.
Any number of workers may run; the database shares the work out.
"""

import asyncio
import random
import signal
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from serai.app.files import shelf_of, tidy_desk
from serai.app.intake import ferrying
from serai.app.loops import FULL, Loops, Work, rest
from serai.app.meta_clock import follow
from serai.app.tidying import plan, tidy
from serai.app.watching.health import Health
from serai.app.watching.marks import MARK_SECONDS, Marks
from serai.app.watching.page import Metrics, side_door
from serai.app.watching.reckoning import reckon
from serai.app.wiring import vault_of, wired
from serai.engine import claim, due, items, signals, waiting
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
from serai.kit.db import ENGINE, Pool, hear, pool
from serai.kit.log import logger
from serai.kit.outbound import Outbound
from serai.kit.settings import Settings
from serai.meta.client import Graph

HANDLERS = 2
"""Of events, in one process: one decides while the other waits for the database."""
CARRIERS = 4
"""Of messages, in one process: some talk to Meta while others write down what Meta said."""
ARE_FOR = {
    "arrived": ("handle",),
    "queued": ("carry",),
    "asked": ("signals",),
    "files": ("upload_files",),
}
"""Loops that are called by what a notification says; any other calls all."""
POLL_SECONDS = 1.0
"""Between two looks of loops that nothing calls sooner."""
TICK_SECONDS = 0.02
"""Pause of a busy sender, so that a bucket of tokens fills a little."""
LATER_SECONDS = 0.1
"""Until one sender looks again where something waits that none could take: for tokens, mostly."""
OURS = Clock()
"""Push services go by real time, whatever Meta's clock says."""
SWEEP_SECONDS = 60.0
"""Between two looks for a chore that is due."""
STALE_AFTER = timedelta(seconds=60)
"""Beyond the time that one call may take, by when a claimed send must have ended."""

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
        self._loops = Loops(self._stopping)
        self._one_waits = False
        self._random = random.Random()  # noqa: S311 — spreads load, guards nothing

    def stop(self) -> None:
        self.health.drain()
        self._loops.stop()

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
            carrier = self._carrier(graph)
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
                await self._loops.run(works)
                for task in (listener, *followers):
                    task.cancel()

    def _carrier(self, graph: Graph) -> Carrier:
        return Carrier(
            pool=self._pool,
            graph=graph,
            wiring=self._wiring,
            now=self._clock.now,
            chance=self._random.random,
            full=lambda: self._loops.hurry("carry"),
        )

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
            self._loops.hurry("handle")
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
            waits, kept = await items.waiting(conn), 0
            if waits.kept:
                kept = await split(
                    conn, self._wiring.vault, settings.worker_lanes, settings.claim_limit
                )
            if kept > FULL:
                self._loops.hurry("handle", "split")
            if not kept and not waits.pending:
                return 0
            handled = await items.work(conn, self._wiring, share, self._clock.now())
        return kept + handled

    async def _carry(self, carrier: Carrier) -> int:
        async with self._pool.connection() as conn:
            if not await claim.waits(conn, self._clock.now()):
                return 0
        carried = await dispatch(carrier, self._settings.dispatch_limit)
        if carried:
            await asyncio.sleep(TICK_SECONDS)
        return carried or await self._later()

    async def _later(self) -> int:
        """One of the senders looks again soon; the others rest."""
        if self._one_waits:
            return 0
        self._one_waits = True
        try:
            await rest(self._stopping, LATER_SECONDS)
        finally:
            self._one_waits = False
        return 1

    async def _mind(self) -> int:
        """New numbers, sends whose worker died, and rows that have come due."""
        now = self._clock.now()
        patience = timedelta(seconds=self._settings.send_timeout_seconds) + STALE_AFTER
        async with self._pool.connection() as conn:
            await claim.ready(conn, now)
            stale = await settle_stale(conn, self._wiring, now - patience, now)
            if await waiting.let_go(conn, now):
                self._loops.call("carry")
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
        await rest(self._stopping, POLL_SECONDS)
        return asked

    async def _send_mails(self) -> int:
        """Letters go by this machine's time, as the links in them do."""
        now = Clock().now()
        tried = await accounts.send_due(self._pool, self._wiring.vault, self._settings, now)
        await rest(self._stopping, POLL_SECONDS)
        return tried

    async def _sweep(self) -> int:
        """What is over, a chore at a time; by this machine's time, whatever Meta's clock says."""
        did = await tidy(self._pool, self._chores, OURS.now)
        did = await reckon(self._pool, self._clock.now) or did
        if not did:
            await rest(self._stopping, SWEEP_SECONDS)
        return int(did)

    async def _mark(self) -> int:
        """Say that a worker works."""
        await self._marks.mark()
        await rest(self._stopping, MARK_SECONDS)
        return 0

    async def _read_templates(self, reader: Reader) -> int:
        """Accounts whose templates are due to be read; a wake-up brings nothing here sooner."""
        read = await sync_due(reader)
        await rest(self._stopping, POLL_SECONDS)
        return read

    async def _notify(self, postman: Postman) -> int:
        """News for people's browsers."""
        told = await push.work(postman)
        await rest(self._stopping, POLL_SECONDS)
        return told

    async def _listen(self) -> None:
        """Call the loops when the database says that there is work, or may have said so."""
        async for told in hear(self._settings.database_url, ENGINE, "serai_work"):
            names = ARE_FOR.get(told.payload, ()) if told else ()
            self._loops.call(*names)


async def work(settings: Settings) -> None:
    """Run a worker until SIGTERM or SIGINT."""
    worker = Worker(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, worker.stop)
    log.info("worker_started")
    await worker.run()
    log.info("worker_stopped")
