"""Ids of what there are millions of follow the moments of what caused them (ADR 33)."""

from datetime import timedelta

from serai.core.ids import Person
from serai.engine.handle import handle
from serai.kit.db import Conn
from tests.given import NOON, WIRING, a_business, a_channel, message, rows

WHEN = """
    SELECT theirs.sent_at
      FROM messages
      JOIN messages AS theirs
        ON theirs.conversation_id = messages.conversation_id AND theirs.direction = 'in'
     WHERE messages.direction = '{}'
     ORDER BY messages.id
"""
CONVERSATIONS = """
    SELECT sent_at FROM messages WHERE direction = 'in' ORDER BY conversation_id
"""


async def test_what_is_caused_later_has_the_greater_id_in_whatever_order_it_is_handled(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    moments = [NOON + timedelta(minutes=n) for n in range(20)]
    told = [
        message("hello", at=at, person=Person(phone=f"155501{n:05d}"))
        for n, at in enumerate(moments)
    ]
    await handle(conn, WIRING, told[::-1], NOON + timedelta(hours=1))

    for statement in (WHEN.format("in"), WHEN.format("out"), CONVERSATIONS):
        assert [row["sent_at"] for row in await rows(conn, statement)] == moments
