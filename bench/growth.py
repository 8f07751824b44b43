"""What handling an event costs with more lanes, and with more that is stored already."""

import os

from bench.crowd import gather
from bench.process import handled
from bench.world import database

EVENTS = 5_000
LANES = (1, 4, 16, 64)
STORED = [int(each) for each in os.environ.get("BENCH_STORED", "10000,100000,1000000").split(",")]
"""Messages. Ten of them in a conversation, as many contacts as conversations."""
A_CONVERSATION = 10


def once() -> list[dict[str, object]]:
    """One round: one worker's loops in one process, fsync on; the first events warm it."""
    rows: list[dict[str, object]] = []
    with database() as url:
        handled(url, 500)
    for lanes in LANES:
        with database() as url:
            rows.append({"what": f"{lanes} lanes, nothing stored", **handled(url, EVENTS, lanes)})
    for stored in STORED:
        with database() as url:
            talks = stored // A_CONVERSATION
            gather(url, talks, talks, stored)
            handled(url, EVENTS)  # what is read often is in memory from then on
            found = handled(url, EVENTS, first=EVENTS)
            rows.append({"what": f"64 lanes, {stored:,} messages stored", **found})
    return rows
