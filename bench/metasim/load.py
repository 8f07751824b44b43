"""Load for metasim: sends over some connections, and a receiver that counts statuses.

    python bench/metasim/load.py [--sends 10000] [--connections 16]

Starts its own metasim pinned to one core; sender and receiver share the other one. Prints JSON:
sends a second (until the last status arrived and until the last answer), and the processor time
of metasim for each send.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import httptools
import uvloop

TOKEN = "bench"
NUMBER = "770000000000001"
PEOPLE = 2000
TICKS = os.sysconf("SC_CLK_TCK")


def world(callback: str) -> dict[str, object]:
    """One number without limits, people who read at once."""
    delays = {"sent": 0, "delivered": 5, "read": 10}
    return {
        "apps": [{"id": "1", "secrets": ["secret"], "callback_url": callback}],
        "wabas": [{"id": "2", "subscribed_apps": ["1"]}],
        "numbers": [
            {
                "id": NUMBER,
                "waba_id": "2",
                "display_phone_number": "+1 555 765 0001",
                "messages_per_second": 1_000_000,
            }
        ],
        "tokens": [{"token": TOKEN, "app_id": "1", "waba_ids": ["2"]}],
        "templates": [
            {
                "id": "3",
                "waba_id": "2",
                "name": "ready",
                "components": [{"type": "BODY", "text": "Hi {{1}}, your order is ready."}],
            }
        ],
        "people": [
            {"phone": f"1555{1_000_000 + n}", "name": f"Person {n}", "delay_ms": delays}
            for n in range(PEOPLE)
        ],
    }


def send_bytes(n: int) -> bytes:
    """One whole HTTP request of a template send."""
    body = json.dumps(
        {
            "messaging_product": "whatsapp",
            "to": f"+1555{1_000_000 + n % PEOPLE}",
            "type": "template",
            "biz_opaque_callback_data": f"bench-{n}",
            "template": {
                "name": "ready",
                "language": {"code": "en_US"},
                "components": [
                    {"type": "body", "parameters": [{"type": "text", "text": f"Person {n}"}]}
                ],
            },
        }
    ).encode()
    return (
        b"POST /v25.0/%b/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %b\r\n"
        b"content-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
        % (NUMBER.encode(), TOKEN.encode(), len(body), body)
    )


class Receiver(asyncio.Protocol):
    """A webhook endpoint that counts statuses and answers 200."""

    statuses = 0
    posts = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body: list[bytes] = []

    def on_body(self, data: bytes) -> None:
        self._body.append(data)

    def on_message_complete(self) -> None:
        Receiver.posts += 1
        Receiver.statuses += b"".join(self._body).count(b'"recipient_id"')
        self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")


class Sender(asyncio.Protocol):
    """Sends one request after the other on one connection."""

    def __init__(self, requests: list[bytes]) -> None:
        self._requests = iter(requests)
        self._parser = httptools.HttpResponseParser(self)
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() != 200:
            self.done.set_exception(RuntimeError(str(self._parser.get_status_code())))
            return
        self._parser = httptools.HttpResponseParser(self)
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            self.done.set_result(None)
        else:
            self._transport.write(request)


async def put_world(port: int, callback: str) -> None:
    """Define the world with one PUT."""
    body = json.dumps(world(callback)).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = b"PUT /_sim/world HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % len(body)
    writer.write(head + body)
    status = await reader.readline()
    assert b" 200 " in status, status
    writer.close()


async def run(port: int, pid: int, sends: int, connections: int) -> dict[str, object]:
    """The whole measurement."""
    loop = asyncio.get_running_loop()
    receiver = await loop.create_server(Receiver, "127.0.0.1", 0)
    hook = receiver.sockets[0].getsockname()[1]
    await put_world(port, f"http://127.0.0.1:{hook}/hook")
    requests = [send_bytes(n) for n in range(sends)]
    busy, started = cpu_seconds(pid), time.perf_counter()
    senders: list[Sender] = []
    for n in range(connections):
        _, sender = await loop.create_connection(
            lambda n=n: Sender(requests[n::connections]), "127.0.0.1", port
        )
        senders.append(sender)
    await asyncio.gather(*(sender.done for sender in senders))
    answered = time.perf_counter() - started
    while Receiver.statuses < 3 * sends and time.perf_counter() - started < 120:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    complete = time.perf_counter() - started
    return {
        "sends": sends,
        "statuses_received": Receiver.statuses,
        "webhook_posts": Receiver.posts,
        "sends_per_second_answered": round(sends / answered),
        "sends_per_second_with_all_statuses": round(sends / complete),
        "cpu_microseconds_per_send": round((cpu_seconds(pid) - busy) / sends * 1e6),
    }


def cpu_seconds(pid: int) -> float:
    """Processor time of the process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main() -> None:
    """Start metasim, load it, print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sends", type=int, default=10_000)
    options.add_argument("--connections", type=int, default=16)
    chosen = options.parse_args()
    command = [str(Path(sys.executable).with_name("metasim")), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r":(\d+)$", process.stdout.readline().strip())
            assert found is not None
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(process.pid, {cores[0]})
            os.sched_setaffinity(0, {cores[-1]})
            work = run(int(found.group(1)), process.pid, chosen.sends, chosen.connections)
            print(json.dumps(uvloop.run(work), indent=2))
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
