"""`python -m serai.app.demo.mail SMTP_PORT PAGE_PORT FOLDER`: run until stopped."""

import asyncio
import sys
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from serai.app.demo.mail.letters import Letters
from serai.app.demo.mail.page import application

HOST = "127.0.0.1"
LARGEST_BYTES = 1024 * 1024


class Taker:
    """What the mail server does with a letter. Names are those that aiosmtpd calls."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        content = envelope.content or b""
        self._letters.keep(content if isinstance(content, bytes) else content.encode())
        return "250 Kept"


async def run(smtp_port: int, page_port: int, folder: Path) -> None:
    """Take letters at one port of this machine, show them at another."""
    letters = Letters(folder)
    taker = Taker(letters)
    loop = asyncio.get_running_loop()
    post = await loop.create_server(
        lambda: SMTP(taker, hostname="localhost", data_size_limit=LARGEST_BYTES, loop=loop),
        HOST,
        smtp_port,
    )
    config = uvicorn.Config(application(letters), host=HOST, port=page_port, access_log=False)
    async with post:
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
