"""Put the simulator together and serve it with uvicorn."""

import asyncio
import logging
import time
from asyncio import Transport
from pathlib import Path
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from metasim import people, quality, review, state, statuses
from metasim.acts import calls
from metasim.asgi import Application
from metasim.events import accounts, numbers, tiers
from metasim.graph import pacing
from metasim.graph.manage import number_changes, overrides, usernames
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.dispatch import release_collected, release_held

log = logging.getLogger("metasim")

SAVE_EVERY = 1.0
"""Real seconds."""
REST_AFTER_SAVE = 20
"""A slow snapshot is followed by a pause of so many times its own duration."""


class Line(HttpToolsProtocol):
    """Hands the connection to the application, which can hang up with it."""

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def wire(sim: Sim) -> None:
    """Tell the clock who handles which kind of row, and the post whom to tell."""
    sim.clock.on("status", lambda *args: statuses.come_due(sim, *args))
    sim.clock.on("pacing_over", lambda *args: pacing.release(sim, *args))
    sim.clock.on("call_over", lambda *args: calls.over(sim, *args))
    sim.clock.on("say", lambda *args: people.say(sim, *args))
    sim.clock.on("review", lambda *args: review.decide(sim, *args))
    sim.clock.on("unpause", lambda *args: review.unpause(sim, *args))
    sim.clock.on("recategorise", lambda *args: review.recategorise_now(sim, *args))
    sim.clock.on("name_review", lambda *args: number_changes.decide_name(sim, *args))
    sim.clock.on("username_review", lambda *args: usernames.approve(sim, *args))
    sim.clock.on("upgraded", lambda *args: numbers.upgraded(sim, *args))
    sim.clock.on("lift_restriction", lambda *args: accounts.lift(sim, *args))
    sim.clock.on("disable_account", lambda *args: accounts.disable(sim, *args))
    sim.clock.on("tier_review", lambda *args: tiers.decide(sim, *args))
    sim.clock.on("rate_quality", lambda *args: quality.rate(sim, *args))
    sim.clock.on("template_gone", lambda *args: review.forget(sim, *args))
    sim.clock.on("release_held", lambda: release_held(sim))
    sim.clock.on("release_collected", lambda: release_collected(sim))
    sim.clock.on("release_delayed", lambda *args: _release_delayed(sim, *args))
    sim.post.url_for = lambda app, update: overrides.url_for(sim, app, update)
    sim.post.on_delivered = lambda updates: people.got_through(sim, updates)


def _release_delayed(sim: Sim, key: str) -> None:
    for app, update in sim.delayed.pop(key, []):
        sim.post.put(app, update)


class Run:
    """One running simulator: its parts, its snapshots, its application."""

    def __init__(
        self, state_file: Path | None = None, world: Json | None = None, now: float | None = None
    ) -> None:
        self.sim = Sim(now)
        wire(self.sim)
        self._file = state_file
        self._snapshot = state.load(state_file) if state_file is not None else None
        if world is not None and self._snapshot is None:
            self.sim.world.merge(world)
        self._saver: asyncio.Task[None] | None = None
        self._saved: object = None
        self.application = Application(self.sim, self._start, self._stop)

    async def _start(self) -> None:
        await self.sim.post.open()
        if self._snapshot is not None:
            state.restore(self.sim, self._snapshot)
            statuses.resume(self.sim)
        if self._file is not None:
            self._saver = asyncio.create_task(self._save_often(self._file))

    async def _stop(self) -> None:
        if self._saver is not None and self._file is not None:
            self._saver.cancel()
            state.save(self.sim, self._file)
        await self.sim.post.close()
        await self.sim.links.close()

    async def _save_often(self, file: Path) -> None:
        pause = SAVE_EVERY
        while True:
            await asyncio.sleep(pause)
            mark = self._mark()
            if mark == self._saved:
                continue
            started = time.monotonic()
            state.save(self.sim, file)
            self._saved = mark
            pause = max(SAVE_EVERY, REST_AFTER_SAVE * (time.monotonic() - started))

    def _mark(self) -> object:
        """Equal as long as nothing happened but the passing of time."""
        ledger, post = self.sim.ledger, self.sim.post
        return (
            self.sim.changes,
            self.sim.clock.version,
            len(ledger.messages),
            ledger.counts.total(),
            post.delivered_count,
            post.count_waiting(),
        )


class Server(uvicorn.Server):
    """Lets the listeners of the stream go when it is told to stop."""

    def __init__(self, config: uvicorn.Config, run: Run) -> None:
        super().__init__(config)
        self._run = run

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._run.sim.stream.end()
        super().handle_exit(sig, frame)


def server(run: Run, host: str, port: int) -> uvicorn.Server:
    """A uvicorn server for it; the Date header is the application's own."""
    config = uvicorn.Config(
        run.application,
        host=host,
        port=port,
        loop="uvloop",
        http=Line,
        lifespan="on",
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=60,
    )
    return Server(config, run)
