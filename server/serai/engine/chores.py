"""What is done at its time for the whole installation, by one worker of many.

A chore is leased while somebody is at it; whoever dies in the middle leaves it to the next. It keeps
its hour: the time after next counts from when it was due, not from when it was done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from serai.kit.db import Conn, fetch

ADD = """
    INSERT INTO chores (name, due_at)
    SELECT name, %(now)s FROM unnest(%(names)s::text[]) AS name
        ON CONFLICT (name) DO NOTHING
"""
TAKE = """
    UPDATE chores
       SET leased_until = %(until)s
     WHERE name = (SELECT name FROM chores
                    WHERE name = ANY (%(names)s) AND due_at <= %(now)s
                      AND (leased_until IS NULL OR leased_until <= %(now)s)
                    ORDER BY due_at, name
                    LIMIT 1
                      FOR UPDATE SKIP LOCKED)
    RETURNING name, due_at
"""
HOLD = """
    UPDATE chores
       SET leased_until = %(longer)s, gone_count = gone_count + %(gone)s
     WHERE name = %(name)s AND leased_until = %(until)s
"""
DONE = """
    UPDATE chores
       SET due_at = %(next_at)s, leased_until = NULL, done_at = %(now)s, done_count = done_count + 1
     WHERE name = %(name)s AND leased_until = %(until)s
"""


class Taken(Struct, frozen=True):
    name: str
    due_at: datetime


async def add(conn: Conn, names: Sequence[str], now: datetime) -> None:
    """Those that are not known yet are due at once."""
    await conn.execute(ADD, {"names": list(names), "now": now})


async def take(conn: Conn, names: Sequence[str], now: datetime, until: datetime) -> Taken | None:
    """The one that has been due longest, ours until then; None if none of these is due."""
    values = {"names": list(names), "now": now, "until": until}
    taken = await fetch(conn, Taken, TAKE, values)
    return taken[0] if taken else None


async def hold(conn: Conn, name: str, until: datetime, longer: datetime, gone: int) -> bool:
    """Note that so many rows went, and keep it for longer; False if somebody else has it by now."""
    values = {"name": name, "until": until, "longer": longer, "gone": gone}
    return (await conn.execute(HOLD, values)).rowcount == 1


async def done(conn: Conn, taken: Taken, until: datetime, every: timedelta, now: datetime) -> None:
    """It came to its end; it is due again at its hour."""
    values = {"name": taken.name, "until": until, "now": now}
    await conn.execute(DONE, values | {"next_at": next_at(taken.due_at, every, now)})


def next_at(due_at: datetime, every: timedelta, now: datetime) -> datetime:
    """The first of its hours after now."""
    return due_at + every * max(1, (now - due_at) // every + 1)
