"""The limit: the same server that checks the signature and decodes, and stores nothing."""

import sys
from collections.abc import Callable

import uvicorn
from serai.app.demo import world
from serai.app.express import speaking
from serai.kit import garbage
from serai.meta import webhooks


class Reader:
    """A door that keeps nothing."""

    def take(self, header: bytes, body: bytes, done: Callable[[bool], None]) -> bool:
        if not webhooks.is_signed(body, header, world.APP_SECRET.encode()):
            return False
        list(webhooks.read(body))
        done(True)
        return True


async def nothing(scope: dict[str, object], receive: object, send: Callable[..., object]) -> None:
    """What is no webhook is not measured."""


if __name__ == "__main__":
    garbage.settle()
    uvicorn.run(
        nothing,
        port=int(sys.argv[-1]),
        loop="uvloop",
        http=speaking(Reader(), lambda: False),
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
    )
