"""The reckoning after the storm: what was promised to Meta, what Meta was told, what our rows say."""

import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import httpx2
import msgspec
import psycopg
from msgspec import Struct
from tests.faults.house import House
from tests.faults.nodes import NotKnown
from tests.faults.proxy import Call
from tests.stories import nursery
from tests.stories.conftest import until

log = logging.getLogger("faults")
SETTLE_SECONDS, REPLAY_SECONDS = 240.0, 900.0
CALM_SECONDS = 2.0
"""Without any change, before the clock is moved: one that jumps all the time looks to a worker as if it
had been held up."""
FLAGS_AFTER_SECONDS = 700
"""A send of which nobody tells is shown to a person ten minutes later."""
AT_REST = """
    SELECT (SELECT count(*) FROM webhook_deliveries WHERE state = 'kept')
         + (SELECT count(*) FROM inbound_items WHERE state = 'pending')
         + (SELECT count(*) FROM sends WHERE state IN ('waiting', 'under_way'))
         + (SELECT count(*) FROM due_rows WHERE kind = 'unknown_send' AND done_at IS NULL) AS n
"""
LEFT = """
    SELECT (SELECT count(*) FROM webhook_deliveries WHERE state = 'kept') AS kept,
           (SELECT count(*) FROM inbound_items WHERE state = 'pending') AS pending,
           (SELECT count(*) FROM sends WHERE state = 'waiting') AS waiting,
           (SELECT count(*) FROM sends WHERE state = 'under_way') AS under_way,
           (SELECT count(*) FROM due_rows WHERE kind = 'unknown_send' AND done_at IS NULL) AS watched
"""
TOLD_OF = "('accepted', 'sent', 'delivered', 'read', 'failed')"
REPLAYED = ("conversations", "messages", "message_events", "messaging_windows", "contacts")


class Sending(Struct):
    """What we look at of a call to Meta."""

    biz_opaque_callback_data: str | None = None


class Reckoning(Struct, kw_only=True):
    """Counts, and a sentence for each thing that is wrong."""

    deliveries: int
    """Acknowledged to Meta."""
    messages: int
    answers: int
    lost: int
    doubled: int
    unknown: int
    """Sends of which we did not know for a while whether Meta took them."""
    flagged: int
    """Those of them that a person was asked to look at; the others were told of later."""
    problems: list[str]


def come_to_rest(house: House) -> None:
    """Until everything that was begun has ended, with time passing as quickly as need be."""

    seen: tuple[object, ...] = ()
    since = time.monotonic()

    def is_over() -> bool:
        nonlocal seen, since
        with suppress(psycopg.OperationalError, httpx2.HTTPError, AssertionError, NotKnown):
            if all(_is_at_rest(house) for _ in "12"):  # what came of the last was on its way
                return True
            left = (_waiting(house), house.in_streams(), *house.rows(LEFT)[0].values())
            if left != seen:
                seen, since = left, time.monotonic()
            elif time.monotonic() > since + CALM_SECONDS:
                log.info(
                    "webhooks, in streams, kept, pending, waiting, under way, watched: %s", left
                )
                since = time.monotonic()
                house.tell("POST", "/clock", {"advance_seconds": FLAGS_AFTER_SECONDS})
        return False

    try:
        until(is_over, SETTLE_SECONDS)
    except AssertionError:
        left = house.rows(LEFT), _waiting(house), house.in_streams()
        raise AssertionError(f"something is stuck: {left}") from None


def _is_at_rest(house: House) -> bool:
    return not _waiting(house) and not house.in_streams() and not house.one(AT_REST)


def _waiting(house: House) -> int:
    """Webhooks that Meta has not got rid of."""
    return house.tell("GET", "/counters")["webhooks_waiting"]


def reckon(house: House) -> Reckoning:
    told = [call for call in house.front.calls if call.body and call.status == 200]
    promised = {hashlib.sha256(call.body).hexdigest() for call in told}
    problems = [*_not_kept(house, promised), *_not_handled(house, told)]
    lost = len(problems)
    doubles = list(_doubled(house.to_meta.calls))
    problems += [*doubles, *_twice(house), *_unaccounted(house)]
    return Reckoning(
        deliveries=len(promised),
        messages=house.one("SELECT count(*) FROM messages WHERE direction = 'in'"),
        answers=house.one("SELECT count(*) FROM messages WHERE direction = 'out'"),
        lost=lost,
        doubled=len(doubles),
        unknown=house.one("SELECT count(*) FROM message_events WHERE kind = 'unknown'"),
        flagged=house.one("SELECT count(*) FROM message_events WHERE kind = 'flagged'"),
        problems=problems,
    )


