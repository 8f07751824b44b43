"""Carry what was committed to Meta, and hand what became of it back to `handle` as events.

A parcel is marked as under way before the call and is never sent again on its own: Meta has no
idempotency key, and a person who gets a message twice is worse off than one whose message an agent
must resend. What is still under way after a crash becomes `unknown`.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Counter, Histogram

from serai.core.content import File
from serai.core.events import (
    Event,
    FilesLost,
    MessageAccepted,
    MessageFailed,
    MessageRefused,
    MessageUnknown,
    Refusal,
    SendingStopped,
)
from serai.core.files import files_in, with_files
from serai.core.ids import MessageId, Person
from serai.core.message import Author, Content
from serai.core.policy import window_lets, words
from serai.core.state import State
from serai.engine import outbox, traces
from serai.engine.claim import claim
from serai.engine.handle import handle
from serai.engine.outbox import Attempted, Parcel
from serai.engine.permit import refusal
from serai.engine.wiring import Address, Wiring
from serai.kit.db import PASSING, Conn, Pool
from serai.kit.log import logger
from serai.meta.client import Graph
from serai.meta.codes.table import code
from serai.meta.errors import Rejected, Throttled, Unauthorised, Unavailable, Unknown
from serai.meta.kind import Outgoing

log = logger("serai.dispatch")

FIRST_GAP = timedelta(seconds=1)
LONGEST_GAP = timedelta(minutes=5)
RECORD_GAPS = tuple(timedelta(seconds=0.05 * 2**n) for n in range(10))
"""Between tries to write down what Meta answered, about a minute in all."""
MOST_ATTEMPTS = 12
LATE = timedelta(seconds=30)
"""After a claim by when the call must have begun: well before others take its worker for dead."""
OUTCOMES: dict[type[Exception], str] = {
    Throttled: "throttled",
    Unavailable: "unavailable",
}


LOST_FILE = frozenset({100, 131053})
"""Source: WhatsApp Cloud API, error codes: what Meta says of a media id that it has forgotten."""
MOST_UPLOADS = 3
"""Tries after which a message with a file that Meta does not take is given up."""


NOT_REACHED = "Meta could not be reached for too long. Send it again."
NO_SUCH_NUMBER = 33
"""What Meta's 100 with subcode 33 means for a send: the number itself is gone, not the person.
Source: WhatsApp Cloud API, error codes."""


class Outcome(Struct, frozen=True):
    """What became of one parcel: an event, or another try at a time or when its file is at Meta."""

    attempted: Attempted
    event: Event | None = None
    again_at: datetime | None = None
    needs_file: bool = False


class Carrier(Struct, frozen=True):
    """What carrying needs besides the parcels."""

    pool: Pool
    graph: Graph
    wiring: Wiring
    now: Callable[[], datetime]
    chance: Callable[[], float]
    """0 to 1, so that gaps of many messages do not end all at once."""
    full: Callable[[], None] = lambda: None
    """Told when a hand is taken of which there may be more, before it is carried."""


CALLS = Counter(
    "serai_send_calls", "Sends that ended, by kind of content, outcome and Meta's code.",
    ["content", "outcome", "code"],
)  # fmt: skip
WAITED = Histogram(
    "serai_send_wait_seconds", "From queued to taken by Meta, by author and try.",
    ["author", "first_try"], buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600),
)  # fmt: skip


async def dispatch(carrier: Carrier, limit: int) -> int:
    """Carry up to `limit` parcels per number and record what became of each; returns how many."""
    now = carrier.now()
    async with carrier.pool.connection() as conn:
        async with conn.transaction():
            parcels = await claim(conn, now, limit)
        if not parcels:
            return 0
        if len(parcels) > 1:
            carrier.full()
        states = await carrier.wiring.look(
            conn, [(p.channel_id, p.contact_id) for p in parcels], now
        )
        addresses = await carrier.wiring.find_addresses(
            conn,
            carrier.wiring.vault,
            [(p.message_id, p.channel_id, p.contact_id) for p in parcels],
        )
        files = await carrier.wiring.find_files(conn, _with_our_files(parcels))
        places = await traces.of(conn, [parcel.message_id for parcel in parcels])
    outcomes = await asyncio.gather(
        *(
            traces.sending(
                places.get(parcel.message_id),
                _carry(
                    carrier,
                    parcel,
                    states.get((parcel.channel_id, parcel.contact_id)),
                    addresses.get(parcel.message_id),
                    files.get(parcel.message_id, {}),
                    now + LATE,
                ),
                _described,
            )
            for parcel in parcels
        )
    )
    await _surely_record(carrier, outcomes)
    _count(outcomes, carrier.now())
    return len(parcels)


def _described(outcome: Outcome) -> dict[str, str | int]:
    """For traces: our own words and counts."""
    attempted = outcome.attempted
    return {
        "outcome": attempted.outcome,
        "code": attempted.code or 0,
        "content": type(attempted.parcel.effect.content).__name__.lower(),
        "attempt": attempted.parcel.attempt,
    }


def _count(outcomes: Sequence[Outcome], now: datetime) -> None:
    for attempted in (outcome.attempted for outcome in outcomes):
        parcel, code = attempted.parcel, attempted.code
        content = type(parcel.effect.content).__name__.lower()
        CALLS.labels(content, attempted.outcome, "" if code is None else code).inc()
        if attempted.outcome == "accepted":
            waited = (now - parcel.created_at).total_seconds()
            WAITED.labels(parcel.effect.author, parcel.attempt == 1).observe(max(0.0, waited))


async def _surely_record(carrier: Carrier, outcomes: Sequence[Outcome]) -> None:
    """What Meta answered is known only here: try until it is written, or the patience is over."""
    for patience in (*RECORD_GAPS, None):
        try:
            async with carrier.pool.connection() as conn:
                return await _record(conn, carrier.wiring, outcomes, carrier.now())
        except PASSING as error:
            log.warning("outcomes_not_written", error=type(error).__name__)
            if patience is None:
                raise
            await asyncio.sleep(patience.total_seconds() * (0.5 + carrier.chance()))
    return None


async def settle_stale(conn: Conn, wiring: Wiring, before: datetime, now: datetime) -> int:
    """Sends whose worker died in the middle become unknown; returns how many."""
    async with conn.transaction():
        parcels = await outbox.stale(conn, before, 500)
        outcomes = [Outcome(Attempted(p, "unknown"), _unknown(p, now)) for p in parcels]
        if outcomes:
            await _record(conn, wiring, outcomes, now)
    return len(parcels)


async def _carry(
    carrier: Carrier,
    parcel: Parcel,
    state: State | None,
    address: Address | None,
    files: Mapping[UUID, str],
    latest: datetime,
) -> Outcome:
    """Ask policy again, for the window may have closed while the parcel waited; then Meta.

    A worker that was held up until after `latest` sends nothing: others may have given the parcel up.
    """
    if state is None or address is None:
        return _refused(parcel, Refusal.UNREACHABLE, carrier.now())
    reason = refusal(state, parcel.effect)
    if reason is not None:
        told = words(state, parcel.effect.content, reason)
        return _refused(parcel, reason, carrier.now(), told)
    content = _at_meta(parcel.effect.content, files)
    if content is None:
        return Outcome(Attempted(parcel, "unavailable"), needs_file=True)
    outgoing = Outgoing(
        message_id=parcel.message_id,
        content=content,
        who=address.who,
        reply_to=parcel.effect.reply_to,
        uses_marketing_route=address.uses_marketing_route,
        is_late=not window_lets(state, Author.AUTOMATION),
    )
    if carrier.now() > latest:
        return Outcome(Attempted(parcel, "unavailable"), again_at=carrier.now())
    try:
        answer = await carrier.graph.send(address.kind.request(outgoing), address.token)
    except (Throttled, Unavailable, Unknown, Rejected, Unauthorised) as error:
        return _failed(carrier, parcel, error, address.who.person)
    event = MessageAccepted(
        key=f"{parcel.message_id}:accepted:{parcel.attempt}",
        at=carrier.now(),
        message_id=parcel.message_id,
        message=answer.message,
    )
    return Outcome(Attempted(parcel, "accepted"), event)


def _failed(
    carrier: Carrier,
    parcel: Parcel,
    error: Throttled | Unavailable | Unknown | Rejected | Unauthorised,
    to: Person,
) -> Outcome:
    now = carrier.now()
    if isinstance(error, Rejected) and error.is_shut_out:
        error = Unauthorised(NO_SUCH_NUMBER, str(error))
    match error:
        case Unknown():
            return Outcome(Attempted(parcel, "unknown"), _unknown(parcel, now))
        case Unauthorised(code=number):
            stopped = SendingStopped(
                key=f"{parcel.message_id}:stopped:{parcel.attempt}",
                at=now,
                message_id=parcel.message_id,
                code=number,
                reason=code(number).words,
            )
            return Outcome(Attempted(parcel, "unauthorised", number), stopped, again_at=now)
        case Rejected(code=number) if _may_upload_again(parcel, number):
            lost = FilesLost(
                key=f"{parcel.message_id}:files_lost:{parcel.attempt}",
                at=now,
                message_id=parcel.message_id,
            )
            return Outcome(Attempted(parcel, "rejected", number), lost, needs_file=True)
        case Rejected(code=number):
            return Outcome(
                Attempted(parcel, "rejected", number), _given_up(parcel, number, now, to)
            )
        case Throttled() | Unavailable():
            return _again(carrier, parcel, error, to)


def _with_our_files(parcels: Sequence[Parcel]) -> list[MessageId]:
    return [p.message_id for p in parcels if any(f.id for f in files_in(p.effect.content))]


def _at_meta(content: Content, files: Mapping[UUID, str]) -> Content | None:
    """With Meta's names of our files in it; None if one of them is not there yet."""
    ours = [file.id for file in files_in(content) if file.id is not None]
    if not all(id_ in files for id_ in ours):
        return None
    return with_files(content, lambda file: _named(file, files)) if ours else content


