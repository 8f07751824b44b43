"""Three nodes of NATS in front of the database, any of which may go while the door writes to them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from nats.errors import Error
from serai.kit.jetstream import Away, NoStream, asking
from tests.nats_server import Nats, cluster_of_three

STREAMS = ("serai-0", "serai-1")
"""Two, so that one node does not lead all that is written."""
PATIENCE_SECONDS = 3.0


class NotKnown(Exception):
    """No node says so just now."""


class Nodes:
    """A cluster on this machine; each node keeps its port and its files over its deaths."""

    def __init__(self, folder: Path) -> None:
        self._all = cluster_of_three(folder)
        self._down: set[Nats] = set()
        self.env = {
            "SERAI_NATS_URL": ",".join(node.url for node in self._all),
            "SERAI_NATS_LANES": str(len(STREAMS)),
        }

    def start(self) -> None:
        for node in self._all:
            node.start()

    def end(self) -> None:
        for node in self._all:
            node.kill()

    def which(self, role: str, number: int) -> Sequence[Nats]:
        """All of the `cluster`, or the one that is `leader` of a stream or a `follower` there.

        While nobody knows who leads, any of them.
        """
        if role == "cluster":
            return self._all
        try:
            leads = asyncio.run(self._leader(STREAMS[number % len(STREAMS)]))
        except NotKnown:
            return [self._all[number % len(self._all)]]
        fitting = [node for node in self._all if (node.name == leads) == (role == "leader")]
        return [fitting[number % len(fitting)]]

    def kill(self, nodes: Sequence[Nats]) -> None:
        self._down.update(nodes)
        for node in nodes:
            node.kill()

    def again(self, nodes: Sequence[Nats]) -> None:
        for node in nodes:
            node.start()
        self._down.difference_update(nodes)

    def ended(self) -> list[str]:
        """Those that are no more although nobody killed them; they are started again."""
        ended = [node for node in self._all if node.has_ended and node not in self._down]
        self.again(ended)
        return [node.name for node in ended]

    def last(self) -> dict[str, int]:
        """The last place of each stream that is there. Raises NotKnown."""
        return asyncio.run(self._last())

    async def _leader(self, stream: str) -> str:
        found = await self._asked(stream)
        if found is None or found.cluster is None or found.cluster.leader is None:
            raise NotKnown
        return found.cluster.leader

    async def _last(self) -> dict[str, int]:
        found = {stream: await self._asked(stream) for stream in STREAMS}
        return {stream: info.state.last_seq for stream, info in found.items() if info is not None}

    async def _asked(self, stream: str) -> Any:
        """Of a stream, by the first node that knows; None if there is none. Raises NotKnown."""
        for node in self._all:
            with suppress(Away, Error, OSError, TimeoutError):
                async with asyncio.timeout(PATIENCE_SECONDS), node.asked() as js:
                    try:
                        with asking():
                            return await js.stream_info(stream)
                    except NoStream:
                        return None
        raise NotKnown
