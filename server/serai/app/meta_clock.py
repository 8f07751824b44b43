"""Go by Meta's clock rather than by this machine's: windows close by theirs.

On in the demo and in tests, where Meta's clock is a simulated one that people move.
"""

import asyncio

from serai.kit.clock import Clock
from serai.meta.client import Graph

EVERY_SECONDS = 0.5


async def follow(clock: Clock, graph: Graph) -> None:
    """Until cancelled."""
    while True:
        theirs = await graph.time()
        if theirs is not None and abs((theirs - clock.now()).total_seconds()) > 1.5:
            clock.follow(theirs)  # within that it is only the whole seconds of the header
        await asyncio.sleep(EVERY_SECONDS)
