"""The Graph API client: it alone opens connections to Meta; `transfer` borrows them for files."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import msgspec
from prometheus_client import Histogram

from serai.core.ids import MetaId
from serai.meta.errors import Rejected, Unavailable, Unknown, error_from
from serai.meta.request import Call, Request
from serai.meta.usage import Usage

APP_USAGE, ACCOUNT_USAGE = "X-App-Usage", "X-Business-Use-Case-Usage"
CALLS = Histogram("serai_meta_seconds", "Calls to Meta: sends, and others by method.", ["call"])
INVALID = 100
"""Meta's code for a parameter that it does not take."""
MOST_CONNECTIONS = 64
"""At once to Meta from one process."""


class Sent(msgspec.Struct, frozen=True):
    id: str


class Answer(msgspec.Struct, frozen=True):
    messages: tuple[Sent, ...]

    @property
    def message(self) -> MetaId:
        return MetaId(self.messages[0].id)


class Graph:
    """Calls Meta; use as `async with Graph(url, version, timeout_seconds) as graph`."""

    def __init__(self, url: str, version: str, timeout_seconds: float) -> None:
        self.url = url
        self.base = f"{url.rstrip('/')}/{version}/"
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._http: aiohttp.ClientSession | None = None
        self.usage = Usage()
        """How much of Meta's quotas is used up, as its answers say."""

    async def __aenter__(self) -> "Graph":
        connector = aiohttp.TCPConnector(limit=MOST_CONNECTIONS)
        self._http = aiohttp.ClientSession(connector=connector, timeout=self._timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http is not None:
            await self._http.close()

    async def send(self, request: Request, token: str) -> Answer:
        """Make one call. Raises a member of serai.meta.errors; never retries by itself."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            url = self._place(request.path)
            with CALLS.labels("send").time():
                # Our token and people's words go nowhere else.
                async with self.http.post(
                    url, data=request.body, headers=headers, allow_redirects=False
                ) as response:
                    content = await response.read()
                    self._note_usage(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unavailable(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Unknown(type(error).__name__) from error
        if response.status != 200:
            raise error_from(response.status, response.headers.get("Retry-After"), content)
        return _answer(content)

    async def call(self, call: Call, token: str) -> Any:
        """What Meta answers, as JSON. Raises a member of serai.meta.errors; never retries by itself.

        A read that Meta does not answer is Unavailable, a change Unknown.
        """
        silence = Unavailable if call.method == "GET" else Unknown
        headers = {"Authorization": f"Bearer {token}", **call.headers}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        body = call.content if call.body is None else msgspec.json.encode(call.body)
        url = self._place(call.path)
        try:
            sent: dict[str, Any] = {"params": call.query, "data": body, "headers": headers}
            with CALLS.labels(call.method.lower()).time():
                async with self.http.request(
                    call.method, url, allow_redirects=False, **sent
                ) as response:
                    content = await response.read()
                    self._note_usage(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unavailable(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise silence(type(error).__name__) from error
        if response.status != 200:
            raise error_from(response.status, response.headers.get("Retry-After"), content)
        try:
            return msgspec.json.decode(content)
        except msgspec.DecodeError as error:
            raise silence("unreadable answer") from error

    async def read(self, path: str, token: str) -> tuple[int, dict[str, Any]]:
        """HTTP status and JSON of a GET, for `doctor`. Raises Unavailable."""
        try:
            headers = {"Authorization": f"Bearer {token}"}
            async with self.http.get(
                self._place(path), headers=headers, allow_redirects=False
            ) as response:
                return response.status, await response.json(content_type=None)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise Unavailable(type(error).__name__) from error

    async def time(self) -> datetime | None:
        """What Meta's clock shows, to the second, UTC; None if it cannot be asked now."""
        try:
            async with self.http.get(self.base + "me", allow_redirects=False) as response:
                date = response.headers.get("Date")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return None
        return parsedate_to_datetime(date).astimezone(UTC) if date else None

    def _place(self, path: str) -> str:
        """Raises Rejected for an id that would lead to another place: only its own is asked."""
        if not {".", ".."}.isdisjoint(path.partition("?")[0].split("/")):
            raise Rejected(INVALID, "This id is not one of Meta's.")
        return self.base + path

    def _note_usage(self, response: aiohttp.ClientResponse) -> None:
        headers = response.headers
        app, accounts, date = (headers.get(name) for name in (APP_USAGE, ACCOUNT_USAGE, "Date"))
        if date and (app or accounts):
            self.usage.note(app, accounts, parsedate_to_datetime(date).astimezone(UTC))

    @property
    def http(self) -> aiohttp.ClientSession:
        """For `transfer`, which moves files through the same connections."""
        if self._http is None:
            raise RuntimeError("Graph is used outside `async with`")
        return self._http


def _answer(content: bytes) -> Answer:
    """A 200 whose body cannot be read may well have sent the message."""
    try:
        answer = msgspec.json.decode(content, type=Answer)
    except msgspec.DecodeError as error:
        raise Unknown("unreadable answer") from error
    if not answer.messages:
        raise Unknown("answer without a message id")
    return answer
