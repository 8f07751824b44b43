"""Child processes that end with us, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""Source: prctl(2): the signal that a process gets when its parent dies."""
START_SECONDS = 120.0
"""One that cannot start ends at once; this long for a machine that has much else to do."""
STOP_SECONDS = 15.0


class DemoProblem(Exception):
    """The demo cannot go on; the message says what to do."""


class Child:
    """One process with a log of its own."""

    def __init__(
        self, name: str, command: Sequence[str], env: Mapping[str, str], log: Path
    ) -> None:
        self.name = name
        self.log = log
        parent = os.getpid()
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                env=dict(env),
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us: we stop them in order
                preexec_fn=lambda: end_with_parent(parent),  # noqa: PLW1509 — we start no threads
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self.has_ended:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def wait_for(child: Child, url: str) -> None:
    """Until it answers at `url`. Raises DemoProblem."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.has_ended:
            raise DemoProblem(f"{child.name} ended at once; {child.log} says why.")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 — our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise DemoProblem(f"{child.name} did not answer in {START_SECONDS:.0f} s; see {child.log}.")


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this environment."""
    return [sys.executable, "-m", module, *arguments]


def end_with_parent(parent: int | None = None) -> None:
    """In the child: end when the parent is killed, so that nothing is left behind.

    Whose parent is 1 has lost its own, unless that is the first process of a world apart.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1 != parent:
            os._exit(1)
