"""Where a demo runs: its folder, its ports, and that no other demo is there already."""

import fcntl
import os
import shutil
import socket
from pathlib import Path
from typing import NamedTuple

from serai.app.demo.processes import DemoProblem
from serai.kit.embedded import end_orphan

LEAST_DISK_BYTES = 500 * 1024 * 1024
"""Free space that a cluster and its first weeks need."""
OURS = (
    "postgres",
    "postgres.half-made",
    "postgres.log",
    "socket",
    "log",
    "metasim.json",
    "keys.env",
    "demo-key",
    "demo-password",
    "mail",
)
"""What a demo makes in its folder."""


class Wish(NamedTuple):
    var: Path
    port: int
    metasim_port: int
    mail_port: int
    """Of the page that shows letters."""
    smtp_port: int
    fresh: bool
    opens: bool
    seconds: float


def prepare(wish: Wish) -> str:
    """A folder to write in, free ports, some disk. Raises DemoProblem."""
    for port, option in ((wish.port, "--port"), (wish.metasim_port, "--metasim-port")):
        ensure_free(port, option)
    try:
        (wish.var / "log").mkdir(parents=True, exist_ok=True)
        lock(wish.var / ".lock")
        if wish.fresh:
            empty(wish.var)
        probe = wish.var / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise DemoProblem(
            f"{wish.var} cannot be written ({error.strerror}); choose a folder with --var."
        ) from None
    if shutil.disk_usage(wish.var).free < LEAST_DISK_BYTES:
        raise DemoProblem(f"Less than 500 MB are free for {wish.var}; make room or use --var.")
    return str(wish.var)


def lock(path: Path) -> None:
    """Keep a second demo off the same data until this process ends. Raises DemoProblem."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise DemoProblem(
            f"Another demo uses {path.parent}; stop it or choose a folder with --var."
        ) from None


def empty(var: Path) -> None:
    """Delete what the demo made, and nothing else that may lie in the folder."""
    end_orphan((var / "postgres").resolve())
    for name in OURS:
        path = var / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (var / "log").mkdir()


def ensure_free(port: int, option: str) -> None:
    """Raises DemoProblem."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise DemoProblem(
                f"Port {port} is in use; stop what uses it or choose another with {option}."
            ) from None


def first_free(port: int) -> int:
    """The first free port from here on; the last that was tried if there is none."""
    for candidate in range(port, min(port + 100, 65535)):
        try:
            ensure_free(candidate, "")
        except DemoProblem:
            continue
        return candidate
    return port
