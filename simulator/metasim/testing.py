"""For tests of any product: start metasim as a process, call it, and receive its webhooks.

with Metasim.start() as meta, Receiver() as receiver:
    meta.control("PUT", "/world", {...})
"""

import contextlib
import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import msgspec

from metasim.shapes import Json

STOP_SECONDS = 30


class Answer(msgspec.Struct):
    """An HTTP answer of metasim."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def json(self) -> Json:
        return json.loads(self.body)


class Refused(Exception):
    """The control API said no; holds the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status, answer.body)
        self.answer = answer


class Metasim:
    """A running metasim of one's own, on a port that the system chose."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    @classmethod
    def start(cls, arguments: Sequence[str] = ()) -> "Metasim":
        """Start the process and wait until it listens. Raises RuntimeError when it does not."""
        command = [sys.executable, "-c", "from metasim.cli import main; main()", "serve"]
        process = subprocess.Popen(
            [*command, "--port", "0", *arguments], stdout=subprocess.PIPE, text=True
        )
        line = process.stdout.readline() if process.stdout is not None else ""
        if ":" not in line:
            process.communicate()
            raise RuntimeError("metasim did not start; see its error output.")
        return cls(process, int(line.rsplit(":", 1)[1]))

    def stop(self) -> None:
        """End it as Ctrl-C would, and wait for that."""
        self._process.terminate()
        self._process.wait(STOP_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> "Metasim":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def call(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One HTTP call. Raises http.client's errors when the line breaks."""
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, raw, {"Content-Type": "application/json", **(headers or {})})
            answer = line.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())
        finally:
            line.close()

    def control(self, method: str, path: str, body: Json | None = None) -> Json:
        """A call of the control API, by its path behind /_sim. Raises Refused."""
        answer = self.call(method, "/_sim" + path, body)
        if answer.status >= 400:
            raise Refused(answer)
        return answer.json


class Post(msgspec.Struct):
    """One webhook as it came in."""

    body: bytes
    headers: dict[str, str]
    """Names in lower case."""

    @property
    def values(self) -> list[Json]:
        """The `value` of every change of every entry."""
        entries: list[Json] = json.loads(self.body)["entry"]
        return [change["value"] for entry in entries for change in entry["changes"]]


class Served:
    """A small server on this machine, there as long as its context."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], path: str = "") -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{path}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Receiver(Served):
    """A webhook endpoint that keeps what it gets. `answers` holds the status codes to give."""

    def __init__(self, verify: str = "verify") -> None:
        self.posts: list[Post] = []
        self.answers: list[int] = []
        """Taken from the front; when empty, 200."""
        self.always: int | None = None
        self.verify_token = verify
        super().__init__(_handler(self), "/hook")

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        """Keep a POST; the status to answer it with."""
        self.posts.append(Post(body, headers))
        if self.always is not None:
            return self.always
        return self.answers.pop(0) if self.answers else 200

    def wait_for(self, count: int, seconds: float = 5.0) -> list[Post]:
        """All posts, once there are this many. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while len(self.posts) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.posts)} of {count} webhooks came.")
            time.sleep(0.005)
        return list(self.posts)

    def items(self, kind: str) -> list[Json]:
        """All `messages` or `statuses` so far, in the order they came."""
        values = [value for post in list(self.posts) for value in post.values]
        return [item for value in values for item in value.get(kind, [])]


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            known = query.get("hub.verify_token") == [receiver.verify_token]
            challenge = query.get("hub.challenge", [""])[0]
            self._answer(200 if known else 403, challenge.encode() if known else b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._answer(receiver.take(body, headers), b"ok")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent: webhooks hold what people wrote."""

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


class FileServer(Served):
    """Serves files by path, as links in messages point to. `asked` holds the paths fetched."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        self.asked: list[str] = []
        super().__init__(_files(self, files))


def _files(server: FileServer, files: dict[str, tuple[str, bytes]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            mime, data = files.get(self.path, ("", b""))
            self.send_response(200 if mime else 404)
            self.send_header("Content-Type", mime or "text/plain")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent."""

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # the other side has seen enough
                super().handle()

    return Handler
