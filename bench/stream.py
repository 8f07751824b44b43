"""A NATS server that syncs every write, for the door that writes to it."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from serai.app.demo.processes import Child

from bench.world import body, free_port, signature

SERVER = Path(sys.executable).parent / "nats-server"
CONFIG = """
listen: 127.0.0.1:{port}
max_payload: 8MB
jetstream {{ store_dir: "{folder}/jetstream", sync_interval: always }}
"""


def is_there() -> bool:
    return SERVER.exists()


@contextmanager
def served(folder: Path) -> Generator[Mapping[str, str]]:
    """What a door's environment says to write there."""
    port = free_port()
    config = folder / "nats.conf"
    config.write_text(CONFIG.format(port=port, folder=folder))
    child = Child("nats", [str(SERVER), "-c", str(config)], os.environ, folder / "nats.log")
    try:
        yield {"SERAI_NATS_URL": f"nats://127.0.0.1:{port}"}
    finally:
        child.stop()


def wait_until_taken(child: Child, port: int) -> None:
    """Until the door acknowledges: it has reached the stream."""
    data = body(0)
    url, header = f"http://127.0.0.1:{port}/webhooks/meta", {"X-Hub-Signature-256": signature(data)}
    for _ in range(2000):  # a machine that is busy takes long to begin
        if child.has_ended:
            raise SystemExit(f"{child.name} ended: {child.log.read_text()[-800:]}")
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, header)):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"{child.name} takes nothing: {child.log.read_text()[-800:]}")
