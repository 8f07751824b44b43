"""The limit: the same calls to Meta over kept connections, from a list, with nothing stored or decided.

    python -m bench.peers.post_only URL NUMBER COUNT

Prints sends a second, and milliseconds of the processor for each.
"""

import asyncio
import sys
import time

import aiohttp
import uvloop
from serai.app.demo import world
from serai.core.ids import MessageId, MetaId, Person, Who, derived
from serai.core.template import TemplateRef
from serai.meta.whatsapp.payload import request_for

from bench.campaign import SHIPPED, phone

AT_ONCE = 64


async def run(url: str, number: str, count: int) -> float:
    """Sends a second."""
    content = TemplateRef(
        name=str(SHIPPED["name"]), language=str(SHIPPED["language"]), parameters=("DH-1", "Friday")
    )
    bodies = [
        request_for(
            MessageId(derived("bench", str(n))),
            content,
            Who(MetaId(number), Person(phone=phone(n))),
        )
        for n in range(count)
    ]
    token = next(each.token for each in world.NUMBERS if each.id == number)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    waiting = iter(bodies)
    async with aiohttp.ClientSession() as session:

        async def carry() -> None:
            for request in waiting:
                place = f"{url}/v25.0/{request.path}"
                async with session.post(place, data=request.body, headers=headers) as answer:
                    assert answer.status == 200, await answer.text()
                    await answer.read()

        began = time.perf_counter()
        await asyncio.gather(*(carry() for _ in range(AT_ONCE)))
        return count / (time.perf_counter() - began)


if __name__ == "__main__":
    before = time.process_time()
    how_many = int(sys.argv[3])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rate = runner.run(run(sys.argv[1], sys.argv[2], how_many))
    print(rate, (time.process_time() - before) * 1000 / how_many)
