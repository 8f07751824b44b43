"""How long answers take, by route; what is asked of the API and of the pages."""

from time import perf_counter, time_ns
from typing import Any

from prometheus_client import Counter, Histogram

from serai.app.door import Receive, Scope, Send
from serai.kit import tracing
from serai.kit.meters import SECONDS

TOOK = Histogram(
    "serai_http_seconds", "Answers of the API and pages, by route.", ["method", "route"],
    buckets=SECONDS,
)  # fmt: skip
ANSWERED = Counter(
    "serai_http_requests", "Requests answered, by route and status.", ["method", "route", "status"]
)
STREAMS = frozenset({"/live", "/api/v1/live"})
"""Live streams last as long as a page is open; they are counted as `serai_live_streams`."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Timed:
    """Times each request and passes it on."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noting(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if tracing.is_on():
                await self._traced(scope, receive, noting)
            else:
                await self._app(scope, receive, noting)
        finally:
            _note(scope, status, perf_counter() - began)

    async def _traced(self, scope: Scope, receive: Receive, send: Send) -> None:
        place, began = tracing.anew(), time_ns()
        with tracing.around(place):
            await self._app(scope, receive, send)
        route = getattr(scope.get("route"), "path", "none")
        if route not in STREAMS:
            tracing.span("request", place, None, began, method=_method(scope), route=route)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "other"


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "none")
    method = _method(scope)
    ANSWERED.labels(method, route, status).inc()
    if route not in STREAMS:
        TOOK.labels(method, route).observe(seconds)
