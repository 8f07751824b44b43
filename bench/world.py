"""A database, a business with a number, and signed webhook bodies to measure with."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from serai.app.demo import world
from serai.app.demo.seed import seed
from serai.kit import migrate
from serai.kit.embedded import Cluster
from serai.kit.secrets import BlindIndex, KeyRing, Vault

KEY = base64.b64encode(bytes(32)).decode()
NUMBER = world.NUMBERS[3]
"""The shop's: a text that no rule knows gets no answer from it once the sender is known."""
VAULT = Vault(KeyRing.parse(f"bench:{KEY}"), BlindIndex.parse(KEY))


COUNTED = {"shared_preload_libraries": "pg_stat_statements"}
"""For a cluster that counts its statements."""


@contextmanager
def database(settings: Mapping[str, str] | None = None) -> Generator[str]:
    """A fresh cluster with fsync on, migrated and seeded; yields what to connect with."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    cluster = Cluster(folder / "data", settings).start()
    try:
        migrate.apply(cluster.url())
        asyncio.run(seed(cluster.url(), VAULT))
        yield cluster.url()
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def environment(url: str, port: int, graph_port: int = 9) -> dict[str, str]:
    return {
        **os.environ,
        "SERAI_DATABASE_URL": url,
        "SERAI_KEYS": f"bench:{KEY}",
        "SERAI_INDEX_KEY": KEY,
        "SERAI_PORT": str(port),
        "SERAI_GRAPH_URL": f"http://127.0.0.1:{graph_port}",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def body(n: int, people: int = 500) -> bytes:
    """One text message, about 1 KB with its filler, as Meta sends it."""
    phone = f"12125{n % people:06d}"
    message = {
        "from": phone,
        "from_user_id": f"US.{phone}",
        "id": f"wamid.{n:040d}",
        "timestamp": str(1_796_126_400 + n // 100),
        "type": "text",
        "text": {"body": f"question {n} " + "and a little more to say about it " * 12},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "12125550104", "phone_number_id": NUMBER.id},
        "contacts": [{"profile": {"name": "A Person"}, "wa_id": phone, "user_id": f"US.{phone}"}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": NUMBER.account, "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def signature(data: bytes) -> str:
    return "sha256=" + hmac.new(world.APP_SECRET.encode(), data, hashlib.sha256).hexdigest()
