"""Traces for OpenTelemetry: what one webhook or request went through, over processes.

Off unless there is somewhere to send them; then every question here costs the reading of one name. Spans are
told when they are over. Their attributes are our own words and counts: never an id, an address or a text.
"""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from time import time_ns
from typing import Any, NamedTuple

from serai.kit.statements import named

TOLD_AFTER_MS = 1000
"""How long spans are gathered before they leave together."""
SAMPLED = 1 << 32


class Place(NamedTuple):
    """Where in which trace: what comes of it stands below."""

    trace: int
    span: int


class Sink(NamedTuple):
    """Where spans go, and of how many traces."""

    processor: Any
    resource: Any
    scope: Any
    share: float


AROUND: ContextVar[Place | None] = ContextVar("around", default=None)
"""What is under way here; statements stand below it."""
_sink: Sink | None = None


def begin(url: str | None, service: str, share: float) -> None:
    """Send spans of this process to a collector at `url`, of that share of traces; nothing if None."""
    global _sink  # noqa: PLW0603 — one for the process, like its log
    if url is None:
        return
    # Only here: importing them takes a third of a second that nobody else has to wait for.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope  # noqa: PLC0415

    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces")
    _sink = Sink(
        BatchSpanProcessor(exporter, schedule_delay_millis=TOLD_AFTER_MS),
        Resource.create({"service.name": service, "service.namespace": "serai"}),
        InstrumentationScope("serai"),
        share,
    )


def end() -> None:
    """Tell what is left to tell. Takes seconds if nobody listens."""
    global _sink
    sink, _sink = _sink, None
    if sink is not None:
        sink.processor.shutdown()


def is_on() -> bool:
    return _sink is not None


def begun_by(digest: bytes) -> Place:
    """The first span of what a delivery with that digest leads to: whoever has its row knows it."""
    return Place(int.from_bytes(digest[:16]) or 1, int.from_bytes(digest[16:24]) or 1)


def anew() -> Place:
    """The first span of a trace of its own."""
    return Place(secrets.randbits(128) or 1, secrets.randbits(64) or 1)


def below(place: Place) -> Place:
    """A span of its own in the same trace."""
    return Place(place.trace, secrets.randbits(64) or 1)


@contextmanager
def around(place: Place) -> Generator[None]:
    """Statements and spans inside stand below `place`."""
    token = AROUND.set(place)
    try:
        yield
    finally:
        AROUND.reset(token)


def span(
    name: str,
    place: Place,
    parent: Place | None,
    began: int,
    ended: int | None = None,
    **attributes: str | int | float,
) -> None:
    """Tell what was done; times in nanoseconds since 1970."""
    sink = _sink
    if sink is None or place.trace % SAMPLED >= sink.share * SAMPLED:
        return
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415 — see `begin`

    told = ReadableSpan(
        name=name,
        context=_context(place),
        parent=None if parent is None else _context(parent),
        resource=sink.resource,
        attributes={f"serai.{key}": value for key, value in attributes.items()},
        instrumentation_scope=sink.scope,
        start_time=began,
        end_time=ended or time_ns(),
    )
    sink.processor.on_end(told)


def statement(query: object, seconds: float) -> None:
    """The database answered after so long; told if anything is under way here."""
    parent = AROUND.get()
    if parent is not None:
        ended = time_ns()
        span(named(query).name, below(parent), parent, ended - int(seconds * 1e9), ended)


def _context(place: Place) -> Any:
    from opentelemetry.trace import SpanContext, TraceFlags  # noqa: PLC0415 — see `begin`

    return SpanContext(place.trace, place.span, is_remote=False, trace_flags=TraceFlags(1))
