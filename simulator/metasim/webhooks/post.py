"""Posting: queues to apps, signatures, tries, and what became of them."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine

import aiohttp

from metasim.clock import Clock
from metasim.register import Register
from metasim.webhooks.delivery import SMALL, Delivery
from metasim.webhooks.queue import Queue
from metasim.webhooks.wire import Update, envelope, signature
from metasim.world import App

KEEP_DELIVERED = 5_000
SETTLE_SECONDS = 5.0
"""Real seconds that moving the clock waits for webhooks under way."""


class Post:
    """The post office: hand in updates for apps, it delivers them."""

    def __init__(self, clock: Clock, world: Register) -> None:
        self._clock = clock
        self._world = world
        self.queues: dict[str, Queue] = {}
        self.waiting: OrderedDict[str, Delivery] = OrderedDict()
        self.done: deque[Delivery] = deque(maxlen=KEEP_DELIVERED)
        self.delivered_count = 0
        self.url_for: Callable[[App, Update], str] = lambda _app, _update: ""
        """The address of an update when it is not the app's own. Source: 4.1 "Precedence"."""
        self.on_delivered: Callable[[list[Update]], None] = lambda _updates: None
        self._made = 0
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._stuck: set[asyncio.Task[None]] = set()
        """Tasks that were waited for long enough."""
        self._pumping = False
        clock.on("retry", self._retry)

    async def open(self) -> None:
        """Needs a running event loop."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "facebookexternalua", "Content-Type": "application/json"},
        )

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def put(self, app: App, update: Update) -> None:
        """Hand in one update; it leaves in this turn of the event loop or as soon as it can."""
        self._queue(app, update).waiting.append(update)
        if not self._pumping:
            self._pumping = True
            asyncio.get_running_loop().call_soon(self._pump)

    def put_batch(self, app: App, updates: list[Update]) -> None:
        """Hand in updates that travel in one POST."""
        self._queue(app, updates[0]).batches.append(updates)
        if not self._pumping:
            self._pumping = True
            asyncio.get_running_loop().call_soon(self._pump)

    def _queue(self, app: App, update: Update) -> Queue:
        url = self.url_for(app, update)
        key = f"{app.id} {url}".rstrip()
        return self.queues.setdefault(key, Queue(app.id, url))

    async def post_raw(self, app: App, body: bytes, secret: str | None) -> Delivery:
        """Post any bytes once, signed as this app's webhooks are (or with another secret)."""
        delivery = self._delivery(app, body, [])
        delivery.again, delivery.signed_with = False, secret
        await self._try(delivery)
        return delivery

    def restore(self, waiting: list[Delivery]) -> None:
        """Go on with the deliveries of a snapshot."""
        self.waiting = OrderedDict((delivery.id, delivery) for delivery in waiting)
        self._made = max((int(each.id.split("-")[1]) for each in waiting), default=0)
        for delivery in waiting:
            if delivery.next_at is None:
                self._clock.schedule(self._clock.now(), "retry", delivery.id)

    def forget(self) -> None:
        """Drop all that waits; what is under way is not called back."""
        self.queues.clear()
        self.waiting.clear()
        self.done.clear()
        self.delivered_count = 0

    def count_waiting(self) -> int:
        """Updates not yet on the way, and POSTs that are or will be tried again."""
        return sum(map(len, self.queues.values())) + len(self.waiting)

    async def settle(self) -> None:
        """Wait until nothing is under way, for a while; an app that hangs is waited for once."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SETTLE_SECONDS
        while self._is_busy():
            if loop.time() > deadline:
                self._stuck = set(self._tasks)
                return
            pause = loop.create_task(asyncio.sleep(0.001))
            await asyncio.wait([*self._tasks, pause], return_when=asyncio.FIRST_COMPLETED)

    def _is_busy(self) -> bool:
        moving = self._tasks - self._stuck
        queued = any(map(len, self.queues.values())) and not self._stuck
        return self._pumping or bool(moving) or queued

    def _pump(self) -> None:
        self._pumping = False
        for queue in self.queues.values():
            app = self._world.apps.get(queue.app_id)
            if app is None or not (queue.url or app.callback_url):
                queue.waiting.clear()
                continue
            while updates := queue.take(self._world.settings.webhook_concurrency):
                delivery = self._delivery(app, envelope(updates), updates, queue.url)
                self.start(self._carry(queue, delivery))

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do this on the side; `settle` waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._stuck.discard(task)

    def _delivery(
        self, app: App, body: bytes, updates: list[Update], override: str = ""
    ) -> Delivery:
        self._made += 1
        delivery = Delivery(
            id=f"delivery-{self._made}",
            app=app.id,
            url=override or app.callback_url or "",
            override=bool(override),
            body=body,
            updates=updates,
            made_at=self._clock.now(),
        )
        self.waiting[delivery.id] = delivery
        return delivery

    async def _carry(self, queue: Queue, delivery: Delivery) -> None:
        try:
            await self._try(delivery)
        finally:
            queue.finish(delivery.updates)
            self._pump()

    def _retry(self, delivery_id: str) -> None:
        delivery = self.waiting.get(delivery_id)
        if delivery is None:
            return
        delivery.next_at = None
        self.start(self._try(delivery))
        self._repeat_for_others(delivery)

    def _repeat_for_others(self, delivery: Delivery) -> None:
        """A retry goes to all apps of the account, also to those that answered 200 before.

        Source: WhatsApp Cloud API reference, 4.3 "Fan-out".
        """
        if not delivery.again or not delivery.updates:
            return
        first = delivery.updates[0]
        for app in self._world.subscribed(first.waba):
            if app.id != delivery.app and first.field in app.fields:
                copy = self._delivery(app, delivery.body, [])
                copy.again = False
                self.start(self._try(copy))

    async def _try(self, delivery: Delivery) -> None:
        answer = await self._answer(delivery)
        if delivery.id not in self.waiting:
            return  # everything was reset meanwhile
        now = self._clock.now()
        delivery.tries.append({"at": now, **answer})
        if answer.get("status") == 200:
            self._settle_as("delivered", delivery)
            self.delivered_count += 1
            self.on_delivered(delivery.updates)
            return
        delivery.next_at = delivery.next_try(now)
        if delivery.next_at is None:
            self._settle_as("given_up", delivery)
        else:
            self._clock.schedule(delivery.next_at, "retry", delivery.id)

    def _settle_as(self, state: str, delivery: Delivery) -> None:
        delivery.state = state
        del self.waiting[delivery.id]
        if len(delivery.body) > SMALL:
            delivery.body = b""
        self.done.append(delivery)

    async def _answer(self, delivery: Delivery) -> dict[str, int | str | None]:
        """The HTTP status of one try, or what went wrong instead."""
        app = self._world.apps.get(delivery.app)
        if self._session is None or app is None:
            return {"status": None, "error": "there is no such app any more"}
        secret = delivery.signed_with or (app.secrets[0] if app.secrets else "")
        seconds = self._world.settings.webhook_timeout_seconds
        try:
            async with self._session.post(
                delivery.url if delivery.override else app.callback_url or delivery.url,
                data=delivery.body,
                headers={"X-Hub-Signature-256": signature(delivery.body, secret)},
                timeout=aiohttp.ClientTimeout(total=seconds),
                allow_redirects=False,
            ) as response:
                return {"status": response.status}
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return {"status": None, "error": type(error).__name__}
