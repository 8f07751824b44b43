"""A running server with people in it, and browsers that knock at its door."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import psycopg
import uvicorn
from fastapi import FastAPI
from psycopg.rows import dict_row
from pyotp.totp import TOTP
from serai.kit.settings import Settings
from tests.app.applications import an_application

KEYS = "test:" + "A" * 43 + "="
INDEX_KEY = "B" * 42 + "A="
PASSWORD = "three brown teapots"
PATIENCE_SECONDS = 60.0


class Moved:
    """This machine's time, and whatever a test adds."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Browser:
    """Keeps cookies, and says which page asks, as browsers do."""

    def __init__(self, origin: str, agent: str) -> None:
        self.origin = origin
        self.http = httpx2.Client(
            base_url=f"{origin}/api/v1",
            headers={"Origin": origin, "Sec-Fetch-Site": "same-origin", "User-Agent": agent},
            timeout=60,
        )

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        return self.http.request(method, path, json=body, headers=headers)

    def post(self, path: str, **body: Any) -> httpx2.Response:
        return self.ask("POST", path, body)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx2.Response:
        return self.post("/session", email=email, password=password)

    @property
    def is_in(self) -> bool:
        return self.ask("GET", "/me").status_code == 200

    @property
    def token(self) -> str:
        """What the cookie holds."""
        [cookie] = [each for each in self.http.cookies.jar if not each.name.endswith("-device")]
        assert cookie.value is not None
        return cookie.value


def code_of(answer: httpx2.Response) -> str:
    """The stable name of a problem."""
    return str(answer.json()["code"])


class House:
    """One or more server processes on one database; each a thread here."""

    def __init__(self, url: str, **values: Any) -> None:
        self.url = url
        self.clock = Moved()
        self.settings = Settings(
            database_url=url, keys=KEYS, index_key=INDEX_KEY, pool_size=4, **values
        )
        self.origin = ""
        self._browsers: list[Browser] = []

    def browser(self, agent: str = "Firefox", origin: str | None = None) -> Browser:
        browser = Browser(origin or self.origin, agent)
        self._browsers.append(browser)
        return browser

    def close(self) -> None:
        for browser in self._browsers:
            browser.http.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, options="-c search_path=serai") as conn:
            return conn.cursor(row_factory=dict_row).execute(sql.encode()).fetchall()

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.url, options="-c search_path=serai") as conn:
            conn.execute(sql.encode())

    @contextmanager
    def another_server(self) -> Generator[str]:
        """One more on the same database, as behind a load balancer; gives where it is."""
        with an_application(self.settings) as app:
            app.state.own_clock = self.clock
            with self._served(app) as address:
                yield address

    @staticmethod
    @contextmanager
    def _served(app: FastAPI) -> Generator[str]:
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)

    def owner(self, email: str = "ada@company.example", **rules: Any) -> Browser:
        """The first person, signed in. Nobody must have a second factor unless a test says so."""
        browser = self.browser()
        answer = browser.post(
            "/first-run",
            token=self.set_up_token(),
            company="Company",
            name="Ada Owner",
            email=email,
            password=PASSWORD,
        )
        assert answer.status_code == 200, answer.text
        roles = rules.get("second_factor_roles", [])
        self.execute(
            f"INSERT INTO sign_in_rules SELECT id, '{{{','.join(roles)}}}' FROM organizations"
        )
        return browser

    def set_up_token(self) -> str:
        """As the server prints it."""
        token = "set-up-" + "x" * 40
        self.execute(
            "INSERT INTO one_time_tokens (digest, purpose, expires_at)"
            f" VALUES (sha256('{token}'), 'set_up', now() + interval '1 day') ON CONFLICT DO NOTHING"
        )
        return token

    def business(self, key: str = "cafe") -> UUID:
        found = self.rows(
            "INSERT INTO businesses (organization_id, key, name, sector, time_zone)"
            f" SELECT id, '{key}', '{key}', 'hospitality', 'UTC' FROM organizations RETURNING id"
        )
        return found[0]["id"]

    def colleague(self, owner: Browser, role: str, business: UUID | None = None) -> Browser:
        """Somebody whom the owner invited, signed in; their address is `<role>@company.example`."""
        place = str(business) if business else None
        invited = owner.post(
            "/invitations",
            email=f"{role}@company.example",
            memberships=[{"business_id": place, "role": role}],
        )
        assert invited.status_code == 200, invited.text
        browser = self.browser()
        token = invited.json()["token"]
        answer = browser.post(
            "/invitation/accept", token=token, name=f"The {role}", password=PASSWORD
        )
        assert answer.status_code == 200, answer.text
        return browser

    def code(self, secret: str, steps: int = 0) -> str:
        """What an authenticator app shows now, or so many times 30 s from now."""
        return TOTP(secret).at(self.clock.now() + timedelta(seconds=30 * steps))

    def with_app(self, browser: Browser) -> tuple[str, list[str]]:
        """Set up an authenticator app; returns its secret and the recovery codes."""
        secret = browser.post("/account/authenticator").json()["secret"]
        proof = browser.post("/account/authenticator/proof", code=self.code(secret, -1))
        assert proof.status_code == 200, proof.text
        return secret, proof.json()["codes"]
