"""serai serve | work: the two processes of an installation."""

import asyncio
import socket

import typer
import uvicorn

from serai.app import http, worker
from serai.kit import log, settings


class PortTaken(settings.SettingsProblem):
    """Said before anything is started."""


def register(app: typer.Typer) -> None:
    @app.command()
    def serve() -> None:
        """Run the web server: webhook door, API, live stream and pages."""
        wanted = settings.load()
        log.set_up(wanted.log_level)
        _ensure_free(wanted.host, wanted.port)
        uvicorn.run(
            http.asgi(wanted),
            host=wanted.host,
            port=wanted.port,
            lifespan="on",
            loop="uvloop",
            http="httptools",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # only those that the settings name are believed: see `http.asgi`
            timeout_graceful_shutdown=5,
        )

    @app.command()
    def work() -> None:
        """Run a worker; start as many as you like."""
        wanted = settings.load()
        log.set_up(wanted.log_level)
        asyncio.run(worker.work(wanted))


def _ensure_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error.strerror}). Set SERAI_PORT to another one."
            ) from None
