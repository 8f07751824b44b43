"""One trace from a webhook to its answer: which delivery an event came with, which event a message answers.

Nothing here does anything while traces are off.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from time import time_ns
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from serai.core.effects import Effect, SendMessage
from serai.core.events import Event
from serai.core.ids import BusinessId, MessageId
from serai.kit import tracing
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.tracing import Place

Told = TypeVar("Told")

DIGESTS = """
    SELECT id, digest FROM webhook_deliveries WHERE id = ANY (%(ids)s)
"""
KEEP = """
    INSERT INTO trace_contexts (message_id, business_id, trace, span, at)
    SELECT message_id, business_id, decode(trace, 'hex'), decode(span, 'hex'), %(now)s
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (message_id uuid, business_id uuid, trace text, span text)
        ON CONFLICT (message_id) DO NOTHING
"""
OF = """
    SELECT message_id, trace, span FROM trace_contexts WHERE message_id = ANY (%(ids)s)
"""

NOWHERE: Mapping[str, Place] = MappingProxyType({})
PLACES: ContextVar[Mapping[str, Place]] = ContextVar("places", default=NOWHERE)
"""By the key of an event that is being handled: its span."""


class Delivery(Struct, frozen=True):
    id: int
    digest: bytes


class Kept(Struct, frozen=True):
    message_id: MessageId
    trace: bytes
    span: bytes


class New(Struct, frozen=True):
    message_id: MessageId
    business_id: BusinessId
    trace: str
    span: str


@asynccontextmanager
async def handling(
    conn: Conn, deliveries: Sequence[int], events: Sequence[Event]
) -> AsyncGenerator[None]:
    """Around a batch: a span for each event, below its delivery's. Statements stand below the first."""
    if not tracing.is_on() or not events:
        yield
        return
    found = await fetch(conn, Delivery, DIGESTS, {"ids": list(set(deliveries))})
    begun = {delivery.id: tracing.begun_by(delivery.digest) for delivery in found}
    parents = [begun[id_] for id_ in deliveries]
    places = [tracing.below(parent) for parent in parents]
    token = PLACES.set(dict(zip((event.key for event in events), places, strict=True)))
    began = time_ns()
    try:
        with tracing.around(places[0]):
            yield
    finally:
        PLACES.reset(token)
        for event, place, parent in zip(events, places, parents, strict=True):
            kind = type(event).__name__
            tracing.span("handle", place, parent, began, event=kind, batch=len(events))


def split(digests: Sequence[bytes], began: int) -> None:
    """Deliveries were read into items, together."""
    for parent in map(tracing.begun_by, digests):
        tracing.span("split", tracing.below(parent), parent, began, batch=len(digests))


def decided(event: Event, effects: Sequence[Effect], began: int) -> None:
    parent = _place(event)
    if parent is not None:
        place, kind = tracing.below(parent), type(event).__name__
        tracing.span("decide", place, parent, began, event=kind, effects=len(effects))


async def keep(conn: Conn, decided: Mapping[str, Sequence[Effect]], now: datetime) -> None:
    """Remember, with the messages that answer, what they answer: others may send them, or we later."""
    around = tracing.AROUND.get()
    places = {key: PLACES.get().get(key, around) for key in decided}
    rows = [
        New(effect.message_id, effect.business_id, f"{place.trace:032x}", f"{place.span:016x}")
        for key, effects in decided.items()
        for effect in effects
        if isinstance(effect, SendMessage) and (place := places[key]) is not None
    ]
    if rows:
        await conn.execute(KEEP, {"rows": json_rows(rows), "now": now})


async def of(conn: Conn, messages: Sequence[MessageId]) -> Mapping[MessageId, Place]:
    """Below what the sends of these messages stand, as far as anybody knows."""
    if not tracing.is_on():
        return {}
    rows = await fetch(conn, Kept, OF, {"ids": list(messages)})
    return {
        row.message_id: Place(int.from_bytes(row.trace), int.from_bytes(row.span)) for row in rows
    }


async def sending(
    parent: Place | None,
    carry: Awaitable[Told],
    describe: Callable[[Told], Mapping[str, str | int]],
) -> Told:
    """The call to Meta, with what became of it."""
    if parent is None:
        return await carry
    place, began = tracing.below(parent), time_ns()
    with tracing.around(place):
        outcome = await carry
    tracing.span("send", place, parent, began, time_ns(), **describe(outcome))
    return outcome


def _place(event: Event) -> Place | None:
    return PLACES.get().get(event.key) or tracing.AROUND.get()
