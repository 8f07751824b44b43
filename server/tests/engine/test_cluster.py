"""Three nodes on this machine: one after the other dies or hangs while deliveries come in."""

import asyncio
import gc
import shutil
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import pytest
from nats.errors import Error
from serai.engine.intake import NotKept
from serai.kit.db import Conn, Pool
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from tests.engine.intakes import APP, Streams, Way, until
from tests.given import NOON
from tests.nats_server import Nats, a_folder, cluster_of_three

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <StreamWriter:ResourceWarning")
"""The client leaves its line to a node that hangs to Python's garbage."""

AT_ONCE = 8
ENOUGH = 50
ASKING_SECONDS = 3.0


@pytest.fixture
async def nodes() -> AsyncIterator[dict[str, Nats]]:
    folder = a_folder()
    nodes = {node.name: node for node in cluster_of_three(folder)}
    for node in nodes.values():
        node.start()
    try:
        yield nodes
    finally:
        for node in nodes.values():
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)
        gc.collect()


async def made(jet: Jet, stream: str) -> None:
    """As soon as the nodes agree on one that may make streams."""

    async def make() -> bool:
        try:
            await jet.ensure(stream)
        except (Away, NoStream):
            return False
        return True

    await until(make, bool)


async def leader(nodes: Iterable[Nats], stream: str) -> str | None:
    """Its name, by the first node that knows."""
    for node in nodes:
        with suppress(Error, OSError, TimeoutError):
            async with asyncio.timeout(ASKING_SECONDS), node.asked() as js:
                cluster = (await js.stream_info(stream)).cluster
                if cluster is not None and cluster.leader:
                    return cluster.leader
    return None


TROUBLES = ("kill leader", "stop leader", "kill follower", "stop follower")


async def test_whichever_node_dies_or_hangs_under_load_nothing_acknowledged_is_lost_or_doubled(
    nodes: dict[str, Nats], engine_pool: Pool, conn: Conn
):
    async with Jet(",".join(node.url for node in nodes.values())) as jet:
        assert await jet.reached(30)
        streams = Streams(nodes["node0"], jet, engine_pool)
        [stream] = streams.names
        await made(jet, stream)
        assert (await jet.ensure(stream)).copies == 3
        acknowledged: list[bytes] = []
        is_over = asyncio.Event()

        async def post(client: int) -> None:
            number = 0
            while not is_over.is_set():
                body = b"%d of %d" % (number, client)
                try:
                    await streams.keeper.keep(APP, body, NOON)
                except NotKept:
                    await asyncio.sleep(0.05)  # Meta comes again with the same
                else:
                    acknowledged.append(body)
                    number += 1

        async with streams.moving():
            posts = [asyncio.create_task(post(client)) for client in range(AT_ONCE)]
            for trouble in TROUBLES:
                await more(acknowledged)
                async with troubled(nodes, stream, trouble):
                    await more(acknowledged)
            await more(acknowledged)
            is_over.set()
            await asyncio.gather(*posts)
            found = await Way(streams.keeper, conn).arrived(len(acknowledged))

        assert len(acknowledged) == len(set(acknowledged))
        assert len(found) == len(acknowledged), "each once, nothing else"


@asynccontextmanager
async def troubled(nodes: dict[str, Nats], stream: str, trouble: str) -> AsyncGenerator[None]:
    """One node is dead, or hangs, for a while: the one that leads, or another."""
    how, role = trouble.split(" ")
    leads = await until(lambda: leader(nodes.values(), stream), bool)
    node = next(node for node in nodes.values() if (node.name == leads) == (role == "leader"))
    if how == "kill":
        node.kill()
    else:
        node.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        if how == "kill":
            node.start()
        else:
            node.signal(signal.SIGCONT)


async def more(acknowledged: list[bytes]) -> None:
    """Wait until the door has taken some more."""
    enough = len(acknowledged) + ENOUGH

    async def count() -> int:
        return len(acknowledged)

    await until(count, lambda count: count > enough)
