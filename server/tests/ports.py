"""Ports for programs that tests start."""

import contextlib
import secrets
import socket

FIRST, COUNT = 10_000, 20_000
"""Below those that systems give to whoever asks for any: such a one could be gone by the time it is used."""


def free_port() -> int:
    """One that nobody listens on now, nor on the two after it, where the demo has its mail."""
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        with contextlib.ExitStack() as probes, contextlib.suppress(OSError):
            for each in (port, port + 1, port + 2):
                probes.enter_context(socket.socket()).bind(("127.0.0.1", each))
            return port
