"""A push service of the test's own: what it was handed for one browser, opened as that browser would."""

import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from serai.kit import web_push
from serai.kit.web_push import as_text

PATIENCE_SECONDS = 60.0


class PushService:
    """Use as `with PushService() as service`."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(web_push.CURVE)
        self._auth = os.urandom(16)
        self._got: list[bytes] = []
        got = self._got

        class Take(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                got.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(201)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Take)

    def __enter__(self) -> "PushService":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def subscription(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives."""
        host, port = self._server.server_address[:2]
        keys = {"p256dh": as_text(web_push.public_bytes(self._key)), "auth": as_text(self._auth)}
        return {"endpoint": f"http://{host!s}:{port}/send/1", "keys": keys}

    def wait(self, count: int) -> list[str]:
        """The first `count` messages as the service worker gets them, once they have come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self._got) < count:
            assert time.monotonic() < deadline, f"{len(self._got)} of {count} came"
            time.sleep(0.1)
        return [self._opened(body) for body in self._got[:count]]

    def _opened(self, body: bytes) -> str:
        plain: bytes = http_ece.decrypt(  # pyright: ignore[reportUnknownMemberType]
            body, private_key=self._key, auth_secret=self._auth, version="aes128gcm"
        )
        return json.dumps(json.loads(plain))