def repeats(house: House) -> list[str]:
    """What is not as it was once the log has been told again; nobody may be at work meanwhile."""
    before = {table: _rows(house, table) for table in REPLAYED}
    calls = _sends(house)
    done = nursery.run(["serai", "replay"], house.env, house.folder, REPLAY_SECONDS)
    if done.returncode:
        return [f"replay ended with {done.returncode}: {done.stderr}"]
    problems = [
        f"replay changes {table}: {_difference(before[table], _rows(house, table))}"
        for table in REPLAYED
        if before[table] != _rows(house, table)
    ]
    return problems + (["replay called Meta"] if _sends(house) != calls else [])


def _sends(house: House) -> int:
    return sum(call.body != b"" for call in house.to_meta.calls)


def _rows(house: House, table: str) -> list[dict[str, Any]]:
    rows = house.rows(f"SELECT to_jsonb(t) - 'seq' AS row FROM {table} AS t ORDER BY 1")
    return [each["row"] for each in rows]


def _difference(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    old, new = (
        [row for row in before if row not in after],
        [row for row in after if row not in before],
    )
    return f"{len(old)} rows were {old[:2]}, {len(new)} are {new[:2]}"


def _not_kept(house: House, promised: set[str]) -> Iterator[str]:
    """Deliveries that Meta was told we have."""
    rows = house.rows("SELECT encode(digest, 'hex') AS digest, state FROM webhook_deliveries")
    kept = {row["digest"] for row in rows}
    yield from (
        f"delivery {digest[:12]} was acknowledged and is gone" for digest in promised - kept
    )


def _not_handled(house: House, told: Sequence[Call]) -> Iterator[str]:
    """What they said, once each in the rows."""
    rows = house.rows("SELECT meta_id FROM messages WHERE direction = 'in'")
    there = Counter(row["meta_id"] for row in rows)
    rows = house.rows("SELECT message_id::text AS id, kind FROM message_events")
    known = {(row["id"], row["kind"]) for row in rows}
    ours = {row["id"] for row in house.rows("SELECT id::text AS id FROM messages")}
    for value in _values(told):
        for message in value.get("messages", []):
            if there[message["id"]] != 1:
                yield f"message {message['id']} is there {there[message['id']]} times"
        for status in value.get("statuses", []):
            about = status.get("biz_opaque_callback_data")
            if about in ours and (about, status["status"]) not in known:
                yield f"that message {about} was {status['status']} is not known"
    yield from (
        f"delivery {row['id']} was set aside: {row['reason']}"
        for row in house.rows(
            "SELECT delivery_id AS id, reason FROM inbound_items WHERE state = 'quarantined'"
        )
    )


def _values(told: Sequence[Call]) -> Iterator[dict[str, Any]]:
    for body in {call.body for call in told}:
        with suppress(ValueError):
            for entry in json.loads(body)["entry"]:
                yield from (change["value"] for change in entry["changes"])


def _doubled(calls: Sequence[Call]) -> Iterator[str]:
    """Messages that went to Meta again after Meta took them, or may have taken them."""
    taken: set[str] = set()
    for call in calls:
        message = _message_of(call)
        if message is None:
            continue
        if message in taken:
            yield f"message {message} was sent again"
        if call.status in {None, 200}:
            taken.add(message)


def _message_of(call: Call) -> str | None:
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(call.body, type=Sending).biz_opaque_callback_data
    return None


def _twice(house: House) -> Iterator[str]:
    """Effects that happened more or less often than their causes."""
    for row in house.rows(
        "SELECT message_id, kind FROM message_events WHERE kind <> 'reaction'"
        " GROUP BY message_id, kind HAVING count(*) > 1"
    ):
        yield f"message {row['message_id']} was {row['kind']} more than once"
    for row in house.rows(
        "SELECT contact_id, count(*) FILTER (WHERE direction = 'in') AS said,"
        " count(*) FILTER (WHERE direction = 'out') AS answered FROM messages GROUP BY contact_id"
        " HAVING count(*) FILTER (WHERE direction = 'in') <> count(*) FILTER (WHERE direction = 'out')"
    ):
        yield f"contact {row['contact_id']} wrote {row['said']} and was answered {row['answered']} times"


def _unaccounted(house: House) -> Iterator[str]:
    """Sends whose end nobody knows and of which nobody was told."""
    for row in house.rows(
        f"""SELECT DISTINCT message_id FROM message_events AS unknown
             WHERE kind = 'unknown' AND NOT EXISTS (
                   SELECT FROM message_events AS other WHERE other.message_id = unknown.message_id
                      AND (other.kind = 'flagged' OR other.kind IN {TOLD_OF}))"""
    ):
        yield f"nobody was told that the end of {row['message_id']} is unknown"
    for row in house.rows(
        f"""SELECT sends.id, sends.state FROM sends WHERE NOT EXISTS (
                   SELECT FROM message_events WHERE message_id = sends.id
                      AND (kind IN ('unknown', 'refused') OR kind IN {TOLD_OF}))"""
    ):
        yield f"send {row['id']} ({row['state']}) has no end"
