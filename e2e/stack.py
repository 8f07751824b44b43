"""Starts and stops the demo as a person would: one command, and Ctrl-C."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlsplit

import httpx2

ADDRESS = re.compile(r"Open (http\S+)")
PASSWORD = re.compile(r"Password: (\S+)")
KEY = re.compile(r"API key: (\S+)")
MAIL = re.compile(r"Mail that Serai sends: (\S+)")
LONGEST_STOP_SECONDS = 60.0
HTTP_SECONDS = 60.0
"""Until an answer: a machine with much else to do is no fault."""


class Stack:
    """A running demo: Serai, its worker, PostgreSQL and the pretend Meta."""

    def __init__(self, process: "subprocess.Popen[bytes]", said: str, address: str) -> None:
        self.process = process
        self.arguments = [str(each) for each in cast("Sequence[object]", process.args)]
        self.page = address
        """The phone with the team's inbox beside."""
        parts = urlsplit(address)
        self.inbox = parse_qs(parts.query)["beside"][0]
        """The inbox; a link that signs in its owner is in the fragment."""
        self.meta = f"{parts.scheme}://{parts.netloc}"
        inbox = urlsplit(self.inbox)
        self.serai = f"{inbox.scheme}://{inbox.netloc}"
        self._link = inbox.fragment
        self.key = _found(KEY, said)
        """For the API."""
        self.password = _found(PASSWORD, said)
        """Of all the demo's people."""
        self.mail = _found(MAIL, said)
        """The page of its letters."""

    def at(self, path: str) -> str:
        """A page's address, with the link that signs in its owner."""
        return f"{self.serai}{path}#{self._link}"

    def people(self, path: str = "") -> httpx2.Client:
        """For what people do without a page."""
        own = {"Origin": self.serai}
        return httpx2.Client(base_url=self.serai + path, headers=own, timeout=HTTP_SECONDS)

    @staticmethod
    def email(role: str) -> str:
        return f"{role}@demo.example"

    def stop(self) -> int:
        """Ctrl-C; returns the exit code. Raises subprocess.TimeoutExpired."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONGEST_STOP_SECONDS)


def start(
    command: Sequence[str],
    cwd: Path,
    log: Path,
    seconds: float,
    env: Mapping[str, str] | None = None,
) -> Stack:
    """Run a demo command until it says where to look. Raises AssertionError with its output."""
    with ExitStack() as opened:
        output = opened.enter_context(log.open("wb"))
        process = subprocess.Popen(
            command, cwd=cwd, env=env or dict(os.environ), stdout=output, stderr=subprocess.STDOUT
        )
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        said = log.read_text()
        found = ADDRESS.search(said)
        if found and "Ctrl-C ends it." in said:
            return Stack(process, said, found[1])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT) if process.poll() is None else None
    process.wait(LONGEST_STOP_SECONDS)
    raise AssertionError(f"The demo did not start:\n{log.read_text()}")


def _found(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.search(said)
    assert found is not None, said
    return found[1]
