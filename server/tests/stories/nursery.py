"""Starts the product's processes by fork from one that has imported all of it.

They are processes like any others, with an environment, a log and a death of their own; but they
begin in a tenth of a second, where importing the product and making its routes takes seconds.
"""

import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from socket import socket

from serai.app.demo.processes import STOP_SECONDS, Child, end_with_parent

PRELOADED = ["serai.app.cli", "serai.app.worker", "metasim.cli", "tests.stories.warm"]
PROGRAMS = ("serai", "metasim")
PATIENCE_SECONDS = 120


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


CONTEXT = _context()


class Nursed(Child):
    """One process of `serai` or `metasim`, with a log of its own."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        log: Path,
        listener: socket | None = None,
    ) -> None:
        self.name = name
        self.log = log
        self._forked = _start(command, env, log, log, listener)

    @property
    def pid(self) -> int:
        assert self._forked.pid is not None
        return self._forked.pid

    @property
    def has_ended(self) -> bool:
        return not self._forked.is_alive()

    def stop(self) -> None:
        if self.has_ended:
            return
        self._forked.terminate()
        self._forked.join(STOP_SECONDS)
        if not self.has_ended:
            self._forked.kill()
            self._forked.join()


def run(
    command: Sequence[str],
    env: Mapping[str, str],
    folder: Path,
    patience: float = PATIENCE_SECONDS,
) -> "subprocess.CompletedProcess[str]":
    """A command, to its end; one that does not come to an end is killed, which its code tells."""
    said, wrong = folder / "said", folder / "wrong"
    said.unlink(missing_ok=True)
    wrong.unlink(missing_ok=True)
    forked = _start(command, env, said, wrong)
    forked.join(patience)
    if forked.exitcode is None:
        forked.kill()
        forked.join()
    return subprocess.CompletedProcess(
        command, forked.exitcode or 0, said.read_text("utf-8"), wrong.read_text("utf-8")
    )


def _start(
    command: Sequence[str],
    env: Mapping[str, str],
    said: Path,
    wrong: Path,
    listener: socket | None = None,
) -> ForkServerProcess:
    assert command[0] in PROGRAMS
    given = (list(command), dict(env), str(said), str(wrong), listener)
    forked = CONTEXT.Process(target=_be, args=given, daemon=True)
    main = sys.modules["__main__"]
    kept = {name: main.__dict__.pop(name, None) for name in ("__file__", "__spec__")}
    main.__dict__["__spec__"] = None  # else each child imports pytest first
    try:
        forked.start()
    finally:
        main.__dict__.update({name: value for name, value in kept.items() if value is not None})
    return forked


def _be(
    command: list[str], env: dict[str, str], said: str, wrong: str, listener: socket | None
) -> None:
    """In the fork: become the program."""
    os.setsid()
    random.seed()  # else all of them would draw the same chances
    end_with_parent()
    os.environ.clear()
    os.environ.update(env)
    if listener is not None:
        os.dup2(listener.fileno(), 3)  # as systemd hands sockets on
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
    for number, path in ((1, said), (2, wrong)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = command
    if command[0] == "serai":
        from serai.app.cli import main  # noqa: PLC0415

        main()
    else:
        from metasim.cli import app  # noqa: PLC0415

        app()
