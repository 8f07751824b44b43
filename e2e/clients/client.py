"""pywa with its calls to graph.facebook.com carried to a metasim on this machine."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from metasim.testing import Metasim

from e2e.clients.untyped import WhatsApp

APP, SECRET, VERIFY = "314000000000777", "app-secret", "verify"
PORTFOLIO, WABA, NUMBER = "920000000000333", "880012340000011", "770012340000022"
TOKEN = "my-token"
ROSA = "15551230987"
TO = f"+{ROSA}"


class ToMetasim(httpx.HTTPTransport):
    """Whatever the host, the request goes to metasim; what is asked stays as it is."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return super().handle_request(request)


def client(meta: Metasim, **more: Any) -> Any:
    """A pywa client of the one number."""
    session = httpx.Client(transport=ToMetasim(meta.port), timeout=20)
    return WhatsApp(phone_id=NUMBER, waba_id=WABA, token=TOKEN, session=session, **more)


def world(callback: str, fields: list[str]) -> dict[str, Any]:
    """One business with a number, one customer."""
    app = {"id": APP, "secrets": [SECRET], "verify_token": VERIFY, "callback_url": callback}
    number = {
        "id": NUMBER,
        "waba_id": WABA,
        "display_phone_number": "+1 555-765-0001",
        "verified_name": "Acme Parcels",
    }
    return {
        "portfolios": [{"id": PORTFOLIO, "messaging_limit": "TIER_2K"}],
        "apps": [{**app, "fields": fields}],
        "wabas": [{"id": WABA, "portfolio_id": PORTFOLIO, "subscribed_apps": [APP]}],
        "numbers": [number],
        "tokens": [{"token": TOKEN, "app_id": APP, "waba_ids": [WABA]}],
        "people": [{"phone": ROSA, "name": "Rosa Quint"}],
    }


@contextmanager
def served(build: Callable[[FastAPI], None]) -> Generator[str]:
    """A FastAPI app on a port of its own while inside; its address."""
    app = FastAPI()
    build(app)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the webhook server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def until(found: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first answer that is not empty; a test fails when there is none soon."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.005)
    return answer
