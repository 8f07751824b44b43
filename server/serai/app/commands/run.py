"""serai serve | work: the two processes of an installation."""

import asyncio
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager

import typer
import uvicorn
import uvloop
from psycopg import OperationalError

from serai.app import http, worker
from serai.app.express import speaking
from serai.app.first_owner import set_up_link
from serai.app.serving import Server, handed_on
from serai.kit import garbage, log, settings, tracing
from serai.kit.db import ENGINE, connect


class PortTaken(settings.SettingsProblem):
    """Said before anything is started."""


def register(app: typer.Typer) -> None:
    @app.command()
    def serve() -> None:
        """Run the web server: webhook door, API, live stream and pages."""
        wanted = settings.load()
        log.set_up(wanted.log_level)
        _ensure_apart(wanted)
        listener = handed_on(os.environ)
        if listener is None:
            _ensure_free(wanted.host, wanted.port)
        asyncio.run(_greet(wanted))
        front = http.asgi(wanted)
        config = uvicorn.Config(
            front,
            host=wanted.host,
            port=wanted.port,
            lifespan="on",
            loop="uvloop",
            http=speaking(front.door, lambda: front.is_on),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # only those that the settings name are believed: see `http.asgi`
            timeout_graceful_shutdown=10,
        )
        sockets = None if listener is None else [listener]
        garbage.settle()
        with _traced(wanted, "serai-serve"):
            Server(config, front, wanted.drain_seconds).run(sockets)

    @app.command()
    def work() -> None:
        """Run a worker; start as many as you like."""
        wanted = settings.load()
        log.set_up(wanted.log_level)
        runs = asyncio.Runner(loop_factory=uvloop.new_event_loop)
        with _traced(wanted, "serai-work"), runs as runner:
            garbage.settle()
            runner.run(worker.work(wanted))


@contextmanager
def _traced(wanted: settings.Settings, service: str) -> Generator[None]:
    tracing.begin(wanted.traces_url, service, wanted.traces_share)
    try:
        yield
    finally:
        tracing.end()


async def _greet(wanted: settings.Settings) -> None:
    """Tell whoever started a new installation how to come in; not into the log, where others read."""
    try:
        async with await connect(wanted.database_url, ENGINE) as conn:
            link = await set_up_link(conn, wanted)
    except OperationalError:
        return  # the database may come up later; the doctor gives the link too
    if link is not None:
        print(f"Nobody has an account yet. Open this once, within a day:\n{link}", flush=True)


def _ensure_apart(wanted: settings.Settings) -> None:
    """A demo's link opens it again and again: that is for this machine alone."""
    if wanted.demo and wanted.host not in {"127.0.0.1", "::1", "localhost"}:
        raise settings.SettingsProblem(
            "SERAI_DEMO is for one machine: take it away, or set SERAI_HOST to 127.0.0.1."
        )


def _ensure_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error.strerror}). Set SERAI_PORT to another one."
            ) from None
