"""A store that speaks S3, as a process of its own: moto, with one empty bucket."""

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from tests.ports import free_port

MOTO = Path(sys.executable).parent / "moto_server"
BUCKET = "files"
START_SECONDS = 60


@contextmanager
def serving_s3(folder: Path) -> Generator[str]:
    """Its address; ended with the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "s3.log"
    with log.open("wb") as out:
        command = [str(MOTO), "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _made(f"{url}/{BUCKET}"):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _made(bucket_url: str) -> bool:
    try:
        return httpx2.put(bucket_url).status_code == 200
    except httpx2.TransportError:
        return False
