"""Three nodes on this machine: the one that leads is killed while deliveries come in."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from serai.engine.intake import NotKept
from serai.kit.db import Conn, Pool
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from tests.engine.intakes import APP, Streams, Way, until
from tests.given import NOON
from tests.nats_server import Nats, a_folder, cluster_of_three

AT_ONCE = 8


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


async def made(jet: Jet, stream: str) -> None:
    """As soon as the nodes agree on one that may make streams."""

    async def make() -> bool:
        try:
            await jet.ensure(stream)
        except (Away, NoStream):
            return False
        return True

    await until(make, bool)


async def leader(node: Nats, stream: str) -> str:
    async with node.asked() as js:
        cluster = (await js.stream_info(stream)).cluster
    assert cluster is not None
    assert cluster.leader is not None
    return cluster.leader


async def test_killing_the_leader_under_load_loses_nothing_that_was_acknowledged(
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
            await until(_count(acknowledged), lambda count: count > 200)
            before = len(acknowledged)
            nodes[await leader(nodes["node0"], stream)].kill()
            await until(_count(acknowledged), lambda count: count > before + 200)
            is_over.set()
            await asyncio.gather(*posts)
            found = await Way(streams.keeper, conn).arrived(len(acknowledged))

        assert len(acknowledged) == len(set(acknowledged))
        assert len(found) == len(acknowledged), "each once, nothing else"


def _count(things: list[bytes]) -> Callable[[], Awaitable[int]]:
    async def count() -> int:
        return len(things)

    return count