def _named(file: File, files: Mapping[UUID, str]) -> File:
    return replace(file, meta_id=files[file.id]) if file.id is not None else file


def _may_upload_again(parcel: Parcel, number: int) -> bool:
    """Meta takes no message with a file that it has forgotten; what was uploaded weeks ago may be."""
    is_lost = number in LOST_FILE and parcel.attempt < MOST_UPLOADS
    return is_lost and bool(_with_our_files([parcel]))


def _again(carrier: Carrier, parcel: Parcel, error: Throttled | Unavailable, to: Person) -> Outcome:
    """Later, with growing gaps; after as many tries as the company wants, never."""
    now = carrier.now()
    number = getattr(error, "code", None)
    most = MOST_ATTEMPTS if parcel.retries is None else parcel.retries + 1
    attempted = Attempted(parcel, OUTCOMES[type(error)], number)
    if parcel.attempt >= most:
        return Outcome(attempted, _given_up(parcel, number, now, to))
    return Outcome(attempted, again_at=now + gap(parcel.attempt, error, carrier.chance()))


def gap(attempt: int, error: Throttled | Unavailable, chance: float) -> timedelta:
    """How long to wait after the `attempt`-th try: doubles each time, and up to half more by chance.

    Never less than Meta asks for; each gap is longer than the one before, until the longest.
    """
    least = error.retry_after if isinstance(error, Throttled) else FIRST_GAP
    grown = max(least, FIRST_GAP) * 2 ** (attempt - 1)
    return max(least, min(grown, LONGEST_GAP)) * (1 + chance / 2)


