"""The HTTP application: the door, the API, the live stream and the pages."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.datastructures import State
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from serai.app import flows as flow_door
from serai.app import follow_ups, me, messages, pages, problems, second_thoughts, stream
from serai.app.audit import audited
from serai.app.auth import ensure_second_factor
from serai.app.described import REFUSED, with_problems
from serai.app.door import Bounds, Door, Receive, Scope, Send
from serai.app.files import shelf_of
from serai.app.idempotency import once
from serai.app.intake import intake_of, jet_of, streams_of
from serai.app.live import Live
from serai.app.meta_clock import follow
from serai.app.packed import Packed
from serai.app.packs import api as packs
from serai.app.serving import Leaving
from serai.app.traffic import Gauge, count_stranger, let_in
from serai.app.walls import Walls
from serai.app.watching.health import Health
from serai.app.watching.marks import Marks, answered
from serai.app.watching.page import Metrics, is_shown_to, side_door
from serai.app.watching.requests import Timed
from serai.app.watching.streams import Streams
from serai.app.wiring import vault_of, wired
from serai.features.accounts.api import (
    account,
    authenticator,
    colleagues,
    entrance,
    first_run,
    invitations,
    keys,
    members,
    passkeys,
    reset,
)
from serai.features.accounts.api.provider import routes as provider
from serai.features.accounts.api.provider.talk import Provider
from serai.features.audit import api as audit
from serai.features.businesses import api as businesses
from serai.features.channels.api import routes as channels
from serai.features.contacts import api as contacts
from serai.features.desk import api as desk
from serai.features.flows.api import routes as flows
from serai.features.inbox.api import answers, overview
from serai.features.inbox.api import routes as inbox
from serai.features.inbox.api import signals as typing
from serai.features.limits import api as limits
from serai.features.media.api import routes as media
from serai.features.push.api import routes as push
from serai.features.reports.api import response_times, service_levels
from serai.features.teamwork.api import routes as teamwork
from serai.features.templates import api as templates
from serai.kit.allow_list import networks
from serai.kit.clock import Clock
from serai.kit.db import API, ENGINE, pool
from serai.kit.errors import NotFound
from serai.kit.settings import Settings
from serai.kit.side_door import Said
from serai.meta.client import Graph

DOOR = "/webhooks/meta"
ENDING_SECONDS = 2.0
"""For what runs beside the answers to say its last word."""


def application(settings: Settings) -> FastAPI:
    """The whole application, not yet connected to anything."""
    app = routed(settings.frame_ancestors)
    equip(app, settings)
    return app


@cache
def routed(frame_ancestors: str) -> FastAPI:
    """Its routes and how they answer, which no other setting changes; `frame_ancestors` as in Settings.

    One for a process and all that it forks: to read them, at the first request, takes half a second.
    """
    app = FastAPI(
        title="Serai",
        version="1",
        description="One inbox for a company's whole presence on Meta's platforms.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        responses=REFUSED,
    )
    describe = app.openapi
    app.openapi = lambda: with_problems(describe())
    problems.register(app)
    app.include_router(_api(), prefix="/api/v1")
    app.include_router(_own(), prefix="/api/v1")
    app.include_router(entrance.router, prefix="/api/v1")  # it counts guesses by itself
    for way_in in (
        provider.router,
        first_run.router,
        passkeys.way_in,
        invitations.way_in,
        reset.router,
    ):
        app.include_router(way_in, prefix="/api/v1", dependencies=[Depends(count_stranger)])
    app.include_router(flow_door.router)
    app.include_router(_watching())
    app.include_router(pages.router(frame_ancestors))
    return app


def equip(app: FastAPI, settings: Settings) -> None:
    """Give it what its routes work with, in the place of what it had."""
    app.state = State()
    app.state.settings = settings
    app.state.clock = Clock()
    app.state.own_clock = Clock()
    app.state.wiring = wired(vault_of(settings))
    app.state.pool = pool(settings.database_url, API, settings.pool_size)
    app.state.engine_pool = pool(settings.database_url, ENGINE, settings.pool_size)
    app.state.jet = jet_of(settings)
    app.state.gauge = Gauge(app.state.engine_pool, settings)
    app.state.once = once
    app.state.shelf = shelf_of(settings, app.state.engine_pool)
    app.state.live = Live(settings.database_url, app.state.engine_pool)
    app.state.health = Health(app.state.engine_pool, app.state.jet)
    pools = {"engine": app.state.engine_pool, "api": app.state.pool}
    lanes = Streams(app.state.jet, streams_of(settings)) if app.state.jet else None
    app.state.metrics = Metrics(settings, pools, app.state.clock, lanes, of_all=True)


def asgi(settings: Settings) -> Leaving:
    """What the server runs: the door in front, all else behind it."""
    app = application(settings)
    live: Live = app.state.live
    first = Front(app)
    front: Any = first
    if settings.trusted_proxies is not None:
        front = ProxyHeadersMiddleware(front, trusted_hosts=settings.trusted_proxies)
    return Leaving(front, first.door, live.end)


class Front:
    """Sends webhooks to the door past everything that an application does for a page."""

    def __init__(self, app: FastAPI) -> None:
        state = app.state
        settings: Settings = state.settings
        vault = state.wiring.vault
        is_https = (settings.public_url or "").startswith("https://")
        self.app = Timed(Walls(Packed(app), is_https=is_https))
        intake = intake_of(settings, state.engine_pool, vault, state.jet)
        guests = networks(settings.webhook_networks)
        bounds = Bounds(settings.webhook_body_limit_bytes, guests)
        self.door = Door(state.engine_pool, vault, state.clock, intake, bounds)
        state.health.can_check = self.door.can_check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == DOOR:
            await self.door(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _api() -> APIRouter:
    """The routes of all features, for those who are signed in or show an API key."""
    api = APIRouter(
        dependencies=[
            Depends(_tell_time),
            Depends(let_in),
            Depends(ensure_second_factor),
            Depends(audited, scope="function"),
        ]
    )
    for feature in (
        colleagues,
        members,
        invitations,
        businesses,
        channels,
        contacts,
        flows,
        teamwork,
        inbox,
        typing,
        answers,
        media,
        templates,
    ):
        api.include_router(feature.router)
    api.include_router(audit.router)
    api.include_router(overview.router)
    api.include_router(keys.router)
    api.include_router(limits.router)
    api.include_router(follow_ups.router)
    api.include_router(messages.router)
    api.include_router(packs.router)
    api.include_router(push.router)
    api.include_router(stream.router)
    api.include_router(second_thoughts.router)
    for each in (desk, response_times, service_levels):
        api.include_router(each.router)
    return api


def _own() -> APIRouter:
    """What people may do before they have the second factor that their company wants."""
    own = APIRouter(
        dependencies=[Depends(_tell_time), Depends(let_in), Depends(audited, scope="function")]
    )
    for feature in (me, account, authenticator, passkeys):
        own.include_router(feature.router)
    return own


def _tell_time(request: Request, response: Response) -> None:
    """Our time on every good answer: a page counts windows down by it, not by its own machine's."""
    response.headers["Serai-Time"] = request.app.state.clock.now().isoformat()


