"""Loops of one name: one comes when it is called, the next when there is more than one can take."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from serai.app.loops import BEAT_SECONDS, FULL, GATHER_SECONDS, Loops

PATIENCE_SECONDS = 10.0


class Desk:
    """Work that lies there; whoever has some holds it until told to let go."""

    def __init__(self, hand: int = 1) -> None:
        self.waiting = 0
        self.hand = hand
        self.looks = 0
        self.held = 0
        self.let_go = asyncio.Event()

    async def turn(self) -> int:
        self.looks += 1
        if not self.waiting:
            return 0
        took = min(self.hand, self.waiting)
        self.waiting -= took
        self.held += 1
        await self.let_go.wait()
        self.held -= 1
        return took


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 — it is asked of, and tells nobody
            await asyncio.sleep(0.001)


@asynccontextmanager
async def at_rest(desk: Desk, count: int) -> AsyncGenerator[Loops]:
    """So many loops of one name, each of which has looked once and found nothing."""
    gang = Loops(asyncio.Event())
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(gang.run([("carry", desk.turn) for _ in range(count)]))
        await until(lambda: desk.looks == count)
        await asyncio.sleep(2 * GATHER_SECONDS)
        yield gang
        desk.let_go.set()
        gang.stop()


async def test_of_four_that_rest_one_comes_when_a_message_does() -> None:
    desk = Desk()
    async with at_rest(desk, 4) as gang:
        before, desk.waiting = desk.looks, 1
        for _ in range(5):  # told of five times before anybody has begun
            gang.call("carry")
        await until(lambda: desk.held == 1)
        assert desk.looks == before + 1


async def test_while_one_holds_a_message_another_takes_the_next() -> None:
    desk = Desk()
    async with at_rest(desk, 2) as gang:
        desk.waiting = 1
        gang.call("carry")
        await until(lambda: desk.held == 1)
        desk.waiting = 1
        gang.call("carry")
        await until(lambda: desk.held == 2)
        desk.waiting = 1
        gang.call("carry")  # nobody rests: whoever comes back first looks again
        desk.let_go.set()
        await until(lambda: not desk.waiting and not desk.held)


async def test_what_comes_one_by_one_is_gathered_and_the_first_does_not_wait_for_it() -> None:
    desk = Desk(hand=FULL - 1)
    desk.let_go.set()
    async with at_rest(desk, 2) as gang:
        before, desk.waiting = desk.looks, 1
        gang.call("carry")
        await until(lambda: not desk.waiting)
        assert desk.looks == before + 1, "nothing was under way: it came at once"
        for _ in range(5):
            desk.waiting += 1
            gang.call("carry")
            await asyncio.sleep(0)
        assert desk.looks == before + 1
        await until(lambda: not desk.waiting)
        assert desk.looks == before + 2, "five that came close together cost one more look"


async def test_who_takes_a_full_hand_comes_back_at_once() -> None:
    desk = Desk(hand=FULL)
    desk.let_go.set()
    async with at_rest(desk, 1) as gang:
        desk.waiting = 20 * FULL
        async with asyncio.timeout(10 * GATHER_SECONDS):  # 20 turns with a pause each would be 20
            gang.call("carry")
            await until(lambda: not desk.waiting)


async def test_what_nobody_told_of_is_found_by_the_beat() -> None:
    desk = Desk()
    async with at_rest(desk, 2):
        desk.let_go.set()
        desk.waiting = 1
        await until(lambda: not desk.waiting)
    assert BEAT_SECONDS <= 1.0
