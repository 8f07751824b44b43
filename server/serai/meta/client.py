"""The Graph API client: the only module that opens a connection to Meta."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, cast

import aiohttp
import msgspec

from serai.core.ids import MetaId
from serai.kit.errors import Upstream
from serai.meta.errors import Action, Rejected, Throttled, Unauthorised, Unavailable, Unknown, code
from serai.meta.request import Call, Request

RETRY_AFTER = timedelta(seconds=1)
"""The first gap after a throttle without Retry-After; the engine lets it grow."""
MOST_CONNECTIONS = 64
"""At once to Meta from one process."""


class Sent(msgspec.Struct, frozen=True):
    id: str


class Answer(msgspec.Struct, frozen=True):
    messages: tuple[Sent, ...]

    @property
    def message(self) -> MetaId:
        return MetaId(self.messages[0].id)


class Problem(msgspec.Struct, frozen=True):
    code: int = -1
    message: str = ""
    error_data: Any = None
    """An object with `details`; for some endpoints a string that holds one."""
    error_user_msg: str = ""
    """The useful words of endpoints about templates and numbers, whose message says little."""


class Failure(msgspec.Struct, frozen=True):
    error: Problem = Problem()


class Graph:
    """Calls Meta; use as `async with Graph(url, version, timeout_seconds) as graph`."""

    def __init__(self, url: str, version: str, timeout_seconds: float) -> None:
        self._base = f"{url.rstrip('/')}/{version}/"
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._http: aiohttp.ClientSession | None = None

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
            async with self._session.post(
                self._base + request.path, data=request.body, headers=headers
            ) as response:
                content = await response.read()
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
        url = self._base + call.path
        try:
            async with self._session.request(
                call.method, url, params=call.query, data=body, headers=headers
            ) as response:
                content = await response.read()
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
            async with self._session.get(
                self._base + path, headers={"Authorization": f"Bearer {token}"}
            ) as response:
                return response.status, await response.json(content_type=None)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise Unavailable(type(error).__name__) from error

    async def time(self) -> datetime | None:
        """What Meta's clock shows, to the second, UTC; None if it cannot be asked now."""
        try:
            async with self._session.get(self._base + "me") as response:
                date = response.headers.get("Date")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return None
        return parsedate_to_datetime(date).astimezone(UTC) if date else None

    @property
    def _session(self) -> aiohttp.ClientSession:
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


def error_from(status: int, retry_after: str | None, content: bytes) -> Upstream:
    """Meta's refusal as one of ours. Codes count; HTTP statuses only where there is no code."""
    try:
        problem = msgspec.json.decode(content, type=Failure).error
    except msgspec.DecodeError:
        problem = Problem()
    if problem.code < 0:
        return Throttled(0, _gap(retry_after)) if status == 429 else Unknown(f"HTTP {status}")
    action = code(problem.code).action
    if action is Action.RETRY or (status == 429 and action is Action.FAIL):
        return Throttled(problem.code, _gap(retry_after))
    if action is Action.UNKNOWN:
        return Unknown(f"code {problem.code}")
    if action is Action.PAUSE_CHANNEL:
        return Unauthorised(problem.code, _words(problem))
    return Rejected(problem.code, _words(problem))


def _words(problem: Problem) -> str:
    data = problem.error_data
    details = cast("dict[str, Any]", data).get("details") if isinstance(data, dict) else None
    return str(problem.error_user_msg or details or problem.message)


def _gap(retry_after: str | None) -> timedelta:
    seconds = int(retry_after) if retry_after and retry_after.isdecimal() else 0
    return timedelta(seconds=seconds) or RETRY_AFTER
