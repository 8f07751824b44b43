"""The one path by which anything changes: sift, meet, decide, commit, log."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import time_ns

from msgspec import Struct

from serai.core.effects import Effect
from serai.core.events import Event
from serai.engine import log, traces
from serai.engine.commit import commit
from serai.engine.decide import Decide, decide
from serai.engine.log import Entry
from serai.engine.wiring import Decider, Known, Met, Wiring
from serai.kit import tracing
from serai.kit.db import Conn, within_transaction

MOMENT = timedelta(milliseconds=1)
"""By so much an answer comes after what it answers when the provider's clock is ahead of ours."""


class Handled(Struct, frozen=True):
    """What became of a batch."""

    effects: dict[str, list[Effect]] = {}
    """By the key of the event, for events that were new and about someone of ours."""
    strangers: frozenset[str] = frozenset()
    """Keys of events that are about no channel or message of ours; they are not logged."""


async def handle(conn: Conn, wiring: Wiring, events: Sequence[Event], now: datetime) -> Handled:
    """Decide about `events` and commit what was decided, in one transaction: the caller's if there is one."""
    async with within_transaction(conn):
        fresh = await log.sift(conn, events)
        if not fresh:
            return Handled()
        met = await wiring.meet(conn, wiring.vault, fresh, _not_before(fresh, now))
        deciders = [await _ready(conn, decider, fresh, met) for decider in wiring.deciders]
        entries: list[Entry] = []
        for event in fresh:
            subject = met.subjects.get(event.key)
            if subject is None:
                continue
            began = time_ns() if tracing.is_on() else 0
            state, effects = decide(met.states[subject], event, deciders)
            if began:
                traces.decided(event, effects, began)
            met.states[subject] = state
            entries.append(Entry(state, event, effects))
        await commit(conn, wiring, (effect for entry in entries for effect in entry.effects))
        await log.append(conn, wiring.vault, entries)
        decided = {entry.event.key: list(entry.effects) for entry in entries}
        if tracing.is_on():
            await traces.keep(conn, decided, now)
    return Handled(decided, frozenset(event.key for event in fresh) - decided.keys())


def _not_before(events: Sequence[Event], now: datetime) -> datetime:
    """Our time, but never before what we are told of: else an answer would stand over its question."""
    return max([now, *(event.at + MOMENT for event in events if event.at > now)])


async def _ready(conn: Conn, decider: Decider[Known], events: Sequence[Event], met: Met) -> Decide:
    """The decider with what it must know already in hand, so that deciding needs no I/O."""
    heard = {met.subjects.get(event.key) for event in events if isinstance(event, decider.hears)}
    businesses = {state.business.id for subject, state in met.states.items() if subject in heard}
    known = await decider.load(conn, sorted(businesses))
    return lambda state, event: decider.decide(state, known, event)
