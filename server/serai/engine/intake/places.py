"""How far streams were moved, for those who look after an installation."""

from datetime import datetime

from msgspec import Struct

from serai.kit.db import Conn, fetch

PLACES = """
    SELECT stream, made_at, sequence, held_until > clock_timestamp() AS is_held
      FROM intake_positions ORDER BY stream
"""


class Reached(Struct, frozen=True):
    """Where the workers are with one stream."""

    stream: str
    made_at: datetime
    sequence: int
    is_held: bool
    """Whether a worker said within seconds that it moves this stream."""


async def places(conn: Conn) -> dict[str, Reached]:
    """By stream."""
    return {found.stream: found for found in await fetch(conn, Reached, PLACES, {})}