def _watching() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def alive(request: Request) -> Response:
        return _answer(await request.app.state.health.alive())

    @router.get("/health/ready")
    async def ready(request: Request) -> Response:
        return _answer(await request.app.state.health.ready())

    @router.get("/health/door")
    async def door(request: Request) -> Response:
        return _answer(await request.app.state.health.door())

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        if not is_shown_to(request.app.state.settings, request.headers.get("Authorization")):
            raise NotFound("not_found", "Nothing is here.")
        return _answer(await request.app.state.metrics.page())

    return router


def _answer(said: Said) -> Response:
    return Response(said.body, said.status, media_type=said.content_type)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    settings: Settings = app.state.settings
    tasks: list[asyncio.Task[None]] = []
    graph = Graph(settings.graph_url, settings.graph_version, settings.send_timeout_seconds)
    await app.state.pool.open()
    await app.state.engine_pool.open()
    app.state.provider = Provider(settings)
    door = side_door(settings, app.state.metrics, app.state.health)
    async with graph, app.state.provider, door, app.state.jet or nullcontext():
        app.state.graph = graph
        if settings.clock == "meta":
            tasks.append(asyncio.create_task(follow(app.state.clock, graph)))
        tasks.append(asyncio.create_task(app.state.live.run()))
        marks = Marks(app.state.engine_pool, "serve", app.state.clock.now, answered)
        tasks.append(asyncio.create_task(marks.run()))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=ENDING_SECONDS)
    await app.state.pool.close()
    await app.state.engine_pool.close()