async def _record(conn: Conn, wiring: Wiring, outcomes: Sequence[Outcome], now: datetime) -> None:
    async with conn.transaction():
        await outbox.note_attempts(conn, [outcome.attempted for outcome in outcomes], now)
        again = [(o.attempted.parcel, o.again_at) for o in outcomes if o.again_at is not None]
        await outbox.postpone(conn, again)
        await outbox.hold_for_files(
            conn, [o.attempted.parcel.message_id for o in outcomes if o.needs_file], now
        )
        await handle(conn, wiring, [o.event for o in outcomes if o.event is not None], now)


def _refused(parcel: Parcel, reason: str, now: datetime, words: str = "") -> Outcome:
    event = MessageRefused(
        key=f"{parcel.message_id}:refused:{parcel.attempt}",
        at=now,
        message_id=parcel.message_id,
        reason=reason,
        words=words,
    )
    return Outcome(Attempted(parcel, "rejected"), event)


def _given_up(parcel: Parcel, number: int | None, now: datetime, to: Person) -> MessageFailed:
    return MessageFailed(
        key=f"{parcel.message_id}:failed:{parcel.attempt}",
        at=now,
        message_id=parcel.message_id,
        code=number,
        reason=NOT_REACHED if number is None else code(number).words,
        recipient=Person(phone=to.phone) if to.phone else Person(user_id=to.user_id),
    )


def _unknown(parcel: Parcel, now: datetime) -> MessageUnknown:
    return MessageUnknown(
        key=f"{parcel.message_id}:unknown:{parcel.attempt}", at=now, message_id=parcel.message_id
    )
