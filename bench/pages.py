"""Every page of the API that can be asked for by its address, of a server of its own."""

import asyncio
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed

from bench.world import VAULT, environment, free_port


@contextmanager
def served(url: str) -> Generator[httpx2.Client]:
    """A client of a server on this database, with a key that may do everything."""
    port, key = free_port(), asyncio.run(seed(url, VAULT))
    env = environment(url, port) | {"SERAI_KEY_LIMIT": "1000000"}
    with tempfile.TemporaryDirectory(prefix="serai-bench-") as folder:
        server = Child("server", python("serai.app.cli", "serve"), env, Path(folder) / "server.log")
        try:
            wait_for(server, f"http://127.0.0.1:{port}/health/ready")
            headers = {"Authorization": f"Bearer {key}"}
            address = f"http://127.0.0.1:{port}/api/v1"
            with httpx2.Client(base_url=address, headers=headers, timeout=60) as http:
                yield http
        finally:
            server.stop()


def look(http: httpx2.Client, path: str) -> None:
    answer = http.get(path)
    assert answer.status_code < 500, f"{path}: {answer.text[:200]}"


def pages(http: httpx2.Client) -> dict[str, str]:
    """By its name, the address of what wants no id but the latest conversation's and its contact's,
    and of some searches."""
    [talk] = http.get("/conversations", params={"limit": 1}).raise_for_status().json()["data"]
    known = {"{conversation_id}": talk["id"], "{contact_id}": talk["contact"]["id"]}
    found: dict[str, str] = {}
    for path, methods in http.get("/openapi.json").raise_for_status().json()["paths"].items():
        filled = path.removeprefix("/api/v1")
        for name, value in known.items():
            filled = filled.replace(name, value)
        if "get" in methods and "{" not in filled and filled != "/live":
            found[path.removeprefix("/api/v1")] = filled
    searches = [f"/search?q={word}" for word in ("marina", "table+free", "zzz")]
    more = [*searches, "/conversations?q=marina", "/contacts?q=haddad"]
    return found | {each: each for each in more}
